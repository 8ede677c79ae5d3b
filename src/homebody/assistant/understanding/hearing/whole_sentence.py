"""A Chinese sentence by its sound alone: the row of known words that sounds most like what was written.

Recognition writes syllables with whatever characters it likes: 把握式窗连喇上 sounds like 把卧室窗帘拉上.
So the whole sentence is spelt anew with the words of the home and of the language, each paid for by how far
its sound and its writing are from what was heard; the cheapest rows are offered. Only for sentences that lead
nowhere as they are written.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from homebody.assistant.understanding.words.normalise import Normalised

ROWS = 3
"""So many rows are offered."""
LONGEST = 48
"""Characters; what is misheard is short."""
FEWEST = 3

# What a row costs. A word of the home is likelier than another, a long one likelier than several short.
_WORD = 0.15
_REWRITTEN = {"home": 0.25, "general": 0.35, "single": 0.75}
_NEAR = 0.8  # a syllable that is only like it
_UNKNOWN = 1.1  # a character that is in no known word
_AS_WRITTEN = 0.6  # at least so much cheaper must another row be
_MOST = 0.4  # for each character: what costs more is a guess

Syllables = Callable[[str], frozenset[str]]
"""The folded sounds that one character may have."""


@dataclass(slots=True)
class _Node:
    onward: dict[str, _Node] = field(default_factory=dict)
    words: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """``written`` stands for ``length`` characters, at this price."""

    cost: float
    length: int
    written: str


class WholeSentence:
    """``home`` and ``general`` are words of two characters and more, ``single`` those of one: all of them may
    stand for what sounds like them. Words of ``exact`` are known where they are written so."""

    def __init__(
        self,
        syllables: Syllables,
        *,
        home: Iterable[str],
        general: Iterable[str],
        single: Iterable[str],
        exact: Iterable[str] = (),
    ) -> None:
        self._syllables = syllables
        self._root = _Node()
        self._exact: dict[str, str] = {}
        for kind, words in (("home", home), ("general", general), ("single", single), ("exact", exact)):
            for word in words:
                if word not in self._exact:
                    self._exact[word] = kind
                    self._add(word, kind)

    def _add(self, word: str, kind: str) -> None:
        nodes = [self._root]
        for character in word:
            nodes = [
                node.onward.setdefault(sound, _Node())
                for node in nodes
                for sound in sorted(self._syllables(character))
            ]
        for node in nodes:
            node.words.append((word, kind))

    def readings(self, text: Normalised) -> Iterator[Normalised]:
        """The text spelt anew, the likeliest first; nothing where its own writing is as likely."""
        string = text.text
        chinese = [_is_chinese(character) for character in string]
        if not sum(chinese) >= FEWEST or len(string) > LONGEST:
            return
        sounds = [
            self._syllables(c) if known else frozenset() for c, known in zip(string, chinese, strict=True)
        ]
        written = self._best(string, sounds, rewriting=False, rows=1)[0][0]
        seen = {string}
        for cost, row in self._best(string, sounds, rewriting=True, rows=ROWS + 1):
            if cost > min(written - _AS_WRITTEN, _MOST * sum(chinese)):
                return
            spelt = _spelt(text, row)
            if spelt.text not in seen:
                seen.add(spelt.text)
                yield spelt

    def _best(
        self, string: str, sounds: list[frozenset[str]], *, rewriting: bool, rows: int
    ) -> list[tuple[float, tuple[_Piece, ...]]]:
        """The cheapest rows of pieces over the whole string."""
        best: list[list[tuple[float, tuple[_Piece, ...]]]] = [[] for _ in range(len(string) + 1)]
        best[0] = [(0.0, ())]
        for start in range(len(string)):
            best[start] = _cheapest(best[start], rows)
            for piece in self._pieces(string, sounds, start, rewriting=rewriting):
                end = best[start + piece.length]
                end.extend((cost + piece.cost, (*row, piece)) for cost, row in best[start])
        return _cheapest(best[-1], rows)

    def _pieces(
        self, string: str, sounds: list[frozenset[str]], start: int, *, rewriting: bool
    ) -> Iterator[_Piece]:
        character = string[start]
        yield _Piece(_UNKNOWN if sounds[start] else 0.0, 1, character)
        if not sounds[start]:
            return
        reached = [(self._root, 0.0)]
        for end in range(start, min(start + 8, len(string))):
            reached = [
                (onward, cost + price)
                for node, cost in reached
                for onward, price in _steps(node, sounds[end], rewriting=rewriting, near=cost == 0.0)
            ]
            if not reached:
                return
            heard = string[start : end + 1]
            for node, cost in reached:
                for word, kind in node.words:
                    changed = sum(one != other for one, other in zip(word, heard, strict=True))
                    if (changed or cost) and (
                        not rewriting or kind == "exact" or (cost and kind == "single")
                    ):
                        continue
                    yield _Piece(_WORD + cost + changed * _REWRITTEN.get(kind, 0.0), len(word), word)


def _steps(
    node: _Node, sounds: frozenset[str], *, rewriting: bool, near: bool
) -> Iterator[tuple[_Node, float]]:
    """Onward by a syllable; once in a word by one that is only like it."""
    for sound, onward in node.onward.items():
        if sound in sounds:
            yield onward, 0.0
        elif rewriting and near and any(_alike(sound, other) for other in sounds):
            yield onward, _NEAR


def _alike(one: str, other: str) -> bool:
    """The same beginning or the same end, and as long, but for a letter."""
    if abs(len(one) - len(other)) > 1:
        return False
    return (one[0] == other[0] and (one[:2] == other[:2] or one[-2:] == other[-2:])) or one[1:] == other[
        1:
    ] != ""


def _cheapest(
    rows: list[tuple[float, tuple[_Piece, ...]]], count: int
) -> list[tuple[float, tuple[_Piece, ...]]]:
    """Each writing once."""
    kept: dict[str, tuple[float, tuple[_Piece, ...]]] = {}
    for cost, row in heapq.nsmallest(count * 3, rows, key=lambda each: each[0]):
        kept.setdefault("".join(piece.written for piece in row), (cost, row))
    return list(kept.values())[:count]


def _spelt(text: Normalised, row: tuple[_Piece, ...]) -> Normalised:
    position = 0
    for piece in row:
        end = position + piece.length
        if text.text[position:end] != piece.written:
            text = text.replaced(position, end, piece.written)
        position = end
    return text


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
