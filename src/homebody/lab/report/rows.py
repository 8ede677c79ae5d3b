"""What stands in the tables: results files scored, and published results with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from homebody.core.errors import InputError
from homebody.lab.exams import ceval, cmmlu
from homebody.lab.exams.exam import Exam, Subject
from homebody.lab.exams.reading import subjects_of
from homebody.lab.exams.results import Results, load_results
from homebody.lab.exams.scores import Average, score

LAYOUTS = {module.LAYOUT.id: module.LAYOUT for module in (cmmlu, ceval)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share, 0..1, with its 95 % interval where it is known."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model at one exam. ``shots`` is None where the source does not say; ``note`` says what it is of.

    Of ours, ``bytes_`` is the size of the model's file and ``seconds`` what a question took.
    """

    exam: str
    shots: int | None
    model: str
    ours: bool
    overall: Figure
    categories: dict[str, Figure]
    note: str
    bytes_: int | None = None
    seconds: float | None = None


def rows(paths: Sequence[Path]) -> list[Row]:
    """Ours, then what is published. Raises InputError for a file that is no results file."""
    return [*filter(None, map(_ours, map(load_results, paths))), *published()]


def published(path: Path = Path(__file__).parent / "published.yaml") -> list[Row]:
    """The table of published results."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Row(
            exam=each["exam"],
            shots=each["shots"],
            model=each["model"],
            ours=False,
            overall=Figure(value=each["overall"] / 100),
            categories={name: Figure(value=value / 100) for name, value in each["categories"].items()},
            note=document["sources"][each["source"]]
            + ("" if each.get("checked", True) else "; not read again"),
        )
        for each in document["results"]
    ]


def _ours(results: Results) -> Row | None:
    head = results.heading
    if head.exam not in LAYOUTS:
        raise InputError(f"There is no exam {head.exam}", hint="Its results were made by another version.")
    scores = score(_categories_of(head.exam), results.answered)
    if scores is None:
        return None
    count = len(results.answered)
    total = LAYOUTS[head.exam].count
    part = "all questions" if count == total else f"a sample of {count:,} of {total:,} questions"
    return Row(
        exam=head.exam,
        shots=head.shots,
        model=head.model,
        ours=True,
        overall=_figure(scores.overall),
        categories={one.name: _figure(one) for one in scores.categories},
        note=f"{head.protocol} protocol, {part} in {scores.overall.subjects} subjects; "
        f"{head.model_description}; {head.runtime}",
        bytes_=head.model_bytes,
        seconds=sum(one.ms for one in results.answered) / 1000 / count,
    )


def _figure(one: Average) -> Figure:
    return Figure(value=one.macro, low=one.low, high=one.high)


def _categories_of(exam: str) -> Exam:
    """The exam without its questions, which a report does not need."""
    return Exam(
        id=exam,
        title=LAYOUTS[exam].title,
        licence=LAYOUTS[exam].licence,
        digest="",
        subjects=tuple(
            Subject(
                id=id_, title=about["title"], categories=tuple(about["categories"]), demos=(), questions=()
            )
            for id_, about in subjects_of(exam).items()
        ),
    )
