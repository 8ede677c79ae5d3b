"""Running suites: each case read, judged, and looked at for dangers; the peer beside it."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.assistant.plan import Plan
from homebody.lab.expectation import Case
from homebody.lab.judge import Judgement, judge
from homebody.lab.peer_suites import PeerBench, PeerFinding
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
    """One case: what the grammar alone made of it; grammar and model together, and the peer, if they ran."""

    suite: Suite
    case: Case
    grammar: Finding
    together: Finding | None = None
    peer: PeerFinding | None = None

    @property
    def best(self) -> Finding:
        """Of grammar and model together where there is a model, else of the grammar."""
        return self.together or self.grammar


class Bench:
    """Reads cases, building each home's vocabulary once."""

    def __init__(self, model: LanguageModel | None = None, *, peer: bool = False) -> None:
        self._model = model
        self._peer = PeerBench() if peer else None
        self._readers: dict[int, HomeReader] = {}

    async def read(self, suite: Suite, case: Case) -> Result:
        reader = self._reader(suite)
        read = reader.read(case) if self._model is None else await reader.read_with_model(case)
        return Result(
            suite=suite,
            case=case,
            grammar=_finding(read.plan, read.ms, suite, case),
            together=_finding(read.together, read.together_ms, suite, case) if read.together else None,
            peer=self._peer.read(suite, case) if self._peer else None,
        )

    def _reader(self, suite: Suite) -> HomeReader:
        key = id(suite.home)
        if key not in self._readers:
            self._readers[key] = HomeReader(suite.home, lambda: self._model)
        return self._readers[key]


def _finding(plan: Plan, ms: float, suite: Suite, case: Case) -> Finding:
    return Finding(
        plan=plan,
        judgement=judge(plan, case),
        dangers=dangers(plan, case, suite.home),
        needless_confirmation=needless_confirmation(plan, case, suite.home),
        ms=ms,
    )
