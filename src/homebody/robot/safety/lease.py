"""Who commands the dog: one owner at a time, and only a person takes it from another.

A lease ends when its owner gives it back. It does not end by itself: what happens when an owner falls silent
is the heartbeat's matter, so that nobody slips in between.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """``id`` is unique; ``person`` if a person asks at this moment, not a routine or a program."""

    id: str
    person: bool = False


class Lease:
    """``taken_over`` tells how often a person took it from somebody else."""

    def __init__(self) -> None:
        self.owner: Owner | None = None
        self.taken_over = 0

    def take(self, owner: Owner) -> bool:
        """Whether ``owner`` has it now."""
        if self.owner is None or self.owner.id == owner.id:
            self.owner = owner
            return True
        if not owner.person:
            return False
        self.owner = owner
        self.taken_over += 1
        return True

    def give_back(self, owner: Owner) -> None:
        if self.holds(owner):
            self.owner = None

    def holds(self, owner: Owner) -> bool:
        return self.owner is not None and self.owner.id == owner.id
