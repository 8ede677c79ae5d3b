"""What ``homebody lab home`` found, and the same as JSON (schema ``homebody.lab.home/1``).

Sentences and failures of suites that are held out are in none of its forms unless asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from homebody.home.label import Language
from homebody.lab.hass.run import HassResult
from homebody.lab.hass.scores import HassRow, HassScores, hass_scores
from homebody.lab.home_run import Result
from homebody.lab.scores import Row, Scores, scores
from homebody.lab.statistics import Latency, Share

SCHEMA = "homebody.lab.home/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeReport:
    """All results of a run, and how it was made.

    ``model`` is the id of the language model that helped; ``peer`` names the peer's packages and versions;
    ``left_out`` counts cases whose names could not be shuffled; ``doubts`` what is doubtful about suites.
    """

    results: tuple[Result, ...] = ()
    hass: tuple[HassResult, ...] = ()
    model: str | None = None
    peer: str | None = None
    shuffle: int | None = None
    left_out: int = 0
    doubts: int = 0
    interrupted: bool = False
    show_held_out: bool = False

    @property
    def groups(self) -> dict[str, Scores]:
        """``open`` and ``held_out``, where there are any."""
        parts = {"open": [r for r in self.results if not r.suite.held_out],
                 "held_out": [r for r in self.results if r.suite.held_out]}  # fmt: skip
        return {name: scores(part) for name, part in parts.items() if part}

    @property
    def hass_scores(self) -> dict[Language, HassScores]:
        return hass_scores(self.hass)

    @property
    def failures(self) -> tuple[Result, ...]:
        """Those that may be shown: wrong in the best reading, or dangerous."""
        return tuple(
            result
            for result in self.results
            if (self.show_held_out or not result.suite.held_out)
            and (not result.best.judgement.exact or result.best.dangers)
        )

    @property
    def hass_failures(self) -> tuple[HassResult, ...]:
        return tuple(result for result in self.hass if result.left_out is None and not result.right)


def to_json(report: HomeReport) -> dict[str, Any]:
    """The report as documented in docs/lab.md."""
    return {
        "schema": SCHEMA,
        "model": report.model,
        "peer": report.peer,
        "shuffle": report.shuffle,
        "left_out": report.left_out,
        "doubts": report.doubts,
        "interrupted": report.interrupted,
        "cases": len(report.results),
        "groups": {name: _group(group) for name, group in report.groups.items()},
        "failures": [_failure(result) for result in report.failures],
        "home_assistant": {language: _hass(one) for language, one in report.hass_scores.items()},
        "home_assistant_failures": [_hass_failure(result) for result in report.hass_failures],
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
        "grammar_ms": _latency(group.latency),
        "model_ms": _latency(group.model_latency),
        "peer_ms": _latency(group.peer_latency),
    }


def _rows(rows: Mapping[str, Row]) -> dict[str, Any]:
    return {name: _row(row) for name, row in rows.items()}


def _row(row: Row) -> dict[str, Any]:
    return {"grammar": _share(row.grammar), "together": _share(row.together), "peer": _share(row.peer)}


def _share(part: Share | None) -> dict[str, Any] | None:
    if part is None:
        return None
    low, high = part.interval
    rate = None if part.rate is None else round(part.rate, 4)
    return {
        "right": part.right,
        "total": part.total,
        "rate": rate,
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _latency(times: Latency | None) -> dict[str, Any] | None:
    return asdict(times) if times else None


def _failure(result: Result) -> dict[str, Any]:
    finding = result.best
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


def _hass(one: HassScores) -> dict[str, Any]:
    return {
        "overall": _hass_row(one.overall),
        "by_intent": {intent: _hass_row(row) for intent, row in one.by_intent.items()},
        "out_of_scope": [
            {"intent": intent, "reason": reason, "sentences": count}
            for (intent, reason), count in one.left_out.items()
        ],
        "grammar_ms": _latency(one.latency),
        "peer_ms": _latency(one.peer_latency),
    }


def _hass_row(row: HassRow) -> dict[str, Any]:
    return {"homebody": _share(row.homebody), "peer": _share(row.peer)}


def _hass_failure(result: HassResult) -> dict[str, Any]:
    return {
        "language": result.test.language,
        "file": result.test.source,
        "say": result.sentence,
        "intent": result.test.intent,
        "slots": dict(result.test.slots),
        "got": result.plan.to_json(),
        "reasons": list(result.reasons),
    }
