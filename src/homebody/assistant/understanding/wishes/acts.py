"""What a verb does to a device, and to the functions that are named with it."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.change import Cannot, Change
from homebody.assistant.understanding.wishes.senses import sense, sense_of_function
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.participles import participle
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type


def _choice_of_verb(device: Device, frame: Frame, functions: Sequence[Function]) -> Change | None:
    """Close the entrance, whose choices are closed, narrow and wide: the verb's participle is a choice."""
    for _, token in frame.verbs:
        done = participle(token.text)
        for function in [f for f in functions if f.type is Type.CHOICE] or device.functions:
            if function.type is Type.CHOICE and function.writable and not function.trait:
                for choice in function.choices:
                    if done in map(fold, (choice.id, *choice.name.all())):
                        return Change(function, Action.SET, choice.id)
    return None


def _begins(frame: Frame, function: Function) -> bool:
    """Whether a clause begins with the word for an action, as with a verb."""
    said = [token for token in frame.tokens if not token.is_("request", "filler", "joint", "next_clause")]
    return bool(said) and function.id in said[0].all("function") and said[0].text.isascii()


_OUTWARD = ("awning", "drying_rack", "clothes_rack", "slide_out", "sunshade")
"""What is out when it is open."""


def by_verb(
    device: Device, frame: Frame, functions: Sequence[Function], valued: bool
) -> list[Change | Cannot]:
    """The verbs, on the device or on the functions that are named."""
    verbs = [verb for verb, _ in frame.verbs if verb not in ("set", "halve", "double", "half_more")]
    runs = [function for function in functions if function.type is Type.ACTION]
    if valued:
        if runs and _begins(frame, runs[0]):
            return [Change(runs[0], Action.RUN)]  # run a bath at forty; flush with lots of water
        verbs = [verb for verb in verbs if verb in ("on", "open_or_on")]
        found = (
            sense(device, "on") if verbs and not frame.to and device.function("brightness") is None else None
        )
        # 打开空调，制冷: a number or a mode with "turn on" switches the device on too
        return [Change(*found)] if found and found[1] is Action.ON else []
    if runs:
        return [Change(function, Action.RUN) for function in runs]
    mute = device.function("mute")
    if mute is not None and any(function.id == "volume" for function in functions):
        silent = {"off": Action.ON, "close_or_off": Action.ON, "on": Action.OFF, "open_or_on": Action.OFF,
                  "resume": Action.OFF}  # fmt: skip
        for verb in verbs:
            if verb in silent:
                return [Change(mute, silent[verb])]
    if verbs and frame.functions and not functions and not device.function("on_off"):
        return [Cannot("no_such_function", name=frame.functions[0].text)]
    if any(token.text == "out" for _, token in frame.verbs) and device.kind in _OUTWARD:
        found = sense(device, "open")
        return [Change(*found)] if found else [Cannot("no_such_function")]
    if (chosen := _choice_of_verb(device, frame, functions)) is not None:
        return [chosen]
    for verb in verbs:
        for function in functions:
            action = sense_of_function(function, verb)
            if action is not None:
                return [Change(function, action)]
        if functions and all(f.id not in ("on_off", "thermostat", "temperature") for f in functions):
            continue
        found = sense(device, verb)
        if found is not None:
            return [Change(*found)]
    if not verbs and frame.verbs and not valued:
        for function in functions:
            if function.type is Type.BOOL and Action.ON in function.actions and function.id != "on_off":
                return [Change(function, Action.ON)]  # make the fan swing
    if not verbs:
        found = sense(device, "set") if frame.verbs and not valued else None
        return [Change(*found)] if found else []
    missing = frame.functions[0].text if frame.functions and not functions else ""
    return [Cannot("no_such_function", name=missing)]
