"""How much is read at once. Reading costs time that grows with these, so what is beyond them is not read at
all: the person is told so, with the limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from homebody.assistant.plan import Problem
from homebody.assistant.turn import MAX_TEXT
from homebody.assistant.understanding.words.normalise import Normalised

MAX_WORDS = 400
"""Words and marks of one sentence: forty wishes have no more."""
MAX_CLAUSES = 40
QUOTED = 80
"""So many characters of what was too long are kept as its words."""


def beyond_text(source: str, text: Normalised | None = None) -> Problem | None:
    """The problem of a text with too many characters, as it came or (some signs stand for a whole sentence)
    in its normal form."""
    size = max(len(source), len(text.text) if text else 0)
    return _beyond(source, MAX_TEXT, "characters") if size > MAX_TEXT else None


def beyond_words(source: str, words: Sequence[object]) -> Problem | None:
    return _beyond(source, MAX_WORDS, "words") if len(words) > MAX_WORDS else None


def beyond_clauses(source: str, clauses: Sequence[object]) -> Problem | None:
    return _beyond(source, MAX_CLAUSES, "clauses") if len(clauses) > MAX_CLAUSES else None


def _beyond(source: str, limit: int, unit: Literal["characters", "words", "clauses"]) -> Problem:
    return Problem(kind="unsupported", words=source[:QUOTED].strip(), max=limit, unit=unit)
