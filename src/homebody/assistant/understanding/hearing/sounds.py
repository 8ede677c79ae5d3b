"""Words that speech recognition wrote wrongly: the nearest word of the home by how it sounds.

Looked for only where the words as they stand lead nowhere. Chinese: same syllables without tones, or nearly
the same (an/ang, zh/z, n/l); the replacement is as long as what it replaces. Where single words do not do,
the whole sentence is spelt anew (`whole_sentence`). English is in `misheard`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from homebody.assistant.understanding.hearing.misheard import Misheard
from homebody.assistant.understanding.hearing.numerals import with_numerals
from homebody.assistant.understanding.hearing.whole_sentence import WholeSentence
from homebody.assistant.understanding.words.lexicon import lexicon
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.assistant.understanding.words.token import Token

MOST = 4
"""So many readings are tried."""
LONGEST = 120
"""Longer sentences are not mended: what is misheard is short."""
_KEEP = ("device", "area", "kind", "room", "number", "moment", "choice", "floor")
SURE = 3
"""Syllables that sound like a name and are no accident."""
SINGLE = frozenset("把灯开关调到")
"""Words of one character that are heard wrongly and matter."""
_ALL_CHINESE = re.compile(r"^[\u4e00-\u9fff]+$")
_CHINESE = re.compile(r"^[\u4e00-\u9fff]{2,8}$")
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


@lru_cache(maxsize=20_000)
def syllables(character: str) -> frozenset[str]:
    """All sounds that one Chinese character may have, folded."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - as above

    return frozenset(map(_folded, pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


def _folded(sound: str) -> str:
    for pattern, instead in _NEAR:
        sound = pattern.sub(instead, sound)
    return sound


class Sounds:
    """The words of one home (and the general ones, which count less), by how they sound."""

    def __init__(self, words: Iterable[str], general: Iterable[str] = ()) -> None:
        self._everyday = frozenset(general)
        self._by_sound: dict[tuple[str, ...], list[str]] | None = None
        self._take(frozenset(words))

    def update(self, words: Iterable[str]) -> None:
        """These are the home's words from now on."""
        before, now = self._words, frozenset(words)
        if now == before:
            return
        self._take(now)
        if self._by_sound is not None:
            for word in before ^ now:
                if _CHINESE.match(word):
                    alike = self._by_sound[_syllables(word)]
                    alike[:] = sorted(({*alike} - {word}) | self._known(word), key=self._rank)

    def _take(self, words: frozenset[str]) -> None:
        self._words = words
        self._general = self._everyday - words
        self._english = Misheard(words, self._general)
        self._whole: WholeSentence | None = None

    def _known(self, word: str) -> set[str]:
        return {word} if word in self._words or word in self._general else set()

    def _rank(self, word: str) -> tuple[bool, str]:
        """The home's own words first."""
        return word not in self._words, word

    def mended(self, text: Normalised, tokens: Sequence[Token]) -> Iterator[Normalised]:
        """The text with misheard words replaced, likeliest first, at most `MOST` readings."""
        if len(text.text) > LONGEST:
            return
        seen = {text.text}
        for candidate in chain(self._english.mended(text, tokens), self._chinese(text, tokens)):
            if candidate.text not in seen and len(seen) <= MOST:
                seen.add(candidate.text)
                yield candidate

    def _sounds(self) -> dict[tuple[str, ...], list[str]]:
        if self._by_sound is None:
            by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
            for word in (*sorted(self._words), *sorted(self._general)):
                if _CHINESE.match(word):
                    by_sound[_syllables(word)].append(word)
            self._by_sound = by_sound  # whole at once: it may be made ready beside sentences that are read
        return self._by_sound

    def sure(self, text: Normalised) -> Normalised:
        """What was spoken in Chinese, with what its sounds cannot but mean: a name of the home where three
        syllables or more sound like one, and numbers."""
        if len(text.text) > LONGEST:
            return text
        text = with_numerals(text)
        string = text.text
        sounds = [syllable(c) if "\u4e00" <= c <= "\u9fff" else "" for c in string]
        found = [
            (float(size), start, word)
            for start in range(len(string))
            for size in range(SURE, min(8, len(string) - start) + 1)
            for word in self._sounds().get(tuple(sounds[start : start + size]), ())
            if word in self._words
        ]
        found.sort(key=lambda item: (-item[0], string[item[1] : item[1] + len(item[2])] != item[2], item[1]))
        for _, start, word in _disjoint(found):
            text = text.replaced(start, start + len(word), word)
        return text

    def spelt(self, text: Normalised) -> Iterator[Normalised]:
        """The whole sentence spelt anew by its sound, likeliest first."""
        if self._whole is None:
            own = {word for word in self._words if _CHINESE.match(word)}
            spoken = {word for word in self._general if _ALL_CHINESE.match(word)}
            self._whole = WholeSentence(
                syllables,
                home=sorted(own),  # in order, since of two rows at one price the first is taken
                general=sorted(word for word in spoken if len(word) > 1),
                single=sorted({word for word in spoken if len(word) == 1} | SINGLE),
                exact=sorted(word for word in lexicon().words() if _ALL_CHINESE.match(word)),
            )
        yield from self._whole.readings(text)

    def _chinese(self, text: Normalised, tokens: Sequence[Token]) -> Iterator[Normalised]:
        string = text.text
        if not any("\u4e00" <= character <= "\u9fff" for character in string):
            return
        firm = [False] * len(string)
        strange = [False] * len(string)
        counted = {index for t in tokens if t.is_("number") for index in range(t.start, t.end)}
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
                    if word not in self._words and counted.intersection(window):
                        continue  # 两杯 is no 两倍
                    home = 0.5 if word in self._words else 0.0
                    found.append((size + home + 0.6 * sum(strange[i] for i in window), start, word))
        found.sort(key=lambda item: (-item[0], item[1]))
        yield from (text.replaced(start, start + len(word), word) for _, start, word in found[:MOST])
        disjoint = _disjoint(found)
        if len(disjoint) > 1:
            both = text
            for _, start, word in disjoint:
                both = both.replaced(start, start + len(word), word)
            yield both


def _disjoint(found: Sequence[tuple[float, int, str]]) -> list[tuple[float, int, str]]:
    taken: set[int] = set()
    chosen: list[tuple[float, int, str]] = []
    for item in found:
        span = set(range(item[1], item[1] + len(item[2])))
        if not span & taken:
            taken |= span
            chosen.append(item)
    return chosen
