"""A trie of words: every entry that begins at a position is found in one walk, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from homebody.assistant.understanding.words.token import Entry

_END = ""  # no character is empty, so this key cannot clash with one


def is_word_character(character: str) -> bool:
    """A letter or digit of a script that separates its words by spaces."""
    return character.isascii() and character.isalnum()


def boundary(text: str, index: int) -> bool:
    """Whether a word may begin or end between ``index - 1`` and ``index``."""
    if index <= 0 or index >= len(text):
        return True
    return not (is_word_character(text[index - 1]) and is_word_character(text[index]))


class Trie:
    """``add`` words, ``matches`` at a position. A Latin word matches only as a whole word."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, word: str, entry: Entry) -> None:
        entries = self.exact(word)
        if entry not in entries:
            self.put(word, [*entries, entry])

    def put(self, word: str, entries: Sequence[Entry]) -> None:
        """Let a word have exactly these entries; without any, it is not there any more."""
        if not entries:
            self._remove(word)
            return
        node = self._root
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = list(entries)

    def words(self) -> Iterator[str]:
        """Every word that has entries."""
        waiting = [("", self._root)]
        while waiting:
            word, node = waiting.pop()
            if word and _END in node:
                yield word
            waiting += [(word + character, node[character]) for character in node if character != _END]

    def exact(self, word: str) -> list[Entry]:
        """The entries of just this word."""
        node = self._root
        for character in word:
            following = node.get(character)
            if following is None:
                return []
            node = following
        entries: list[Entry] = node.get(_END, [])
        return entries

    def _remove(self, word: str) -> None:
        path = [self._root]
        for character in word:
            following = path[-1].get(character)
            if following is None:
                return
            path.append(following)
        path[-1].pop(_END, None)
        for node, character in zip(path[-2::-1], word[::-1], strict=True):
            if node[character]:
                return
            del node[character]  # no branch that leads nowhere stays

    def matches(self, text: str, start: int) -> Iterator[tuple[int, list[Entry]]]:
        """(end, entries) of every word that begins at ``start``."""
        if not boundary(text, start):
            return
        node = self._root
        for index in range(start, len(text)):
            following = node.get(text[index])
            if following is None:
                return
            node = following
            entries = node.get(_END)
            if entries and boundary(text, index + 1):
                yield index + 1, entries
