"""When a model is asked about a sentence, and for what: decided by what the grammar made of it.

=============================================  ==================================================
the grammar                                    left to the model
=============================================  ==================================================
understood something, or is sure               nothing
named what cannot be: not there, out of range  nothing: the problem stands
took it for a question about this home         nothing: a model knows nothing of it, and invents
for a question about anything else, how, why   words
for something told, forbidden or quoted        words
for a wish that it does not understand         a change, where anything of the home is named;
                                               else a change or words
=============================================  ==================================================
"""

from __future__ import annotations

from typing import Literal

from homebody.assistant.plan import Plan
from homebody.assistant.understanding.grammar import Reading
from homebody.assistant.understanding.model.mentions import Mentions

SURE = 0.6
"""The grammar's plan stands from this confidence on (see docs/understanding.md for how it was chosen)."""

Left = Literal["nothing", "words", "change", "either"]

_ADVICE = frozenset({"how", "why", "should"})


def needs_model(plan: Plan) -> bool:
    """Whether the grammar settled nothing: no step, no answer, no named problem, and little confidence."""
    settled = plan.answer is not None or plan.steps or plan.confidence >= SURE
    return not settled and all(problem.kind == "not_understood" for problem in plan.problems)


def left_to_model(reading: Reading, said: Mentions) -> Left:
    """What a model may do about a sentence that was read so, and that speaks of ``said``."""
    if not needs_model(reading.plan):
        return "nothing"
    moods = {note["mood"] for note in reading.explanation if "mood" in note}
    if moods <= {"command"} and not reading.plan.say:
        return "change" if said.of_home or said.functions or said.choices or said.numbers else "either"
    if "question" in moods and said.of_home and not said.questions & _ADVICE:
        return "nothing"
    return "words"
