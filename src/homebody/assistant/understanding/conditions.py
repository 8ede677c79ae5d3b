"""If and when: a state of this home that a step waits for."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.context import Context
from homebody.assistant.plan import Comparison, Condition, Problem, ProblemKind, When
from homebody.assistant.understanding.frame import Frame
from homebody.assistant.understanding.normalise import Normalised
from homebody.assistant.understanding.questions import (
    adjectives,
    knows_home,
    readable_for,
    scope_of,
    state_in,
)
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.assistant.understanding.wish import convert
from homebody.home.device import Device
from homebody.home.function import Type

_SENSED = frozenset({"motion", "no_motion", "wet", "smoke", "gas", "alarm"})
"""States that need a sensor: without one, that is what is missing."""


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
    if problems:
        known = knows_home(frame)
        return problems[0] if known else Problem(kind="not_understood", words=words)
    if frame.numbers and (frame.comparison or frame.functions or frame.changes):
        return _compared(frame, vocabulary, devices, context, words, wait)
    found = state_in(frame, vocabulary, devices, context)
    if found is None and (sign := _sign(frame, vocabulary, devices, context)):
        return When(kind="if", wait=wait, condition=sign)
    if found is None:
        sensed = bool(_SENSED & set(frame.states))
        kind: ProblemKind = "no_such_device" if sensed else "unsupported"
        if not sensed and not knows_home(frame):
            kind = "not_understood"
        return Problem(kind=kind, words=words)
    members, function_id, comparison, value = found
    condition = Condition(device=members[0].id, function=function_id, comparison=comparison, value=value)
    return When(kind="if", wait=wait, condition=condition)


def _compared(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str, wait: bool
) -> When | Problem:
    number = frame.numbers[-1]
    comparison: Comparison = frame.comparison or adjectives(frame) or "is"
    for device, function in readable_for(frame, vocabulary, devices, context):
        wanted = convert(number, function)
        if function.type is Type.NUMBER and wanted is not None:
            condition = Condition(device=device.id, function=function.id, comparison=comparison, value=wanted)
            return When(kind="if", wait=wait, condition=condition)
    return Problem(kind="no_such_function", words=words)


def _sign(
    frame: Frame, vocabulary: Vocabulary, devices: Sequence[Device], context: Context
) -> Condition | None:
    """Motion is detected, there is smoke, the leak sensor finds water: something that is true or not."""
    if frame.functions:
        pairs = readable_for(frame, vocabulary, devices, context)
    else:
        pairs = [(d, f) for d in devices if frame.heads for f in d.functions if f.readable and not f.writable]
    for device, function in pairs:
        if function.type is Type.BOOL:
            return Condition(device=device.id, function=function.id, comparison="is", value=True)
    return None
