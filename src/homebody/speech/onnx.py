"""Sessions of onnxruntime that keep to their threads and to the processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homebody.core.errors import EngineError
from homebody.speech.requirements import EXTRA


def session(path: Path, *, threads: int) -> Any:
    """Raises EngineError where the library is not installed or the file is no model."""
    try:
        import onnxruntime  # noqa: PLC0415
    except ImportError as error:
        raise EngineError("onnxruntime is not installed", hint=f"pip install '{EXTRA}'") from error

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no error type of its own
        raise EngineError(
            f"{path.name} cannot be loaded: {str(error)[:200]}", hint="homebody models verify"
        ) from error
