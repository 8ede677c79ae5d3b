"""All of it as Markdown: tables only, and no sentence of any suite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.home.label import Language
from homebody.lab.home_text import percent
from homebody.lab.statistics import percentile, share
from homebody.lab.voice.conditions import CONDITIONS
from homebody.lab.voice.run import Result
from homebody.lab.voice.waking import Waking

NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReport:
    """What was measured. ``models`` are what heard and spoke; ``memory_mb`` is resident, with them loaded."""

    models: str
    results: Sequence[Result]
    wakings: Sequence[Waking]
    receipts: Sequence[SpokenReceipt]
    barge_ins_ms: Sequence[float]
    load_s: float
    memory_mb: float


def to_markdown(report: VoiceReport) -> str:
    return "\n".join(_lines(report)) + "\n"


def _lines(report: VoiceReport) -> Iterator[str]:
    yield "# Spoken commands"
    yield ""
    yield (
        "Made by `homebody lab voice`. **The speech is synthetic**: it shows what parts and changes are "
        f"worth, not how people are heard. {report.models}. How it is judged: [docs/lab.md](../lab.md)."
    )
    for language, name in NAMES.items():
        if any(result.language == language for result in report.results):
            yield from ("", f"## {name}", "", *_commands(report.results, language))
    if report.wakings:
        yield from ("", "## The wake phrase", "", *_wakings(report.wakings))
    if report.receipts:
        yield from ("", "## In real time", "", *_live(report))


def _commands(results: Sequence[Result], language: Language) -> Iterator[str]:
    error = "characters wrong" if language == "zh" else "words wrong"
    columns = (
        "heard", "by", "right plan", error, "wrong deeds", "asked back", "real time", "ms p50", "ms p95",
    )  # fmt: skip
    yield f"| {' | '.join(columns)} |"
    yield "|---|---|---|---|---|---|---|---|---|"
    listeners = dict.fromkeys(result.listener for result in results)
    for condition in CONDITIONS:
        for listener in listeners:
            rows = [
                result
                for result in results
                if (result.language, result.condition, result.listener) == (language, condition.id, listener)
            ]
            if rows:
                yield _row(condition.title, listener, rows)


def _row(condition: str, listener: str, rows: Sequence[Result]) -> str:
    errors = sum(row.distance for row in rows) / max(sum(row.units for row in rows), 1)
    factor = sum(row.ms for row in rows) / 1000 / max(sum(row.seconds for row in rows), 1e-9)
    ms = [row.ms for row in rows]
    cells = (
        condition,
        listener,
        percent(share([row.right for row in rows])),
        f"{errors:.1%}",
        str(sum(row.acted_wrong for row in rows)),
        str(sum(row.asked for row in rows)),
        f"{factor:.2f}",
        f"{percentile(ms, 50):.0f}",
        f"{percentile(ms, 95):.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _wakings(wakings: Sequence[Waking]) -> Iterator[str]:
    yield "| engine | minutes of other speech | false wakes | phrases said | missed |"
    yield "|---|---|---|---|---|"
    for each in wakings:
        yield f"| {each.engine} | {each.minutes:.1f} | {each.false} | {each.phrases} | {each.missed} |"


def _live(report: VoiceReport) -> Iterator[str]:
    yield f"{len(report.receipts)} sentences, heard as a microphone brings them; ms after the last sound."
    yield ""
    yield "| what | p50 | p95 |"
    yield "|---|---|---|"
    for title, name in (
        ("words recognised", "recognised"),
        ("turn taken to be over", "committed"),
        ("deed read back", "acted"),
        ("first sound of the answer", "first_audio"),
    ):
        ms = [value for receipt in report.receipts if (value := getattr(receipt, name)) is not None]
        if ms:
            yield f"| {title} | {percentile(ms, 50):.0f} | {percentile(ms, 95):.0f} |"
    if report.barge_ins_ms:
        p50, p95 = (percentile(report.barge_ins_ms, each) for each in (50, 95))
        yield f"| silent after somebody spoke into the answer | {p50:.0f} | {p95:.0f} |"
    whole = sum(receipt.by == "whole" for receipt in report.receipts)
    yield ""
    yield (
        f"{whole} of {len(report.receipts)} turns were over because the words were a whole command. Loading "
        f"took {report.load_s:.1f} s; the process had {report.memory_mb:.0f} MB resident with everything "
        "loaded, the assistant and the lab among it."
    )
