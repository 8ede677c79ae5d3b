"""Which questions are asked: all, or a sample that has its share of every subject."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from homebody.core.errors import InputError
from homebody.lab.exams.exam import Question, Subject


def chosen(subjects: Sequence[Subject], size: int | None) -> dict[str, tuple[Question, ...]]:
    """The questions of each subject, in the order of its file; ``size`` of all together, or all for None.

    Every subject has its share of a sample, at least one question. The same questions are always drawn, and
    a larger sample has those of a smaller one but for rounding, so that one results file serves both.
    Raises InputError where there are more subjects than questions.
    """
    total = sum(len(subject.questions) for subject in subjects)
    if size is None or size >= total:
        return {subject.id: subject.questions for subject in subjects}
    if size < len(subjects):
        raise InputError(
            f"A sample of {size} questions cannot have one of each of {len(subjects)} subjects",
            hint="A larger --sample, or fewer subjects with --subject.",
        )
    shares = _shares([len(subject.questions) for subject in subjects], size)
    return {subject.id: _drawn(subject, share) for subject, share in zip(subjects, shares, strict=True)}


def _shares(counts: Sequence[int], size: int) -> list[int]:
    """One each, and the rest in proportion, by largest remainder."""
    spare, total = size - len(counts), sum(counts) - len(counts)
    exact = [spare * (count - 1) / total for count in counts]
    shares = [1 + int(share) for share in exact]
    order = sorted(range(len(counts)), key=lambda place: int(exact[place]) - exact[place])
    for place in order[: size - sum(shares)]:
        shares[place] += 1
    return shares


def _drawn(subject: Subject, share: int) -> tuple[Question, ...]:
    def lot(question: Question) -> bytes:
        return hashlib.sha256(f"{subject.id} {question.index}".encode()).digest()

    drawn = sorted(subject.questions, key=lot)[:share]
    return tuple(sorted(drawn, key=lambda question: question.index))
