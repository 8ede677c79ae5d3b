"""Weights as CTranslate2 keeps them: a ``model.bin`` of named arrays.

The layout (version 5 and 6, little-endian): u32 version; the name of the model; u32 revision; u32 number of
arrays; each with its name, u8 rank, u32 a dimension, u8 type, u32 bytes, and the bytes; then u32 number of
aliases, each a name and the name that it stands for. Names have a u16 length and end in a zero byte.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homebody.core.errors import EngineError

_TYPES: dict[int, type[np.generic]] = {
    0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16,
}  # fmt: skip


class Weights:
    """The arrays by name, as float32 when asked for."""

    def __init__(self, path: Path) -> None:
        """Raises EngineError for a file of another layout."""
        try:
            self._arrays = _read(memoryview(path.read_bytes()))
        except (struct.error, KeyError, ValueError, UnicodeDecodeError) as error:
            raise EngineError(f"{path} is no CTranslate2 model: {error}") from error

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        """Raises EngineError for a name that there is not."""
        if name not in self._arrays:
            raise EngineError(f"the Whisper weights have no {name}")
        return self._arrays[name].astype(np.float32)

    def layers(self, part: str) -> int:
        """How many layers ``encoder`` or ``decoder`` has."""
        layer = 0
        while f"{part}/layer_{layer}/self_attention/layer_norm/gamma" in self:
            layer += 1
        return layer


def _read(data: memoryview) -> dict[str, NDArray[Any]]:
    place = 0

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal place
        values = struct.unpack_from("<" + layout, data, place)
        place += struct.calcsize("<" + layout)
        return values

    def name() -> str:
        nonlocal place
        (length,) = take("H")
        text = bytes(data[place : place + length]).rstrip(b"\0").decode()
        place += length
        return text

    take("I")
    name()
    _, count = take("II")
    arrays: dict[str, NDArray[Any]] = {}
    for _ in range(count):
        key = name()
        (rank,) = take("B")
        shape = take(f"{rank}I")
        kind, size = take("BI")
        arrays[key] = np.frombuffer(data[place : place + size], _TYPES[kind]).reshape(shape)
        place += size
    (aliases,) = take("I")
    for _ in range(aliases):
        alias = name()
        arrays[alias] = arrays[name()]
    return arrays
