"""Letting people in: "let my sister in through the front door", "buzz Sam in at the street door".

A lock is what stands between, so these words unlock the door that is named behind them. Without a door they
say too little to open one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.understanding.words.token import Entry

_LETS = re.compile(
    r"\b(?:let|buzz|allow|show|admit|wave) (?:[\w'-]+ ){1,4}?(?:in|inside|out|through) (?:through|by|at"
    r"|via|using|from) "
    r"(?=(?:the|my|our) )"
)
_UNLOCK = Entry("verb", "unlock")


def scan(text: str) -> Iterator[tuple[int, int, Entry]]:
    """(start, end, entry) of every such stretch of normalised text, up to the door."""
    for match in _LETS.finditer(text):
        yield match.start(), match.end() - 1, _UNLOCK
