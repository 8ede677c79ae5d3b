"""Words with their meanings, before anybody knows which meaning is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a word: its category and value (`lexicon` lists the categories).

    ``weight`` is 1 for a person's own name of a thing and for plain words, less for what was derived.
    """

    category: str
    value: Any
    weight: float = 1.0
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the normalised text, with every meaning that it has. No entries: an unknown word."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...] = ()
    _categories: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_categories", frozenset([entry.category for entry in self.entries]))

    def is_(self, *categories: str) -> bool:
        """Whether it has a meaning in one of these categories. Asked hundreds of times a sentence."""
        return not self._categories.isdisjoint(categories)

    def get(self, category: str) -> Any:
        """The first value in this category, or None."""
        return next((entry.value for entry in self.entries if entry.category == category), None)

    def all(self, category: str) -> list[Any]:
        return [entry.value for entry in self.entries if entry.category == category]

    def shown(self) -> dict[str, Any]:
        """For people: the text and its meanings."""
        meanings = [
            f"{e.category}={'|'.join(sorted(e.value)) if isinstance(e.value, frozenset) else e.value}"
            for e in self.entries
        ]
        return {"text": self.text, "as": meanings or ["unknown"]}

    @property
    def known(self) -> bool:
        return bool(self.entries)

    @property
    def plural(self) -> bool:
        return any(entry.plural for entry in self.entries)
