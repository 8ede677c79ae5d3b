"""Silero VAD: how likely each 32 ms are speech, and a detector that cuts a stream by it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from homebody.core.errors import EngineError
from homebody.speech.audio import HEARING_HZ, Audio, Samples, joined
from homebody.speech.onnx import session
from homebody.speech.vad import FRAME, Segment, SpeechProbability

_CONTEXT = 64  # samples of the frame before that the model wants to see again


class Silero:
    """A ``SpeechProbability``. The model is small: each stream has its own."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """``files`` by name, as the catalogue has them. Raises EngineError."""
        self._session = session(files["silero_vad.onnx"], threads=1)
        self.reset()

    def reset(self) -> None:
        self._state = np.zeros((2, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._left = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        waiting = np.concatenate([self._left, samples])
        whole = len(waiting) // FRAME * FRAME
        self._left = waiting[whole:]
        return [self._frame(frame) for frame in waiting[:whole].reshape(-1, FRAME)]

    def _frame(self, frame: Samples) -> float:
        feed = {
            "input": np.concatenate([self._context, frame])[np.newaxis],
            "state": self._state,
            "sr": np.array(HEARING_HZ, np.int64),
        }
        try:
            probability, self._state = self._session.run(None, feed)
        except Exception as error:  # onnxruntime has no error type of its own
            raise EngineError(f"Silero failed: {error}") from error
        self._context = frame[-_CONTEXT:]
        return float(probability[0, 0])


class Segmenter:
    """A ``VoiceDetector`` over any probability: speech begins at one threshold and ends below a lower one."""

    def __init__(
        self,
        probability: SpeechProbability,
        *,
        begins: float = 0.5,
        ends: float = 0.35,
        silence_s: float = 0.5,
        shortest_s: float = 0.1,
        longest_s: float = 25.0,
        lead_s: float = 0.2,
    ) -> None:
        """A segment ends after ``silence_s`` of silence, or when it is ``longest_s`` long; speech shorter
        than ``shortest_s`` is a click. ``lead_s`` of sound before it, and as much after, goes with it."""
        self._probability = probability
        self._begins, self._ends = begins, ends
        self._silence, self._shortest, self._longest, self._lead = (
            max(1, round(seconds * HEARING_HZ / FRAME))
            for seconds in (silence_s, shortest_s, longest_s, lead_s)
        )
        self._clear()

    def _clear(self) -> None:
        self._left = np.zeros(0, np.float32)
        self._kept: list[Samples] = []  # frames of the segment, or those that would lead it
        self._frames = 0  # of the stream
        self._quiet = self._loud = 0  # frames: of silence at the end of the segment, and of speech in it
        self._speaking = False

    @property
    def speaking(self) -> bool:
        return self._speaking

    def feed(self, samples: Samples) -> list[Segment]:
        waiting = np.concatenate([self._left, samples])
        whole = len(waiting) // FRAME * FRAME
        self._left = waiting[whole:]
        probabilities = self._probability.feed(waiting[:whole])
        found = []
        for frame, probability in zip(waiting[:whole].reshape(-1, FRAME), probabilities, strict=True):
            if (segment := self._take(frame, probability)) is not None:
                found.append(segment)
        return found

    def flush(self) -> list[Segment]:
        last = self._segment() if self._speaking else None
        self._clear()
        self._probability.reset()
        return [last] if last is not None else []

    def _take(self, frame: Samples, probability: float) -> Segment | None:
        self._frames += 1
        self._kept.append(frame)
        if not self._speaking:
            if probability < self._begins:
                self._kept = self._kept[-self._lead :]
                return None
            self._speaking, self._quiet, self._loud = True, 0, 0
        quiet = probability < self._ends
        self._quiet = self._quiet + 1 if quiet else 0
        self._loud += not quiet
        if self._quiet < self._silence and len(self._kept) < self._longest:
            return None
        segment = self._segment()
        self._kept = self._kept[-self._lead :] if self._quiet else []
        self._speaking = False
        return segment

    def _segment(self) -> Segment | None:
        if self._loud < self._shortest:
            return None
        begin = self._frames - len(self._kept)
        frames = self._kept[: len(self._kept) - max(0, self._quiet - self._lead)]
        audio = joined(Audio(samples=frame, rate=HEARING_HZ) for frame in frames)
        return Segment(audio=audio, start_s=begin * FRAME / HEARING_HZ)
