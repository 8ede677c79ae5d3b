"""What strangers wrote, made fit for a home: names of one visible line, ids that stand once, numbers."""

from __future__ import annotations

import math
import re
import unicodedata


def visible(value: object, most: int) -> str:
    """One visible line of at most so many characters, of any script; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    characters = (
        " " if character.isspace() else character
        for character in value[: most * 4]
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    return " ".join("".join(characters).split())[:most].strip()


def slug(text: str) -> str:
    """A word of letters of any script, digits and underscores."""
    return re.sub(r"\W+", "_", text.lower()).strip("_")[:60]


def free(id_: str, taken: set[str]) -> str:
    """The id, or the id with the first number that makes it free."""
    if id_ not in taken:
        return id_
    number = 2
    while f"{id_}_{number}" in taken:
        number += 1
    return f"{id_}_{number}"


def number_of(raw: object) -> float | None:
    """A finite number, also one that stands there as text."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        number = float(raw) if not isinstance(raw, str) else float(raw.strip()[:40])
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
