"""A wake word without a model of its own: the beginning of what is said is recognised and compared by sound.

Costs one short recognition for each time somebody begins to speak. It works for any phrase in both languages,
and best for phrases of four syllables; a phrase of two is heard in too many other words.
"""

from __future__ import annotations

import numpy as np

from homebody.speech.audio import HEARING_HZ, Audio, Samples, joined
from homebody.speech.likeness import Likeness
from homebody.speech.recognition import Hints, Recogniser
from homebody.speech.vad import FRAME, SpeechProbability
from homebody.speech.wake import Woken

NEAREST = 0.3
"""The share of a phrase's sounds that may be wrong."""
BEGINS, ENDS = 0.5, 0.35
_LOOK_S = 1.7  # so much speech holds a phrase: it is looked at while the speaker goes on
_SILENCE_S = 0.25
_LEAD_S = 0.25
_SHORTEST_S = 0.3


class WakeBySound:
    """Looks once at each stretch of speech: after 1.7 s of it, or when it ends before."""

    def __init__(
        self, phrases: tuple[str, ...], probability: SpeechProbability, recogniser: Recogniser
    ) -> None:
        self._phrases = phrases
        self._probability = probability
        self._recogniser = recogniser
        self._likeness = Likeness()
        self._look, self._silence, self._lead = (
            round(seconds * HEARING_HZ / FRAME) for seconds in (_LOOK_S, _SILENCE_S, _LEAD_S)
        )
        self._clear()

    @property
    def phrases(self) -> tuple[str, ...]:
        return self._phrases

    def reset(self) -> None:
        self._probability.reset()
        self._clear()

    def _clear(self) -> None:
        self._left = np.zeros(0, np.float32)
        self._frames = 0
        self._kept: list[Samples] = []
        self._quiet = 0
        self._speaking = self._looked = False

    def feed(self, samples: Samples) -> list[Woken]:
        waiting = np.concatenate([self._left, samples])
        whole = len(waiting) // FRAME * FRAME
        self._left = waiting[whole:]
        probabilities = self._probability.feed(waiting[:whole])
        frames = waiting[:whole].reshape(-1, FRAME)
        heard = (self._take(*each) for each in zip(frames, probabilities, strict=True))
        return [woken for woken in heard if woken is not None]

    def _take(self, frame: Samples, probability: float) -> Woken | None:
        self._frames += 1
        if not self._looked:
            self._kept.append(frame)
        if not self._speaking:
            if probability < BEGINS:
                self._kept = self._kept[-self._lead :]
                return None
            self._speaking, self._quiet = True, 0
        self._quiet = self._quiet + 1 if probability < ENDS else 0
        ended = self._quiet >= self._silence
        woken = None
        if not self._looked and (ended or len(self._kept) >= self._look + self._lead):
            self._looked = True
            woken = self._listen(joined(Audio(samples=each, rate=HEARING_HZ) for each in self._kept))
            self._kept = []
        if ended:
            self._speaking = self._looked = False
        return woken

    def _listen(self, audio: Audio) -> Woken | None:
        spoken = audio.seconds - _LEAD_S - self._quiet * FRAME / HEARING_HZ
        if spoken < _SHORTEST_S:
            return None
        heard = self._recogniser.recognise(audio, Hints(phrases=self._phrases, alternatives=2))
        for hypothesis in heard.hypotheses:
            for phrase in self._phrases:
                distance, share = self._likeness.begins_with(hypothesis.text, phrase)
                if distance <= NEAREST:
                    now = self._frames * FRAME / HEARING_HZ
                    end = now - audio.seconds + _LEAD_S + share * spoken
                    return Woken(phrase=phrase, end_s=end, delay_s=now - end, heard=hypothesis.text)
        return None
