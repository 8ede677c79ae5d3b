"""Home Assistant's sentences as figures: by language and intent, Homebody, the peer, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homebody.home.label import Language
from homebody.lab.hass.run import HassResult
from homebody.lab.statistics import Latency, Share, share


@dataclass(frozen=True, slots=True, kw_only=True)
class HassRow:
    """Sentences in scope that are right: Homebody's, and the peer's where it was asked."""

    homebody: Share
    peer: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HassScores:
    """Of one language. ``left_out`` counts sentences by intent and reason."""

    overall: HassRow
    by_intent: Mapping[str, HassRow]
    left_out: Mapping[tuple[str, str], int]
    latency: Latency | None
    peer_latency: Latency | None


def hass_scores(results: Sequence[HassResult]) -> dict[Language, HassScores]:
    languages = list(dict.fromkeys(result.test.language for result in results))
    return {language: _scores([r for r in results if r.test.language == language]) for language in languages}


def _scores(results: Sequence[HassResult]) -> HassScores:
    scope = [result for result in results if result.left_out is None]
    left_out = Counter((r.test.intent, r.left_out) for r in results if r.left_out is not None)
    intents = sorted({result.test.intent for result in scope})
    return HassScores(
        overall=_row(scope),
        by_intent={intent: _row([r for r in scope if r.test.intent == intent]) for intent in intents},
        left_out=dict(sorted(left_out.items())),
        latency=Latency.of([result.plan.ms for result in scope]),
        peer_latency=Latency.of([result.peer.ms for result in scope if result.peer is not None]),
    )


def _row(results: Sequence[HassResult]) -> HassRow:
    peers = [result.peer_right for result in results if result.peer_right is not None]
    return HassRow(homebody=share([result.right for result in results]), peer=share(peers) if peers else None)
