"""What ``homebody lab home`` found, as JSON (schema ``homebody.lab.home/1``), as Markdown, and as lines.

Sentences and failures of suites that are held out are in none of them unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from homebody.assistant.plan import Plan
from homebody.lab.home_run import Finding, Result
from homebody.lab.judge import shown
from homebody.lab.scores import Row, Scores, scores
from homebody.lab.statistics import Latency, Share

SCHEMA = "homebody.lab.home/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeReport:
    """All results of a run, and how it was made. ``left_out``: cases whose names could not be shuffled."""

    results: tuple[Result, ...]
    model: str | None = None
    shuffle: int | None = None
    left_out: int = 0
    interrupted: bool = False
    show_held_out: bool = False

    @property
    def groups(self) -> dict[str, Scores]:
        """``open`` and ``held_out``, where there are any."""
        parts = {"open": [r for r in self.results if not r.suite.held_out],
                 "held_out": [r for r in self.results if r.suite.held_out]}  # fmt: skip
        return {name: scores(part) for name, part in parts.items() if part}

    @property
    def failures(self) -> tuple[Result, ...]:
        """Those that may be shown: wrong in the best reading, or dangerous."""
        return tuple(
            result
            for result in self.results
            if (self.show_held_out or not result.suite.held_out)
            and (not best(result).judgement.exact or best(result).dangers)
        )


def best(result: Result) -> Finding:
    return result.together or result.grammar


# JSON


def to_json(report: HomeReport) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "model": report.model,
        "shuffle": report.shuffle,
        "left_out": report.left_out,
        "interrupted": report.interrupted,
        "cases": len(report.results),
        "groups": {name: _group(group) for name, group in report.groups.items()},
        "failures": [_failure(result) for result in report.failures],
    }


def _group(group: Scores) -> dict[str, Any]:
    return {
        "overall": _row(group.overall),
        "by_class": _rows(group.by_class),
        "by_language": _rows(group.by_language),
        "by_home": _rows(group.by_home),
        "by_suite": _rows(group.by_suite),
        "dangers": dict(group.dangers),
        "needless_confirmations": _share(group.needless),
        "grammar_ms": asdict(group.latency) if group.latency else None,
        "model_ms": asdict(group.model_latency) if group.model_latency else None,
    }


def _rows(rows: Mapping[str, Row]) -> dict[str, Any]:
    return {name: _row(row) for name, row in rows.items()}


def _row(row: Row) -> dict[str, Any]:
    return {"grammar": _share(row.grammar), "together": _share(row.together) if row.together else None}


def _share(part: Share) -> dict[str, Any]:
    low, high = part.interval
    return {
        "right": part.right,
        "total": part.total,
        "rate": part.rate,
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _failure(result: Result) -> dict[str, Any]:
    finding = best(result)
    return {
        "suite": f"{result.suite.language}/{result.suite.name}",
        "held_out": result.suite.held_out,
        "home": result.suite.home_name,
        "class": result.case.class_,
        "say": result.case.say,
        "after": list(result.case.after),
        "area": result.case.area,
        "expected": [asdict(expectation) for expectation in result.case.expected],
        "got": finding.plan.to_json(),
        "reasons": list(finding.judgement.reasons),
        "dangers": list(finding.dangers),
    }


# Markdown

TITLES = {"open": "Open suites", "held_out": "Held-out suites"}
BREAKDOWNS = (("Class", "by_class"), ("Language", "by_language"), ("Home", "by_home"), ("Suite", "by_suite"))


def to_markdown(report: HomeReport) -> str:
    """Tables only, without sentences: what can be kept in docs/reports."""
    return "\n".join(_markdown(report)) + "\n"


def _markdown(report: HomeReport) -> Iterator[str]:
    yield "# Home sentences"
    yield ""
    yield f"Made by `homebody lab home`. {_conditions(report)}"
    for name, group in report.groups.items():
        yield from ("", f"## {TITLES[name]}", "")
        yield from summary_lines(group)
        for title, attribute in BREAKDOWNS:
            yield ""
            yield from row_table(title, getattr(group, attribute), group.overall)


def _conditions(report: HomeReport) -> str:
    parts = [f"{len(report.results)} cases, said on Wednesday 2026-03-04 at 10:00 in Shanghai"]
    parts.append(f"model: {report.model}" if report.model else "grammar alone")
    if report.shuffle is not None:
        parts.append(f"names shuffled with seed {report.shuffle}, {report.left_out} cases left out")
    if report.interrupted:
        parts.append("interrupted: only part was measured")
    return "; ".join(parts) + "."


def summary_lines(group: Scores) -> Iterator[str]:
    """A list of what was found about one group, in Markdown."""
    yield f"- Exact plans, grammar alone: {percent(group.overall.grammar)}"
    if group.overall.together is not None:
        yield f"- Exact plans, grammar and model together: {percent(group.overall.together)}"
    counted = ", ".join(f"{danger} {count}" for danger, count in group.dangers.items())
    yield f"- Dangers (all are to be zero): {counted}"
    yield f"- Needless confirmations: {percent(group.needless)}"
    if group.latency:
        yield f"- Grammar, milliseconds: {latency(group.latency)}"
    if group.model_latency:
        yield f"- Turns that went to the model, milliseconds: {latency(group.model_latency)}"


def row_table(title: str, rows: Mapping[str, Row], overall: Row) -> Iterator[str]:
    model = overall.together is not None
    yield f"| {title} | Grammar alone |" + (" Grammar and model |" if model else "")
    yield "|---|---|" + ("---|" if model else "")
    for name, row in [*rows.items(), ("all", overall)]:
        together = f" {percent(row.together)} |" if row.together is not None else ""
        yield f"| {name} | {percent(row.grammar)} |{together}"


def percent(part: Share) -> str:
    """``98.5 % (197 of 200; 95.7 to 99.5)``: the share with its 95 % interval."""
    if part.rate is None:
        return "none"
    low, high = part.interval
    return f"{part.rate:.1%} ({part.right} of {part.total}; {low * 100:.1f} to {high * 100:.1f})".replace(
        "%", " %"
    )


def latency(times: Latency) -> str:
    ranks = f"p50 {times.p50:.2f}, p95 {times.p95:.2f}, p99 {times.p99:.2f}, most {times.max:.2f}"
    return f"{ranks} (of {times.count})"


# lines of failures


def failure_lines(result: Result) -> Iterator[str]:
    """One failure for a terminal: the sentence, what was expected, what came."""
    finding = best(result)
    context = "".join(f" [after: {text}]" for text in result.case.after)
    place = f" [in {result.case.area}]" if result.case.area else ""
    suite = f"{result.suite.language}/{result.suite.name}"
    yield f"{suite} {result.case.class_}: {result.case.say}{context}{place}"
    for index, expectation in enumerate(result.case.expected):
        parts = [
            *map(shown, expectation.steps),
            *(f"problem {shown(problem)}" for problem in expectation.problems),
        ]
        if expectation.say:
            parts.append("an answer in words")
        yield f"    {'or' if index else 'expected'}: {'; '.join(parts) or 'nothing'}"
    yield f"    got: {'; '.join(_parts(finding.plan)) or 'nothing'}"
    if finding.dangers:
        yield f"    DANGER: {', '.join(finding.dangers)}"


def _parts(plan: Plan) -> Iterator[str]:
    yield from (shown(step) for step in plan.steps)
    yield from (f"problem {shown(problem)} ({problem.words})" for problem in plan.problems)
    if plan.say:
        yield f"says: {plan.say}"
    if plan.answer:
        yield f"answer: {plan.answer}"


def dangerous(results: Sequence[Result]) -> bool:
    return any(best(result).dangers for result in results)
