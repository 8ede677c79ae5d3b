"""The two ONNX files that are made once from the published weights, and kept beside the store."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from homebody.core.errors import StoreError
from homebody.speech.whisper.vocabulary import Vocabulary

VERSION = 1
"""Of this conversion: another one is kept beside it, under its own name."""
ENCODER, DECODER, ABOUT = "encoder.onnx", "decoder.onnx", "about.json"


def folder_of(cache: Path) -> Path:
    """Where they lie under ``cache``."""
    return cache / f"whisper-base-{VERSION}"


def is_prepared(cache: Path) -> bool:
    return (folder_of(cache) / ABOUT).is_file()


def forget(cache: Path) -> None:
    """Remove them, of every version."""
    for folder in cache.glob("whisper-base-*"):
        shutil.rmtree(folder, ignore_errors=True)


def prepare(files: Mapping[str, Path], cache: Path) -> Path:
    """The folder with both files, made if they are not there, which takes some seconds.

    Two processes may do it at once; one of them wins. Raises EngineError (not the weights), StoreError (no
    room).
    """
    folder = folder_of(cache)
    if is_prepared(cache):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="whisper-", dir=cache))
    except OSError as error:
        raise StoreError(f"{cache} cannot be written: {error.strerror}") from error
    try:
        _convert(files, made)
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
    except OSError as error:
        if is_prepared(cache):  # another process was first
            return folder
        raise StoreError(f"{folder} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def _convert(files: Mapping[str, Path], into: Path) -> None:

    from homebody.speech.whisper import graph  # noqa: PLC0415
    from homebody.speech.whisper.ct2 import Weights  # noqa: PLC0415

    weights = Weights(files["model.bin"])
    vocabulary = Vocabulary(files["vocabulary.txt"])
    heads = weights["decoder/embeddings/weight"].shape[1] // 64
    (into / ENCODER).write_bytes(graph.encoder(weights, heads).SerializeToString())
    (into / DECODER).write_bytes(graph.decoder(weights, heads, vocabulary.kept).SerializeToString())
    about = {"version": VERSION, "heads": heads, "layers": weights.layers("decoder"), "width": 64}
    (into / ABOUT).write_text(json.dumps(about))
