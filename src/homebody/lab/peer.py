"""The peer: hassil with the templates of home-assistant-intents, on the same sentences and homes.

Both packages come with ``homebody[lab]`` and are imported here only. hassil matches a sentence against
templates whose lists hold the home's names; what it recognises is an intent with slots.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from homebody.home.device import Home
from homebody.home.label import Language
from homebody.lab.hass.domains import device_class_of, domain_of
from homebody.lab.hass.sentences import FOLDERS

PACKAGES = ("hassil", "home_assistant_intents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """``slots`` by name: texts and numbers. ``ms``: how long recognising took, also where nothing was.

    ``response`` is the key of the answer, which tells "any" from "which".
    """

    intent: str | None
    slots: Mapping[str, Any]
    ms: float
    response: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a home calls its things, for the lists of the templates: names with domain and device class."""

    things: tuple[tuple[str, str, str], ...] = ()
    areas: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()


def available() -> bool:
    return all(importlib.util.find_spec(package) is not None for package in PACKAGES)


def versions() -> str:
    return ", ".join(f"{name} {version(name.replace('_', '-'))}" for name in PACKAGES)


def names_of(home: Home) -> Names:
    """Every name and alias in both languages, as a person would give them to Home Assistant."""
    return Names(
        things=tuple(
            (name, domain_of(device), device_class_of(device))
            for device in home.devices
            for name in (*device.name.all(), *device.aliases)
        ),
        areas=tuple(name for area in home.areas for name in (*area.name.all(), *area.aliases)),
        floors=tuple(name for floor in home.floors for name in (*floor.name.all(), *floor.aliases)),
    )


@dataclass(slots=True)
class Peer:
    """Recognises sentences of one language. Needs the packages: see `available`."""

    language: Language
    _intents: Any = field(init=False)

    def __post_init__(self) -> None:
        from hassil import Intents  # noqa: PLC0415 - of the lab extra
        from home_assistant_intents import get_intents  # noqa: PLC0415

        self._intents = Intents.from_dict(get_intents(FOLDERS[self.language]) or {})

    def lists(self, names: Names) -> dict[str, Any]:
        """The slot lists of a home; build them once for it."""
        from hassil import TextSlotList  # noqa: PLC0415

        things = [
            (name, name, {"domain": domain} | ({"device_class": device_class} if device_class else {}))
            for name, domain, device_class in names.things
        ]
        return {
            "name": TextSlotList.from_tuples(things, allow_template=False, name="name"),
            "area": _plain(names.areas, "area"),
            "floor": _plain(names.floors, "floor"),
        }

    def recognise(self, text: str, lists: Mapping[str, Any], area: str | None = None) -> Recognition:
        """What a sentence is recognised as, said in an area (its name)."""
        from hassil import recognize_best  # noqa: PLC0415

        started = time.perf_counter()
        result = recognize_best(
            text, self._intents, slot_lists=dict(lists), intent_context={"area": area} if area else None,
            best_slot_name="name",
        )  # fmt: skip
        ms = (time.perf_counter() - started) * 1000
        if result is None:
            return Recognition(intent=None, slots={}, ms=ms)
        slots = {name: _value(entity.value) for name, entity in result.entities.items()}
        return Recognition(intent=result.intent.name, slots=slots, ms=ms, response=result.response or "")


def _plain(names: Sequence[str], name: str) -> Any:
    from hassil import TextSlotList  # noqa: PLC0415

    return TextSlotList.from_tuples([(text, text) for text in names], allow_template=False, name=name)


def _value(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
