"""What of Home Assistant's sentences is not Homebody's to answer, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OUT_OF_SCOPE: Mapping[str, str] = {
    "HassGetWeather": "Nothing leaves the house, so there is no forecast to tell.",
    "HassMediaSearchAndPlay": "There is no library or streaming service to search in.",
}
PEOPLE = "Where people are is not known to Homebody, and not asked of their phones."


def out_of_scope(intent: str, slots: Mapping[str, Any], domains: frozenset[str]) -> str | None:
    """The reason why a sentence is left out, or None. ``domains`` are of the entities that it is about."""
    if intent in OUT_OF_SCOPE:
        return OUT_OF_SCOPE[intent]
    if intent == "HassGetState" and (slots.get("domain") == "person" or domains == {"person"}):
        return PEOPLE
    return None
