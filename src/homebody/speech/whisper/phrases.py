"""Phrases that are expected, such as the names of a home, as a tree of bytes that words are weighed with.

While a reading follows a phrase it is lent a little for each byte; what was lent is taken back when it leaves
the phrase before its end, and kept when the phrase is whole. An English phrase begins and ends with a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_ROOT = 0


class State(NamedTuple):
    """Where a reading is in the tree, what it was lent and has not earned yet, and its last byte."""

    node: int = _ROOT
    lent: float = 0.0
    last: int = 0x20


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a byte is worth, as a natural logarithm: of a Chinese character (three of them), of a letter."""

    chinese: float = 0.8
    letter: float = 0.3


class Phrases:
    """The tree. Small and capital letters are the same; give Chinese in every script that may be written."""

    def __init__(self, phrases: Iterable[str], weights: Weights = Weights()) -> None:
        self._next: list[dict[int, int]] = [{}]
        self._whole = [False]
        self._worth = tuple(weights.letter if byte < 0x80 else weights.chinese for byte in range(256))
        for phrase in phrases:
            node = _ROOT
            for byte in phrase.lower().encode():
                node = self._next[node].setdefault(byte, len(self._next))
                if node == len(self._next):
                    self._next.append({})
                    self._whole.append(False)
            self._whole[node] = node != _ROOT

    def __bool__(self) -> bool:
        return len(self._next) > 1

    def after(self, state: State, word: bytes) -> tuple[State, float]:
        """The state after the bytes of a token in small letters, and what they add to the reading's worth."""
        node, lent, last = state
        gain = 0.0
        for byte in word:
            if node != _ROOT and self._whole[node] and not (_letter(last) and _letter(byte)):
                lent = 0.0  # earned: the phrase ended here
                if byte not in self._next[node]:
                    node = _ROOT
            onward = self._next[node].get(byte)
            if onward is None and node != _ROOT:
                gain, lent, node = gain - lent, 0.0, _ROOT
                onward = self._next[_ROOT].get(byte)
            if onward is not None and node == _ROOT and _letter(last) and _letter(byte):
                onward = None  # in the middle of a word
            if onward is not None:
                worth = self._worth[byte]
                node, lent, gain = onward, lent + worth, gain + worth
            last = byte
        return State(node, lent, last), gain

    def at_end(self, state: State) -> float:
        """What a reading that ends here has to give back."""
        return 0.0 if self._whole[state.node] else -state.lent


def _letter(byte: int) -> bool:
    """Of a Latin word."""
    return 0x61 <= byte <= 0x7A or 0x30 <= byte <= 0x39
