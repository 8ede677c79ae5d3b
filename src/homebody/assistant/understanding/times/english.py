"""Times as English speakers say them: clocks, lengths, days; parts of the day; the sun.

``scan`` finds the pieces, as `moments` does; the longest reading of a stretch wins later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.understanding.times.english_clocks import clocks
from homebody.assistant.understanding.times.english_days import MONTHS, days
from homebody.assistant.understanding.times.english_lengths import lengths
from homebody.assistant.understanding.times.english_numerals import HOURS
from homebody.assistant.understanding.times.piece import Piece

_START = r"(?:(?:starting|beginning|commencing|kicking off|from|effective)(?: from| at| on)? )?"
_PARTS: tuple[tuple[str, int, str], ...] = (
    ("morning", 7, r"first thing(?: in the morning)?|bright and early|(?:at )?breakfast(?: ?time)?"),
    ("noon", 12, r"(?:at |over )?lunch ?time|at lunch|(?:at )?noonish"),
    ("afternoon", 17, r"(?:at )?tea ?time"),
    ("evening", 19, r"(?:at )?(?:dinner|supper) ?time|at dinner|at supper"),
    ("morning", 10, r"(?:at )?mid-?morning"),
    ("evening", 22, r"(?:at )?bed ?time"),
)
_PART_RE = tuple(
    (name, hour, re.compile(rf"\b{_START}(?:{pattern})\b(?! (?:routine|scene|mode))"))
    for name, hour, pattern in _PARTS
)
_WHEN = r"(?:(?:when|once|as soon as|after|the moment|by the time|whenever) )?"
_SUN = (
    (
        "sunset",
        re.compile(
            rf"\b(?:{_START}{_WHEN}the sun(?:'s|'s gone| is| has)? (?:goes down|going down|gone down|down"
            rf"|sets|set|setting|sinks)"
            rf"|{_START}(?:at )?(?:dusk|sundown|sun-down|nightfall|sunset)"
            r"|(?:when|once|as soon as) (?:it gets|it's|it goes|it is|it turns|night|darkness) (?:dark|falls)"
            r"(?: out(?:side)?)?|(?:after|at|before) dark)\b"
        ),
    ),
    (
        "sunrise",
        re.compile(
            rf"\b(?:{_START}{_WHEN}the sun(?:'s| is| has)? (?:comes up|coming up|come up|up|rises|risen"
            rf"|rising)"
            rf"|{_START}(?:at )?(?:sun-?up|daybreak|first light|the crack of dawn|sunrise|break of day)"
            r"|(?:when|once|as soon as) (?:it gets|it's|it is|day) (?:light|breaks)(?: out(?:side)?)?)\b"
        ),
    ),
)  # fmt: skip
_LATIN = re.compile(r"[a-z]{2}")
_HAS_HOUR = re.compile(rf"\d|\b(?:{'|'.join(HOURS)}|hundred)")
_HAS_UNIT = re.compile(r"sec|min|hour|hr|day|week|fortnight|daily|night")
_HAS_DAY = re.compile(
    rf"day|\b(?:mon|tue|wed|thu|fri|sat|sun)|week|daily|every|each|school"
    rf"|{'|'.join(MONTHS)}|\d(?:st|nd|rd|th)|ings?\b|night"
)
_HAS_PART = re.compile(
    r"thing|bright|breakfast|lunch|noon|tea|dinner|supper|bed|mid|sun|dusk|dark|night"
    r"|light|break|dawn"
)
"""What no reading of the kind is without: most sentences speak of no time."""


def scan(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every (start, end, Piece) in normalised text; overlapping readings are all given."""
    if not _LATIN.search(text):
        return
    if _HAS_HOUR.search(text):
        yield from clocks(text)
    if _HAS_UNIT.search(text):
        yield from lengths(text)
    if _HAS_DAY.search(text):
        yield from days(text)
    if not _HAS_PART.search(text):
        return
    for name, hour, pattern in _PART_RE:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), Piece("daypart", name=name, hour=hour)
    for name, pattern in _SUN:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), Piece("sun", name=name)
