"""What was said before, kept as sound: a reply that a home hears every day is made once."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from homebody.speech.audio import Samples

MOST_S = 180.0
"""Seconds of sound that are kept: 17 MB at Kokoro's rate."""
LONGEST_S = 8.0
"""What is longer is hardly ever said again."""


class Clip(NamedTuple):
    """What decides how a clause sounds."""

    clause: str
    voice: str
    language: str
    speed: float


class Clips:
    """The sounds of the clauses that were said last, those that were said longest ago forgotten first."""

    def __init__(self, rate: int, *, most_s: float = MOST_S) -> None:
        self._rate = rate
        self._room = round(most_s * rate)
        self._kept: OrderedDict[Clip, Samples] = OrderedDict()

    @property
    def seconds(self) -> float:
        """Seconds of sound that are kept now."""
        return sum(len(samples) for samples in self._kept.values()) / self._rate

    def find(self, clip: Clip) -> Samples | None:
        samples = self._kept.get(clip)
        if samples is not None:
            self._kept.move_to_end(clip)
        return samples

    def keep(self, clip: Clip, samples: Samples) -> None:
        """``samples`` must not be changed afterwards."""
        if len(samples) > LONGEST_S * self._rate:
            return
        self._room += len(self._kept.pop(clip, samples[:0])) - len(samples)
        self._kept[clip] = samples
        while self._room < 0:
            _, oldest = self._kept.popitem(last=False)
            self._room += len(oldest)
