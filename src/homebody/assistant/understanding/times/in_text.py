"""Moments inside free text: "call mum at eight" is a moment and a text."""

from __future__ import annotations

import re
from datetime import datetime

from homebody.assistant.plan import NOW, When
from homebody.assistant.understanding.times import moments
from homebody.assistant.understanding.times.piece import Piece
from homebody.assistant.understanding.times.timing import Said, combine


def without_moments(text: str, now: datetime) -> tuple[When, str]:
    """The moment in a text and the text without it."""
    spans: list[tuple[int, int, Piece]] = []
    for start, end, piece in sorted(moments.scan(text), key=lambda item: item[0] - item[1]):
        if all(end <= s or start >= e for s, e, _ in spans):
            spans.append((start, end, piece))
    said, rest = [], text
    for start, end, piece in sorted(spans, key=lambda item: item[0], reverse=True):
        said.append(Said(piece))
        tail = re.sub(r"^(?:之后|以后|过后|后| later| from now)", "", rest[end:])
        head = re.sub(r"(?:\b(?:in|at|on|after|by)|在|过|等|再过)\s?$", "", rest[:start])
        rest = head + tail
    return combine(said[::-1], now) or NOW, rest.strip(" ,的.")
