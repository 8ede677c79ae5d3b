"""At the end of a run: what was skipped, why, and what this machine would need for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable

import pytest

NEEDS = {
    "model": "real model weights (make models)",
    "browser": "chromium (make chromium, as root)",
    "peer": "a foreign program that could not be installed (a package index; make mosquitto, as root)",
    "data": "the data sets beside the project",
}
OTHER = "something else of this system"

Report = pytest.TestReport | pytest.CollectReport


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost, and so after everything else
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    yield
    reporter = terminalreporter
    skipped: list[Report] = reporter.stats.get("skipped", [])
    left_out = len(reporter.stats.get("deselected", []))
    reporter.section("what was skipped, and why")
    for line in skip_lines(skipped):
        reporter.line(line)
    if left_out:
        reporter.line(f"{left_out} were not asked for (deselected).")


def skip_lines(reports: Iterable[Report]) -> list[str]:
    """Skipped tests by the capability that is missing, and within it by reason, with their number."""
    reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        reasons[_need(report)][_reason(report)] += 1
    if not reasons:
        return ["Nothing was skipped."]
    lines = []
    for need, counts in sorted(reasons.items()):
        lines.append(f"{counts.total()} skipped for want of {need}:")
        lines += [f"  {count:4} x {reason}" for reason, count in counts.most_common()]
    return lines


def _need(report: Report) -> str:
    """By the test's marker; a whole module that was skipped has none."""
    return next((need for marker, need in NEEDS.items() if marker in report.keywords), OTHER)


def _reason(report: Report) -> str:
    told = report.longrepr
    text = told[2] if isinstance(told, tuple) else str(told)
    return text.removeprefix("Skipped: ")
