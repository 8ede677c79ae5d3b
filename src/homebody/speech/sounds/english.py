"""English words as sounds: misaki's dictionaries, the endings of words, letters one by one, and a guess.

The dictionaries are searched where they lie, mapped into memory: 180,000 words cost next to nothing.
"""

from __future__ import annotations

import json
import mmap
import re
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from homebody.speech.sounds.letters import LettersToSounds

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)*")
_VOWEL = "aeiouæɑɐɒɔəɛɜɪʊʌAIOQWYᵊᵻ"
_JSON = json.JSONDecoder()
_LONGEST_ENTRY = 400  # bytes
_HISSING = "szʃʒʧʤ"
_VOICELESS = "pkftθ"
# Weak in a sentence, whatever the dictionary says of the word alone.
_WEAK = {"a": "ɐ", "an": "ən", "the": "ðə", "to": "tə", "of": "əv", "for": "fəɹ", "and": "ænd"}
_BEFORE_VOWEL = {"the": "ði", "to": "tu"}
_LETTERS = {"a": "ˈA", "w": "dˈʌbᵊlju", "i": "ˈI", "o": "ˈO"}  # others are in the dictionary by themselves
# Names that people at home say and dictionaries lack.
_NAMES = {"wifi": "wˈIfˌI", "tv": "tˌivˈi", "ac": "ˌAsˈi", "led": "ˌɛlˌidˈi", "app": "ˈæp",
          "xiaomi": "ʃWmˈi"}  # fmt: skip


class English:
    """``lexicon`` is ``us`` or ``gb``; ``guess`` reads what is in no dictionary, else letters are spelt."""

    def __init__(self, guess: LettersToSounds | None = None, lexicon: str = "us") -> None:
        self._guess = guess
        folder = files("misaki.data")
        self._books = []
        for name in (f"{lexicon}_gold.json", f"{lexicon}_silver.json"):
            with as_file(folder / name) as path:
                self._books.append(_mapped(path))
        self.word = lru_cache(maxsize=5_000)(self._word)

    def sounds(self, text: str) -> str:
        """Phonetic letters of a text; punctuation and spaces stay as they are."""
        pieces: list[str] = []
        end = 0
        matches = list(_WORD.finditer(text))
        for place, match in enumerate(matches):
            pieces.append(text[end : match.start()])
            end = match.end()
            word = match[0].replace("’", "'")
            small = word.lower()
            if small in _WEAK and word != "A":
                after = self.word(matches[place + 1][0]) if place + 1 < len(matches) else ""
                before_vowel = bool(after) and after.lstrip("ˈˌ")[:1] in _VOWEL
                pieces.append(_BEFORE_VOWEL.get(small, _WEAK[small]) if before_vowel else _WEAK[small])
            else:
                pieces.append(self.word(word))
        return "".join([*pieces, text[end:]])

    def _word(self, word: str) -> str:
        """Phonetic letters of one word, however it is written."""
        small = word.lower()
        if small in _NAMES:
            return _NAMES[small]
        if found := self._known(word) or self._known(small) or self._known(small.capitalize()):
            return found
        if ending := self._with_ending(small):
            return ending
        if word.isupper() and len(word) <= 5:
            return self._spelt(small)
        parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", word)
        if len(parts) > 1 and "".join(parts) == word:  # HomeKit, SmartThings
            return "".join(self.word(part) for part in parts)
        letters = re.sub("[^a-z]", "", small)
        return self._guess.read(letters) if self._guess else self._spelt(letters)

    def _spelt(self, letters: str) -> str:
        return " ".join(_LETTERS.get(letter) or self._known(letter.upper()) or "" for letter in letters)

    def _with_ending(self, word: str) -> str:
        """A known word with 's, -s, -ed or -ing behind it."""
        if word.endswith("'s") and (stem := self._known(word[:-2])):
            return stem + _plural(stem)
        if word.endswith("s") and not word.endswith("ss"):
            stems = (word[:-1], word[:-2] if word.endswith("es") else "", word[:-3] + "y")
            if stem := self._first(stems[0], stems[1], stems[2] if word.endswith("ies") else ""):
                return stem + _plural(stem)
        if word.endswith("ed"):
            stem = self._first(word[:-2], word[:-1], _undoubled(word[:-2]), _y(word[:-2]))
            if stem:
                return stem + ("ᵻd" if stem[-1] in "td" else "t" if stem[-1] in _VOICELESS + "sʃʧ" else "d")
        if word.endswith("ing") and (stem := self._first(word[:-3], word[:-3] + "e", _undoubled(word[:-3]))):
            return stem + "ɪŋ"
        return ""

    def _first(self, *words: str) -> str:
        return next((found for word in words if len(word) > 1 and (found := self._known(word))), "")

    def _known(self, word: str) -> str:
        key = b'\n  "%s": ' % word.encode()
        for book in self._books:
            place = book.find(key)
            if place >= 0:
                start = place + len(key)
                text = book[start : start + _LONGEST_ENTRY].decode(errors="ignore")
                return _default(_JSON.raw_decode(text)[0])
        return ""


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _default(entry: Any) -> str:
    """A word that sounds differently as a verb is read as it usually is."""
    return str(entry.get("DEFAULT", "")) if isinstance(entry, dict) else str(entry)


def _plural(stem: str) -> str:
    if stem[-1] in _HISSING:
        return "ᵻz"
    return "s" if stem[-1] in _VOICELESS + "t" else "z"


def _undoubled(stem: str) -> str:
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""


def _y(stem: str) -> str:
    return stem[:-1] + "y" if stem.endswith("i") else ""
