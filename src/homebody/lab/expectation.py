"""What a sentence should become: the part of a plan that a suite writes down, and the case around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from homebody.home.function import Value

QUIET_CLASSES = frozenset({"negation", "report"})
"""Of these, a case may expect no more than that: a plan that neither acts nor complains, but answers."""

PASSIVE_CLASSES = frozenset({"question", "negation", "report", "quote"})
"""Sentences of these classes must never act, unless a case says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One plan that is right.

    ``steps`` and ``problems`` are parts of plans as JSON (``homebody.plan/1``): every key that is given must
    be so in the plan, and there may be no further steps or problems. A step has a ``do``. ``say``: whether
    there must be an answer in words; None: that does not matter, as long as the plan holds anything.
    ``nothing``: the plan must be empty. ``answer``: a yes or no to the question before.
    """

    steps: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Mapping[str, Any], ...] = ()
    say: bool | None = None
    nothing: bool = False
    answer: Literal["yes", "no"] | None = None

    @property
    def commands(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(step for step in self.steps if step["do"] == "command")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence, where and after what it is said, and the plans that are right; the first is the best."""

    say: str
    class_: str
    expected: tuple[Expectation, ...]
    after: tuple[str, ...] = ()
    area: str | None = None
    state: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    where: str = ""
    """File and line, for messages."""
