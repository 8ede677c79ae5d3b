"""By sound: when somebody begins to speak, pauses, goes on, and has stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FRAME_S = 0.032
"""Seconds that one probability is for."""
SPEECH, SILENCE = 0.5, 0.35
"""A frame is speech from the first on and silence below the second; between them it is what came before."""
BEGIN_S = 0.096
"""So much speech is a beginning: a click is shorter."""
PAUSE_S = 0.2
"""So much silence is a pause: worth looking whether the words so far are a whole command."""
END_S = 0.8
"""So much silence is an end, whatever was said."""
LONGEST_S = 20.0
"""Nobody speaks longer without a pause: music, a television."""

Kind = Literal["began", "paused", "resumed", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``start_s`` and ``end_s`` are where the speech began and, so far, ended, in seconds of the stream.

    ``too_long`` marks an end that was forced.
    """

    kind: Kind
    start_s: float
    end_s: float
    too_long: bool = False


class Endpoint:
    """Takes a probability of speech for each frame of a stream; tells each event once, in order."""

    def __init__(self) -> None:
        self._frames = 0
        self._speech_frames = 0
        self._start_s: float | None = None
        self._end_s = 0.0
        self._speaking = False
        self._paused = False

    @property
    def now_s(self) -> float:
        """Seconds of the stream that were judged."""
        return self._frames * FRAME_S

    @property
    def speaking(self) -> bool:
        """Somebody has begun and not ended."""
        return self._start_s is not None

    def feed(self, probability: float) -> Event | None:
        self._frames += 1
        if probability >= SPEECH:
            self._speaking = True
        elif probability < SILENCE:
            self._speaking = False
        return self._heard() if self._speaking else self._quiet()

    def cut(self) -> Event | None:
        """The speech is over, whatever the sound says; None where nobody spoke."""
        return None if self._start_s is None else self._ended()

    def _heard(self) -> Event | None:
        now = self.now_s
        self._speech_frames += 1
        if self._start_s is None:
            if self._speech_frames * FRAME_S < BEGIN_S:
                return None
            self._start_s = now - self._speech_frames * FRAME_S
            self._end_s = now
            return self._event("began")
        self._end_s = now
        if now - self._start_s >= LONGEST_S:
            return self._ended(too_long=True)
        if self._paused:
            self._paused = False
            return self._event("resumed")
        return None

    def _quiet(self) -> Event | None:
        self._speech_frames = 0
        if self._start_s is None:
            return None
        silent_s = self.now_s - self._end_s
        if silent_s >= END_S:
            return self._ended()
        if silent_s >= PAUSE_S and not self._paused:
            self._paused = True
            return self._event("paused")
        return None

    def _ended(self, *, too_long: bool = False) -> Event:
        event = self._event("ended", too_long=too_long)
        self._start_s, self._paused, self._speech_frames = None, False, 0
        return event

    def _event(self, kind: Kind, *, too_long: bool = False) -> Event:
        assert self._start_s is not None
        return Event(kind=kind, start_s=self._start_s, end_s=self._end_s, too_long=too_long)
