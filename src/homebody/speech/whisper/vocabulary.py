"""Whisper's tokens: their bytes, the special ones, and those that two languages need.

A token is a string of bytes; a Chinese character may be cut in the middle by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from homebody.core.errors import EngineError
from homebody.speech.recognition import Language

_SPECIAL = ("<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|zh|>", "<|transcribe|>", "<|nocaptions|>",
            *(f"<|{step / 50:.2f}|>" for step in range(1501)))  # fmt: skip
TIME_S = 0.02
"""From one token of time to the next; the first is that of the beginning."""
# What two languages are written with: ASCII, Latin letters with accents, general and wide punctuation, Han.
_RANGES = ((0x20, 0x7E), (0xC0, 0xFF), (0x2010, 0x2026), (0x2103, 0x2103), (0x3000, 0x3002), (0x3400, 0x4DBF),
           (0x4E00, 0x9FFF), (0xFF01, 0xFF1F), (0xB0, 0xB0))  # fmt: skip
_NEVER = frozenset("[]{}<>|#*_~^\\`@♪")  # noises and markup: nobody says them


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """Numbers of the tokens that steer, as they are kept; those of times come last, from ``times`` on."""

    end: int
    start: int
    languages: dict[Language, int]
    transcribe: int
    no_speech: int
    times: int


class Vocabulary:
    """The tokens that are kept, numbered anew from 0."""

    def __init__(self, path: Path) -> None:
        """Reads ``vocabulary.txt``: one token a line, bytes written in the letters of GPT-2."""
        lines = path.read_text(encoding="utf-8").split("\n")
        numbers = {line: number for number, line in enumerate(lines)}
        if missing := [name for name in _SPECIAL if name not in numbers]:
            raise EngineError(f"{path} is no vocabulary of Whisper: no {missing[0]}")
        letters = _letters()
        words = [
            bytes(letters[letter] for letter in line) if all(letter in letters for letter in line) else None
            for line in lines[: numbers["<|endoftext|>"]]
        ]
        kept = [number for number, word in enumerate(words) if word and _wanted(word)]
        self.bytes: list[bytes] = [words[number] or b"" for number in kept]
        special = [numbers[name] for name in _SPECIAL]
        self.kept: NDArray[np.int64] = np.array([*kept, *special], np.int64)
        end, start, en, zh, transcribe, no_speech, times = range(len(kept), len(kept) + 7)
        self.special = Special(
            end=end, start=start, languages={"zh": zh, "en": en}, transcribe=transcribe, no_speech=no_speech,
            times=times,
        )  # fmt: skip

    @cached_property
    def lowered(self) -> list[bytes]:
        """The tokens in small letters."""
        return [word.lower() for word in self.bytes]

    def text(self, tokens: Sequence[int]) -> str:
        """What tokens say; a character that is cut off at the end is left out."""
        return b"".join(self.bytes[token] for token in tokens if token < len(self.bytes)).decode(
            errors="ignore"
        )


def _letters() -> dict[str, int]:
    """GPT-2 writes bytes that do not print as letters from 256 on."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(256 + n): byte for n, byte in enumerate(others)}


def _wanted(word: bytes) -> bool:
    """Part of what the two languages write; a piece of a character is, if a piece of such a character."""
    try:
        text = word.decode()
    except UnicodeDecodeError:
        return _han_piece(word)
    return all(any(low <= ord(letter) <= high for low, high in _RANGES) for letter in text) and not (
        _NEVER & set(text)
    )


def _han_piece(word: bytes) -> bool:
    """A cut string of bytes without any character beside Han and wide punctuation."""
    whole = word.decode(errors="ignore")
    if any(not any(low <= ord(letter) <= high for low, high in _RANGES) for letter in whole):
        return False
    first = word.lstrip(bytes(range(0x80, 0xC0)))[:1]  # without the tail of the character before it
    return not first or 0xE3 <= first[0] <= 0xE9 or first[0] in (0xEF, 0x20)
