"""Shares and percentiles, against values that were worked out elsewhere."""

from __future__ import annotations

import pytest

from homebody.lab.statistics import Latency, Share, percentile, share, wilson


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (8, 10, 0.4901625, 0.9433178),  # the usual textbook example
        (0, 10, 0.0, 0.2775328),
        (10, 10, 0.7224672, 1.0),
        (1, 29, 0.0061136, 0.1717573),
        (197, 200, 0.9568, 0.9949),
    ],
)
def test_wilson_known_values(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_nothing_knows_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert Share(right=0, total=0).rate is None


def test_wilson_refuses_what_is_no_share() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_share_counts() -> None:
    assert share([True, False, True]) == Share(right=2, total=3)
    assert share([]).rate is None


def test_percentiles_are_linear_between_ranks() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.5
    assert percentile([1.0, 2.0, 3.0, 4.0, 5.0], 95) == pytest.approx(4.8)
    assert percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_latency_of_measurements() -> None:
    assert Latency.of([float(n) for n in range(1, 102)]) == Latency(
        count=101, p50=51, p95=96, p99=100, max=101
    )
    assert Latency.of([]) is None
