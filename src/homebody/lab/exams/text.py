"""The results of a sitting as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.lab.exams.exam import Exam
from homebody.lab.exams.results import Results
from homebody.lab.exams.scores import Average, Scores, score

MICRO = {"lm-eval"}  # protocols that count every question the same


def summary(exam: Exam, results: Results, *, subjects: bool = False) -> str:
    """Averages with their intervals, and what it cost; each subject too where wanted."""
    scores = score(exam, results.answered)
    head = results.heading
    lines = [
        f"## {head.title}, {head.shots}-shot, {head.protocol}: {head.model}",
        "",
        f"{head.model_description}, sha256 {head.model_sha256[:16]}, {head.model_bytes:,} bytes. "
        f"{head.runtime}; {head.machine}.",
        "",
    ]
    if scores is None:
        return "\n".join([*lines, "No question is answered yet."])
    asked = scores.overall.micro.total
    lines += [
        f"{asked:,} of {scores.questions:,} questions"
        + ("" if scores.whole else ", a sample: the intervals say how much it tells")
        + ".",
        "",
        "| | subjects | macro | 95 % | micro | 95 % | questions |",
        "|---|---|---|---|---|---|---|",
        *(_row(one) for one in (*scores.categories, scores.overall)),
        "",
        cost(results),
    ]
    if subjects:
        lines += ["", *_subjects(exam, scores)]
    return "\n".join(lines)


def cost(results: Results) -> str:
    """Tokens and seconds a question."""
    count = len(results.answered)
    tokens = sum(one.tokens for one in results.answered)
    read = sum(one.evaluated for one in results.answered)
    seconds = sum(one.ms for one in results.answered) / 1000
    return (
        f"{read / count:.1f} tokens read and {seconds / count:.3f} s a question "
        f"({read / seconds:.0f} tokens a second). Every option with its whole prompt: "
        f"{4 * tokens / count:.1f} tokens, {4 * tokens / read:.1f} times as many."
    )


def differences(exam: Exam, sittings: Sequence[Results]) -> str:
    """What several protocols found about the same questions, beside each other."""
    lines = [
        "## Protocols beside each other",
        "",
        "| protocol | its own average | macro | micro | other answers than the first |",
        "|---|---|---|---|---|",
    ]
    first = {(one.subject, one.index): one.answer for one in sittings[0].answered}
    for results in sittings:
        scores = score(exam, results.answered)
        if scores is None:
            continue
        both = [one for one in results.answered if (one.subject, one.index) in first]
        other = sum(one.answer != first[one.subject, one.index] for one in both)
        macro, micro = scores.overall.macro, scores.overall.micro.rate or 0.0
        own = micro if results.heading.protocol in MICRO else macro
        lines.append(
            f"| {results.heading.protocol} | {own:.2%} | {macro:.2%} | {micro:.2%} | {other} of {len(both)} |"
        )
    return "\n".join(lines)


def _row(one: Average) -> str:
    low, high = one.micro.interval
    return (
        f"| {one.name} | {one.subjects} | {one.macro:.2%} | {one.low:.1%} to {one.high:.1%} "
        f"| {one.micro.rate or 0.0:.2%} | {low:.1%} to {high:.1%} | {one.micro.total} |"
    )


def _subjects(exam: Exam, scores: Scores) -> list[str]:
    lines = ["| subject | | right | 95 % | questions |", "|---|---|---|---|---|"]
    for subject in exam.subjects:
        if subject.id in scores.subjects:
            one = scores.subjects[subject.id]
            low, high = one.interval
            name = f"| {subject.id} | {subject.title} | {one.rate or 0.0:.1%} "
            lines.append(f"{name}| {low:.1%} to {high:.1%} | {one.total} |")
    return lines
