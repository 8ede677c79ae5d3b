"""English numbers as they are spoken, and what they are of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.assistant.understanding.words.english_numbers import NUMBER, parse_english

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[rest]}" if rest else "")


def _written(number: int) -> str:
    thousands, below = divmod(number, 1000)
    hundreds, rest = divmod(below, 100)
    parts = [f"{_below_hundred(thousands)} thousand"] if thousands else []
    parts += [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest or not parts:
        parts += [("and " if parts else "") + _below_hundred(rest)]
    return " ".join(parts)


@given(st.integers(0, 99_999))
def test_written_numbers_are_read(number: int) -> None:
    match = re.fullmatch(NUMBER, _written(number))
    assert match is not None
    assert parse_english(match[0]) == number


@given(st.integers(1, 9), st.integers(10, 99))
def test_hundreds_may_go_unsaid(hundreds: int, rest: int) -> None:
    assert parse_english(f"{_SMALL[hundreds]} {_below_hundred(rest)}") == hundreds * 100 + rest


@given(st.lists(st.integers(0, 9), min_size=2, max_size=5))
def test_digits_may_follow_each_other(digits: list[int]) -> None:
    assert parse_english("-".join(_SMALL[digit] for digit in digits)) == int("".join(map(str, digits)))


@pytest.mark.parametrize(
    ("text", "number"),
    [("twelve hundred", 1200), ("twelve forty", 1240), ("one oh three", 103), ("two point five", 2.5)],
)
def test_other_ways(text: str, number: float) -> None:
    assert parse_english(text) == number


def test_and_joins_no_two_numbers() -> None:
    match = re.match(NUMBER, "one and two")
    assert match is not None
    assert match[0] == "one"
