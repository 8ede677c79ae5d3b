"""The turn: one value that gathers everything about one thing said, from the words to the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from homebody.assistant.plan import Plan, Step, compact
from homebody.home.function import Value
from homebody.home.label import Language
from homebody.home.outcome import Outcome

SCHEMA = "homebody.turn/1"

Verdict = Literal["allow", "confirm", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What was said: the text, where (``area``) and through which door (page, cli, voice, schedule)."""

    text: str
    area: str | None = None
    language: Language | None = None
    channel: str = "cli"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the policy says of one step, and the rule that says it."""

    verdict: Verdict
    rule: str = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One device's answer to a query: the state that was read, or that it could not be."""

    device: str
    function: str | None = None
    value: Value | None = None
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What became of one step.

    ``outcome`` for commands that ran; ``findings`` for queries; ``scheduled`` is the id under which a step
    waits for its time; ``asked`` is true while a person's yes is awaited.
    """

    step: Step
    decision: Decision
    outcome: Outcome | None = None
    findings: tuple[Finding, ...] = ()
    scheduled: str | None = None
    asked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a turn cost: milliseconds a stage, tokens, and bytes that left this machine."""

    ms: Mapping[str, float] = field(default_factory=dict)
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    bytes_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """``status`` sums it up: done (or answered), asked, refused or not possible, not understood."""

    id: str
    at: str
    utterance: Utterance
    plan: Plan
    results: tuple[StepResult, ...]
    reply: str
    status: Literal["done", "asked", "not_done", "not_understood"]
    receipt: Receipt

    def to_json(self) -> dict[str, Any]:
        results = [compact(asdict(result)) for result in self.results]
        return {
            "schema": SCHEMA,
            "id": self.id,
            "at": self.at,
            "utterance": compact(asdict(self.utterance)),
            "plan": self.plan.to_json(),
            "results": results,
            "reply": self.reply,
            "status": self.status,
            "receipt": asdict(self.receipt),
        }
