"""Words that speech recognition wrote wrongly: the nearest word of the home by how it sounds.

Looked for only where the words as they stand lead nowhere. Chinese: same syllables without tones, or nearly
the same (an/ang, zh/z, n/l); the replacement is as long as what it replaces. English: nearly the same
letters, the same sound, or one word written as two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from homebody.assistant.understanding.normalise import Normalised
from homebody.assistant.understanding.token import Token

MOST = 4
"""So many readings are tried."""
LONGEST = 120
"""Longer sentences are not mended: what is misheard is short."""
_KEEP = ("device", "area", "kind", "room", "number", "moment", "choice", "floor")
_CHINESE = re.compile(r"^[\u4e00-\u9fff]{2,8}$")
_LATIN = re.compile(r"^[a-z][a-z' ]+$")
_NEAR = ((re.compile("^(z|c|s)h"), r"\1"), (re.compile("(?<=[aei])ng$"), "n"), (re.compile("^[nr]"), "l"),
         (re.compile("^hu(?=[aeio])"), "f"))  # fmt: skip


@cache
def _pinyin() -> Any:
    from pypinyin import lazy_pinyin  # loaded when the first doubtful sentence arrives  # noqa: PLC0415

    return lazy_pinyin


def _syllables(word: str) -> tuple[str, ...]:
    """A word's sounds, as the word is read: 空调 is not 空 and 调."""
    return tuple(map(_folded, _pinyin()(word)))


@lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """One Chinese character's sound without its tone, near sounds folded into one."""
    return _folded(_pinyin()(character)[0])


def _folded(sound: str) -> str:
    for pattern, instead in _NEAR:
        sound = pattern.sub(instead, sound)
    return sound


def sound_key(word: str) -> str:
    """How an English word sounds, roughly: its consonants and where it has vowels."""
    key = word.replace("gh", "").replace("ph", "f").replace("wr", "r").replace("kn", "n").replace("ck", "k")
    key = (
        re.sub(r"c(?=[eiy])", "s", key)
        .replace("c", "k")
        .replace("q", "k")
        .replace("x", "ks")
        .replace("z", "s")
    )
    key = re.sub(r"g(?=[eiy])", "j", key)
    key = re.sub(r"(.)\1", r"\1", key)
    key = re.sub(r"(?<=[^aeiou])e$", "", key)
    return re.sub(r"[aeiouyw]+", "a", key).rstrip("a") or key


def distance(one: str, other: str, most: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; ``most + 1`` where there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


class Sounds:
    """The words of one home (and the general ones, which count less), by how they sound."""

    def __init__(self, words: Iterable[str], general: Iterable[str] = ()) -> None:
        self._words = frozenset(words)
        self._general = frozenset(general) - self._words
        self._by_sound: dict[tuple[str, ...], list[str]] | None = None
        self._latin: tuple[str, ...] | None = None
        self._keys: list[tuple[str, str]] | None = None

    def mended(self, text: Normalised, tokens: Sequence[Token]) -> Iterator[Normalised]:
        """The text with misheard words replaced, likeliest first, at most `MOST` readings."""
        if len(text.text) > LONGEST:
            return
        fixed = _latin_free(text, tokens, self)
        seen = {text.text}
        for candidate in [fixed] if fixed else []:
            if candidate.text not in seen:
                seen.add(candidate.text)
                yield candidate
        for candidate in self._chinese(text, tokens):
            if candidate.text not in seen and len(seen) <= MOST:
                seen.add(candidate.text)
                yield candidate

    # --- Chinese

    def _sounds(self) -> dict[tuple[str, ...], list[str]]:
        if self._by_sound is None:
            self._by_sound = defaultdict(list)
            for word in (*sorted(self._words), *sorted(self._general)):
                if _CHINESE.match(word):
                    self._by_sound[_syllables(word)].append(word)
        return self._by_sound

    def _chinese(self, text: Normalised, tokens: Sequence[Token]) -> Iterator[Normalised]:
        string = text.text
        if not any("\u4e00" <= character <= "\u9fff" for character in string):
            return
        firm = [False] * len(string)
        strange = [False] * len(string)
        for token in tokens:
            solid = token.is_(*_KEEP) and len(token.text) > 1
            for index in range(token.start, token.end):
                firm[index] = solid
                strange[index] = not token.known
        sounds = [syllable(c) if "\u4e00" <= c <= "\u9fff" else "" for c in string]
        found: list[tuple[float, int, str]] = []
        for start in range(len(string)):
            for size in range(2, min(8, len(string) - start) + 1):
                window = range(start, start + size)
                key = tuple(sounds[start : start + size])
                if "" in key:
                    break
                if all(firm[index] for index in window):
                    continue
                for word in self._sounds().get(key, ()):
                    if word == string[start : start + size]:
                        continue
                    home = 0.5 if word in self._words else 0.0
                    found.append((size + home + 0.6 * sum(strange[i] for i in window), start, word))
        found.sort(key=lambda item: (-item[0], item[1]))
        yield from (_replace(text, start, start + len(word), word) for _, start, word in found[:MOST])
        disjoint = _disjoint(found)
        if len(disjoint) > 1:
            both = text
            for _, start, word in disjoint:
                both = _replace(both, start, start + len(word), word)
            yield both

    # --- English

    def near(self, word: str) -> str | None:
        """The vocabulary's word that this unknown one was meant to be, or None."""
        if len(word) < 3 or word.isdigit():
            return None
        most = 1 if len(word) < 6 else 2
        best: tuple[float, str] | None = None
        key = sound_key(word)
        for known, known_key in self._keyed():
            alike = known_key == key
            if not alike and (known[0] != word[0] or abs(len(known) - len(word)) > most):
                continue
            apart = distance(word, known, most)
            score = float(apart) if apart <= most else 9.0
            if alike:
                score = min(score, 1.5) - 0.6
            if score < 2.5 and (best is None or score < best[0]):
                best = (score, known)
        return best[1] if best else None

    def _keyed(self) -> list[tuple[str, str]]:
        if self._keys is None:
            self._keys = [(word, sound_key(word)) for word in self._latin_words()]
        return self._keys

    def _latin_words(self) -> tuple[str, ...]:
        if self._latin is None:
            parts = {p for word in (*self._words, *self._general) if _LATIN.match(word) for p in word.split()}
            self._latin = tuple(sorted(part for part in parts if len(part) > 2 and part.isalpha()))
        return self._latin

    def is_word(self, word: str) -> bool:
        return word in self._words or word in self._latin_words()


def _latin_free(text: Normalised, tokens: Sequence[Token], sounds: Sounds) -> Normalised | None:
    """All unknown English words replaced; two neighbours that make one word of the home joined."""
    result = text
    changed = False
    previous: Token | None = None
    for token in reversed(tokens):
        if token.text.isascii() and token.text.replace("'", "").isalpha():
            joined = token.text + previous.text if previous is not None else ""
            odd = not token.known or (previous is not None and not previous.known)
            one = (
                joined if sounds.is_word(joined) else sounds.near(joined) if odd and len(joined) > 5 else None
            )
            if previous is not None and one is not None and (odd or len(joined) > 5):
                result, changed = _replace(result, token.start, previous.end, one), True
                previous = None
                continue
            if not token.known and (near := sounds.near(token.text)):
                result, changed = _replace(result, token.start, token.end, near), True
        previous = token if token.text.isascii() and token.text.isalpha() else None
    return result if changed else None


def _disjoint(found: Sequence[tuple[float, int, str]]) -> list[tuple[float, int, str]]:
    taken: set[int] = set()
    chosen: list[tuple[float, int, str]] = []
    for item in found:
        span = set(range(item[1], item[1] + len(item[2])))
        if not span & taken:
            taken |= span
            chosen.append(item)
    return chosen


def _replace(text: Normalised, start: int, end: int, word: str) -> Normalised:
    """The word in place of ``text[start:end]``; its characters come from the same place in the source."""
    span = text.origin[start:end]
    origin = tuple(span[min(index, len(span) - 1)] for index in range(len(word) - 1)) + span[-1:]
    return Normalised(
        text.source,
        text.text[:start] + word + text.text[end:],
        text.origin[:start] + origin + text.origin[end:],
    )
