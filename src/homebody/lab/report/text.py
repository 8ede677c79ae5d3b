"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.lab.report.rows import LAYOUTS, Figure, Row

CATEGORIES = ("STEM", "Humanities", "Social Science", "Other", "China specific", "Hard")
CAVEAT = (
    "Ours are measured on the very file, quantised, with the assistant's own runtime; the published figures "
    "are their authors', of models of other years, sizes, tunings and precisions, and for C-Eval often of "
    "another split. The intervals of ours are at 95 %. Guessing is right in a quarter of the questions."
)


def to_markdown(found: Sequence[Row]) -> str:
    """A table for each exam and number of shots, ours above what is published."""
    lines = ["# Exams", "", "Made by `homebody lab report`. " + CAVEAT]
    for exam, shots in settings(found):
        group = of(found, exam, shots)
        names = [name for name in CATEGORIES if any(name in row.categories for row in group)]
        lines += ["", f"## {title(exam, shots)}", ""]
        lines.append("| | model | overall | " + " | ".join(names) + " | file | s a question | |")
        lines.append("|---|---|---|" + "---|" * (len(names) + 3))
        for row in group:
            cells = [cell(row.categories.get(name)) for name in names]
            size = f"{row.bytes_ / 1e6:,.0f} MB" if row.bytes_ else ""
            pace = f"{row.seconds:.2f}" if row.seconds is not None else ""
            whose = "**ours**" if row.ours else "published"
            lines.append(
                f"| {whose} | {row.model} | {cell(row.overall)} | {' | '.join(cells)} "
                f"| {size} | {pace} | {row.note} |"
            )
    return "\n".join(lines) + "\n"


def settings(found: Sequence[Row]) -> list[tuple[str, int | None]]:
    """Exam and shots, each once, of what has a row of ours or stands alone."""
    return sorted({(row.exam, row.shots) for row in found}, key=lambda each: (each[0] != "cmmlu", str(each)))


def of(found: Sequence[Row], exam: str, shots: int | None) -> list[Row]:
    """The rows of one table: ours first, then by what they reach."""
    group = [row for row in found if (row.exam, row.shots) == (exam, shots)]
    return sorted(group, key=lambda row: (not row.ours, -row.overall.value))


def title(exam: str, shots: int | None) -> str:
    return f"{LAYOUTS[exam].title}, {'shots not told' if shots is None else f'{shots}-shot'}"


def cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    text = f"{figure.value:.1%}"
    if figure.low is None or figure.high is None:
        return text
    return f"{text} ({figure.low * 100:.1f} to {figure.high * 100:.1f})"
