"""English numbers in words, as they are spoken: twenty-six, a hundred and ten, one ninety, two seven zero.

Words that make no number together by the rules of writing are said one group after the other, like digits:
"twelve forty" is 1240, "two-seven-zero" 270.
"""

from __future__ import annotations

from collections.abc import Iterable

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), 2)}
NUMBER_WORDS = frozenset([*SMALL, *TENS, "hundred", "thousand"])
"""The words that numbers are made of."""
_WORD = "|".join(sorted(NUMBER_WORDS, key=lambda word: (-len(word), word)))
NUMBER = (
    rf"(?:{_WORD})(?:(?:(?:(?<=hundred)|(?<=thousand))[ -]and)?[ -](?:{_WORD})"
    rf"|[ -](?:oh|o|nought)(?=[ -](?:{_WORD})))*"
    rf"(?: point (?:{_WORD})(?: (?:{_WORD}))*)?"
)
"""A pattern of such numbers; "and" joins parts of one only behind hundreds and thousands."""


def parse_english(text: str) -> float:
    """The number that matches `NUMBER`."""
    whole, _, decimals = text.replace("-", " ").partition(" point ")
    groups = list(_groups(word for word in whole.split() if word != "and"))
    number = float("".join(map(str, groups)))
    if decimals:
        number += float("0." + "".join(str(SMALL.get(word, TENS.get(word, 0))) for word in decimals.split()))
    return number


def _groups(words: Iterable[str]) -> Iterable[int]:
    """The numbers that follow each other: [1, 90] for "one ninety", [121] for "a hundred and twenty-one"."""
    total = section = 0
    begun, room = False, 0  # ``room``: what may still be added to this number is less than this
    for word in words:
        if (word == "hundred" and section >= 100) or (word == "thousand" and total):
            yield total + section
            total = section = 0
        if word == "hundred":
            section, room, begun = (section or 1) * 100, 100, True
        elif word == "thousand":
            total, section, room, begun = total + (section or 1) * 1000, 0, 1000, True
        else:
            value = SMALL.get(word, TENS.get(word, 0))
            if begun and not 0 < value < room:
                yield total + section
                total = section = 0
            section += value
            room = 10 if word in TENS else 100 if total and room == 1000 and value < 10 else 0
            begun = True
    yield total + section
