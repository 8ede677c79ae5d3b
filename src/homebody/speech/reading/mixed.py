"""A text in one or both languages as stretches of words, each with the language that it is read in.

Figures are read in the language of the text around them: with a Chinese character in it a text is Chinese,
and the English words in it are English.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from homebody.speech.reading import chinese, english
from homebody.speech.reading.units import unified
from homebody.speech.recognition import Language

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’ -]*")
_NOT_SAID = re.compile(r"[*_`#|<>{}\[\]\\^]|https?://\S+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of one language, with the punctuation behind them."""

    text: str
    language: Language


def language_of(text: str) -> Language | None:
    """Chinese where there is a Chinese character, else English where there is a letter, else neither."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LATIN.search(text) else None


def stretches(text: str, fallback: Language = "zh") -> list[Stretch]:
    """The words of a clause in order. ``fallback`` is the language of a text without letters (20:30)."""
    text = unified(_SPACES.sub(" ", _NOT_SAID.sub(" ", text)).strip())
    main = language_of(text) or fallback
    if main == "en":
        return [Stretch(text=english.read(text), language="en")] if text else []
    words = chinese.read(_narrowed(text))
    found: list[Stretch] = []
    end = 0
    for match in _LATIN.finditer(words):
        if before := words[end : match.start()]:
            found.append(Stretch(text=before, language="zh"))
        found.append(Stretch(text=match[0], language="en"))
        end = match.end()
    if rest := words[end:]:
        found.append(Stretch(text=rest, language="zh"))
    return found


def _narrowed(text: str) -> str:
    """Wide letters and figures as usual ones; Chinese punctuation stays."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if "０" <= letter <= "ｚ" else letter for letter in text
    )
