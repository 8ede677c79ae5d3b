"""Speech without models, for tests and for whoever builds on this room: it hears what it was told to hear.

Sound is loud or quiet here, and nothing else: loud is speech. `speech` makes such sound.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from homebody.core.errors import EngineError
from homebody.speech.audio import HEARING_HZ, Audio, Samples
from homebody.speech.recognition import Capabilities, Hints, Hypothesis, Language, Recognition
from homebody.speech.synthesis import Spoken, Voice
from homebody.speech.vad import FRAME
from homebody.speech.wake import Woken

NO_HINTS = Hints()
LOUD = 0.3
_SPEECH_RMS = 0.05
SECONDS_A_CHARACTER = 0.05


def speech(seconds: float, rate: int = HEARING_HZ) -> Audio:
    """Sound that the scripted engines take for speech."""
    wave = LOUD * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)
    return Audio(samples=wave.astype(np.float32), rate=rate)


class LoudIsSpeech:
    """A `vad.SpeechProbability` that goes by loudness alone."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        frames = sound[:whole].reshape(-1, FRAME)
        return [1.0 if np.sqrt(np.mean(frame**2)) > _SPEECH_RMS else 0.0 for frame in frames]

    def reset(self) -> None:
        self._rest = np.zeros(0, np.float32)


class ScriptedRecogniser:
    """Hears these texts, one after the other, whatever the sound; then nothing.

    A text may be a row of hypotheses, likeliest first. ``fails`` makes each recognition an EngineError.
    ``gate``, where given, holds each recognition until it is set.
    """

    def __init__(
        self,
        texts: Iterable[str | Sequence[Hypothesis]] = (),
        *,
        fails: bool = False,
        gate: threading.Event | None = None,
    ) -> None:
        self.capabilities = Capabilities(languages=("zh", "en"), alternatives=True, detects_language=True)
        self.heard: list[Audio] = []
        self.hints: list[Hints] = []
        self._texts = iter(texts)
        self._fails = fails
        self._gate = gate

    def recognise(self, audio: Audio, hints: Hints = NO_HINTS, /) -> Recognition:
        self.heard.append(audio)
        self.hints.append(hints)
        if self._gate is not None:
            self._gate.wait(timeout=30)
        if self._fails:
            raise EngineError("The scripted recogniser fails, as it was told to")
        text = next(self._texts, "")
        hypotheses = (Hypothesis(text=text, score=0.0),) if isinstance(text, str) else tuple(text)
        language: Language = (
            "zh" if any("\u4e00" <= c <= "\u9fff" for h in hypotheses for c in h.text) else "en"
        )
        return Recognition(hypotheses=hypotheses, language=language, seconds=audio.seconds, ms=1.0)


class ScriptedSynthesiser:
    """Says everything as a tone, as long as its text; each sentence is a clause. ``fails``: it cannot."""

    rate = HEARING_HZ
    voices = (Voice(id="tone", language="zh", title="tone"), Voice(id="hum", language="en", title="hum"))

    def __init__(self, *, fails: bool = False) -> None:
        self.said: list[str] = []
        self.voices_used: list[str | None] = []
        self._fails = fails

    def say(
        self, text: str | Iterable[str], *, voice: str | None = None, speed: float = 1.0
    ) -> Iterator[Spoken]:
        whole = text if isinstance(text, str) else "".join(text)
        self.said.append(whole)
        self.voices_used.append(voice)
        if self._fails:
            raise EngineError("The scripted synthesiser fails, as it was told to")
        for clause in whole.replace("。", "。\n").replace(". ", ".\n").split("\n"):
            if clause:
                audio = speech(len(clause) * SECONDS_A_CHARACTER / speed, self.rate)
                yield Spoken(text=clause, audio=audio, ms=0.0)


class ScriptedWake:
    """Wakes at these seconds of the stream."""

    phrases = ("小宅小宅",)

    def __init__(self, *ends_s: float) -> None:
        self._ends_s = sorted(ends_s)
        self._heard = 0

    def feed(self, samples: Samples) -> list[Woken]:
        self._heard += len(samples)
        now_s = self._heard / HEARING_HZ
        due = [end_s for end_s in self._ends_s if end_s <= now_s]
        self._ends_s = [end_s for end_s in self._ends_s if end_s > now_s]
        return [Woken(phrase=self.phrases[0], end_s=end_s, delay_s=now_s - end_s) for end_s in due]

    def reset(self) -> None:
        """The seconds that were given are of the whole stream, so it goes on."""
