"""Kokoro 82M: text to speech through onnxruntime, in both languages and with every voice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homebody.core.errors import EngineError, InputError
from homebody.speech.audio import Audio, Samples
from homebody.speech.clauses import clauses, ends_sentence
from homebody.speech.clips import Clip, Clips
from homebody.speech.onnx import session
from homebody.speech.reading.mixed import language_of, stretches
from homebody.speech.recognition import Language
from homebody.speech.sounds import chinese
from homebody.speech.sounds.english import English
from homebody.speech.sounds.letters import LettersToSounds
from homebody.speech.synthesis import Spoken, Voice

RATE = 24_000
DEFAULT: Mapping[Language, str] = {"zh": "zf_xiaoxiao", "en": "af_heart"}
_STYLE = 256  # numbers in one style vector; a voice has one for each length of a text
_LONGEST = 509  # letters at once
_PAUSE_S = 0.12
_SENTENCE_PAUSE_S = 0.28
_LEAD_S = 0.03  # what stays of the silence that the model puts around a clause
_QUIET = 0.004
_LOUDEST = 0.95
_WHO = {"f": "female", "m": "male"}
_ACCENT = {"a": "American", "b": "British", "z": "Chinese"}


class Kokoro:
    """Loads in a second or so. ``threads`` are the processor's."""

    def __init__(
        self, files: Mapping[str, Path], *, voices: Mapping[Language, str] | None = None, threads: int = 2
    ) -> None:
        """``files`` by name, as the catalogue has them; ``voices`` instead of the usual ones.

        Raises EngineError, and InputError for a voice that there is not.
        """
        self._session = session(files["kokoro-v1.0.int8.onnx"], threads=threads)
        self._letters: dict[str, int] = json.loads(files["vocab.json"].read_text())["vocab"]
        self._files = files
        self._guess = LettersToSounds(files["checkpoint20.npz"])
        self._english = cache(lambda lexicon: English(self._guess, lexicon))
        self._style = cache(self._load_style)
        self._voices = tuple(
            Voice(id=name, language="zh" if name[0] == "z" else "en", title=_title(name))
            for name in (file.removesuffix(".bin") for file in files if file.endswith(".bin"))
        )
        self._usual = {**DEFAULT, **(voices or {})}
        self._clips = Clips(RATE)
        for name in self._usual.values():
            self._check(name)

    @property
    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    @property
    def rate(self) -> int:
        return RATE

    def say(
        self, text: str | Iterable[str], *, voice: str | None = None, speed: float = 1.0
    ) -> Iterator[Spoken]:
        if voice is not None:
            self._check(voice)
        if not 0.5 <= speed <= 2.0:
            raise InputError(f"A speed of {speed:g} is out of range", hint="it is from 0.5 to 2")
        return self._clauses(text, voice, speed)

    def _check(self, voice: str) -> None:
        if voice not in {each.id for each in self._voices}:
            known = ", ".join(each.id for each in self._voices)
            raise InputError(f"There is no voice {voice!r}", hint=f"the voices are: {known}")

    def _clauses(self, text: str | Iterable[str], voice: str | None, speed: float) -> Iterator[Spoken]:
        language = (language_of(text) or "zh") if isinstance(text, str) else None
        for clause in clauses(text):
            began = time.perf_counter()
            language = language or language_of(clause) or "zh"
            clip = Clip(clause, voice or self._usual[language], language, speed)
            samples = self._clips.find(clip)
            if samples is None:
                samples = self._speak(clip.clause, clip.voice, language, speed)
                self._clips.keep(clip, samples)
            if len(samples):
                audio = Audio(samples=samples, rate=RATE)
                yield Spoken(text=clause, audio=audio, ms=(time.perf_counter() - began) * 1000)

    def _speak(self, clause: str, voice: str, language: Language, speed: float) -> Samples:
        letters = self.letters(clause, voice=voice, language=language)
        if not any(letter.isalpha() for letter in letters):
            return np.zeros(0, np.float32)
        pieces = [self._run(part, voice, speed) for part in _short(letters)]
        pause = _SENTENCE_PAUSE_S if ends_sentence(clause) else _PAUSE_S
        return np.concatenate([*pieces, np.zeros(round(pause / speed * RATE), np.float32)])

    def letters(self, text: str, *, voice: str, language: Language) -> str:
        """The phonetic letters of a text, those that the model knows."""
        english = self._english("gb" if voice[0] == "b" else "us")
        written = "".join(
            chinese.sounds(each.text) if each.language == "zh" else english.sounds(each.text)
            for each in stretches(text, language)
        )
        return "".join(letter for letter in written if letter in self._letters).strip()

    def _run(self, letters: str, voice: str, speed: float) -> Samples:
        tokens = [self._letters[letter] for letter in letters]
        feed: dict[str, NDArray[Any]] = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._style(voice)[len(tokens)],
            "speed": np.array([speed], np.float32),
        }
        try:
            (samples,) = self._session.run(None, feed)
        except Exception as error:  # onnxruntime has no error type of its own
            raise EngineError(f"Kokoro failed: {error}") from error
        return _trimmed(np.asarray(samples, np.float32).reshape(-1))

    def _load_style(self, voice: str) -> NDArray[np.float32]:
        return np.fromfile(self._files[f"{voice}.bin"], np.float32).reshape(-1, 1, _STYLE)


def _short(letters: str) -> Iterator[str]:
    """What the model takes at once, cut at a space where there is one."""
    while len(letters) > _LONGEST:
        end = letters.rfind(" ", 0, _LONGEST) + 1 or _LONGEST
        yield letters[:end]
        letters = letters[end:]
    yield letters


def _trimmed(samples: Samples) -> Samples:
    """Without the silence around it, but for a moment, and no louder than a file can hold."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not len(loud):
        return samples[:0]
    lead = round(_LEAD_S * RATE)
    kept = samples[max(0, loud[0] - lead) : loud[-1] + lead]
    return kept * min(1.0, _LOUDEST / float(np.abs(kept).max()))


def _title(name: str) -> str:
    """``zf_xiaoxiao`` is Xiaoxiao (Chinese, female)."""
    return f"{name[3:].capitalize()} ({_ACCENT.get(name[0], name[0])}, {_WHO.get(name[1], name[1])})"
