"""Climate, fans, humidifiers and water heaters. Thermostats are in the unit of their Home Assistant."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import (
    Call,
    Say,
    Subject,
    Told,
    Wire,
    on_or_off,
    truth,
    within_percent,
)
from homebody.home.function import Choice, Function, Value
from homebody.home.label import Label
from homebody.home.traits import TRAITS, trait

_TARGET, _RANGE, _HUMIDITY, _FAN, _PRESET, _SWING, _TURN_ON = 1, 2, 4, 8, 16, 32, 256
_MODES_OF_WORK = ("auto", "heat_cool", "cool", "heat", "dry", "fan_only")
"""All that Home Assistant has, what one is started with first."""
_SPEED, _OSCILLATE, _DIRECTION, _FAN_PRESET = 1, 2, 4, 8
_MODES = 1
_HEATER_TARGET, _HEATER_MODES = 1, 2
_STEP, _FAHRENHEIT_STEP = 0.5, 1.0
_HUMIDITY_BOUNDS = (0.0, 100.0)
_TARGET_HUMIDITY = Label(zh="目标湿度", en="target humidity")
_PRESET_NAME = Label(zh="预设", en="preset")


def climate(of: Subject) -> Iterator[Wire]:
    modes = of.state.words("hvac_modes")
    working = [mode for mode in _MODES_OF_WORK if mode in modes]
    if "off" in modes and working:
        start = working[0]
        yield of.trait(TRAITS["on_off"], _is_running, lambda value, state: _power(value, state, start))
    if working:
        ids = {mode: mode for mode in working}
        yield of.trait(
            trait("mode", choices=tuple(_mode(mode) for mode in working)),
            lambda state: ids.get(state.state),
            lambda value, _: _hvac(str(value)),
        )
    if of.state.can(_TARGET):
        yield from _thermostat(of, "climate.set_temperature")
    if of.state.can(_RANGE):
        yield from _range(of)
    yield from _measured(of)
    if of.state.can(_HUMIDITY):
        yield _target_humidity(of, "climate.set_humidity")
    for feature, id_, name, many in (
        (_FAN, "fan_mode", Label(zh="风速模式", en="fan mode"), "fan_modes"),
        (_PRESET, "preset_mode", _PRESET_NAME, "preset_modes"),
        (_SWING, "swing_mode", Label(zh="摆风", en="swing mode"), "swing_modes"),
    ):
        if of.state.can(feature) and (words := of.state.words(many)):
            yield of.choice(id_, name, words, _text(id_), f"climate.set_{id_}", id_)


def fan(of: Subject) -> Iterator[Wire]:
    """``percentage_step`` is 100 for one that has no speeds: then there is nothing to set."""
    yield of.power(on_or_off, Call(service="fan.turn_on"), Call(service="fan.turn_off"))
    if of.state.can(_SPEED):
        step = min(max(of.state.number("percentage_step") or 1.0, 1.0), 100.0)
        yield of.trait(
            trait("fan_speed", step=round(step, 6)),
            lambda state: within_percent(state.number("percentage")),
            lambda value, _: Call(
                service="fan.set_percentage", data={"percentage": round(float(value))}
            ),
        )  # fmt: skip
    if of.state.can(_FAN_PRESET) and (words := of.state.words("preset_modes")):
        yield of.choice(
            "preset_mode", _PRESET_NAME, words, _text("preset_mode"), "fan.set_preset_mode", "preset_mode"
        )
    if of.state.can(_OSCILLATE):
        yield of.switch(
            "oscillating", Label(zh="摇头", en="oscillation"), truth("oscillating"),
            Call(service="fan.oscillate", data={"oscillating": True}),
            Call(service="fan.oscillate", data={"oscillating": False}),
        )  # fmt: skip
    if of.state.can(_DIRECTION):
        yield of.choice(
            "direction", Label(zh="转向", en="direction"), ("forward", "reverse"), _text("direction"),
            "fan.set_direction", "direction",
        )  # fmt: skip


def humidifier(of: Subject) -> Iterator[Wire]:
    on, off = Call(service="humidifier.turn_on"), Call(service="humidifier.turn_off")
    yield of.power(on_or_off, on, off)
    yield from _measured(of)
    yield _target_humidity(of, "humidifier.set_humidity")
    if of.state.can(_MODES) and (words := of.state.words("available_modes")):
        yield of.choice(
            "mode_of_work", Label(zh="工作模式", en="working mode"), words, _text("mode"),
            "humidifier.set_mode", "mode",
        )  # fmt: skip


def water_heater(of: Subject) -> Iterator[Wire]:
    if of.state.can(_HEATER_TARGET):
        yield from _thermostat(of, "water_heater.set_temperature")
    if of.state.can(_HEATER_MODES) and (words := of.state.words("operation_list")):
        yield of.choice(
            "operation_mode", Label(zh="工作模式", en="operation mode"), words, lambda state: state.state,
            "water_heater.set_operation_mode", "operation_mode",
        )  # fmt: skip
    yield from _measured(of)


def _is_running(state: State) -> Value | None:
    return None if state.state in ("unknown", "unavailable") else state.state != "off"


def _power(value: Value, state: State, start: str) -> Call:
    """One that runs already goes on as it does: switched on, it might choose another mode."""
    if not value:
        return _hvac("off")
    if _is_running(state):
        return _hvac(state.state)
    return Call(service="climate.turn_on") if state.can(_TURN_ON) else _hvac(start)


def _hvac(mode: str) -> Call:
    return Call(service="climate.set_hvac_mode", data={"hvac_mode": mode})


def _mode(mode: str) -> Choice:
    if mode == "heat_cool":
        return Choice(id=mode, name=Label(zh="冷暖", en="heat and cool"))
    choice = TRAITS["mode"].choice(mode)
    assert choice is not None
    return choice


def _thermostat(of: Subject, service: str) -> Iterator[Wire]:
    low, high, step = _bounds(of)
    if low < high:
        yield of.trait(
            trait("thermostat", min=low, max=high, step=step),
            _warmth(of, "temperature"),
            _set_warmth(of, service, "temperature"),
        )


def _range(of: Subject) -> Iterator[Wire]:
    """Both ends are set at once, so the other one is said again as it is."""
    for key, other, name in (
        ("target_temp_low", "target_temp_high", Label(zh="最低温度", en="lowest temperature")),
        ("target_temp_high", "target_temp_low", Label(zh="最高温度", en="highest temperature")),
    ):
        say = _set_warmth(of, "climate.set_temperature", key, other)
        yield of.number(key, name, _bounds(of), "°C", _warmth(of, key), say)


def _bounds(of: Subject) -> tuple[float, float, float]:
    """Least, greatest and step in °C. A step of a degree Fahrenheit is no step of Celsius: it is coarser."""
    low, high = of.state.number("min_temp"), of.state.number("max_temp")
    usual = TRAITS["thermostat"]
    if low is None or high is None:
        return usual.min, usual.max, usual.step
    if of.fahrenheit:
        return math.ceil(_celsius(low)), math.floor(_celsius(high)), _FAHRENHEIT_STEP
    told = of.state.number("target_temp_step")
    return low, high, told if told is not None and 0 < told <= 5 else _STEP


def _warmth(of: Subject, key: str) -> Told:
    def told(state: State) -> Value | None:
        degrees = state.number(key)
        if degrees is None:
            return None
        return round(_celsius(degrees), 1) if of.fahrenheit else degrees

    return told


def _set_warmth(of: Subject, service: str, key: str, *others: str) -> Say:
    def say(value: Value, state: State) -> Call:
        degrees = float(value) * 9 / 5 + 32 if of.fahrenheit else float(value)
        data: dict[str, float] = {key: round(degrees, 1)}
        data |= {other: now for other in others if (now := state.number(other)) is not None}
        return Call(service=service, data=data)

    return say


def _celsius(fahrenheit: float) -> float:
    return (fahrenheit - 32) * 5 / 9


def _measured(of: Subject) -> Iterator[Wire]:
    measured: tuple[tuple[str, Function, Callable[[State], Value | None]], ...] = (
        ("current_temperature", TRAITS["temperature"], _warmth(of, "current_temperature")),
        ("current_humidity", TRAITS["humidity"], lambda state: state.number("current_humidity")),
    )
    for key, function, told in measured:
        if key in of.state.attributes:
            yield of.trait(function, told)


def _target_humidity(of: Subject, service: str) -> Wire:
    low, high = of.state.number("min_humidity"), of.state.number("max_humidity")
    bounds = (_HUMIDITY_BOUNDS[0] if low is None else low, _HUMIDITY_BOUNDS[1] if high is None else high, 1.0)
    return of.number(
        "target_humidity", _TARGET_HUMIDITY, bounds, "%", lambda state: state.number("humidity"),
        lambda value, _: Call(service=service, data={"humidity": round(float(value))}),
    )  # fmt: skip


def _text(key: str) -> Callable[[State], str]:
    return lambda state: state.text(key)
