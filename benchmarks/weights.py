"""Real weights for the benchmarks that need them."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from homebody.core.settings import load_settings
from homebody.language.catalogue import find
from homebody.weights.store import Store

MODEL = "qwen2.5-coder-1.5b"


def weights(console: Console, model: str = MODEL) -> Path | None:
    """The file of a model; None, and a word about it, where it is not here."""
    path = Store(load_settings().data_dir / "models", sources=()).path(find(model))
    if path is None:
        console.print(f"left out: {model} is not here (homebody models pull {model})")
    return path
