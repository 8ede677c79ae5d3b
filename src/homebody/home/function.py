"""What a device can do, described: the one form that traits and controls share.

A ``Function`` is a bounded, named thing that can be read or changed: a lamp's brightness, an aquarium's
feeding, a kettle's target. Fifteen or so of them are *traits*, known to everybody (`traits`); all others
are *controls*, known only from their description. Whatever works for one works for both, which is how a
device that Homebody has never met is commanded as well as a lamp.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from homebody.home.label import Label

Value = bool | float | str
"""A state: a bool, a number in the function's unit, or a choice's id or a text."""


class Type(StrEnum):
    BOOL = "bool"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    ACTION = "action"  # something that is run and has no state


class Action(StrEnum):
    """What can be asked of a function. One table for plans, policy, adapters and docs."""

    ON = "on"
    OFF = "off"
    TOGGLE = "toggle"
    SET = "set"
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    LOCK = "lock"
    UNLOCK = "unlock"
    START = "start"
    PAUSE = "pause"
    DOCK = "dock"
    PLAY = "play"
    NEXT = "next"
    PREVIOUS = "previous"
    RUN = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    id: str
    name: Label
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A trait or a control of one device.

    ``min``, ``max``, ``step`` are in ``unit`` and mean something for numbers only; ``max_length`` for
    texts; ``choices`` for choices. ``effects`` says which state each action leads to, so that a read-back
    can be judged: an action that is not in it leaves no state to check.
    """

    id: str
    name: Label
    type: Type
    actions: tuple[Action, ...]
    effects: tuple[tuple[Action, Value], ...] = ()
    aliases: tuple[str, ...] = ()
    min: float = -math.inf
    max: float = math.inf
    step: float = 0.0
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 200
    readable: bool = True
    trait: bool = False

    @property
    def writable(self) -> bool:
        return bool(self.actions)

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def effect(self, action: Action) -> Value | None:
        """The state that an action without a value leads to, or None where there is none to see."""
        return next((value for candidate, value in self.effects if candidate == action), None)

    def target(self, action: Action, value: Value | None) -> Value | None:
        """The state that is expected after ``action`` with ``value``; None where none can be read."""
        if not self.readable or self.type is Type.ACTION:
            return None
        return value if action is Action.SET else self.effect(action)

    def reject(self, action: Action, value: Value | None) -> str | None:
        """Why this action with this value is not possible (a short English reason), or None if it is."""
        if action not in self.actions:
            return f"{self.id} cannot {action.value}"
        if action is not Action.SET:
            return None
        match self.type:
            case Type.BOOL:
                return None if isinstance(value, bool) else "needs true or false"
            case Type.NUMBER:
                if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                    return "needs a number"
                if not self.min <= value <= self.max:
                    return f"out of range {self.min:g}..{self.max:g}{self.unit}"
                return None
            case Type.CHOICE:
                known = isinstance(value, str) and self.choice(value) is not None
                return None if known else "no such choice"
            case Type.TEXT:
                fits = isinstance(value, str) and len(value) <= self.max_length
                return None if fits else f"needs a text of at most {self.max_length} characters"
            case Type.ACTION:
                return "has no value"

    def matches(self, seen: Value | None, wanted: Value) -> bool:
        """Whether a state that was read is the one that was wanted; numbers within half a step."""
        if isinstance(wanted, bool) or isinstance(seen, bool):
            return seen is wanted
        if isinstance(wanted, int | float) and isinstance(seen, int | float):
            return abs(seen - wanted) <= max(self.step / 2, 1e-6 * max(1.0, abs(wanted)))
        return seen == wanted

    def fit(self, value: float) -> float:
        """The nearest number that the function can take: within its bounds, on its step."""
        bounded = min(max(value, self.min), self.max)
        if self.step and math.isfinite(self.min):
            bounded = self.min + round((bounded - self.min) / self.step) * self.step
        elif self.step:
            bounded = round(bounded / self.step) * self.step
        return round(min(max(bounded, self.min), self.max), 6)
