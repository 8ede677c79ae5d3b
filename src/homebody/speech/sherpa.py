"""Recognisers that sherpa-onnx runs, where they were fetched: SenseVoice and a streaming Zipformer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homebody.core.errors import EngineError
from homebody.speech.audio import HEARING_HZ, Audio, Samples, silence
from homebody.speech.reading.mixed import language_of
from homebody.speech.recognition import (
    NO_HINTS,
    Capabilities,
    Hints,
    Hypothesis,
    Language,
    Recognition,
    Word,
)
from homebody.speech.requirements import EXTRA

_TAIL_S = 0.6  # silence that pushes the last words through a streaming model


class SenseVoice:
    """SenseVoice small: fast and good in Chinese, but it can be told nothing beforehand."""

    def __init__(self, files: Mapping[str, Path], *, threads: int = 2) -> None:
        """``files`` by name, as the catalogue has them. Raises EngineError."""
        self._recogniser = _library().OfflineRecognizer.from_sense_voice(
            model=str(files["model.int8.onnx"]), tokens=str(files["tokens.txt"]), num_threads=threads,
            language="auto", use_itn=True,
        )  # fmt: skip

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(languages=("zh", "en"), timestamps=True, detects_language=True, longest_s=30.0)

    def recognise(self, audio: Audio, hints: Hints = NO_HINTS, /) -> Recognition:
        began = time.perf_counter()
        stream = self._recogniser.create_stream()
        stream.accept_waveform(HEARING_HZ, audio.at(HEARING_HZ).samples)
        self._recogniser.decode_stream(stream)
        return _recognition(stream.result, audio.seconds, hints, began)


class Zipformer:
    """The bilingual Zipformer: text while somebody speaks."""

    def __init__(self, files: Mapping[str, Path], *, threads: int = 2) -> None:
        """``files`` by name, as the catalogue has them. Raises EngineError."""
        self._recogniser = _library().OnlineRecognizer.from_transducer(
            encoder=str(files["encoder-epoch-99-avg-1.int8.onnx"]),
            decoder=str(files["decoder-epoch-99-avg-1.int8.onnx"]),
            joiner=str(files["joiner-epoch-99-avg-1.int8.onnx"]),
            tokens=str(files["tokens.txt"]),
            num_threads=threads,
        )

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(languages=("zh", "en"), streaming=True, timestamps=True, detects_language=True)

    def recognise(self, audio: Audio, hints: Hints = NO_HINTS, /) -> Recognition:
        listening = self.listen(hints)
        listening.feed(audio.at(HEARING_HZ).samples)
        return listening.finish()

    def listen(self, hints: Hints = NO_HINTS, /) -> ZipformerListening:
        return ZipformerListening(self._recogniser, hints)


class ZipformerListening:
    """One stream."""

    def __init__(self, recogniser: Any, hints: Hints) -> None:
        self._recogniser = recogniser
        self._hints = hints
        self._stream = recogniser.create_stream()
        self._heard = 0
        self._began = time.perf_counter()

    def feed(self, samples: Samples) -> str:
        self._stream.accept_waveform(HEARING_HZ, samples)
        self._heard += len(samples)
        while self._recogniser.is_ready(self._stream):
            self._recogniser.decode_stream(self._stream)
        return str(self._recogniser.get_result(self._stream)).strip()

    def finish(self) -> Recognition:
        seconds = self._heard / HEARING_HZ
        self.feed(silence(_TAIL_S).samples)
        self._stream.input_finished()
        self.feed(silence(0).samples)
        result = self._recogniser.get_result_all(self._stream)
        return _recognition(result, seconds, self._hints, self._began)


def _recognition(result: Any, seconds: float, hints: Hints, began: float) -> Recognition:
    """What sherpa-onnx says of one sound; it gives one reading and no probability."""
    text = str(result.text).strip()
    language: Language = hints.language or language_of(text) or "zh"
    return Recognition(
        hypotheses=(Hypothesis(text=text, score=0.0),) if text else (),
        language=language,
        seconds=seconds,
        ms=(time.perf_counter() - began) * 1000,
        words=tuple(
            Word(text=str(token), start_s=float(start))
            for token, start in zip(result.tokens, result.timestamps, strict=False)
        ),
    )


def _library() -> Any:
    try:
        import sherpa_onnx  # noqa: PLC0415
    except ImportError as error:
        raise EngineError("sherpa-onnx is not installed", hint=f"pip install '{EXTRA}'") from error
    return sherpa_onnx
