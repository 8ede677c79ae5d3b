"""Figures as English words."""

from __future__ import annotations

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_GROUPS = ((10**9, "billion"), (10**6, "million"), (1_000, "thousand"), (100, "hundred"))
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
             "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
LONGEST = 12
"""Longer figures are read digit by digit."""


def digits(text: str) -> str:
    """Each figure by itself."""
    return " ".join(_SMALL[int(figure)] for figure in text)


def whole(number: int) -> str:
    """26 is twenty six, 1200 one thousand two hundred, -3 minus three."""
    if number < 0:
        return "minus " + whole(-number)
    for size, name in _GROUPS:
        if number >= size:
            rest = number % size
            more = ("and " if rest < 100 and size <= 1_000 else "") + whole(rest) if rest else ""
            return f"{whole(number // size)} {name} {more}".strip()
    if number < 20:
        return _SMALL[number]
    tens, one = divmod(number, 10)
    return _TENS[tens] + (f" {_SMALL[one]}" if one else "")


def ordinal(number: int) -> str:
    """21 is twenty first."""
    *before, last = whole(number).split()
    usual = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return " ".join([*before, _ORDINALS.get(last, usual)])


def year(number: int) -> str:
    """1998 is nineteen ninety eight, 2005 two thousand and five, 2026 twenty twenty six."""
    century, rest = divmod(number, 100)
    if not 1_000 <= number < 10_000 or (century % 10 == 0 and rest < 10):
        return whole(number)
    if not rest:
        return f"{whole(century)} hundred"
    return f"{whole(century)} {'oh ' if rest < 10 else ''}{whole(rest)}"


def number(text: str) -> str:
    """A figure as it is written: ``26``, ``-3.5``, ``1,200``, ``007`` (digit by digit)."""
    sign, text = ("minus ", text[1:]) if text[:1] in "-−" else ("", text)
    before, _, after = text.replace(",", "").partition(".")
    if not after and (len(before) > LONGEST or (len(before) > 1 and before.startswith("0"))):
        return sign + digits(before)
    return sign + whole(int(before or 0)) + (f" point {digits(after)}" if after else "")
