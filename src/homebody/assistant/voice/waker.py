"""Listening for the wake phrase beside everything else: a detector may take as long as a recognition."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import numpy as np

from homebody.speech.audio import HEARING_HZ, Samples
from homebody.speech.wake import WakeDetector, Woken

KEPT_S = 20.0
"""Sound that may wait for the detector; what is older is passed over."""


class Waker:
    """Feeds ``detector`` through ``work``, and calls ``woken`` with times of the whole stream."""

    def __init__(
        self,
        detector: WakeDetector,
        work: Callable[[Callable[[], list[Woken]]], Awaitable[list[Woken]]],
        woken: Callable[[Woken], None],
    ) -> None:
        self._detector = detector
        self._work = work
        self._woken = woken
        self._waiting: list[Samples] = []
        self._heard = 0
        self._began = 0
        """Where in the stream, in samples, the detector's own stream began."""
        self._fresh = True
        self._restarting = False
        self.working = False

    def feed(self, samples: Samples, *, wanted: bool) -> bool:
        """Take sound; whether there is work to do (`look`). What is not wanted is passed over."""
        if not wanted:
            self._waiting.clear()
            self._fresh = True
        else:
            if self._fresh:
                self._fresh = False
                self._waiting.clear()
                self._restart_at(self._heard)
            self._waiting.append(samples)
        self._heard += len(samples)
        return bool(self._waiting) and not self.working

    async def look(self) -> None:
        """Until nothing waits."""
        self.working = True
        try:
            while self._waiting:
                sound = np.concatenate(self._waiting)
                self._waiting.clear()  # what comes meanwhile waits for the next round
                if len(sound) > KEPT_S * HEARING_HZ:
                    self._restart_at(self._heard)
                    continue
                restart, self._restarting = self._restarting, False
                began = self._began
                for woken in await self._work(partial(self._detect, sound, restart)):
                    self._woken(replace(woken, end_s=woken.end_s + began / HEARING_HZ))
        finally:
            self.working = False

    def _restart_at(self, sample: int) -> None:
        self._began, self._restarting = sample, True

    def _detect(self, sound: Samples, restart: bool) -> list[Woken]:
        if restart:
            self._detector.reset()
        return self._detector.feed(sound)
