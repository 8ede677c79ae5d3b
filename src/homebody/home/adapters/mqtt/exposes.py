"""What Zigbee2MQTT says a device can do (``exposes``), read into values with bounds.

https://www.zigbee2mqtt.io/guide/usage/exposes.html. Everything is optional and may be contradictory: what
makes no sense is left out, and told in ``doubts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from homebody.home.naming import number_of, visible

MOST_EXPOSES, MOST_VALUES, MOST_DEPTH = 120, 100, 4
MOST_TEXT = 80
SIMPLE = frozenset({"binary", "numeric", "enum", "text"})
COLORS = frozenset({"color_xy", "color_hs"})
_TOLD, _SET, _ASKED = 1, 2, 4  # bits of ``access``


@dataclass(frozen=True, slots=True, kw_only=True)
class Expose:
    """One thing that can be told, set or asked. ``within`` is the kind of thing that it is a feature of
    (light, cover …) or empty; ``path`` is where it stands in the state. ``on`` and ``off`` are raw."""

    type: str
    name: str
    path: tuple[str, ...]
    within: str = ""
    endpoint: str = ""
    label: str = ""
    told: bool = False
    settable: bool = False
    asked: bool = False
    on: Any = True
    off: Any = False
    low: float | None = None
    high: float | None = None
    step: float = 0.0
    unit: str = ""
    values: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """Reads the exposes of one device."""

    doubts: list[str] = field(default_factory=list)
    _left: int = MOST_EXPOSES

    def read(
        self, raw: Any, within: str = "", above: tuple[str, ...] = (), depth: int = 0
    ) -> Iterator[Expose]:
        if not isinstance(raw, list) or depth > MOST_DEPTH:
            self.doubts.append("something that can be done is no list, or nested too deeply: left out")
            return
        for entry in raw:
            if self._left <= 0:
                self.doubts.append(f"more than {MOST_EXPOSES} functions: the rest is left out")
                return
            self._left -= 1
            if not isinstance(entry, dict):
                self.doubts.append("a function that is no object: left out")
                continue
            yield from self._entry(entry, within, above, depth)

    def _entry(
        self, entry: dict[str, Any], within: str, above: tuple[str, ...], depth: int
    ) -> Iterator[Expose]:
        type_, name = visible(entry.get("type"), 20), visible(entry.get("name"), MOST_TEXT)
        property_ = visible(entry.get("property"), MOST_TEXT)
        if type_ in SIMPLE or (type_ == "composite" and name in COLORS):
            if (expose := self._simple(entry, type_, name, (*above, property_), within)) is not None:
                yield expose
        elif type_ == "composite":
            path = (*above, property_) if property_ else above
            yield from self.read(entry.get("features"), "composite", path, depth + 1)
        elif type_ == "list":
            self.doubts.append(f"{name or property_} is a list: left out")
        elif type_ and "features" in entry:
            yield from self.read(entry["features"], type_, above, depth + 1)
        else:
            self.doubts.append(f"{name or 'a function'} is of the unknown type {type_!r}: left out")

    def _simple(
        self, entry: dict[str, Any], type_: str, name: str, path: tuple[str, ...], within: str
    ) -> Expose | None:
        access = entry.get("access")
        if not name or not all(path) or path[-1] != entry.get("property"):
            self.doubts.append(f"{name or 'a function'} has no name or no property: left out")
            return None
        if isinstance(access, bool) or not isinstance(access, int):
            self.doubts.append(f"{name} does not say whether it can be told or set: left out")
            return None
        low, high = number_of(entry.get("value_min")), number_of(entry.get("value_max"))
        if low is not None and high is not None and low >= high:
            self.doubts.append(f"{name} lies between {low:g} and {high:g}: it has no bounds, then")
            low = high = None
        values = entry.get("values")
        words = values[:MOST_VALUES] if isinstance(values, list) else ()
        on, off = entry.get("value_on", True), entry.get("value_off", False)
        if type_ == "binary" and not (_is_scalar(on) and _is_scalar(off) and on != off):
            self.doubts.append(f"{name} has no two states: left out")
            return None
        return Expose(
            type=type_,
            name=name,
            path=path,
            within=within,
            endpoint=visible(entry.get("endpoint"), 20),
            label=visible(entry.get("label"), MOST_TEXT),
            told=bool(access & _TOLD),
            # a part of a composite is not set alone: nobody knows what becomes of the rest
            settable=bool(access & _SET) and within != "composite",
            asked=bool(access & _ASKED),
            on=on,
            off=off,
            low=low,
            high=high,
            step=max(number_of(entry.get("value_step")) or 0.0, 0.0),
            unit=visible(entry.get("unit"), 20),
            values=tuple(
                dict.fromkeys(word for word in words if isinstance(word, str) and visible(word, 200) == word)
            ),
        )


def _is_scalar(value: object) -> bool:
    return isinstance(value, bool | int | float | str) and len(str(value)) <= MOST_TEXT
