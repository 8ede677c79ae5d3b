"""The English words for hours, minutes and small counts, which clocks and lengths share."""

from __future__ import annotations

import re

HOURS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
MORE_TENS = ("sixty", "seventy", "eighty", "ninety")
VALUES = {word: value for value, word in enumerate([*HOURS, *TEENS], 1)} | TENS
VALUES |= {word: 10 * value for value, word in enumerate(MORE_TENS, 6)}
HOUR = rf"(?:2[0-4]|1\d|0?\d|{'|'.join(HOURS)})"
UNITS_OF_TEN = "|".join(HOURS[:9])
MINUTE = (
    rf"(?:(?:oh|o) (?:{UNITS_OF_TEN})|(?:twenty|thirty|forty|fifty)(?:[ -](?:{UNITS_OF_TEN}))?"
    rf"|ten|eleven|twelve|{'|'.join(TEENS)}|[0-5]\d)"
)


def value_of(text: str) -> int:
    """A number up to 59 in digits or words; oh five is 5."""
    if text.isdigit():
        return int(text)
    return sum(VALUES.get(word, 0) for word in re.split("[ -]", text))
