"""How far a fetch is, and how fast of late."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from homebody.weights.files import Weights

_RATE_WINDOW_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a pull of a model is. Bytes; ``rate`` in bytes a second over the last ten seconds or so."""

    model: str
    source: str
    done_bytes: int
    total_bytes: int
    rate: float


class Meter:
    """Turns the bytes that are here of one file into Progress of its model, with the rate of late."""

    def __init__(
        self,
        weights: Weights,
        source: str,
        others: int,
        done: int,
        tell: Callable[[Progress], None] | None,
    ) -> None:
        """``others`` are the bytes of the model's other files that are here."""
        self._weights, self._source, self._others, self._tell = weights, source, others, tell
        self._marks = [(time.monotonic(), done)]

    def __call__(self, done: int) -> None:
        if self._tell is None:
            return
        now = time.monotonic()
        self._marks = [mark for mark in self._marks if now - mark[0] <= _RATE_WINDOW_S] or self._marks[-1:]
        since, before = self._marks[0]
        self._marks.append((now, done))
        rate = max(0.0, (done - before) / (now - since)) if now > since else 0.0
        self._tell(
            Progress(
                model=self._weights.id,
                source=self._source,
                done_bytes=self._others + done,
                total_bytes=self._weights.size,
                rate=rate,
            )
        )
