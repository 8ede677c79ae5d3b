"""What an exam is: subjects with questions of four options, and five solved questions to show first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTERS = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``index`` is its place in the file of its subject, from 0; ``answer`` one of ``LETTERS``."""

    index: int
    text: str
    options: tuple[str, str, str, str]
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """``title`` is what a prompt calls it. It may be in several ``categories``."""

    id: str
    title: str
    categories: tuple[str, ...]
    demos: tuple[Question, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """An exam with its data. ``digest`` is the sha256 of all that was read; ``licence`` that of the data."""

    id: str
    title: str
    licence: str
    subjects: tuple[Subject, ...]
    digest: str

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category, in the order in which the subjects name them."""
        return tuple(dict.fromkeys(name for subject in self.subjects for name in subject.categories))

    def subset(self, ids: Sequence[str]) -> tuple[Subject, ...]:
        """The subjects of these ids, all of them for none. Raises KeyError with the first unknown id."""
        known = {subject.id: subject for subject in self.subjects}
        return tuple(known[id_] for id_ in dict.fromkeys(ids)) if ids else self.subjects
