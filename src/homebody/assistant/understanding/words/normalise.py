"""One written form for one meaning: half-width, Simplified, lower case; with the way back to the words.

Every character keeps the index of the one it came from, so that problems can quote the person's own words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "「": '"', "」": '"', "。": ".", "、": "、"})


@dataclass(frozen=True, slots=True)
class Normalised:
    """``text`` is what the grammar reads; ``origin[i]`` is where its character i stood in ``source``."""

    source: str
    text: str
    origin: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """The person's own words behind ``text[start:end]``."""
        if start >= end or not self.origin:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1].strip()

    def replaced(self, start: int, end: int, word: str) -> Normalised:
        """``word`` in place of ``text[start:end]``; its characters come from the same place in the source."""
        span = self.origin[start:end]
        origin = tuple(span[min(index, len(span) - 1)] for index in range(len(word) - 1)) + span[-1:]
        return Normalised(
            self.source,
            self.text[:start] + word + self.text[end:],
            self.origin[:start] + origin + self.origin[end:],
        )


@cache
def _converter() -> Any:
    from opencc import OpenCC  # loaded when the first Chinese character arrives: it reads its tables  # noqa: PLC0415

    return OpenCC("t2s")


_KEPT = frozenset("嗰")
"""Cantonese characters whose Simplified forms nobody writes."""


@lru_cache(maxsize=20_000)
def _fold(character: str) -> str:
    """One character's normal form: usually one character, sometimes several (``℃`` is ``°c``), or none."""
    if character in _KEPT:
        return character
    if "\u3400" <= character <= "\u9fff":
        simple: str = _converter().convert(character)
        return simple
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co"):
        return " " if character in "\t\n\r" else ""
    return unicodedata.normalize("NFKC", character.translate(_PLAIN)).lower().translate(_PLAIN)


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def normalise(source: str) -> Normalised:
    """Fold each character, and runs of spaces to one."""
    characters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(source):
        for folded in _fold(character):
            blank = folded.isspace()
            if blank and (not characters or characters[-1] == " "):
                continue
            spaced = len(characters) > 1 and characters[-1] == " "
            if spaced and _is_chinese(folded) and _is_chinese(characters[-2]):
                characters.pop()  # 打 开 客 厅 灯
                origin.pop()
            characters.append(" " if blank else folded)
            origin.append(index)
    return Normalised(source, "".join(characters), tuple(origin))


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The normal form of a word of the vocabulary."""
    return normalise(text).text.strip()
