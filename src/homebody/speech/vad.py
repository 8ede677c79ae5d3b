"""Where speech begins and ends in a stream of sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # numpy is of an extra
    from homebody.speech.audio import Audio, Samples


FRAME = 512
"""Samples at the hearing rate that are judged at once: 32 ms."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segment:
    """A stretch of speech: its sound, and where it began, in seconds from the start of the stream."""

    audio: Audio
    start_s: float

    @property
    def end_s(self) -> float:
        return self.start_s + self.audio.seconds


class SpeechProbability(Protocol):
    """How likely each frame is speech. Keeps a state: one for each stream."""

    def feed(self, samples: Samples) -> list[float]:
        """Take sound at the hearing rate, in pieces of any length; one probability for each whole frame.

        What is left over is kept for the next call.
        """

    def reset(self) -> None:
        """A new stream begins."""


class VoiceDetector(Protocol):
    """Cuts a stream into segments of speech. Keeps a state: one for each stream."""

    def feed(self, samples: Samples) -> list[Segment]:
        """Take sound at the hearing rate, in pieces of any length; the segments that have ended."""

    def flush(self) -> list[Segment]:
        """The stream is over: the segment that was still going on, if any. A new stream begins."""

    @property
    def speaking(self) -> bool:
        """Speech goes on right now."""
