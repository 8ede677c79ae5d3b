"""Lights as Home Assistant discovers them, of the basic and the JSON schema."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError
from homebody.home.adapters.mqtt.codec import Codec
from homebody.home.adapters.mqtt.making.parts import as_trait, switched
from homebody.home.adapters.mqtt.wires import Sent, Source, Wire, Write, key, to_key
from homebody.home.function import Function
from homebody.home.traits import TRAITS, trait

MIREDS = (153.0, 500.0)
_KELVIN_STEP = 50.0
_MOST_KELVIN = 7000.0
_FORMS: Mapping[str, codec.Form] = {"hs": "h", "xy": "xy", "rgb": "rgb"}


def light(component: Announced) -> Iterator[Wire]:
    schema = component.word("schema", "basic")
    if schema == "json":
        yield from _json_light(component)
        return
    if schema not in {"basic", "default"}:
        raise AnnouncementError(f"a light of the schema {schema}")
    yield from switched(component, "state_value_template")
    scale = component.number("brightness_scale", 255.0) or 255.0
    yield from as_trait(
        TRAITS["brightness"], _brightness(scale),
        component.source("brightness_state_topic", "brightness_value_template"),
        component.write("brightness_command_topic", "brightness_command_template"),
    )  # fmt: skip
    warmth, coded = _warmth(component)
    yield from as_trait(
        warmth, coded, component.source("color_temp_state_topic", "color_temp_value_template"),
        component.write("color_temp_command_topic", "color_temp_command_template"),
    )  # fmt: skip
    if component.keys.get("rgb_command_template") is None:
        yield from as_trait(
            TRAITS["color"], codec.RgbText(), component.source("rgb_state_topic", "rgb_value_template"),
            component.write("rgb_command_topic"),
        )  # fmt: skip


def _json_light(component: Announced) -> Iterator[Wire]:
    state, command = component.topic("state_topic"), component.topic("command_topic")
    if command is None:
        raise AnnouncementError("it has no command_topic")

    def of(name: str) -> Source | None:
        return Source(topic=state, pick=key(name)) if state is not None else None

    def lit(name: str) -> Write:
        """With the word that it is on: a light that is off takes no brightness alone."""

        def write(raw: Any, /) -> Sent:
            return to_key(command)({"state": "ON", name: raw})

        return write

    yield from as_trait(
        TRAITS["on_off"], codec.Pair(on="ON", off="OFF"), of("state"), to_key(command, "state")
    )
    modes = set(component.words("supported_color_modes"))
    if component.keys.get("brightness") is True or modes - {"onoff"}:
        scale = component.number("brightness_scale", 255.0) or 255.0
        yield from as_trait(TRAITS["brightness"], _brightness(scale), of("brightness"), lit("brightness"))
    if "color_temp" in modes:
        warmth, coded = _warmth(component)
        yield from as_trait(warmth, coded, of("color_temp"), lit("color_temp"))
    form = next((form for mode, form in _FORMS.items() if mode in modes), None)
    if form is not None:
        yield from as_trait(TRAITS["color"], codec.Color(form=form), of("color"), lit("color"))


def _brightness(scale: float) -> Codec:
    if scale <= 0:
        raise AnnouncementError("its brightness has no scale")
    return codec.Number(factor=100 / scale, whole=True, low=0.0, high=scale)


def _warmth(component: Announced) -> tuple[Function, Codec]:
    if component.keys.get("color_temp_kelvin") is True:
        low = component.number("min_kelvin", 2000.0) or 2000.0
        high = component.number("max_kelvin", 6500.0) or 6500.0
        coded: Codec = codec.Number(whole=True, low=low, high=high)
    else:
        mireds = component.number("min_mireds", MIREDS[0]), component.number("max_mireds", MIREDS[1])
        least, most = (
            each if each and each > 0 else usual for each, usual in zip(mireds, MIREDS, strict=True)
        )
        low, high, coded = 1e6 / most, 1e6 / least, codec.Mired(low=least, high=most)
    bottom = math.ceil(low / _KELVIN_STEP) * _KELVIN_STEP
    top = math.floor(min(high, _MOST_KELVIN) / _KELVIN_STEP) * _KELVIN_STEP
    if bottom >= top:
        raise AnnouncementError("its color temperature has no range")
    return trait("color_temperature", min=bottom, max=top, step=_KELVIN_STEP), coded
