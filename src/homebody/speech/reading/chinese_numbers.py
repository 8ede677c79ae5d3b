"""Figures as Chinese words."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "兆")
LONGEST = 16
"""Longer figures are read digit by digit."""


def digits(text: str) -> str:
    """Each figure by itself: 2026 is 二零二六."""
    return "".join(DIGITS[int(figure)] for figure in text)


def whole(number: int) -> str:
    """26 is 二十六, 105 一百零五, 20000 两万, -3 负三."""
    if number < 0:
        return "负" + whole(-number)
    if number >= 10**LONGEST:
        return digits(str(number))
    if number < 10:
        return DIGITS[number]
    words, zero = "", False
    for index in reversed(range(len(_GROUPS))):
        group = number // 10 ** (4 * index) % 10_000
        if not group:
            zero = bool(words)
            continue
        if words and (zero or group < 1_000):
            words += "零"
        words += ("两" if group == 2 and index else _below_ten_thousand(group)) + _GROUPS[index]
        zero = False
    return words.removeprefix("一") if words.startswith("一十") else words


def _below_ten_thousand(number: int) -> str:
    words, zero = "", False
    for index in reversed(range(4)):
        figure = number // 10**index % 10
        if not figure:
            zero = bool(words)
            continue
        if zero:
            words += "零"
        words += ("两" if figure == 2 and index == 3 else DIGITS[figure]) + _PLACES[index]
        zero = False
    return words


def number(text: str) -> str:
    """A figure as it is written: ``26``, ``-3.5``, ``1,200``, ``007`` (digit by digit)."""
    sign, text = ("负", text[1:]) if text[:1] in "-−" else ("", text)
    before, _, after = text.replace(",", "").partition(".")
    if not after and (len(before) > LONGEST or (len(before) > 1 and before.startswith("0"))):
        return sign + digits(before)
    return sign + whole(int(before or 0)) + ("点" + digits(after) if after else "")
