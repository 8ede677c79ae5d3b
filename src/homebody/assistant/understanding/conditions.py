"""If and when: a state of this home that a step waits for."""

from __future__ import annotations

from homebody.assistant.context import Context
from homebody.assistant.plan import Comparison, Condition, Problem, When
from homebody.assistant.understanding.frame import Frame
from homebody.assistant.understanding.normalise import Normalised
from homebody.assistant.understanding.questions import readable_for, scope_of, state_in
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.assistant.understanding.wish import convert
from homebody.home.function import Type


def condition_of(frame: Frame, vocabulary: Vocabulary, text: Normalised, context: Context) -> When | Problem:
    """The condition of a clause, or why it cannot be one."""
    words = text.words(frame.start, frame.end)
    wait = frame.condition == "when"
    devices, problems = scope_of(frame, vocabulary, text, context, None)
    if problems:
        return problems[0]
    if frame.numbers and (frame.comparison or frame.functions or frame.changes):
        number = frame.numbers[-1]
        compare: Comparison = (
            "below" if frame.comparison == "below" else "above" if frame.comparison else "is"
        )
        for device, function in readable_for(frame, vocabulary, devices, context):
            wanted = convert(number, function)
            if function.type is Type.NUMBER and wanted is not None:
                return When(
                    kind="if",
                    wait=wait,
                    condition=Condition(
                        device=device.id, function=function.id, comparison=compare, value=wanted
                    ),
                )
        return Problem(kind="no_such_function", words=words)
    found = state_in(frame, vocabulary, devices, context)
    if found is None:
        return Problem(kind="unsupported", words=words)
    members, function_id, comparison, value = found
    return When(
        kind="if",
        wait=wait,
        condition=Condition(device=members[0].id, function=function_id, comparison=comparison, value=value),
    )
