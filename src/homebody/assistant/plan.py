"""The plan: what a sentence asks of this home, as typed steps and named problems.

Grammar and model both produce it, policy judges it, execution carries it out. Its JSON form is the
contract ``homebody.plan/1`` (docs/plan.md): dates, times and durations are ISO 8601 texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from homebody.home.function import Action, Value
from homebody.home.label import Language

SCHEMA = "homebody.plan/1"

Comparison = Literal["is", "is_not", "above", "below"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A function's state compared with a value in that function's unit."""

    device: str
    function: str
    comparison: Comparison
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a step happens.

    ``now``; ``after`` a ``duration``; ``at`` a ``time`` (local date and time) or a ``sun`` event; ``every``
    day, or those ``days``, at ``time`` (of day) or ``sun``, or every ``duration``; ``if`` the ``condition``
    holds: at this moment (``wait`` false: "if") or as soon as it becomes true (``wait`` true: "when"; what
    is so already is waited for until it becomes so again).
    ``until`` is a local date and time; ``lasting`` a duration after which the step is undone.
    """

    kind: Literal["now", "after", "at", "every", "if"] = "now"
    duration: str | None = None
    time: str | None = None
    sun: Literal["sunrise", "sunset"] | None = None
    offset: str | None = None
    days: tuple[Weekday, ...] = ()
    condition: Condition | None = None
    wait: bool = False
    until: str | None = None
    lasting: str | None = None


NOW = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Change one function of one device.

    ``value`` is absolute. Where the sentence was relative, ``delta`` keeps the change in the function's
    unit; ``value`` is then None only if the present state was not known when the plan was made.
    """

    do: Literal["command"] = "command"
    device: str
    function: str
    action: Action
    value: Value | None = None
    unit: str = ""
    delta: float | None = None
    when: When = NOW
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question. It reads and never changes.

    ``state``: does ``function`` of ``devices`` have ``value``? ``value``: what is it? ``which``,
    ``how_many``, ``any``, ``all``: of ``devices``, those whose ``function`` has ``value`` (or, with a
    ``comparison``, compares so). ``where``: the area of a device. ``can``: what a device can do. ``time``
    and ``date``: the clock's. ``scheduled``: the timers and routines that are set.
    """

    do: Literal["query"] = "query"
    what: Literal[
        "state", "value", "which", "how_many", "any", "all", "where", "can", "time", "date", "scheduled"
    ]
    devices: tuple[str, ...] = ()
    function: str | None = None
    comparison: Comparison = "is"
    value: Value | None = None
    area: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill of the robot, by its name in the table of skills."""

    do: Literal["skill"] = "skill"
    name: str
    arguments: Mapping[str, Value] = field(default_factory=dict)
    when: When = NOW
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A kitchen timer. ``duration`` for ``set``, ``extend`` and ``shorten``. Which timer is meant is told by
    ``name`` and ``length`` (its own duration), where they were said."""

    do: Literal["timer"] = "timer"
    action: Literal["set", "cancel", "cancel_all", "pause", "resume", "extend", "shorten", "status"]
    duration: str | None = None
    length: str | None = None
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    do: Literal["reminder"] = "reminder"
    text: str
    when: When
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """Run, or forget, something that was scheduled or named before."""

    do: Literal["routine"] = "routine"
    action: Literal["run", "cancel", "cancel_all"]
    name: str = ""
    words: str = ""


ListAction = Literal["add", "remove", "complete", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    do: Literal["list"] = "list"
    action: ListAction
    list: str
    item: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Words to say aloud, in a place or everywhere (a broadcast), now or later."""

    do: Literal["say"] = "say"
    text: str
    area: str | None = None
    when: When = NOW
    words: str = ""


Step = Command | Query | Skill | Timer | Reminder | Routine | ListItem | Say

ProblemKind = Literal[
    "no_such_area",
    "no_such_device",
    "no_such_function",
    "out_of_range",
    "ambiguous",
    "not_understood",
    "unsupported",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could not be grounded, with the words that it came from.

    ``device``, ``function`` and ``area`` name what was understood of it; ``min``, ``max`` and ``unit`` give
    the range that was left; ``candidates`` are the ids between which an ambiguous word cannot decide.
    ``out_of_range`` with ``unit`` "time" is a date or an hour that there is not; ``unsupported`` with ``max``
    is a sentence of more ``unit`` (characters, words, clauses) than are read at once.
    """

    kind: ProblemKind
    words: str = ""
    device: str | None = None
    function: str | None = None
    area: str | None = None
    min: float | None = None
    max: float | None = None
    unit: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``source`` is who understood it; ``confidence`` is 0..1; ``say`` is an answer in words, if any.

    ``answer`` is a person's yes or no to the question that was asked before.
    """

    text: str
    language: Language
    source: Literal["grammar", "model", "none"] = "grammar"
    confidence: float = 1.0
    ms: float = 0.0
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    say: str | None = None
    answer: Literal["yes", "no"] | None = None

    def to_json(self) -> dict[str, Any]:
        """``text`` is there also where it is empty."""
        return {"schema": SCHEMA, "text": self.text, **compact(asdict(self)),
                "steps": [compact(asdict(s)) for s in self.steps],
                "problems": [compact(asdict(p)) for p in self.problems], "say": self.say}  # fmt: skip


def compact(value: Any) -> Any:
    """Drop what is empty (None, "", (), {}), all the way down; false and 0 are values and stay."""
    if isinstance(value, Mapping):
        pairs = ((key, compact(item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not None and item not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [compact(item) for item in value]
    return value
