"""Fans and climate devices."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced
from homebody.home.adapters.mqtt.making.parts import as_trait, switched
from homebody.home.adapters.mqtt.wires import Wire
from homebody.home.function import Choice
from homebody.home.naming import slug
from homebody.home.traits import TRAITS, trait
from homebody.home.words import named

_ON_MODES = ("auto", "heat_cool", "heat", "cool", "fan_only", "dry")
_FINEST = 0.001
"""Percent: a fan that claims more speeds is set in steps of this."""


def fan(component: Announced) -> Iterator[Wire]:
    yield from switched(component, "state_value_template")
    low, high = component.number("speed_range_min", 1.0), component.number("speed_range_max", 100.0)
    if low is None or high is None or not 0 < low < high:
        return
    step = 100 / (high - low + 1)
    # the lowest speed is one step, and nought is off (Home Assistant's own reckoning)
    coded = codec.Number(factor=step, offset=-(low - 1) * step, whole=True, low=low, high=high)
    shown = max(round(step, 6), _FINEST)
    function = trait("fan_speed", min=shown, max=100.0, step=shown)
    yield from as_trait(
        function, coded, component.source("percentage_state_topic", "percentage_value_template"),
        component.write("percentage_command_topic", "percentage_command_template"),
    )  # fmt: skip


def climate(component: Announced) -> Iterator[Wire]:
    low, high = component.number("min_temp", 7.0), component.number("max_temp", 35.0)
    if component.word("temperature_unit", "C") == "C" and low is not None and high is not None and low < high:
        function = trait("thermostat", min=low, max=high, step=abs(component.number("temp_step", 1.0) or 1.0))
        yield from as_trait(
            function, codec.Number(low=low, high=high),
            component.source("temperature_state_topic", "temperature_state_template"),
            component.write("temperature_command_topic", "temperature_command_template"),
        )  # fmt: skip
        measured = component.source("current_temperature_topic", "current_temperature_template")
        yield from as_trait(TRAITS["temperature"], codec.Number(), measured, None)
    modes = component.words("modes") or ("auto", "off", "cool", "heat", "dry", "fan_only")
    source = component.source("mode_state_topic", "mode_state_template")
    write = component.write("mode_command_topic", "mode_command_template")
    start = next((mode for mode in _ON_MODES if mode in modes), None)
    if "off" in modes and start is not None:
        yield from as_trait(TRAITS["on_off"], codec.Unless(on=start, off="off"), source, write)
    words = tuple(mode for mode in modes if mode != "off")
    if len(words) > 1:
        choices = tuple(
            TRAITS["mode"].choice(word) or Choice(id=slug(word) or f"mode_{index}", name=named(word))
            for index, word in enumerate(words)
        )
        ids = {word: choice.id for word, choice in zip(words, choices, strict=True)}
        if len(set(ids.values())) == len(ids):
            yield from as_trait(trait("mode", choices=choices), codec.Options(ids=ids), source, write)
