"""Taking the loudspeaker's sound out of the microphone's: the echo canceller of WebRTC.

Both run in steps of 10 ms at the hearing rate. What is played is told as it is played; the canceller finds
the delay of the room by itself.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from homebody.core.errors import EngineError
from homebody.speech.audio import HEARING_HZ, Audio, Samples, from_pcm16

STEP = HEARING_HZ // 100
"""Samples that are taken at once: 10 ms."""


class EchoCanceller(Protocol):
    def played(self, samples: Samples) -> None:
        """This is played now, at the hearing rate."""

    def heard(self, samples: Samples) -> Samples:
        """What the microphone heard, without what was played. Whole steps; the rest is kept for later."""


class NoCanceller:
    """Where there is no canceller: everything is heard."""

    def played(self, samples: Samples) -> None:
        pass

    def heard(self, samples: Samples) -> Samples:
        return samples


class WebRtcCanceller:
    """``aec-audio-processing``. Raises EngineError where it is not installed."""

    def __init__(self) -> None:
        try:
            from aec_audio_processing import AudioProcessor  # noqa: PLC0415 - an extra of its own
        except ImportError as error:
            raise EngineError(
                "The echo canceller is not installed", hint="pip install 'homebody[echo]'"
            ) from error
        self._processor: Any = AudioProcessor(enable_aec=True, enable_ns=False, enable_agc=False)
        self._processor.set_stream_format(HEARING_HZ, 1)
        self._processor.set_reverse_stream_format(HEARING_HZ, 1)
        self._playing = np.zeros(0, np.float32)
        self._hearing = np.zeros(0, np.float32)

    def played(self, samples: Samples) -> None:
        self._playing, steps = _steps(self._playing, samples)
        for step in steps:
            self._processor.process_reverse_stream(step)

    def heard(self, samples: Samples) -> Samples:
        self._hearing, steps = _steps(self._hearing, samples)
        cleaned = b"".join(self._processor.process_stream(step) for step in steps)
        return from_pcm16(cleaned, HEARING_HZ).samples


def _steps(left: Samples, samples: Samples) -> tuple[Samples, list[bytes]]:
    """What remains, and whole steps as 16 bit."""
    whole = np.concatenate([left, samples])
    count = len(whole) // STEP
    steps = [
        Audio(samples=whole[index * STEP : (index + 1) * STEP], rate=HEARING_HZ).to_pcm16()
        for index in range(count)
    ]
    return whole[count * STEP :], steps
