"""The sound of the last half minute, and what the endpoint says of it."""

from __future__ import annotations

from collections import deque

import numpy as np

from homebody.assistant.voice.endpoint import LONGEST_S, Endpoint, Event
from homebody.speech.audio import HEARING_HZ, Audio, Samples
from homebody.speech.vad import SpeechProbability

KEPT_S = LONGEST_S + 10.0
LEAD_S = 0.3
"""Sound before the beginning that goes with it: first consonants are quiet."""
TAIL_S = 0.1


class Ear:
    """One stream at the hearing rate. Memory is bounded: what is older than `KEPT_S` is gone."""

    def __init__(self, activity: SpeechProbability) -> None:
        self._activity = activity
        self._endpoint = Endpoint()
        self._pieces: deque[Samples] = deque()
        self._kept = 0
        self._heard = 0

    @property
    def now_s(self) -> float:
        """Seconds of the stream that were heard."""
        return self._heard / HEARING_HZ

    @property
    def speaking(self) -> bool:
        return self._endpoint.speaking

    def feed(self, samples: Samples) -> list[Event]:
        """Take sound in pieces of any length; what happened in it."""
        self._pieces.append(samples)
        self._kept += len(samples)
        self._heard += len(samples)
        while self._kept - len(self._pieces[0]) > KEPT_S * HEARING_HZ:
            self._kept -= len(self._pieces.popleft())
        events = (self._endpoint.feed(probability) for probability in self._activity.feed(samples))
        return [event for event in events if event is not None]

    def cut(self) -> Event | None:
        """Whoever speaks has ended now."""
        return self._endpoint.cut()

    def sound(self, start_s: float, end_s: float, *, not_before_s: float = 0.0) -> Audio:
        """That stretch with a little before and after it, as far as it is kept."""
        first = self._heard - self._kept
        start = max(round(max(start_s - LEAD_S, not_before_s) * HEARING_HZ), first) - first
        end = round((end_s + TAIL_S) * HEARING_HZ) - first
        whole = np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.float32)
        return Audio(samples=whole[start:end], rate=HEARING_HZ)
