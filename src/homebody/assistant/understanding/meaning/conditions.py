"""If and when: a state of this home that a step waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from homebody.assistant.context import Context
from homebody.assistant.plan import Comparison, Condition, Problem, ProblemKind, When
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.readable import (
    adjectives,
    knows_home,
    readable_for,
    scope_of,
    state_in,
)
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.units import convert
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.home.device import Device
from homebody.home.function import Type

_SENSED = frozenset({"motion", "no_motion", "wet", "smoke", "gas", "alarm"})
"""States that need a sensor: without one, that is what is missing."""


_ISNT = frozenset({"isn't", "aren't", "not", "hasn't", "haven't", "wasn't", "weren't"})


def condition_of(
    frame: Frame,
    vocabulary: Vocabulary,
    text: Normalised,
    context: Context,
    meant: Sequence[Device] = (),
) -> When | Problem:
    """The condition of a clause, or why it cannot be one. ``meant``: what "it" may stand for."""
    words = text.words(frame.start, frame.end)
    wait = frame.condition == "when" or frame.event
    devices, problems = scope_of(frame, vocabulary, text, context, None)
    if not frame.heads and not frame.functions and meant and not _SENSED & set(frame.states):
        devices = list(meant)
    if any(said.piece.role == "clock" for said in frame.moments):
        return Problem(kind="unsupported", words=words)  # if it is still open at eleven: both cannot be kept
    if problems:
        known = knows_home(frame)
        return problems[0] if known else Problem(kind="not_understood", words=words)
    found = _holds(frame, vocabulary, devices, context, words)
    if isinstance(found, Problem):
        return found
    isnt = any(token.text in _ISNT for token in frame.tokens)
    denied = (frame.condition == "unless") is not isnt
    return When(kind="if", wait=wait, condition=_denied(found) if denied else found)


_DENIED: Mapping[Comparison, Comparison] = {"above": "below", "below": "above"}


def _denied(condition: Condition) -> Condition:
    """Unless it is so: if it is not."""
    if condition.comparison in _DENIED:
        return replace(condition, comparison=_DENIED[condition.comparison])
    if isinstance(condition.value, bool):
        return replace(condition, value=not condition.value)
    return condition


def _holds(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str
) -> Condition | Problem:
    if frame.numbers:
        return _compared(frame, vocabulary, devices, context, words)
    found = state_in(frame, vocabulary, devices, context)
    if found is None and (sign := _sign(frame, vocabulary, devices, context)):
        return sign
    if found is None:
        sensed = bool(_SENSED & set(frame.states))
        kind: ProblemKind = "no_such_device" if sensed else "unsupported"
        if not sensed and not knows_home(frame):
            kind = "not_understood"
        return Problem(kind=kind, words=words)
    members, function_id, comparison, value = found
    return Condition(device=members[0].id, function=function_id, comparison=comparison, value=value)


def _compared(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str
) -> Condition | Problem:
    number = frame.numbers[-1]
    comparison: Comparison = frame.comparison or adjectives(frame) or "is"
    for device, function in readable_for(frame, vocabulary, devices, context):
        wanted = convert(number, function)
        if function.type is Type.NUMBER and wanted is not None:
            return Condition(device=device.id, function=function.id, comparison=comparison, value=wanted)
    return Problem(kind="no_such_function", words=words)


def _sign(
    frame: Frame, vocabulary: Vocabulary, devices: Sequence[Device], context: Context
) -> Condition | None:
    """Motion is detected, there is smoke, the leak sensor finds water: something that is true or not."""
    if frame.functions:
        pairs = readable_for(frame, vocabulary, devices, context)
    else:
        named = any(head.thing for head in frame.heads) and not frame.changes
        pairs = [(d, f) for d in devices if named for f in d.functions if f.readable and not f.writable]
    for device, function in pairs:
        if function.type is Type.BOOL:
            return Condition(device=device.id, function=function.id, comparison="is", value=True)
    return None
