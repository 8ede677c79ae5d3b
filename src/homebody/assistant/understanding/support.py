"""Whether the words of a sentence bear out a change that a model proposes.

A model that does not know still answers, often with what stands beside the thing that was meant: the lamp of
the next room, lemon for a scent of roses. So what it proposes must be in the words: the thing by a name, its
kind, its place or what it does; a value by itself; and no word may say the contrary. How sure the model is
says less (docs/understanding.md has both, measured).
"""

from __future__ import annotations

from homebody.assistant.context import Context
from homebody.assistant.understanding.mentions import Mentions
from homebody.assistant.understanding.retrieval import is_near
from homebody.assistant.understanding.wish import Change
from homebody.home.device import Device
from homebody.home.function import Action

_STARTS = frozenset({Action.ON, Action.OPEN, Action.START, Action.PLAY})
_ENDS = frozenset({Action.OFF, Action.CLOSE, Action.STOP, Action.PAUSE, Action.DOCK})
_STARTING = frozenset({"on", "open_or_on", "open", "start", "play", "resume", "clean", "raise"})
_ENDING = frozenset({"off", "close_or_off", "close", "stop", "pause", "dock", "lower", "lock"})


def unsupported(device: Device, change: Change, said: Mentions, context: Context) -> str | None:
    """Why the words do not bear out this change: ``device``, ``place``, ``function``, ``value`` or ``verb``;
    None if they do."""
    if not _names(device, said):
        return "device"
    if not _stands_there(device, said, context):
        return "place"
    if not _names_function(change, said):
        return "function"
    if isinstance(change.value, str) and (change.function.id, change.value) not in said.choices:
        return "value"
    return "verb" if _contradicts(change, said) else None


def _names(device: Device, said: Mentions) -> bool:
    """By a name of its own if any thing is so named, else by the word for its kind if one is said, else by a
    part of its name or by what only such a thing does."""
    if said.devices:
        return device.id in said.devices
    if said.of_kind:
        return device.id in said.of_kind
    if said.shares((*device.name.all(), *device.aliases)):
        return True
    return any(is_near(function, said) for function in device.functions)


def _stands_there(device: Device, said: Mentions, context: Context) -> bool:
    """In a place that is named; where none is, what is named in full may stand anywhere."""
    if said.areas:
        return device.area is None or device.area in said.areas
    return device.id in said.devices or context.area is None or device.area in (None, context.area)


def _names_function(change: Change, said: Mentions) -> bool:
    """Switching, opening and starting are what a thing is for, and a number or a direction asks for whatever
    takes one; other functions must be named."""
    if change.delta is not None:
        return is_near(change.function, said) or bool(said.changes) or not said.verbs
    if change.function.trait or change.action is Action.SET:
        return True
    return is_near(change.function, said)


def _contradicts(change: Change, said: Mentions) -> bool:
    starts, ends = bool(said.verbs & _STARTING), bool(said.verbs & _ENDING)
    if change.action in _STARTS:
        return ends and not starts
    if change.action in _ENDS:
        return starts and not ends
    return False
