"""Whisper base as a recogniser: short speech in Chinese or English, with phrases that are expected."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from homebody.core.errors import EngineError
from homebody.speech.audio import HEARING_HZ, Audio, Samples
from homebody.speech.onnx import session
from homebody.speech.recognition import NO_HINTS, Capabilities, Hints, Hypothesis, Language, Recognition
from homebody.speech.whisper.mel import log_mel
from homebody.speech.whisper.phrases import Phrases
from homebody.speech.whisper.prepared import ABOUT, DECODER, ENCODER, prepare
from homebody.speech.whisper.search import Beginning, Decoder, Heard, Reading
from homebody.speech.whisper.vocabulary import Vocabulary

LONGEST_S = 28.0
"""Longer sound is cut where it is quietest; the model knows 30 seconds."""
TAIL_S = 1.5
"""Silence that the model wants behind speech; it was trained with sound filled up to 30 s."""
SHORTEST_S = 0.1
BEAMS = 4
"""So many readings grow side by side where phrases are expected or several are wanted."""
_NO_SPEECH = 0.6
_DOUBTFUL = -1.0  # the mean log probability below which silence is believed
_TOKENS_A_SECOND = 12


class Whisper:
    """Loads in less than a second once it is prepared."""

    def __init__(self, files: Mapping[str, Path], cache: Path, *, threads: int = 2) -> None:
        """``files`` as the catalogue has them; ``cache`` keeps what is made of them.

        Raises EngineError or StoreError.
        """
        folder = prepare(files, cache)
        about = json.loads((folder / ABOUT).read_text())
        self._vocabulary = Vocabulary(files["vocabulary.txt"])
        self._encoder = session(folder / ENCODER, threads=threads)
        self._decoder = Decoder(
            session(folder / DECODER, threads=threads),
            self._vocabulary,
            layers=about["layers"],
            heads=about["heads"],
            width=about["width"],
        )
        self._phrases = lru_cache(maxsize=8)(self._tree)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            languages=("zh", "en"),
            hotwords=True,
            alternatives=True,
            detects_language=True,
        )

    def recognise(self, audio: Audio, hints: Hints = NO_HINTS, /) -> Recognition:
        began = time.perf_counter()
        samples = audio.at(HEARING_HZ).samples
        pieces = [self._piece(piece, hints) for piece in _pieces(samples)]
        heard = [piece for piece in pieces if piece.hypotheses]
        first = heard[0] if heard else pieces[0] if pieces else None
        return Recognition(
            hypotheses=(_joined(heard),) if len(heard) > 1 else first.hypotheses if first else (),
            language=first.language if first else hints.language or "zh",
            language_share=first.language_share if first else 0.0,
            no_speech=min((piece.no_speech for piece in pieces), default=1.0),
            seconds=audio.seconds,
            ms=(time.perf_counter() - began) * 1000,
        )

    def _piece(self, samples: Samples, hints: Hints) -> Recognition:
        seconds = len(samples) / HEARING_HZ
        try:
            heard = self._listen(samples)
            beginning = self._decoder.begin(heard)
            language = hints.language or beginning.language
            phrases = self._phrases(hints.phrases)
            readings = self._decoder.readings(
                heard,
                beginning,
                language,
                phrases,
                seconds=seconds,
                beams=max(hints.alternatives, BEAMS if phrases else 1),
                longest=round(8 + _TOKENS_A_SECOND * seconds),
            )
        except Exception as error:  # onnxruntime has no error type of its own
            raise EngineError(f"Whisper failed: {error}") from error
        return Recognition(
            hypotheses=self._hypotheses(readings, beginning, language)[: hints.alternatives],
            language=language,
            language_share=beginning.languages[language],
            no_speech=beginning.no_speech,
            seconds=seconds,
            ms=0.0,
        )

    def _listen(self, samples: Samples) -> Heard:
        padded = min(30.0, len(samples) / HEARING_HZ + TAIL_S)
        mel = log_mel(samples, round(padded * 50) * HEARING_HZ // 50)
        cross_k, cross_v = self._encoder.run(None, {"mel": mel})
        return Heard(cross_k=cross_k, cross_v=cross_v)

    def _hypotheses(
        self, readings: list[Reading], beginning: Beginning, language: Language
    ) -> tuple[Hypothesis, ...]:
        """Each text once, best first; none where silence is likelier than any of them."""
        texts: dict[str, float] = {}
        for reading in readings:
            text = self._vocabulary.text(reading.tokens).strip()
            score = reading.log / (len(reading.tokens) + 1)
            if text and not (beginning.no_speech > _NO_SPEECH and score < _DOUBTFUL):
                texts.setdefault(self._simplified(text) if language == "zh" else text, score)
        return tuple(Hypothesis(text=text, score=score) for text, score in texts.items())

    def _tree(self, phrases: tuple[str, ...]) -> Phrases:
        both = [form for phrase in phrases for form in {phrase, self._traditional.convert(phrase)}]
        return Phrases(both)

    @cached_property
    def _traditional(self) -> Any:
        from opencc import OpenCC  # noqa: PLC0415

        return OpenCC("s2t")

    @cached_property
    def _simplifier(self) -> Any:
        from opencc import OpenCC  # noqa: PLC0415

        return OpenCC("t2s")

    def _simplified(self, text: str) -> str:
        return str(self._simplifier.convert(text)).replace("著", "着")


def _pieces(samples: Samples) -> Iterator[Samples]:
    """Sound in pieces that the model can take, cut where it is quietest in the last quarter of each."""
    longest = round(LONGEST_S * HEARING_HZ)
    step = HEARING_HZ // 50
    while len(samples) > longest:
        tail = samples[longest * 3 // 4 : longest]
        tail = tail[: len(tail) // step * step].reshape(-1, step)
        cut = longest * 3 // 4 + int(np.argmin((tail**2).mean(axis=1))) * step
        yield samples[:cut]
        samples = samples[cut:]
    if len(samples) >= SHORTEST_S * HEARING_HZ:
        yield samples


def _joined(pieces: list[Recognition]) -> Hypothesis:
    """The best reading of each piece, one after the other."""
    between = " " if pieces and pieces[0].language == "en" else ""
    seconds = sum(piece.seconds for piece in pieces)
    score = sum(piece.hypotheses[0].score * piece.seconds for piece in pieces) / max(seconds, 1e-9)
    return Hypothesis(text=between.join(piece.text for piece in pieces), score=score)
