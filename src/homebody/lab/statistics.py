"""Shares with their uncertainty, and percentiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959963984540054
"""The two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``right`` of ``total``, with its Wilson score interval at 95 %: ``low`` and ``high``, all 0..1.

    Of nothing, nothing is known: the interval is 0 to 1, and ``rate`` is None.
    """

    right: int
    total: int

    @property
    def rate(self) -> float | None:
        return self.right / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.total)


def share(outcomes: Sequence[bool]) -> Share:
    return Share(right=sum(outcomes), total=len(outcomes))


def wilson(right: int, total: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a proportion (E. B. Wilson, 1927), which stays inside 0..1.

    Raises ValueError unless 0 <= right <= total.
    """
    if not 0 <= right <= total:
        raise ValueError(f"{right} of {total} is not a share")
    if total == 0:
        return 0.0, 1.0
    rate = right / total
    middle = rate + z * z / (2 * total)
    spread = z * math.sqrt((rate * (1 - rate) + z * z / (4 * total)) / total)
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def percentile(values: Sequence[float], percent: float) -> float:
    """Linear between the two nearest ranks (the usual definition). Raises ValueError for no values."""
    if not values:
        raise ValueError("no values, no percentile")
    ordered = sorted(values)
    rank = (len(ordered) - 1) * percent / 100
    below = math.floor(rank)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (rank - below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    max: float

    @classmethod
    def of(cls, ms: Sequence[float]) -> Latency | None:
        if not ms:
            return None
        p50, p95, p99 = (round(percentile(ms, percent), 3) for percent in (50, 95, 99))
        return cls(count=len(ms), p50=p50, p95=p95, p99=p99, max=round(max(ms), 3))
