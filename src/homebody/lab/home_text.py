"""The report for people: Markdown with tables only, and failures as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from homebody.assistant.plan import Plan
from homebody.lab.hass.run import HassResult
from homebody.lab.hass.scores import HassScores
from homebody.lab.home_report import HomeReport
from homebody.lab.home_run import Result
from homebody.lab.judge import shown
from homebody.lab.scores import Row, Scores
from homebody.lab.statistics import Latency, Share

TITLES = {"open": "Open suites", "held_out": "Held-out suites"}
LANGUAGES = {"zh": "Chinese (zh-CN)", "en": "English"}
BREAKDOWNS = (("Class", "by_class"), ("Language", "by_language"), ("Home", "by_home"), ("Suite", "by_suite"))


def to_markdown(report: HomeReport) -> str:
    """What can be kept as docs/reports/home.md: no sentence of any suite is in it."""
    return "\n".join(_markdown(report)) + "\n"


def _markdown(report: HomeReport) -> Iterator[str]:
    yield "# Home sentences"
    yield ""
    yield f"Made by `homebody lab home`. {_conditions(report)} How it is judged: [docs/lab.md](../lab.md)."
    for name, group in report.groups.items():
        yield from ("", f"## {TITLES[name]}", "")
        yield from _summary(group)
        for title, attribute in BREAKDOWNS:
            yield ""
            yield from _rows(title, getattr(group, attribute), group.overall)
    for language, one in report.hass_scores.items():
        yield from ("", f"## Home Assistant's sentences: {LANGUAGES[language]}", "")
        yield from _hass(one)


def _conditions(report: HomeReport) -> str:
    parts = [f"{len(report.results)} cases, said on Wednesday 2026-03-04 at 10:00 in Shanghai"]
    parts.append(f"grammar with the model {report.model}" if report.model else "grammar alone")
    if report.peer:
        parts.append(f"peer: {report.peer}")
    if report.shuffle is not None:
        parts.append(f"names shuffled with seed {report.shuffle}, {report.left_out} cases left out")
    if report.doubts:
        parts.append(f"{report.doubts} doubts about the suites (`homebody lab check`)")
    if report.interrupted:
        parts.append("interrupted: only part was measured")
    return "; ".join(parts) + "."


def _summary(group: Scores) -> Iterator[str]:
    yield f"- Exact plans, grammar alone: {percent(group.overall.grammar)}"
    if group.overall.together is not None:
        yield f"- Exact plans, grammar and model together: {percent(group.overall.together)}"
    counted = ", ".join(f"{danger.replace('_', ' ')} {count}" for danger, count in group.dangers.items())
    yield f"- Dangers (all are to be zero): {counted}"
    yield f"- Needless confirmations: {percent(group.needless)}"
    yield from _latencies(group.latency, group.peer_latency)
    if group.model_latency:
        yield f"- Milliseconds where the model was asked: {latency(group.model_latency)}"


def _latencies(grammar: Latency | None, peer: Latency | None) -> Iterator[str]:
    if grammar:
        yield f"- Milliseconds of the grammar: {latency(grammar)}"
    if peer:
        yield f"- Milliseconds of the peer: {latency(peer)}"


def _rows(title: str, rows: Mapping[str, Row], overall: Row) -> Iterator[str]:
    columns = {"Grammar alone": "grammar", "Grammar and model": "together", "Peer": "peer"}
    columns = {name: key for name, key in columns.items() if getattr(overall, key) is not None}
    lines = [(name, [getattr(row, key) for key in columns.values()]) for name, row in rows.items()]
    yield from _table(
        title, list(columns), [*lines, ("all", [getattr(overall, k) for k in columns.values()])]
    )


def _table(
    title: str, columns: Sequence[str], lines: Sequence[tuple[str, Sequence[Share | None]]]
) -> Iterator[str]:
    yield f"| {title} | {' | '.join(columns)} |"
    yield "|---|" + "---|" * len(columns)
    for name, shares in lines:
        cells = [percent(part) if part is not None else "" for part in shares]
        yield f"| {name} | {' | '.join(cells)} |"


def _hass(one: HassScores) -> Iterator[str]:
    yield f"- In scope and right: {percent(one.overall.homebody)}"
    yield from _latencies(one.latency, one.peer_latency)
    yield ""
    columns = ["Homebody", *(["Peer (its own tests)"] if one.overall.peer else [])]
    lines = [*one.by_intent.items(), ("all", one.overall)]
    cells = [(name, [row.homebody, row.peer][: len(columns)]) for name, row in lines]
    yield from _table("Intent", columns, cells)
    if one.left_out:
        yield from ("", "| Out of scope | Sentences | Why |", "|---|---|---|")
        yield from (f"| {intent} | {count} | {why} |" for (intent, why), count in one.left_out.items())


def percent(part: Share) -> str:
    """``98.5 % (197 of 200; 95.7 to 99.5)``: the share with its 95 % interval."""
    if part.rate is None:
        return "none"
    low, high = part.interval
    return f"{part.rate * 100:.1f} % ({part.right} of {part.total}; {low * 100:.1f} to {high * 100:.1f})"


def latency(times: Latency) -> str:
    ranks = f"p50 {times.p50:.2f}, p95 {times.p95:.2f}, p99 {times.p99:.2f}, most {times.max:.2f}"
    return f"{ranks} (of {times.count})"


# failures as lines


def failure_lines(result: Result) -> Iterator[str]:
    """The sentence, what was expected, what came."""
    suite = f"{result.suite.language}/{result.suite.name}"
    context = "".join(f" [after: {text}]" for text in result.case.after)
    place = f" [in {result.case.area}]" if result.case.area else ""
    yield f"{suite} {result.case.class_}: {result.case.say}{context}{place}"
    for index, expectation in enumerate(result.case.expected):
        parts = [*map(shown, expectation.steps)]
        parts += [f"problem {shown(problem)}" for problem in expectation.problems]
        parts += ["an answer in words"] if expectation.say else []
        yield f"    {'or' if index else 'expected'}: {'; '.join(parts) or 'nothing'}"
    yield f"    got: {_got(result.best.plan)}"
    if result.best.dangers:
        yield f"    DANGER: {', '.join(result.best.dangers)}"


def hass_failure_lines(result: HassResult) -> Iterator[str]:
    slots = ", ".join(f"{name} {value}" for name, value in result.test.slots.items())
    yield f"home assistant {result.test.language} {result.test.source}: {result.sentence}"
    yield f"    meant: {result.test.intent} {slots}"
    yield f"    got: {_got(result.plan)}"
    yield f"    wrong: {'; '.join(result.reasons)}"


def _got(plan: Plan) -> str:
    parts = [*map(shown, plan.steps)]
    parts += [f"problem {shown(problem)} ({problem.words})" for problem in plan.problems]
    parts += [f"says: {plan.say}"] if plan.say else []
    parts += [f"answer: {plan.answer}"] if plan.answer else []
    return "; ".join(parts) or "nothing"
