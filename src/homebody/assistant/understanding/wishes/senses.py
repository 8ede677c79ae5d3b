"""What a verb does to a thing: 打开 opens a curtain, turns on a lamp and unlocks a lock.

Each verb lists what it may mean, most usual first; the first that a device can do is meant. The action
that is reached decides, never the verb: policy sees ``unlock``, whatever word was used.
"""

from __future__ import annotations

from collections.abc import Mapping

from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type

A = Action
Sense = tuple[str, Action]

_ON: tuple[Sense, ...] = (("on_off", A.ON), ("cleaning", A.START), ("valve", A.OPEN), ("position", A.OPEN),
                          ("playback", A.PLAY))  # fmt: skip
_OFF: tuple[Sense, ...] = (("on_off", A.OFF), ("cleaning", A.STOP), ("valve", A.CLOSE), ("position", A.CLOSE),
                           ("playback", A.STOP))  # fmt: skip
_OPEN: tuple[Sense, ...] = (("position", A.OPEN), ("valve", A.OPEN), ("lock", A.UNLOCK))
_CLOSE: tuple[Sense, ...] = (("position", A.CLOSE), ("valve", A.CLOSE), ("lock", A.LOCK))

SENSES: Mapping[str, tuple[Sense, ...]] = {
    "on": _ON,
    "off": _OFF,
    "open_or_on": (*_OPEN, *_ON),
    "close_or_off": (*_CLOSE, *_OFF),
    "open": (*_OPEN, ("on_off", A.ON)),
    "close": (*_CLOSE, ("on_off", A.OFF)),
    "toggle": (("on_off", A.TOGGLE),),
    "lock": (("lock", A.LOCK),),
    "unlock": (("lock", A.UNLOCK),),
    "start": (("cleaning", A.START), ("playback", A.PLAY), *_ON),
    "stop": (("cleaning", A.STOP), ("playback", A.STOP), ("position", A.STOP), ("on_off", A.OFF)),
    "pause": (("cleaning", A.PAUSE), ("playback", A.PAUSE), ("position", A.STOP)),
    "resume": (("playback", A.PLAY), ("cleaning", A.START)),
    "play": (("playback", A.PLAY),),
    "next": (("playback", A.NEXT),),
    "previous": (("playback", A.PREVIOUS),),
    "dock": (("cleaning", A.DOCK),),
    "clean": (("cleaning", A.START),),
    "mute": (("mute", A.ON), ("playback", A.PAUSE)),
    "unmute": (("mute", A.OFF),),
    "run": (("cleaning", A.START), ("on_off", A.ON)),
    "raise": (("position", A.OPEN),),
    "lower": (("position", A.CLOSE),),
}

# What can be seen but not done: for questions and conditions.
SEEN: Mapping[str, tuple[tuple[str, bool | str], ...]] = {
    "on": (
        ("on_off", True),
        ("cleaning", "cleaning"),
        ("playback", "playing"),
        ("position", True),
        ("contact", True),
    ),
    "open_or_on": (("contact", True), ("position", True), ("valve", True), ("on_off", True), ("lock", False)),
    "off": (("on_off", False), ("contact", False)),
    "close_or_off": (("position", False), ("valve", False), ("contact", False), ("on_off", False)),
    "open": (("position", True), ("contact", True), ("valve", True), ("on_off", True), ("lock", False)),
    "close": (("position", False), ("valve", False), ("contact", False)),
    "closed": (("position", False), ("valve", False), ("contact", False), ("on_off", False)),
    "lock": (("lock", True),),
    "locked": (("lock", True),),
    "unlock": (("lock", False),),
    "unlocked": (("lock", False),),
    "playing": (("playback", "playing"),),
    "play": (("playback", "playing"),),
    "cleaning": (("cleaning", "cleaning"),),
    "clean": (("cleaning", "cleaning"),),
    "docked": (("cleaning", "docked"),),
    "dock": (("cleaning", "docked"),),
    "motion": (("occupancy", True), ("motion", True)),
    "no_motion": (("occupancy", False), ("motion", False)),
    "alarm": (("smoke", True), ("gas", True), ("leak", True)),
    "wet": (("leak", True),),
    "smoke": (("smoke", True),),
    "gas": (("gas", True),),
    "mute": (("mute", True),),
}

_POWER_IDS = frozenset({"power", "switch", "on", "enabled", "enable", "power_switch", "main_switch", "state"})
_POWER_NAMES = frozenset(
    {"电源", "开关", "总开关", "power", "switch", "on/off", "on off", "main switch", "启用"}
)
_APART = ("lock", "guard", "alarm", "alert", "brake", "mute", "swing", "eco", "night", "auto", "quiet",
          "mode", "rail", "锁", "警", "静音", "摆", "自动", "模式")  # fmt: skip
"""Switches with these words in their names are something apart from their device's own."""


def power_control(device: Device) -> Function | None:
    """The control that switches the whole device, where no trait does: one that is called so, or its only
    switch."""
    for function in device.controls:
        if function.type is Type.BOOL and Action.ON in function.actions:
            names = {fold(name) for name in (*function.name.all(), *function.aliases)}
            if function.id in _POWER_IDS or names & _POWER_NAMES:
                return function
    if device.function("on_off"):
        return None
    switches = [f for f in device.functions if f.type is Type.BOOL and Action.ON in f.actions]
    if len(switches) == 1 and switches[0] in device.controls and not _is_apart(switches[0]):
        return switches[0]
    return None


_LIDS = (
    "shutter",
    "door",
    "lid",
    "hatch",
    "flap",
    "window",
    "cover",
    "gate",
    "vent",
    "roof",
    "门",
    "窗",
    "盖",
)


def _opens(function: Function) -> bool:
    """Whether a switch is something that opens: a shutter, a lid."""
    return any(part in fold(name) for part in _LIDS for name in (function.id, *function.name.all()))


def _is_apart(function: Function) -> bool:
    names = [fold(name) for name in (*function.name.all(), *function.aliases)]
    return any(part in name for part in _APART for name in (*names, function.id))


_STARTING = ("start", "begin", "ignite", "fire", "launch", "brew", "启动", "开始", "点火")


def _may_open(power: Function) -> bool:
    return power.id in _POWER_IDS or _opens(power)


def starter_of(device: Device) -> Function | None:
    """The one action of a device that sets it going."""
    starting = [
        function
        for function in device.functions
        if function.type is Type.ACTION
        and any(fold(name).startswith(_STARTING) for name in (function.id, *function.name.all()))
    ]
    return starting[0] if len(starting) == 1 else None


def sense(device: Device, verb: str) -> tuple[Function, Action] | None:
    """What this verb does to this device as a whole, or None if it cannot do that."""
    for function_id, action in SENSES.get(verb, ()):
        function = device.function(function_id)
        if function and action in function.actions:
            return function, action
    power = power_control(device)
    if power:
        if verb in ("on", "open_or_on", "start") or (verb == "open" and _may_open(power)):
            return power, Action.ON
        if verb in ("off", "close_or_off", "stop") or (verb == "close" and _may_open(power)):
            return power, Action.OFF
    if verb in ("start", "run", "on", "open_or_on") and (starter := starter_of(device)):
        return starter, Action.RUN
    if verb in ("start", "run", "on", "open_or_on", "set"):
        runs = [function for function in device.functions if Action.RUN in function.actions]
        if verb != "run" and len(runs) != sum(f.writable for f in device.functions):
            return None  # switching on runs only what can do nothing else, such as a scene
        if len(runs) == 1:
            return runs[0], Action.RUN
    return None


_SWITCHING: Mapping[str, Action] = {
    "unlock": Action.OFF, "lock": Action.ON, "play": Action.ON, "start": Action.ON, "run": Action.ON,
    "resume": Action.ON, "stop": Action.OFF, "pause": Action.OFF,
}  # fmt: skip


def sense_of_function(function: Function, verb: str) -> Action | None:
    """What this verb does to one named function: 打开水泵, start feeding."""
    options = {action for _, action in SENSES.get(verb, ())}
    if function.type is Type.ACTION:
        return Action.RUN if verb in ("on", "open_or_on", "start", "run", "play", "open") else None
    if function.type is Type.BOOL and not function.trait:
        plain = _SWITCHING.get(verb)
        if plain is not None and plain in function.actions:
            return plain
    if function.type is Type.BOOL:
        for action in (
            Action.LOCK,
            Action.UNLOCK,
            Action.OPEN,
            Action.CLOSE,
            Action.ON,
            Action.OFF,
            Action.TOGGLE,
        ):
            if action in options and action in function.actions:
                return action
        return None
    return next((action for _, action in SENSES.get(verb, ()) if action in function.actions), None)


def _ended(device: Device) -> Function | None:
    """What a device tells of the time that is left to it."""
    for function in device.functions:
        timed = function.readable and function.type is Type.NUMBER and function.unit in ("min", "s", "h")
        if timed and any(part in function.id for part in ("remain", "left")):
            return function
    return None


def seen(device: Device, word: str) -> tuple[Function, bool | int | str] | None:
    """The function and the state that a word for a state (or a verb) asks about."""
    for function_id, value in SEEN.get(word, ()):
        function = device.function(function_id)
        if function:
            return function, value
    if word == "done" and (left := _ended(device)):
        return left, 0
    power = power_control(device)
    if power and word in ("on", "open_or_on", "off", "close_or_off"):
        return power, word in ("on", "open_or_on")
    return None
