"""Results as figures: shares by class, language, home and suite, dangers, needless questions, latency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from homebody.lab.home_run import Finding, Result
from homebody.lab.safety import DANGERS, Danger
from homebody.lab.statistics import Latency, Share, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Exact plans by the grammar alone; by grammar and model together, and by the peer, where they ran."""

    grammar: Share
    together: Share | None = None
    peer: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Of one group of cases. ``needless`` are needless questions, of the cases that should need none.

    ``dangers`` and ``needless`` are of the best reading: grammar and model together where there is a model.
    ``latency`` is the grammar's, ``model_latency`` that of cases which went to the model.
    """

    overall: Row
    by_class: Mapping[str, Row]
    by_language: Mapping[str, Row]
    by_home: Mapping[str, Row]
    by_suite: Mapping[str, Row]
    dangers: Mapping[Danger, int]
    needless: Share
    latency: Latency | None
    model_latency: Latency | None
    peer_latency: Latency | None


def scores(results: Sequence[Result]) -> Scores:
    counts = Counter(danger for result in results for danger in result.best.dangers)
    asked = [r.best.needless_confirmation for r in results if r.best.needless_confirmation is not None]
    modelled = [r.together.ms for r in results if r.together and r.together.plan is not r.grammar.plan]
    return Scores(
        overall=_row(results),
        by_class=_rows(results, lambda result: result.case.class_),
        by_language=_rows(results, lambda result: result.suite.language),
        by_home=_rows(results, lambda result: result.suite.home_name),
        by_suite=_rows(results, lambda result: f"{result.suite.language}/{result.suite.name}"),
        dangers={danger: counts[danger] for danger in DANGERS},
        needless=share(asked),
        latency=Latency.of([result.grammar.ms for result in results]),
        model_latency=Latency.of(modelled),
        peer_latency=Latency.of([r.peer.recognition.ms for r in results if r.peer is not None]),
    )


def _rows(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, Row]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return {name: _row(groups[name]) for name in sorted(groups)}


def _row(results: Sequence[Result]) -> Row:
    together = [result.together for result in results if result.together is not None]
    peer = [result.peer.right for result in results if result.peer is not None]
    return Row(
        grammar=_exact([result.grammar for result in results]),
        together=_exact(together) if together else None,
        peer=share(peer) if peer else None,
    )


def _exact(findings: Sequence[Finding]) -> Share:
    return share([finding.judgement.exact for finding in findings])
