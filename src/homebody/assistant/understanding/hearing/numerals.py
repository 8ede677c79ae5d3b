"""Spoken Chinese numbers of which one character was written by its sound: 一白五 is 150, 设成石度 is 10°."""

from __future__ import annotations

import re

from homebody.assistant.understanding.words.normalise import Normalised

_FIGURE = "零一二两三四五六七八九十百0-9"
_UNITS = "度|档|分|秒|点|摄|公|厘|米|小时|%"

# What sounds like a numeral is one only in a place where nothing else can stand: within a number, or between
# the word that a value follows and its unit.
_INSTEAD = (
    (re.compile(rf"(?<=[一二两三四五六七八九])[白摆拜](?=[{_FIGURE}]|(?:{_UNITS})|$)"), "百"),
    (
        re.compile(rf"(?<=[一二三四五六七八九])[时石是事式市室实识](?=[一二三四五六七八九]?(?:{_UNITS}))"),
        "十",
    ),
    (re.compile(rf"(?<=[到成为至加减高低])[时石是事式市室实识](?=[一二三四五六七八九]?(?:{_UNITS}))"), "十"),
    (re.compile(rf"(?<=[到成为至加减十])[而儿耳](?=[十百]|(?:{_UNITS}))"), "二"),
    (re.compile(rf"(?<=[到成为至加减十])[伞散](?=[十百]|(?:{_UNITS}))"), "三"),
    (re.compile(rf"(?<=[到成为至加减十])[无武舞物雾](?=[十百]|(?:{_UNITS}))"), "五"),
    (re.compile(rf"(?<=[到成为至加减十])[溜刘流](?=[十百]|(?:{_UNITS}))"), "六"),
    (re.compile(rf"(?<=[到成为至加减十])[起其气期](?=[十百]|(?:{_UNITS}))"), "七"),
    (re.compile(rf"(?<=[到成为至加减十])[吧爸罢](?=[十百]|(?:{_UNITS}))"), "八"),
    (re.compile(rf"(?<=[到成为至加减十])[久酒就](?=[十百]|(?:{_UNITS}))"), "九"),
)


def with_numerals(text: Normalised) -> Normalised:
    """The text with such characters as the numerals that they sound like."""
    for pattern, numeral in _INSTEAD:
        for match in reversed(list(pattern.finditer(text.text))):
            text = text.replaced(match.start(), match.end(), numeral)
    return text
