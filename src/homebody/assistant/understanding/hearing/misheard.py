"""English words that were misheard or mistyped: what they sound like, word by word and several at a time.

Names are heard as a whole: "boot rum" is the boot room, "bed side lamp" a bedside lamp, "studio to" studio 2.
A word that the home knows is touched only as a part of such a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from homebody.assistant.understanding.words.english_numbers import NUMBER_WORDS
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.assistant.understanding.words.ordinary import ORDINARY
from homebody.assistant.understanding.words.token import Token

_LATIN = re.compile(r"^[a-z][a-z0-9' -]+$")
_WORD = re.compile(r"[a-z0-9]+(?:'(?!s\b)[a-z]+)?")
_SOLID = ("device", "area", "number", "moment", "choice", "floor")
_DIGITS = re.compile(r"\d+")
_SPELLED = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
            "8": "eight", "9": "nine", "10": "ten"}  # fmt: skip
_MOST_WORDS = 4
_READINGS = 3
"""So many words are tried for one that is strange."""
_FAR = 2.5

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"gh", ""),
        (r"ph", "f"),
        (r"wr", "r"),
        (r"^kn|(?<=[^aeiou])kn", "n"),
        (r"ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"g(?=[eiy])", "j"),
        (r"(.)\1", r"\1"),
        (r"(?<=[aeiouyw])r(?![aeiouy])", ""),
        (r"(?<=[^aeiou])e(?=d?$)", ""),
        (r"[aeiouyw]+", "a"),
    )
)

_DOUBLED = re.compile(r"(.)\1")


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def sound_key(text: str) -> str:
    """How an English word, or several in a row, sounds, roughly: its consonants and where it has vowels."""
    key = _DOUBLED.sub(r"\1", "".join(map(_sound, text.split())))
    return key.rstrip("a") or key


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


@dataclass(frozen=True, slots=True)
class _Written:
    """A word of the sentence. ``solid``: part of a name of the home; ``known``: it means something."""

    start: int
    end: int
    text: str
    known: bool
    solid: bool


@dataclass(frozen=True, slots=True)
class _Mend:
    """``first`` and ``last`` are positions of words; ``score``: higher is likelier."""

    score: float
    first: int
    last: int
    instead: str


class Misheard:
    """The English words of a home (``names``), and the general ones, by how they sound."""

    def __init__(self, names: Collection[str], general: Collection[str]) -> None:
        self._names = names
        self._general = general
        self._phrases: dict[str, list[str]] | None = None
        self._starts: dict[tuple[str, int], list[tuple[str, str]]] | None = None
        self._single: dict[str, list[tuple[str, str, bool]]] | None = None

    def mended(self, text: Normalised, tokens: Sequence[Token]) -> Iterator[Normalised]:
        """The text with whole names and single words replaced, then with whole names alone, then with other
        words that the strange ones may have been."""
        written = _written(text.text, tokens)
        if all(word.known for word in written) and len(written) < 2:
            return
        names = list(self._whole(written))
        taken = {index for mend in names for index in range(mend.first, mend.last + 1)}
        single = {
            index: near
            for index, word in enumerate(written)
            if index not in taken and not word.known and (near := self._near(word.text))
        }
        first = [_Mend(0.0, index, index, near[0]) for index, near in single.items()]
        if first:
            yield _with(text, written, [*names, *first])
        if names:
            yield _with(text, written, names)
        if not any(word.known and word.text not in _LITTLE for word in written):
            return
        for index, near in single.items():
            for other in near[1:]:
                rest = [mend for mend in first if mend.first != index]
                yield _with(text, written, [*names, *rest, _Mend(0.0, index, index, other)])

    # --- whole names

    def _whole(self, written: Sequence[_Written]) -> Iterator[_Mend]:
        """Names that several words, or one for several, were meant to be; the likeliest, none overlapping."""
        found: list[_Mend] = []
        for first in range(len(written)):
            for last in range(first, min(first + _MOST_WORDS, len(written))):
                window = written[first : last + 1]
                if all(word.solid for word in window):
                    continue
                if (name := self._name(window)) is not None:
                    found.append(_Mend(_weight(window), first, last, name))
        taken: set[int] = set()
        for mend in sorted(found, key=lambda mend: -mend.score):
            span = set(range(mend.first, mend.last + 1))
            if not span & taken:
                taken |= span
                yield mend

    def _name(self, window: Sequence[_Written]) -> str | None:
        said = " ".join(word.text for word in window)
        if said in self._names or window[0].text in _LITTLE or window[-1].text in _LITTLE_LAST:
            return None
        strange = any(not word.known for word in window)
        whole = said.replace(" ", "")
        alike = self._by_sound().get(sound_key(said), ())
        near = self._joined_near(whole) if strange and len(window) > 1 and len(whole) > 5 else ()
        parts = {word.text for word in window}
        digits = _DIGITS.findall(said)
        best: tuple[float, str] | None = None
        for name in (*alike, *near):
            if len(window) == 1 and " " not in name:
                continue
            if digits and digits != _DIGITS.findall(name):
                continue  # another number is another thing
            joined = name.replace(" ", "")
            if not strange and joined != whole and not parts & set(name.split()):
                continue  # known words are a name only if one of its words is among them
            apart = distance(whole, joined, 6)
            if best is None or apart < best[0]:
                best = apart, name
        return best[1] if best else None

    def _joined_near(self, whole: str) -> Iterator[str]:
        """Names and words that several words make together, but for a letter or two."""
        most = 1 if len(whole) < 8 else 2
        for size in range(len(whole) - most, len(whole) + most + 1):
            for joined, name in self._by_start().get((whole[0], size), ()):
                if distance(whole, joined, most) <= most:
                    yield name

    def _by_start(self) -> dict[tuple[str, int], list[tuple[str, str]]]:
        """Names and words without their spaces, by their first letter and length."""
        if self._starts is None:
            starts: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
            for name in self._long():
                joined = name.replace(" ", "")
                starts[joined[0], len(joined)].append((joined, name))
            self._starts = starts  # whole at once: it may be made ready beside sentences that are read
        return self._starts

    def _long(self) -> list[str]:
        general = (word for word in self._general if " " not in word)
        return [name for name in sorted({*self._names, *general}) if _LATIN.match(name) and len(name) > 4]

    def _by_sound(self) -> dict[str, list[str]]:
        """The home's names, and general words, by their sound as a whole."""
        if self._phrases is None:
            phrases: dict[str, list[str]] = defaultdict(list)
            for name in self._long():
                spelled = " ".join(_SPELLED.get(word, word) for word in name.split())
                if _DIGITS.search(spelled):
                    continue  # numbers that have no sound here would be heard as nothing
                phrases[sound_key(spelled)].append(name)
            self._phrases = phrases
        return self._phrases

    # --- single words

    def _near(self, word: str) -> list[str]:
        """The vocabulary's words that this unknown one may have been meant to be, likeliest first."""
        if len(word) < 3 or word in ORDINARY or not word.replace("'", "").isalpha():
            return []
        most = 1 if len(word) < 6 else 2
        key = sound_key(word)
        found: list[tuple[float, str]] = []
        for known, known_key, named in self._words(word[0], key):
            alike = known_key == key
            if not alike and abs(len(known) - len(word)) > most:
                continue
            apart = distance(word, known, most)
            score = float(apart) if apart <= most else 9.0
            if alike:
                score = min(score, 1.5) - 0.6
            score -= 0.1 if named else 0.0
            if score < _FAR:
                found.append((score, known))
        return [known for _, known in sorted(found)[:_READINGS]]

    def _words(self, letter: str, key: str) -> Iterator[tuple[str, str, bool]]:
        """The words of names and of the lexicon that begin so or sound so; each with its sound, and whether
        it is of a name."""
        if self._single is None:
            named = {part for name in self._names if _LATIN.match(name) for part in name.split()}
            parts = {part for name in self._general if _LATIN.match(name) for part in name.split()} - named
            numbers = {word for word in NUMBER_WORDS if len(word) > 4}  # "tern off" is not "ten off"
            single: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
            for words, ours in ((named - NUMBER_WORDS, True), (parts, False), (numbers, False)):
                for word in sorted(words):
                    if len(word) > 2 and word.isalpha():
                        entry = word, sound_key(word), ours
                        single[word[0]].append(entry)
                        single["=" + entry[1]].append(entry)
            self._single = single
        yield from self._single.get(letter, ())
        yield from (entry for entry in self._single.get("=" + key, ()) if entry[0][0] != letter)


_LITTLE = frozenset({"the", "a", "an", "my", "our", "in", "on", "of", "to", "for", "at", "and", "off", "up"})
_LITTLE_LAST = _LITTLE - {"to", "for"}
"""What no name ends with; two and four do."""


def _weight(window: Sequence[_Written]) -> float:
    """More letters are likelier, and strange ones more so."""
    return sum(len(word.text) + (0 if word.known else 2) for word in window)


def _written(text: str, tokens: Sequence[Token]) -> list[_Written]:
    words: list[_Written] = []
    for match in _WORD.finditer(text):
        token = next((t for t in tokens if t.start <= match.start() and match.end() <= t.end), None)
        known = token is not None and token.known
        solid = token is not None and token.is_(*_SOLID) and len(token.text) > 1
        words.append(_Written(match.start(), match.end(), match[0], known, solid))
    return words


def _with(text: Normalised, written: Sequence[_Written], mends: Sequence[_Mend]) -> Normalised:
    result = text
    for mend in sorted(mends, key=lambda mend: -mend.first):
        result = result.replaced(written[mend.first].start, written[mend.last].end, mend.instead)
    return result
