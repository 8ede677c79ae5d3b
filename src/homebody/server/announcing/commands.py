"""What somebody at the broker wants of a device: a message, read as an operation or refused."""

from __future__ import annotations

from homebody.core.errors import InputError
from homebody.home.adapters.mqtt.payload import Payload, PayloadError
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type, Value
from homebody.home.naming import number_of
from homebody.home.outcome import Operation

_WORDS = {
    "ON": True, "OFF": False, "LOCK": True, "UNLOCK": False,
}  # fmt: skip
_VALVE = {"OPEN": True, "CLOSE": False}
_WAYS = {"OPEN": Action.OPEN, "CLOSE": Action.CLOSE, "STOP": Action.STOP}


def operation(device: Device, function: Function, payload: Payload) -> Operation:
    """Raises ``InputError`` for what this function does not take."""
    try:
        text = payload.text.strip()
    except PayloadError as error:
        raise InputError(f"{device.id}: {error}") from error
    action, value = _meant(function, text)
    if reason := function.reject(action, value):
        raise InputError(f"{device.id} {function.id}: {reason}")
    return Operation(device=device.id, function=function.id, action=action, value=value)


def _meant(function: Function, text: str) -> tuple[Action, Value | None]:
    word = text.upper()
    if function.id == "position" and function.trait and word in _WAYS:
        return _WAYS[word], None
    match function.type:
        case Type.BOOL:
            wanted = (_VALVE if function.id == "valve" and function.trait else _WORDS).get(word)
            if wanted is None:
                raise InputError(f"{function.id}: this is neither of its two words")
            return _leading_to(function, wanted), None
        case Type.NUMBER:
            number = number_of(text)
            if number is None:
                raise InputError(f"{function.id}: this is no number")
            return Action.SET, number
        case Type.CHOICE:
            return (
                (Action.SET, text) if Action.SET in function.actions else (_leading_to(function, text), None)
            )
        case Type.TEXT:
            return Action.SET, text
        case Type.ACTION:
            return Action.RUN, None


def _leading_to(function: Function, state: Value) -> Action:
    """The action that leads to a state."""
    for action, effect in function.effects:
        if (
            effect == state
            and isinstance(effect, bool) is isinstance(state, bool)
            and action in function.actions
        ):
            return action
    raise InputError(f"{function.id}: nothing leads to this")
