"""Which sentences are spoken: of the default home's open suites, evenly spread over kinds of commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homebody.home.label import Language
from homebody.lab.expectation import Case
from homebody.lab.suite import Suite

KINDS = ("plain", "relative", "multi", "question", "time", "range")
"""Classes that somebody says to a microphone in one breath."""
LONGEST = {"zh": 24, "en": 80}
"""Characters: about five seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A sentence of the default home, with the plan that is expected of it."""

    language: Language
    case: Case


def commands(suites: Sequence[Suite], language: Language, count: int) -> list[Command]:
    """At most ``count``, always the same ones. Sentences that need an earlier one are left out."""
    cases = [
        case
        for suite in suites
        if suite.language == language and suite.home_name == "default" and not suite.held_out
        for case in suite.cases
        if case.class_ in KINDS and not case.after and len(case.say) <= LONGEST[language]
    ]
    cases.sort(key=lambda case: KINDS.index(case.class_))
    step = max(len(cases) / count, 1.0) if count else 1.0
    chosen = [cases[int(index * step)] for index in range(min(count, len(cases)))]
    return [Command(language=language, case=case) for case in chosen]
