"""What became of a skill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from homebody.robot.words import Words

Status = Literal["done", "failed", "refused", "unreachable", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillOutcome:
    """``done`` only if it was seen. ``reason`` says why not; ``evidence`` is what was seen, by name, in
    metres, degrees and percent."""

    skill: str
    status: Status
    reason: Words | None = None
    evidence: Mapping[str, float | str] = field(default_factory=dict)
    took_s: float = 0.0


class SkillFailedError(Exception):
    """Ends a skill. Caught by the runner, never seen outside of this room."""

    def __init__(self, words: Words, status: Status = "failed") -> None:
        super().__init__(words.en)
        self.words = words
        self.status: Status = status
