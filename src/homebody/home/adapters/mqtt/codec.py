"""Between a value in human units and what stands in a message, both ways, for one function."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from homebody.home.colors import COLORS, channels, hue_and_saturation, nearest
from homebody.home.function import Value
from homebody.home.naming import number_of, visible


class Codec(Protocol):
    """``decode`` gives None for what cannot be meant, ``encode`` for what there is no way to say."""

    def decode(self, raw: object) -> Value | None: ...

    def encode(self, value: Value) -> Any: ...


def same(one: object, other: object) -> bool:
    """JSON's equality: true is not 1."""
    return isinstance(one, bool) is isinstance(other, bool) and one == other


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two states: ``on`` stands for true."""

    on: Any = True
    off: Any = False

    def decode(self, raw: object) -> Value | None:
        if same(raw, self.on):
            return True
        return False if same(raw, self.off) else None

    def encode(self, value: Value) -> Any:
        return self.on if value else self.off


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Two states that are told in other words than they are sent. Texts, and JSON's own true and false."""

    on: str
    off: str
    sent_on: str
    sent_off: str

    def decode(self, raw: object) -> Value | None:
        if isinstance(raw, bool):
            word = "true" if raw else "false"
        elif isinstance(raw, str | int | float):
            word = str(raw).strip()
        else:
            return None
        # "True" is how templates write JSON's true
        told = {self.off.strip(): False, self.on.strip(): True}
        return told.get(word, told.get(word.lower()) if word in ("True", "False") else None)

    def encode(self, value: Value) -> Any:
        return self.sent_on if value else self.sent_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A human value is ``factor * raw + offset``. What is sent is a whole number if ``whole``, and lies
    within ``low`` and ``high``, both raw."""

    factor: float = 1.0
    offset: float = 0.0
    whole: bool = False
    low: float = -math.inf
    high: float = math.inf

    def decode(self, raw: object) -> Value | None:
        number = number_of(raw)
        if number is None:
            return None
        human = round(number * self.factor + self.offset, 6)
        return human if math.isfinite(human) else None

    def encode(self, value: Value) -> Any:
        raw = min(max((float(value) - self.offset) / self.factor, self.low), self.high)
        return round(raw) if self.whole else _plain(raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mired:
    """Kelvin from mireds, which count the other way. ``step``: of the kelvins that are told."""

    low: float
    high: float
    step: float = 50.0

    def decode(self, raw: object) -> Value | None:
        number = number_of(raw)
        if number is None or number <= 0:
            return None
        kelvin = 1e6 / number
        return round(kelvin / self.step) * self.step if math.isfinite(kelvin) else None

    def encode(self, value: Value) -> Any:
        return round(min(max(1e6 / float(value), self.low), self.high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices by id; several raw words may mean the same, and the first of them is sent."""

    ids: Mapping[str, str]

    def decode(self, raw: object) -> Value | None:
        return self.ids.get(raw) if isinstance(raw, str) else None

    def encode(self, value: Value) -> Any:
        return next((raw for raw, id_ in self.ids.items() if id_ == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Words in their order as percent: of four, the second is 50 %."""

    raws: tuple[str, ...]

    def decode(self, raw: object) -> Value | None:
        if not isinstance(raw, str) or raw not in self.raws:
            return None
        return round(100 * (self.raws.index(raw) + 1) / len(self.raws), 6)

    def encode(self, value: Value) -> Any:
        level = round(float(value) * len(self.raws) / 100)
        return self.raws[min(max(level, 1), len(self.raws)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Something that knows only open (100 %) and closed (0 %)."""

    opened: tuple[str, ...] = ("OPEN", "open")
    closed: tuple[str, ...] = ("CLOSE", "CLOSED", "closed")

    def decode(self, raw: object) -> Value | None:
        if not isinstance(raw, str):
            return None
        return 100.0 if raw in self.opened else 0.0 if raw in self.closed else None

    def encode(self, value: Value) -> Any:
        return self.opened[0] if float(value) >= 50 else self.closed[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """On, unless ``off`` is told; ``on`` is what it is switched on into."""

    on: str
    off: str

    def decode(self, raw: object) -> Value | None:
        return raw != self.off if isinstance(raw, str) and raw else None

    def encode(self, value: Value) -> Any:
        return self.on if value else self.off


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text, shown as one visible line of at most ``most`` characters."""

    most: int = 200

    def decode(self, raw: object) -> Value | None:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return _number_text(raw)
        return visible(raw, self.most) if isinstance(raw, str) else None

    def encode(self, value: Value) -> Any:
        return str(value)


Form = Literal["hue", "h", "xy", "rgb"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Color:
    """A colour as an object, sent in one ``form``: hue and saturation under their names or initials, x and y
    of CIE 1931, or red, green and blue of 0..255. Any of them is understood; one that has no name is called
    by the nearest of the table."""

    form: Form = "hue"

    def decode(self, raw: object) -> Value | None:
        if not isinstance(raw, Mapping):
            return None
        if (angle := raw.get("hue", raw.get("h"))) is not None:
            hue, saturation = number_of(angle), number_of(raw.get("saturation", raw.get("s")))
            if hue is None or saturation is None:
                return None
            return nearest(hue % 360 / 360, min(max(saturation, 0.0), 100.0) / 100)
        rgb = [number_of(raw.get(channel)) for channel in "rgb"]
        if None not in rgb:
            return _of_channels(rgb)
        x, y = number_of(raw.get("x")), number_of(raw.get("y"))
        if x is None or y is None or not (0 <= x <= 1 and 0 < y <= 1):
            return None
        return nearest(*_of_xy(x, y))

    def encode(self, value: Value) -> Any:
        if (rgb := COLORS.get(str(value))) is None:
            return None
        if self.form == "xy":
            x, y = _to_xy(rgb)
            return {"x": x, "y": y}
        if self.form == "rgb":
            return {"r": rgb >> 16, "g": rgb >> 8 & 0xFF, "b": rgb & 0xFF}
        hue, saturation = hue_and_saturation(rgb)
        names = ("hue", "saturation") if self.form == "hue" else ("h", "s")
        return dict(zip(names, (round(hue * 360), round(saturation * 100)), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class RgbText:
    """A colour as ``255,128,0``."""

    def decode(self, raw: object) -> Value | None:
        rgb = [number_of(channel) for channel in raw[:40].split(",")] if isinstance(raw, str) else []
        return _of_channels(rgb) if len(rgb) == 3 and None not in rgb else None

    def encode(self, value: Value) -> Any:
        if (rgb := COLORS.get(str(value))) is None:
            return None
        return f"{rgb >> 16},{rgb >> 8 & 0xFF},{rgb & 0xFF}"


def _of_channels(rgb: Sequence[float | None]) -> str:
    red, green, blue = (min(max(channel or 0.0, 0.0), 255.0) / 255 for channel in rgb)
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return nearest(hue, saturation)


def _plain(number: float) -> float:
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _number_text(number: float) -> str:
    return f"{number:.6g}"


def _to_xy(rgb: int) -> tuple[float, float]:
    """sRGB to CIE 1931 x, y (IEC 61966-2-1, D65)."""
    red, green, blue = (((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in channels(rgb))
    x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = 0.0193339 * red + 0.1191920 * green + 0.9503041 * blue
    total = x + y + z
    return round(x / total, 4), round(y / total, 4)


def _of_xy(x: float, y: float) -> tuple[float, float]:
    """Hue and saturation, 0..1, of CIE 1931 x, y at full brightness."""
    big_x, big_z = x / y, (1 - x - y) / y
    linear = (
        3.2404542 * big_x - 1.5371385 - 0.4985314 * big_z,
        -0.9692660 * big_x + 1.8760108 + 0.0415560 * big_z,
        0.0556434 * big_x - 0.2040259 + 1.0572252 * big_z,
    )
    most = max(*linear, 1e-9)
    red, green, blue = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (max(each / most, 0.0) for each in linear)
    )
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return hue, saturation
