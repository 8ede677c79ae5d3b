"""Between a value in human units and the raw one of a device, both ways, for one property."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from homebody.home.adapters.miio.message import Raw
from homebody.home.colors import COLORS, hue_and_saturation, nearest
from homebody.home.function import Value


class Codec(Protocol):
    """``decode`` gives None for what the property cannot mean. ``encode`` takes what the function allows."""

    def decode(self, raw: Raw) -> Value | None: ...

    def encode(self, value: Value) -> Raw: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """``inverted``: true means the other thing to the device. Whole numbers stand for it, too: 0 is false."""

    inverted: bool = False

    def decode(self, raw: Raw) -> Value | None:
        if not isinstance(raw, bool | int) or raw not in (0, 1):
            return None
        return bool(raw) is not self.inverted

    def encode(self, value: Value) -> Raw:
        return bool(value) is not self.inverted


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """``factor``: how many human units a raw unit is. ``whole``: the device counts in whole numbers. What is
    sent lies a multiple of ``step`` above ``low``, or at ``high``; all of them raw."""

    factor: float = 1.0
    whole: bool = True
    low: float = 0.0
    high: float = math.inf
    step: float = 0.0

    def decode(self, raw: Raw) -> Value | None:
        if isinstance(raw, bool | str):
            return None
        return round(raw * self.factor, 6)

    def encode(self, value: Value) -> Raw:
        number = float(value) / self.factor
        if self.step:
            number = min(self.low + round((number - self.low) / self.step) * self.step, self.high)
        return round(number) if self.whole else round(number, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices by id; several raw values may mean the same, and the first of them is sent."""

    ids: Mapping[int, str]

    def decode(self, raw: Raw) -> Value | None:
        return None if isinstance(raw, str | float) else self.ids.get(int(raw))

    def encode(self, value: Value) -> Raw:
        return next(raw for raw, id_ in self.ids.items() if id_ == value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Levels in their order as percent: of four, the second is 50 %."""

    raws: tuple[int, ...]

    def decode(self, raw: Raw) -> Value | None:
        return round(100 * (self.raws.index(raw) + 1) / len(self.raws), 6) if raw in self.raws else None

    def encode(self, value: Value) -> Raw:
        level = round(float(value) * len(self.raws) / 100)
        return self.raws[min(max(level, 1), len(self.raws)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    def decode(self, raw: Raw) -> Value | None:
        return raw if isinstance(raw, str) else None

    def encode(self, value: Value) -> Raw:
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rgb:
    """A colour as 0xRRGGBB; one that has no name is called by the nearest of the table."""

    def decode(self, raw: Raw) -> Value | None:
        if isinstance(raw, bool | str | float) or not 0 <= raw <= 0xFFFFFF:
            return None
        return nearest(*hue_and_saturation(int(raw)))

    def encode(self, value: Value) -> Raw:
        return COLORS[str(value)]
