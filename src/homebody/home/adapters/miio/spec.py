"""A MIoT description of a model as values: its services, with their properties and actions.

Descriptions come from a public server and are written by many makers: what is missing or contradicts itself
is set right where one way is plain, else left out, and noted in ``doubts``. Every text becomes one visible
line, since names reach prompts and pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.core.errors import InputError
from homebody.home.adapters.miio.message import Point, whole
from homebody.home.label import Label
from homebody.home.naming import visible

MAX_BYTES = 2 * 1024 * 1024
MAX_SERVICES, MAX_PROPERTIES, MAX_ACTIONS, MAX_CHOICES = 100, 200, 100, 200
MAX_TEXT = 60
_WHOLE_NUMBERS: Mapping[str, tuple[float, float]] = {
    "uint8": (0, 2**8 - 1), "uint16": (0, 2**16 - 1), "uint32": (0, 2**32 - 1), "uint64": (0, 2**53),
    "int8": (-(2**7), 2**7 - 1), "int16": (-(2**15), 2**15 - 1), "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**53), 2**53),
}  # fmt: skip
_FORMATS = {*_WHOLE_NUMBERS, "bool", "float", "string", "hex"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a property that has only some."""

    raw: int
    name: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """``kind`` is the plain word of its type (``on``, ``brightness``). ``low``, ``high`` and ``step`` are set
    for every whole number, and for a ``float`` only if its description bounds it; ``options`` come first."""

    point: Point
    kind: str
    name: Label
    format: str
    readable: bool
    writable: bool
    unit: str = ""
    low: float | None = None
    high: float | None = None
    step: float = 0.0
    options: tuple[Option, ...] = ()

    @property
    def whole(self) -> bool:
        return self.format in _WHOLE_NUMBERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecAction:
    """``inputs`` are properties of the same service."""

    point: Point
    kind: str
    name: Label
    inputs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    siid: int
    kind: str
    name: Label
    properties: tuple[Property, ...] = ()
    actions: tuple[SpecAction, ...] = ()

    def property(self, piid: int) -> Property | None:
        return next((each for each in self.properties if each.point.piid == piid), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """``kind`` is the device's type (``light``); ``doubts`` is what was set right or left out, and why."""

    urn: str
    kind: str
    name: Label
    services: tuple[Service, ...] = ()
    doubts: tuple[str, ...] = ()


def parse_spec(document: Any, names: Any = None) -> Spec:
    """The description in a JSON value, with names by language where there are some.

    ``names`` is the public form of translations: ``{"data": {"zh_cn": {"service:002:property:001": …}}}``.
    Raises ``InputError`` for what is no description of a device at all.
    """
    if not isinstance(document, dict) or not isinstance(document.get("type"), str):
        raise InputError("This is no MIoT description of a device")
    reading = _Reading(names=_Names.of(names))
    services = tuple(
        service
        for entry in _entries(document.get("services"), MAX_SERVICES)
        if (service := reading.service(entry))
    )
    if not services:
        raise InputError("This MIoT description has no service")
    kind = _kind(document["type"]) or "device"
    return Spec(
        urn=visible(document["type"], 200),
        kind=kind,
        name=_label(document.get("description"), kind, ""),
        services=services,
        doubts=tuple(reading.doubts),
    )


@dataclass(slots=True)
class _Names:
    zh: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Any) -> _Names:
        data = names.get("data") if isinstance(names, dict) else None
        chinese = data.get("zh_cn") if isinstance(data, dict) else None
        return cls(zh=chinese if isinstance(chinese, dict) else {})

    def chinese(self, *path: tuple[str, int]) -> str:
        key = ":".join(f"{what}:{number:03d}" for what, number in path)
        return visible(self.zh.get(key), MAX_TEXT)


@dataclass(slots=True)
class _Reading:
    names: _Names
    doubts: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def service(self, entry: Mapping[str, Any]) -> Service | None:
        siid, kind = whole(entry.get("iid")), _kind(entry.get("type"))
        if siid is None or not kind or not 0 < siid < 2**16 or siid in self.seen:
            self.doubts.append(f"a service without a number and a type of its own: {visible(str(siid), 20)}")
            return None
        self.seen.add(siid)
        return Service(
            siid=siid,
            kind=kind,
            name=_label(entry.get("description"), kind, self.names.chinese(("service", siid))),
            properties=tuple(self._properties(siid, entry)),
            actions=tuple(self._actions(siid, entry)),
        )

    def _properties(self, siid: int, service: Mapping[str, Any]) -> Iterator[Property]:
        seen: set[int] = set()
        for entry in _entries(service.get("properties"), MAX_PROPERTIES):
            piid, kind = whole(entry.get("iid")), _kind(entry.get("type"))
            format_, access = entry.get("format"), entry.get("access")
            where = f"property {siid}.{piid}"
            if piid is None or not kind or not 0 < piid < 2**16 or piid in seen:
                self.doubts.append(f"{where} has no number and type of its own: left out")
                continue
            seen.add(piid)
            if format_ not in _FORMATS:
                self.doubts.append(f"{where} has the unknown format {visible(str(format_), 20)!r}: left out")
                continue
            rights = {str(each) for each in access} if isinstance(access, list) else set()
            options = tuple(self._options(siid, piid, entry.get("value-list"), where))
            low, high, step = self._range(entry.get("value-range"), format_, where)
            path = (("service", siid), ("property", piid))
            yield Property(
                point=Point(siid=siid, piid=piid),
                kind=kind,
                name=_label(entry.get("description"), kind, self.names.chinese(*path)),
                format=format_,
                readable="read" in rights,
                writable="write" in rights,
                unit=visible(entry.get("unit"), 20).removeprefix("none"),
                low=low,
                high=high,
                step=step,
                options=options if format_ in _WHOLE_NUMBERS else (),
            )

    def _options(self, siid: int, piid: int, entries: Any, where: str) -> Iterator[Option]:
        seen: set[int] = set()
        for index, entry in enumerate(_entries(entries, MAX_CHOICES)):
            raw = whole(entry.get("value"))
            if raw is None or raw in seen:
                self.doubts.append(f"{where} lists the value {visible(str(raw), 20)} without sense or twice")
                continue
            seen.add(raw)
            path = (("service", siid), ("property", piid), ("valuelist", index))
            yield Option(raw=raw, name=_label(entry.get("description"), str(raw), self.names.chinese(*path)))

    def _range(self, entry: Any, format_: str, where: str) -> tuple[float | None, float | None, float]:
        """Bounds and step of a number; what its format cannot hold is no bound."""
        able = _WHOLE_NUMBERS.get(format_)
        low, high = able or (None, None)
        smallest = 1.0 if able else 0.0
        if entry is None or format_ not in (*_WHOLE_NUMBERS, "float"):
            return low, high, smallest
        numbers = [_number(each) for each in entry] if isinstance(entry, list) else []
        if len(numbers) < 2 or numbers[0] is None or numbers[1] is None or numbers[0] > numbers[1]:
            self.doubts.append(f"{where} has a range that is none: {visible(str(entry), 40)}")
            return low, high, smallest
        first, last = numbers[0], numbers[1]
        if able and not (able[0] <= first and last <= able[1]):
            self.doubts.append(f"{where} has a range that a {format_} cannot hold: {visible(str(entry), 40)}")
            first, last = max(first, able[0]), min(last, able[1])
            if first > last:
                return low, high, smallest
        step = numbers[2] if len(numbers) > 2 else None
        if step is None or step <= 0 or step > max(last - first, smallest):
            if step is not None:
                self.doubts.append(f"{where} has a step that is none: {visible(str(step), 20)}")
            step = smallest
        return first, last, max(step, smallest)

    def _actions(self, siid: int, service: Mapping[str, Any]) -> Iterator[SpecAction]:
        seen: set[int] = set()
        for entry in _entries(service.get("actions"), MAX_ACTIONS):
            aiid, kind = whole(entry.get("iid")), _kind(entry.get("type"))
            inputs = entry.get("in")
            numbers = [whole(each) for each in inputs] if isinstance(inputs, list) else []
            if aiid is None or not kind or not 0 < aiid < 2**16 or aiid in seen or None in numbers:
                self.doubts.append(f"action {siid}.{aiid} makes no sense: left out")
                continue
            seen.add(aiid)
            yield SpecAction(
                point=Point(siid=siid, piid=aiid),
                kind=kind,
                name=_label(
                    entry.get("description"), kind, self.names.chinese(("service", siid), ("action", aiid))
                ),
                inputs=tuple(number for number in numbers if number is not None),
            )


def _entries(value: Any, most: int) -> Iterable[Mapping[str, Any]]:
    if not isinstance(value, list):
        return []
    return [entry for entry in value[:most] if isinstance(entry, dict)]


def _kind(type_: Any) -> str:
    """``urn:miot-spec-v2:property:on:00000006:maker-model:1`` is an ``on``."""
    parts = type_.split(":") if isinstance(type_, str) else []
    return visible(parts[3], 40) if len(parts) > 3 else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 2**63 and math.isfinite(value) else None


def _label(description: Any, kind: str, chinese: str) -> Label:
    """What it is called: the maker's words, else its kind; in Chinese where there is a translation."""
    words = visible(description, MAX_TEXT) or kind.replace("-", " ").replace("_", " ")
    plain = Label.of(words)
    return Label(zh=chinese or plain.zh, en=plain.en or kind.replace("-", " "))
