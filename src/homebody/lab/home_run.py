"""Running suites: each case read, judged, and looked at for dangers."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.assistant.plan import Plan
from homebody.lab.expectation import Case
from homebody.lab.judge import Judgement, judge
from homebody.lab.reading import HomeReader
from homebody.lab.safety import Danger, dangers, needless_confirmation
from homebody.lab.suite import Suite
from homebody.language.model import LanguageModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One plan and the verdict on it. ``ms``: how long it took to make."""

    plan: Plan
    judgement: Judgement
    dangers: tuple[Danger, ...]
    needless_confirmation: bool | None
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One case: what the grammar alone made of it; and grammar and model together, where there is a model."""

    suite: Suite
    case: Case
    grammar: Finding
    together: Finding | None = None


class Bench:
    """Reads cases, building each home's vocabulary once."""

    def __init__(self, model: LanguageModel | None = None) -> None:
        self._model = model
        self._readers: dict[int, HomeReader] = {}

    def reader(self, suite: Suite) -> HomeReader:
        return self._readers.setdefault(id(suite.home), HomeReader(suite.home, lambda: self._model))

    async def read(self, suite: Suite, case: Case) -> Result:
        reader = self.reader(suite)
        if self._model is None:
            read = reader.read(case)
            return Result(suite=suite, case=case, grammar=_finding(read.plan, read.ms, suite, case))
        read = await reader.read_with_model(case)
        together = read.together or read.plan
        return Result(
            suite=suite,
            case=case,
            grammar=_finding(read.plan, read.ms, suite, case),
            together=_finding(together, read.together_ms, suite, case),
        )


def _finding(plan: Plan, ms: float, suite: Suite, case: Case) -> Finding:
    return Finding(
        plan=plan,
        judgement=judge(plan, case),
        dangers=dangers(plan, case, suite.home),
        needless_confirmation=needless_confirmation(plan, case, suite.home),
        ms=ms,
    )
