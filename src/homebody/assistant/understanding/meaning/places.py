"""Which devices are meant when none is named: by what is wished, where it is wished.

"Brightness to 50 in the study", "warmer", "turn off the kitchen", "everything off": the wish itself says
which devices could be meant; the place, the sentence so far and the conversation narrow them.
"""

from __future__ import annotations

from collections.abc import Iterable

from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.named import named
from homebody.assistant.understanding.wishes.senses import SENSES
from homebody.assistant.understanding.wishes.wish import able
from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Device
from homebody.home.function import Action, Function

_KEEPS = frozenset(
    {"fridge", "freezer", "router", "camera", "alarm", "lock", "gas_valve", "valve", "water_valve"}
)


def switchable(device: Device) -> bool:
    """Whether "everything off" means this device: it has a switch, and a home does not rely on it."""
    function = device.function("on_off")
    return function is not None and Action.OFF in function.actions and device.kind not in _KEEPS


def in_places(vocabulary: Vocabulary, areas: Iterable[str]) -> list[Device]:
    return [device for area in areas for device in vocabulary.by_area.get(area, ())]


def by_wish(frame: Frame, devices: Iterable[Device]) -> list[Device]:
    """Of these devices, those that the wish can mean without a name."""
    pool = list(devices)
    verbs = {verb for verb, _ in frame.verbs}
    if frame.all and not frame.everything and verbs and verbs <= {"open", "close", "lock", "unlock"}:
        pool = [device for device in pool if device.function("position") or device.function("lock")]
        return [device for device in pool if able(device, frame)]
    if frame.everything or (frame.all and not frame.functions and not frame.choices and not frame.changes):
        return [device for device in pool if switchable(device)]
    if frame.functions:
        fitting = [d for d in pool if named(d, frame) and able(d, frame)]
        exact = [d for d in fitting if any(f.id in ids for f in d.functions for ids in _ids(frame))]
        said = [token.text for token in frame.functions]
        called = [d for d in exact if any(_called(f, text) for f in d.functions for text in said)]
        return _usual(called or exact or fitting)
    if frame.choices:
        wanted = {pair for token in frame.choices for pair in token.all("choice")}
        return [
            d
            for d in pool
            if any((f.id, c.id) in wanted for f in d.functions for c in f.choices) and able(d, frame)
        ]
    if frame.changes:
        return _by_change(frame, pool)
    verbs = {verb for verb, _ in frame.verbs}
    if frame.levels or frame.numbers:
        return _by_value(frame, pool)
    if verbs & {"on", "off", "open_or_on", "close_or_off", "toggle"}:
        return [device for device in pool if device.kind == "light"]
    ids = {
        (function, action)
        for verb in verbs
        for function, action in SENSES.get(verb, ())
        if function != "on_off"
    }
    return [d for d in pool if any((f.id, a) in ids for f in d.functions for a in f.actions)]


def _called(function: Function, said: str) -> bool:
    """Whether a function is called what was said (冲膜, 冲一下膜); others may have the same id."""
    names = [fold(name) for name in (*function.name.all(), *function.aliases)]
    return any(name == said or (not name.isascii() and set(name) <= set(said)) for name in names)


def _ids(frame: Frame) -> list[list[str]]:
    return [token.all("function") for token in frame.functions]


def _usual(devices: list[Device]) -> list[Device]:
    """Temperature means the air, not the water: climate devices first where several kinds fit."""
    climate = [d for d in devices if d.kind in ("air_conditioner", "thermostat", "heater")]
    return climate or devices


def _by_change(frame: Frame, pool: list[Device]) -> list[Device]:
    for change in frame.changes:
        for name in change.functions:
            plain = name.lstrip("-*")
            matched = [d for d in pool if (f := d.function(plain)) and Action.SET in f.actions]
            if matched and not name.startswith("-"):
                return _usual(matched)
    return []


def _by_value(frame: Frame, pool: list[Device]) -> list[Device]:
    fitting = [device for device in pool if able(device, frame)]
    for number in frame.numbers:
        if number.unit in ("°", "°C", "°F"):
            return _usual(fitting)
    lights = [device for device in fitting if device.kind == "light"]
    return lights or (fitting if len(fitting) == 1 else [])
