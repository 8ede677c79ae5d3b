"""What the answers come to: by subject, by category and overall, each with its interval."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from homebody.lab.exams.exam import Exam
from homebody.lab.exams.results import Answered
from homebody.lab.statistics import Share, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """Of the subjects of a category: ``macro``, each subject the same, with its 95 % interval, and ``micro``,
    each question the same. ``subjects`` counts those with an answer. All are 0..1."""

    name: str
    subjects: int
    macro: float
    low: float
    high: float
    micro: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """``subjects`` by id; ``questions`` is what the whole exam has of them."""

    subjects: dict[str, Share]
    categories: tuple[Average, ...]
    overall: Average
    questions: int

    @property
    def whole(self) -> bool:
        """Whether every question was asked."""
        return self.overall.micro.total == self.questions


def score(exam: Exam, answered: Sequence[Answered]) -> Scores | None:
    """The scores, or None without an answer."""
    outcomes: defaultdict[str, list[bool]] = defaultdict(list)
    for answer in answered:
        outcomes[answer.subject].append(answer.right)
    shares = {subject.id: share(outcomes[subject.id]) for subject in exam.subjects if subject.id in outcomes}
    if not shares:
        return None
    members = {
        name: [s.id for s in exam.subjects if name in s.categories and s.id in shares]
        for name in exam.categories
    }
    return Scores(
        subjects=shares,
        categories=tuple(
            average(name, [shares[id_] for id_ in ids]) for name, ids in sorted(members.items()) if ids
        ),
        overall=average("Overall", list(shares.values())),
        questions=sum(len(subject.questions) for subject in exam.subjects),
    )


def average(name: str, shares: Sequence[Share]) -> Average:
    """The averages of shares that have something each.

    The interval of the macro average is made of the Wilson intervals of its subjects: the squared distances
    from each share to its lower and upper ends add up, by their weights (G. Zou and A. Donner, 2008). Unlike
    a bootstrap it holds where a subject has few questions and all are right, and is the same each time.
    """
    weight = 1 / len(shares)
    rates = [one.right / one.total for one in shares]
    macro = weight * sum(rates)
    below = weight * math.sqrt(
        sum((rate - one.interval[0]) ** 2 for rate, one in zip(rates, shares, strict=True))
    )
    above = weight * math.sqrt(
        sum((one.interval[1] - rate) ** 2 for rate, one in zip(rates, shares, strict=True))
    )
    return Average(
        name=name,
        subjects=len(shares),
        macro=macro,
        low=max(0.0, macro - below),
        high=min(1.0, macro + above),
        micro=Share(right=sum(one.right for one in shares), total=sum(one.total for one in shares)),
    )
