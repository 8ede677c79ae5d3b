"""What is taken back: opposites that were said at once, and unlocking that was not said clearly."""

from __future__ import annotations

from homebody.assistant.plan import Command, Step
from homebody.assistant.understanding.clauses.contradictions import contradicting
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.reading.items import Item
from homebody.home.function import Action


def opens(step: Step) -> bool:
    """What must be said clearly: unlocking, and opening a valve."""
    if not isinstance(step, Command):
        return False
    return step.action is Action.UNLOCK or (step.function == "valve" and step.action is Action.OPEN)


def no_contradictions(sentence: Sentence, beside: list[list[Step]]) -> None:
    taken_back = contradicting(beside)
    if not taken_back:
        return
    sentence.contradictory = True
    sentence.steps = [step for step in sentence.steps if not any(step is other for other in taken_back)]
    sentence.fail("not_understood", sentence.text.source.strip(), 0.7)


def only_if_clear(sentence: Sentence, items: list[Item]) -> None:
    """Locks and valves open only when that was clearly said: no strange words, no doubt beside it."""
    odd = any(item.frame.loose or item.frame.mood == "quoted" for item in items)
    odd = odd or any(p.kind == "not_understood" for p in sentence.problems)
    odd = odd or any(
        token.is_("negation", "reported") and item.frame.mood == "command"
        for item in items
        for token in item.frame.tokens
    )
    if odd and any(opens(step) for step in sentence.steps):
        sentence.steps = [step for step in sentence.steps if not opens(step)]
        sentence.fail("not_understood", sentence.text.source.strip(), 0.5)
