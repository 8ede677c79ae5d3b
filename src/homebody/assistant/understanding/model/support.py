"""Whether the words of a sentence bear out a change that a model proposes.

A model that does not know still answers, often with what stands beside the thing that was meant: the lamp of
the next room, lemon for a scent of roses. So the thing must be the only one that the words can mean, a value
must be among them, nothing that was said may be left over, and no word may say the contrary.
"""

from __future__ import annotations

from homebody.assistant.context import Context
from homebody.assistant.understanding.model.mentions import Mentions
from homebody.assistant.understanding.model.retrieval import is_near
from homebody.assistant.understanding.wishes.change import Change
from homebody.assistant.understanding.wishes.units import convert
from homebody.home.device import Device, Home
from homebody.home.function import Action

_STARTS = frozenset({Action.ON, Action.OPEN, Action.START, Action.PLAY})
_ENDS = frozenset({Action.OFF, Action.CLOSE, Action.STOP, Action.PAUSE, Action.DOCK})
_STARTING = frozenset({"on", "open_or_on", "open", "start", "play", "resume", "clean", "raise", "up"})
_ENDING = frozenset({"off", "close_or_off", "close", "stop", "pause", "dock", "lower", "lock", "down"})


def unsupported(device: Device, change: Change, said: Mentions, home: Home, context: Context) -> str | None:
    """What the words do not bear out of this change: ``device``, ``which`` of several, ``function``,
    ``value``, ``rest`` (more was said) or ``verb``; None where they bear out all of it."""
    meant = [d for d in _meant(said, home) if _stands_there(d, said, context)]
    if device not in meant:
        return "device"
    if sum(d.function(change.function.id) is not None for d in meant) > 1:
        return "which"
    if not _names_function(change, said):
        return "function"
    if isinstance(change.value, str) and (change.function.id, change.value) not in said.choices:
        return "value"
    if _rest(device, change, said):
        return "rest"
    return "verb" if _contradicts(change, said) else None


def _meant(said: Mentions, home: Home) -> list[Device]:
    """The things that are named; else those of a kind that is named; else those whose name shares most with
    the sentence; else those that can do what is named."""
    ids = said.devices or said.of_kind
    if ids:
        return [device for device in home.devices if device.id in ids]
    shares = {device.id: said.shares((*device.name.all(), *device.aliases)) for device in home.devices}
    if most := max(shares.values(), default=0):
        return [device for device in home.devices if shares[device.id] == most]
    return [d for d in home.devices if any(is_near(function, said) for function in d.functions)]


def _stands_there(device: Device, said: Mentions, context: Context) -> bool:
    """In a place that is named; where none is, what is named may stand anywhere, other things here."""
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


def _rest(device: Device, change: Change, said: Mentions) -> bool:
    """Whether a number, or a choice of this very thing, was said that the change does not use."""
    used = (change.function.id, change.value)
    numbers = {value for n in said.numbers if (value := convert(n, change.function)) is not None}
    if said.numbers and (change.action is not Action.SET or change.value not in numbers):
        return True
    able = {(function.id, choice.id) for function in device.functions for choice in function.choices}
    return used not in said.choices and bool(said.choices & able)


def _contradicts(change: Change, said: Mentions) -> bool:
    """To end something there must be a word for it; to begin something there may be none to the contrary."""
    starts, ends = bool(said.verbs & _STARTING), bool(said.verbs & _ENDING)
    if change.action in _STARTS or (change.delta or 0) > 0:
        return ends and not starts
    if change.action in _ENDS:
        return not ends
    return (change.delta or 0) < 0 and starts and not ends
