"""Six sentences to tap, made of what this home has, so that each of them does something here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from homebody.home.device import Device, Home
from homebody.home.function import Action
from homebody.home.label import Language

COUNT = 6

Example = Callable[[Home, Language], str | None]


def examples(home: Home, language: Language) -> list[str]:
    """At most six, of as many sorts as the home allows."""
    said = (example(home, language) for example in _EXAMPLES)
    return list(dict.fromkeys(each for each in said if each))[:COUNT]


def with_function(home: Home, function_id: str, *kinds: str) -> Iterator[Device]:
    """Devices whose name stands alone in this home, with this writable function, of these kinds if any."""
    names = [device.name for device in home.devices]
    for device in home.devices:
        function = device.function(function_id)
        if (
            function
            and function.writable
            and (not kinds or device.kind in kinds)
            and names.count(device.name) == 1
        ):
            yield device


def _several(home: Home, language: Language) -> str | None:
    light = next(with_function(home, "on_off", "light"), None)
    cover = next(with_function(home, "position", "curtain", "blind"), None)
    if not light or not cover:
        return None
    a, b = light.name.text(language), cover.name.text(language)
    return f"打开{a}，再拉开{b}" if language == "zh" else f"turn on the {a} and open the {b}"


def _relative(home: Home, language: Language) -> str | None:
    lights = list(with_function(home, "brightness", "light"))
    if len(lights) < 2:
        return None
    name = lights[-1].name.text(language)
    return f"把{name}调暗一点" if language == "zh" else f"dim the {name} a bit"


def _question(home: Home, language: Language) -> str | None:
    if not any(with_function(home, "on_off", "light")):
        return None
    return "哪些灯还开着？" if language == "zh" else "which lights are on?"


def _thermostat(home: Home, language: Language) -> str | None:
    device = next(with_function(home, "thermostat", "air_conditioner", "thermostat", "heater"), None)
    if device is None:
        return None
    function = device.function("thermostat")
    assert function is not None
    to = f"{function.fit(24):g}"
    name = device.name.text(language)
    return f"把{name}设为{to}度" if language == "zh" else f"set the {name} to {to} degrees"


def _measured(home: Home, language: Language) -> str | None:
    for device in home.devices:
        area = home.area(device.area)
        if area and device.kind == "sensor" and device.function("temperature"):
            name = area.name.text(language)
            return f"{name}现在多少度？" if language == "zh" else f"how warm is it in the {name}?"
    return None


def _timed(home: Home, language: Language) -> str | None:
    device = next(with_function(home, "on_off", "light"), None)
    if device is None:
        return None
    name = device.name.text(language)
    return f"10分钟后关掉{name}" if language == "zh" else f"turn off the {name} in 10 minutes"


def _unlock(home: Home, language: Language) -> str | None:
    for device in with_function(home, "lock"):
        function = device.function("lock")
        if function and Action.UNLOCK in function.actions:
            name = device.name.text(language)
            return f"打开{name}" if language == "zh" else f"unlock the {name}"
    return None


def _control(home: Home, language: Language) -> str | None:
    """A device that only its description explains."""
    for device in home.devices:
        for control in device.controls:
            if Action.RUN in control.actions and not device.traits:
                name, what = device.name.text(language), control.name.text(language)
                return f"让{name}{what}" if language == "zh" else f"ask the {name} to {what}"
    return None


def _help(_home: Home, language: Language) -> str | None:
    return "几点了？" if language == "zh" else "what time is it?"


_EXAMPLES: tuple[Example, ...] = (
    _several, _question, _relative, _thermostat, _timed, _unlock, _measured, _control, _help,
)  # fmt: skip
