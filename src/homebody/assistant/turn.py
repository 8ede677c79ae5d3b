"""The turn: one value that gathers everything about one thing said, from the words to the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from homebody.assistant.plan import Plan, Step, compact
from homebody.home.device import Home
from homebody.home.function import Value
from homebody.home.label import Language
from homebody.home.outcome import Outcome
from homebody.robot.skills.outcome import SkillOutcome

if TYPE_CHECKING:
    from homebody.assistant.context import Context
    from homebody.assistant.understanding.grammar import Reading

SCHEMA = "homebody.turn/1"

MAX_TEXT = 2_000
"""Characters of one utterance that are read."""

SPOKEN = "voice"
"""The channel of what was spoken: its words come from a recogniser."""

Verdict = Literal["allow", "confirm", "refuse"]
Status = Literal["done", "asked", "not_done", "not_understood"]


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
class Appointment:
    """Something that is set for later: a timer, a reminder, or a step.

    ``due`` is a local date and time in ISO 8601, None where a condition is awaited or a timer is paused;
    ``left`` an ISO 8601 duration. ``step`` is what will be done.
    """

    id: str
    step: Step
    name: str = ""
    due: str | None = None
    left: str | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What became of one step.

    ``outcome`` for commands that ran; ``skill`` for what a robot did; ``findings`` for queries and for
    conditions that were looked at; ``scheduled`` is the id under which a step, or its undoing, waits for its
    time; ``appointments`` are those that were set, changed, cancelled or asked about; ``asked`` is true while
    a person's yes is awaited. ``note`` is why nothing (or not all) was done, one word of
    `assistant.phrases.NOTES`; empty if all is well.
    """

    step: Step
    decision: Decision
    outcome: Outcome | None = None
    skill: SkillOutcome | None = None
    findings: tuple[Finding, ...] = ()
    scheduled: str | None = None
    appointments: tuple[Appointment, ...] = ()
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
    """``status`` sums it up.

    ``done``: all of it was done, accepted, answered or set for later. ``asked``: a person's answer is
    awaited. ``not_done``: something was refused, failed, is not proved or not possible. ``not_understood``.
    """

    id: str
    at: str
    utterance: Utterance
    plan: Plan
    results: tuple[StepResult, ...]
    reply: str
    status: Status
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A plan and what it cost to make: tokens, and milliseconds a stage (such as grammar, model)."""

    plan: Plan
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    ms: Mapping[str, float] = field(default_factory=dict)


Progress = Callable[[str], None]
"""Told each piece of an answer in words as it is written."""


class Understanding(Protocol):
    """Makes a plan of an utterance. Never raises for what a person said: it says so in the plan's
    problems."""

    def warm_up(self) -> None:
        """Load what a first sentence may wait for; in any thread."""

    def update(self, home: Home) -> None:
        """Understand this home from now on: the one from before, changed."""

    def read(self, text: str, context: Context | None = None, *, spoken: bool = False) -> Reading:
        """What the grammar alone makes of it, at once."""

    async def understand(
        self, utterance: Utterance, context: Context, on_progress: Progress | None = None
    ) -> Understood: ...
