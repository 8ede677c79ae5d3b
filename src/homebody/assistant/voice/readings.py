"""Which of several readings was meant: the one that this home can do; and where two differ in effect, ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from homebody.assistant.plan import Plan, Step
from homebody.assistant.voice.echoes import is_echo
from homebody.home.label import Language
from homebody.speech.recognition import Hypothesis

NEAR = 0.25
"""Readings whose scores differ by less may each be what was said (mean log probability of a token)."""
CLEARER = 0.1
"""A reading whose plan is so much surer wins without asking: the other one had to be mended by its sound."""
MOST = 4

Read = Callable[[str], Plan]
"""The grammar's plan of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``text`` is what was meant. Where ``other`` is given, that may as well have been: ask."""

    text: str
    plan: Plan
    other: str | None = None


def choose(hypotheses: Sequence[Hypothesis], read: Read) -> Choice | None:
    """The reading to act on; None where nothing was heard.

    A reading that the home can do outranks one that was heard a little better and means nothing here.
    """
    heard = [each for each in hypotheses if each.text.strip()][:MOST]
    if not heard:
        return None
    best = max(each.score for each in heard)
    near = [(each.text, read(each.text)) for each in heard if best - each.score <= NEAR]
    understood = [(text, plan) for text, plan in near if plan.steps or plan.answer]
    if not understood:
        return Choice(text=near[0][0], plan=near[0][1])
    clean = [pair for pair in understood if not pair[1].problems] or understood
    surest = max(plan.confidence for _, plan in clean)
    clean = [pair for pair in clean if surest - pair[1].confidence < CLEARER]
    text, plan = clean[0]
    rival = next((other for other, its in clean[1:] if _effect(its) != _effect(plan)), None)
    return Choice(text=text, plan=plan, other=rival)


def question(choice: Choice, language: Language) -> str:
    """What to ask where two readings differ."""
    if language == "zh":
        return f"您说的是“{choice.text}”，还是“{choice.other}”？"
    return f'Did you say "{choice.text}" or "{choice.other}"?'


def answer(text: str, first: str, second: str) -> str | None:
    """Which of the two was meant by these words; None where they are something else."""
    said = text.strip().lower().strip("。.!！?？ ")
    if said in ("第一个", "前一个", "前面那个", "第一", "the first", "first", "the first one", "first one"):
        return first
    if said in (
        "第二个",
        "后一个",
        "后面那个",
        "第二",
        "the second",
        "second",
        "the second one",
        "second one",
    ):
        return second
    if is_echo(text, first) != is_echo(text, second):
        return first if is_echo(text, first) else second
    return None


def _effect(plan: Plan) -> tuple[tuple[Step, ...], str | None]:
    """What a plan would do, without the words that it came from."""
    return tuple(replace(step, words="") for step in plan.steps), plan.answer
