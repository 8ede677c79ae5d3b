"""The libraries of this room: are they here, and what to say where one is not."""

from __future__ import annotations

import importlib.util

EXTRA = "homebody[speech]"
LIBRARIES = (
    "misaki",
    "numpy",
    "onnx",
    "onnxruntime",
    "ordered_set",
    "pymicro_wakeword",
    "sherpa_onnx",
    "sounddevice",
    "soundfile",
    "soxr",
)


def missing() -> tuple[str, ...]:
    """Those that are not installed."""
    return tuple(name for name in LIBRARIES if importlib.util.find_spec(name) is None)


def installed() -> bool:
    return not missing()
