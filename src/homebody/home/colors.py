"""The colours that have a name here, and which of them a device's own colour is nearest to."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

COLORS: Mapping[str, int] = {
    "red": 0xFF0000, "orange": 0xFF8000, "yellow": 0xFFFF00, "green": 0x00FF00, "cyan": 0x00FFFF,
    "blue": 0x0000FF, "purple": 0x8000FF, "pink": 0xFF60B0, "white": 0xFFFFFF,
}  # fmt: skip
"""The choices of the trait ``color``, each as 0xRRGGBB."""


def nearest(hue: float, saturation: float) -> str:
    """The name of a colour of this hue and saturation, 0..1; how bright it is does not count."""
    return min(COLORS, key=lambda name: _distance((hue, saturation), hue_and_saturation(COLORS[name])))


def hue_and_saturation(rgb: int) -> tuple[float, float]:
    """Both 0..1, of 0xRRGGBB."""
    red, green, blue = channels(rgb)
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return hue, saturation


def channels(rgb: int) -> tuple[float, float, float]:
    """Red, green and blue, 0..1, of 0xRRGGBB."""
    return (rgb >> 16) / 255, (rgb >> 8 & 0xFF) / 255, (rgb & 0xFF) / 255


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How different two colours look, by hue first."""
    (hue, saturation), (other_hue, other_saturation) = one, other
    turn = abs(hue - other_hue)
    return min(turn, 1 - turn) * 2 * min(saturation, other_saturation) + abs(saturation - other_saturation)
