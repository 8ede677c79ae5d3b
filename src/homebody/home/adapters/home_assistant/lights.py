"""Lights: brightness of 255 as percent, kelvins, and colours by the names of the trait."""

from __future__ import annotations

import math
from collections.abc import Iterator

from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import Call, Subject, Wire, on_or_off
from homebody.home.colors import COLORS, hue_and_saturation, nearest
from homebody.home.function import Value
from homebody.home.label import Label
from homebody.home.naming import number_of
from homebody.home.traits import TRAITS, trait

_COLORED = {"hs", "xy", "rgb", "rgbw", "rgbww"}
_DIMMED = {*_COLORED, "brightness", "color_temp", "white"}
_EFFECT = 4
_KELVIN_STEP = 100.0  # lamps count in mireds: at 7,000 K the next one is 49 K away
_MOST_KELVIN = 7000.0
_ON, _OFF = Call(service="light.turn_on"), Call(service="light.turn_off")


def light(of: Subject) -> Iterator[Wire]:
    yield of.power(on_or_off, _ON, _OFF)
    modes = set(of.state.words("supported_color_modes"))
    if modes & _DIMMED:
        yield of.trait(
            TRAITS["brightness"], _brightness, lambda value, _: _on(brightness_pct=round(float(value)))
        )
    if "color_temp" in modes:
        yield from _warmth(of)
    if modes & _COLORED:
        yield of.trait(TRAITS["color"], _color, _to_color)
    if of.state.can(_EFFECT) and (effects := of.state.words("effect_list")):
        yield of.choice(
            "effect", Label(zh="效果", en="effect"), effects, lambda state: state.text("effect"),
            "light.turn_on", "effect",
        )  # fmt: skip


def _on(**data: object) -> Call:
    return Call(service="light.turn_on", data=data)


def _brightness(state: State) -> Value | None:
    raw = state.number("brightness")
    return None if raw is None else float(min(max(round(raw * 100 / 255), 1), 100))


def _warmth(of: Subject) -> Iterator[Wire]:
    low = of.state.number("min_color_temp_kelvin") or 2000.0
    high = of.state.number("max_color_temp_kelvin") or 6500.0
    low = math.ceil(max(low, 1000.0) / _KELVIN_STEP) * _KELVIN_STEP
    high = math.floor(min(high, _MOST_KELVIN) / _KELVIN_STEP) * _KELVIN_STEP
    if low < high:
        yield of.trait(
            trait("color_temperature", min=low, max=high, step=_KELVIN_STEP),
            lambda state: state.number("color_temp_kelvin"),
            lambda value, _: _on(color_temp_kelvin=round(float(value))),
        )


def _color(state: State) -> Value | None:
    """A lamp that is set to a warmth is white, whatever colour that comes to."""
    if state.text("color_mode") in ("color_temp", "white"):
        return "white"
    told = state.attributes.get("hs_color")
    pair = [number_of(each) for each in told] if isinstance(told, list) and len(told) == 2 else []
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        return None
    return nearest(pair[0] % 360 / 360, min(max(pair[1], 0.0), 100.0) / 100)


def _to_color(value: Value, _state: State) -> Call | None:
    if (rgb := COLORS.get(str(value))) is None:
        return None
    hue, saturation = hue_and_saturation(rgb)
    return _on(hs_color=[round(hue * 360), round(saturation * 100)])
