"""Numbers as people say them, with the unit behind them: 二十六度, three quarters, 百分之三十, 2700 K."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from homebody.assistant.understanding.words.english_numbers import NUMBER, parse_english

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "幺": 1}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
ZH_DIGITS = "零〇一二两俩三四五六七八九十廿卅百千万亿"

_NUMBER = rf"(?:\d+(?:\.\d+)?(?:e[+-]?\d+\b)?|[{ZH_DIGITS}]+(?:点[{ZH_DIGITS}]+)?|\b{NUMBER}\b)"
_SIGN = r"(?:零下|负|minus |negative |(?<![\d\w])-)"
_UNITS = {
    "%": r"%|个?百分点|个点|percent(?:age)?(?: points?)?|per cent",
    "°F": r"°f|华氏度?|degrees? fahrenheit|fahrenheit|℉",
    "°C": r"°c|摄氏度?|degrees? (?:celsius|centigrade)|celsius|℃",
    "K": r"kelvins?|k\b|开尔文",
    "°": r"度|degrees?|°",
    "s": r"秒钟?|seconds?|secs?|s\b",
    "min": r"分钟|minutes?|mins?",
    "h": r"个?小时|个?钟头|hours?|hrs?|h\b",
    "d": r"天|days?",
    "lx": r"lux|lx|勒克斯",
    "W": r"watts?|w\b|瓦特?",
    "level": r"[档挡级]",
    "": r"格",
    "ml": r"ml|毫升|millilit(?:er|re)s?",
    "L/h": r"lit(?:er|re)s? (?:per|an) hour|l/h",
    "L": r"l\b|升|lit(?:er|re)s?",
    "g": r"g\b|克|grams?",
    "km/h": r"公里每小时|km/h|kph|kilomet(?:er|re)s? (?:per|an) hour",
    "cm": r"厘米|公分|cm\b|centimet(?:er|re)s?",
    "km": r"公里|千米|km\b|kilomet(?:er|re)s?",
    "m": r"米|met(?:er|re)s?",
    "rpm": r"rpm|(?:rev(?:olution)?s?|turns|rotations)(?: per| a) minute|turn per minute|revs?|转",
    "kW": r"kw\b|kilowatts?|千瓦",
    "A": r"amps?|amperes?|安培?",
    "V": r"volts?|v\b|伏特?",
    "hPa": r"hpa|hectopascals?|millibars?|百帕",
    "bar": r"bars?\b",
    "kg": r"kg\b|kilos?|kilograms?|公斤|千克",
    "mm": r"mm\b|millimet(?:er|re)s?|毫米",
    "kn": r"knots?|kn\b|节",
    "ppm": r"ppm",
    "bpm": r"bpm|beats(?: per minute)?",
    "mph": r"mph|miles (?:per|an) hour",
    "in": r"inch(?:es)?",
    "ft": r"f(?:oo|ee)t\b",
    "lb": r"lbs?\b|pounds?",
    "oz": r"oz\b|ounces?",
    "floz": r"cups?\b",
}
_UNIT = re.compile(r"\s?(?:" + "|".join(f"(?P<u{i}>{p})" for i, p in enumerate(_UNITS.values())) + ")")
_UNIT_NAMES = list(_UNITS)

_SCALE_FIRST = re.compile(rf"(?P<scale>华氏|摄氏)度?(?P<number>{_NUMBER})度?")
_AND_HALF = re.compile(r" and a half\b")
_HALF = re.compile(r"半[度档级]|half a degree")
_LEVEL = re.compile(rf"\b(?:level|setting|notch|gear|step|stage) (?P<number>{_NUMBER})")
_HALF_A = re.compile(
    r"half an? (?P<unit>met(?:er|re)|lit(?:er|re)|kilo|knot|foot|inch|turn per minute|amp)\b"
)
_A_FEW = re.compile(
    r"\b(?:(?P<two>a couple(?: of)?)|an?) "
    r"(?P<unit>degrees?|percent|per cent|foot|feet|inch(?:es)?|met(?:er|re)s?|lit(?:er|re)s?|kilos?|knots?"
    r"|volts?|amps?|turns? (?:per|a) minute|rpm|minute|second|hour)"
    r"(?P<half> and a half)?\b"
)
"""A degree and a half, a couple of degrees, a foot."""
_PLAIN = re.compile(rf"(?P<sign>{_SIGN})?(?P<number>{_NUMBER})")
_PERCENT = re.compile(rf"百分之(?P<number>{_NUMBER})")
_RUN = (
    rf"(?<![{ZH_DIGITS}\d])[{ZH_DIGITS}\d]+"  # read from its beginning only, so that a long one is read once
)
_TENTHS = re.compile(rf"(?P<number>{_RUN})成(?P<more>[一二三四五六七八九](?![成度分个]))?(?!员|人|功)")
_FRACTION = re.compile(rf"(?P<below>{_RUN})分之(?P<above>[{ZH_DIGITS}\d]+)")
_EN_FRACTIONS = {
    "a quarter": 25.0, "one quarter": 25.0, "three quarters": 75.0, "a third": 100 / 3, "one third": 100 / 3,
    "two thirds": 200 / 3,
}  # fmt: skip
_EN_FRACTION = re.compile(r"\b(?:" + "|".join(_EN_FRACTIONS) + r")\b")

LARGEST = 1e300
"""What is larger is read as this: it can be multiplied by hundred or by the seconds of a day and is still a
number."""
_QUARTERS = re.compile(rf"(?P<number>[{ZH_DIGITS}\d]{{1,3}})刻钟")
_HALF_HOUR = re.compile(rf"(?:(?P<number>(?<![{ZH_DIGITS}\d])[{ZH_DIGITS}\d]{{1,3}})个半|半个?)(?:小时|钟头)")
_METRES = re.compile(
    rf"(?P<whole>(?<![{ZH_DIGITS}\d])[一二两三四五六七八九\d])米(?P<more>[一二三四五六七八九\d]{{1,2}})(?![{ZH_DIGITS}\d])"
)
"""一米五, 1米65: metres and what follows the point."""
_FREEZING = re.compile(rf"零下(?!的?[{ZH_DIGITS}\d])")
"""降到零下: no number, but a limit."""
_POINT = re.compile(r"(?<=度)[一二三四五六七八九](?![一二三四五六七八九十百千\d度个盏台])")
_COUNTED = "个盏台扇只部间把条套副张块路组颗号档挡级度格成下次遍杯壶圈分秒天小点刻百千万十吧啊呀了的和到至以"
_ONE_OF = re.compile(rf"(?![{_COUNTED}])[\u4e00-\u9fff]")
"""What follows 一 where it counts nothing."""


@dataclass(frozen=True, slots=True)
class Number:
    """``unit`` as written in `_UNITS`; empty where none was said. Percentages are 0..100; ``rough``: they
    were said as a fraction."""

    value: float
    unit: str = ""
    rough: bool = False


def parse_chinese(text: str) -> float:
    """A Chinese numeral: 二十六, 两百零五, 一千五 (1500), 二六 (read digit by digit), 三点五."""
    whole, _, decimals = text.partition("点")
    whole = whole.replace("廿", "二十").replace("卅", "三十")
    if not any(character in _SCALES for character in whole):
        number = float("".join(str(_DIGITS[character]) for character in whole))
    else:
        total, section, digit, scale = 0.0, 0.0, 0, 1
        for character in whole:
            if character in _DIGITS:
                digit = _DIGITS[character]
                scale = 1 if digit == 0 else scale
                continue
            scale = _SCALES[character]
            if scale >= 10_000:
                total = (total + section + digit) * scale
                section, digit = 0, 0
            else:
                section += (digit or 1) * scale
                digit = 0
        # 一千五 is 1500: a last digit without a scale stands one place below the last scale
        shorthand = digit and scale >= 100 and whole[-2] in _SCALES
        number = total + section + (digit * scale // 10 if shorthand else digit)
    if decimals:
        number += float("0." + "".join(str(_DIGITS.get(c, 0)) for c in decimals))
    return number


def parse_chinese_decimals(text: str) -> float:
    """What stands behind a point, in digits or Chinese: 五 is 0.5, 65 is 0.65."""
    return float("0." + "".join(str(_DIGITS.get(character, character)) for character in text))


def parse_number(text: str) -> float:
    """A number in digits, Chinese or English words; at most `LARGEST`."""
    if text[0].isdigit():
        number = float(text)
    else:
        number = parse_chinese(text) if text[0] in ZH_DIGITS else parse_english(text)
    return min(number, LARGEST)


def scan(text: str) -> Iterator[tuple[int, int, Number]]:
    """Every (start, end, Number) in normalised text; overlapping readings are all given."""
    for match in _PERCENT.finditer(text):
        yield match.start(), match.end(), Number(parse_number(match["number"]), "%")
    for match in _TENTHS.finditer(text):
        more = parse_number(match["more"]) if match["more"] else 0.0  # 一成五: 15 %
        yield match.start(), match.end(), Number(10 * parse_number(match["number"]) + more, "%")
    for match in _FRACTION.finditer(text):
        if below := parse_number(match["below"]):
            yield (
                match.start(),
                match.end(),
                Number(100 * parse_number(match["above"]) / below, "%", rough=True),
            )
    for match in _EN_FRACTION.finditer(text):
        yield match.start(), match.end(), Number(_EN_FRACTIONS[match[0]], "%", rough=True)
    for match in _SCALE_FIRST.finditer(text):
        scale = "°F" if match["scale"] == "华氏" else "°C"
        yield match.start(), match.end(), Number(parse_number(match["number"]), scale)
    for match in _HALF.finditer(text):
        yield match.start(), match.end(), Number(0.5, "°" if match[0].endswith(("度", "degree")) else "level")
    for match in _QUARTERS.finditer(text):
        yield match.start(), match.end(), Number(15 * parse_number(match["number"]), "min")
    for match in _HALF_HOUR.finditer(text):
        hours = 0.5 + (parse_number(match["number"]) if match["number"] else 0.0)
        yield match.start(), match.end(), Number(60 * hours, "min")
    for match in _METRES.finditer(text):
        yield (
            match.start(),
            match.end(),
            Number(parse_number(match["whole"]) + parse_chinese_decimals(match["more"]), "m"),
        )
    for match in _FREEZING.finditer(text):
        yield match.start(), match.end(), Number(0.0, "°")
    for match in _A_FEW.finditer(text):
        amount = (2.0 if match["two"] else 1.0) + (0.5 if match["half"] else 0.0)
        name = next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, match["unit"]))
        yield match.start(), match.end(), Number(amount, name)
    for match in _HALF_A.finditer(text):
        name = next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, match["unit"]))
        yield match.start(), match.end(), Number(0.5, name)
    for match in _LEVEL.finditer(text):
        yield match.start(), match.end(), Number(parse_number(match["number"]), "level")
    for match in _PLAIN.finditer(text):
        if match[0] == "一" and _ONE_OF.match(text, match.end()) and not _UNIT.match(text, match.end()):
            continue  # 一直, 一闪: no value
        value = parse_number(match["number"])
        value = -value if match["sign"] else value
        end = match.end()
        if half := _AND_HALF.match(text, end):
            end, value = half.end(), value + 0.5
        unit = _UNIT.match(text, end)
        if unit:
            name = next(_UNIT_NAMES[i] for i in range(len(_UNIT_NAMES)) if unit[f"u{i}"] is not None)
            yield match.start(), unit.end(), Number(value, name)
            if text[unit.end() : unit.end() + 1] == "半":
                yield match.start(), unit.end() + 1, Number(value + 0.5, name)
            if digit := _POINT.match(text, unit.end()):  # 三十七度五
                yield match.start(), digit.end(), Number(value + parse_number(digit[0]) / 10, name)
        if text[end : end + 2] == "个半":  # 十三个半
            yield match.start(), end + 2, Number(value + 0.5)
        if text[end : end + 1] == "格":
            yield match.start(), end + 1, Number(value)  # a notch, of whatever
        yield match.start(), end, Number(value)
