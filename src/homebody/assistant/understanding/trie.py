"""A trie of words: every entry that begins at a position is found in one walk, whatever their number."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

from homebody.assistant.understanding.token import Entry

_END = ""  # no character is empty, so this key cannot clash with one


_WORD = frozenset(string.ascii_letters + string.digits)
"""Letters and digits of a script that separates its words by spaces."""


def boundary(text: str, index: int) -> bool:
    """Whether a word may begin or end between ``index - 1`` and ``index``."""
    if index <= 0 or index >= len(text):
        return True
    return not (text[index - 1] in _WORD and text[index] in _WORD)


class Trie:
    """``add`` words, ``matches`` at a position. A Latin word matches only as a whole word."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, word: str, entry: Entry) -> None:
        node = self._root
        for character in word:
            node = node.setdefault(character, {})
        entries: list[Entry] = node.setdefault(_END, [])
        if entry not in entries:
            entries.append(entry)

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
