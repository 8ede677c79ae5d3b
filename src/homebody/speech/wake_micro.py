"""English wake words that pymicro-wakeword brings, each with a tiny model of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from homebody.core.errors import EngineError, InputError
from homebody.speech.audio import HEARING_HZ, Audio, Samples
from homebody.speech.requirements import EXTRA
from homebody.speech.wake import SMALL, Woken

_STEP = HEARING_HZ // 100  # samples of one look
_REST_S = 1.5  # after a wake word: its echo in the model's window would wake again


class MicroWake:
    """Listens for some of ``SMALL``."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """Raises InputError for a phrase without a model, EngineError where the library is missing."""
        if unknown := [phrase for phrase in phrases if phrase.lower() not in SMALL]:
            raise InputError(f"There is no model for {unknown[0]!r}", hint=f"there are: {', '.join(SMALL)}")
        try:
            import pymicro_wakeword  # noqa: PLC0415
        except ImportError as error:
            raise EngineError("pymicro-wakeword is not installed", hint=f"pip install '{EXTRA}'") from error
        self._phrases = tuple(phrases)
        self._models = [
            pymicro_wakeword.MicroWakeWord.from_builtin(
                pymicro_wakeword.Model(phrase.lower().replace(" ", "_"))
            )
            for phrase in phrases
        ]
        self._make_features = pymicro_wakeword.MicroWakeWordFeatures
        self.reset()

    @property
    def phrases(self) -> tuple[str, ...]:
        return self._phrases

    def reset(self) -> None:
        self._features: Any = self._make_features()
        for model in self._models:
            model.reset()
        self._left = np.zeros(0, np.float32)
        self._heard = 0
        self._rests_until = 0.0

    def feed(self, samples: Samples) -> list[Woken]:
        waiting = np.concatenate([self._left, samples])
        whole = len(waiting) // _STEP * _STEP
        self._left = waiting[whole:]
        found = []
        for step in waiting[:whole].reshape(-1, _STEP):
            self._heard += _STEP
            for features in self._features.process_streaming(Audio(samples=step, rate=HEARING_HZ).to_pcm16()):
                found += self._look(features)
        return found

    def _look(self, features: Any) -> list[Woken]:
        now = self._heard / HEARING_HZ
        woken = [
            phrase
            for phrase, model in zip(self._phrases, self._models, strict=True)
            if model.process_streaming(features)
        ]
        if not woken or now < self._rests_until:
            return []
        self._rests_until = now + _REST_S
        return [Woken(phrase=woken[0], end_s=now)]
