"""Units as they are written behind a figure, and as they are said in both languages."""

from __future__ import annotations

import re

UNITS: dict[str, tuple[str, str, str]] = {
    # written: (Chinese, English for one, English for several)
    "°C": ("摄氏度", "degree Celsius", "degrees Celsius"),
    "°F": ("华氏度", "degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("度", "degree", "degrees"),
    "K": ("开尔文", "kelvin", "kelvin"),
    "%": ("", "percent", "percent"),
    "kWh": ("千瓦时", "kilowatt hour", "kilowatt hours"),
    "kW": ("千瓦", "kilowatt", "kilowatts"),
    "W": ("瓦", "watt", "watts"),
    "V": ("伏", "volt", "volts"),
    "mA": ("毫安", "milliampere", "milliamperes"),
    "A": ("安", "ampere", "amperes"),
    "lux": ("勒克斯", "lux", "lux"),
    "lx": ("勒克斯", "lux", "lux"),
    "ppm": ("百万分之", "part per million", "parts per million"),
    "µg/m³": ("微克每立方米", "microgram per cubic metre", "micrograms per cubic metre"),
    "m³": ("立方米", "cubic metre", "cubic metres"),
    "m²": ("平方米", "square metre", "square metres"),
    "km/h": ("公里每小时", "kilometre an hour", "kilometres an hour"),
    "m/s": ("米每秒", "metre a second", "metres a second"),
    "km": ("公里", "kilometre", "kilometres"),
    "cm": ("厘米", "centimetre", "centimetres"),
    "mm": ("毫米", "millimetre", "millimetres"),
    "m": ("米", "metre", "metres"),
    "kg": ("公斤", "kilogram", "kilograms"),
    "mg": ("毫克", "milligram", "milligrams"),
    "g": ("克", "gram", "grams"),
    "ml": ("毫升", "millilitre", "millilitres"),
    "mL": ("毫升", "millilitre", "millilitres"),
    "L": ("升", "litre", "litres"),
    "l": ("升", "litre", "litres"),
    "dB": ("分贝", "decibel", "decibels"),
    "hPa": ("百帕", "hectopascal", "hectopascals"),
    "kHz": ("千赫", "kilohertz", "kilohertz"),
    "MHz": ("兆赫", "megahertz", "megahertz"),
    "GHz": ("吉赫", "gigahertz", "gigahertz"),
    "Hz": ("赫兹", "hertz", "hertz"),
    "GB": ("吉字节", "gigabyte", "gigabytes"),
    "MB": ("兆字节", "megabyte", "megabytes"),
    "h": ("小时", "hour", "hours"),
    "min": ("分钟", "minute", "minutes"),
    "ms": ("毫秒", "millisecond", "milliseconds"),
    "s": ("秒", "second", "seconds"),
}
_SAME = {"℃": "°C", "℉": "°F", "％": "%", "μ": "µ", "m2": "m²", "m3": "m³", "㎡": "m²", "º": "°"}
_PATTERN = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
BEHIND = rf" ?({_PATTERN})(?![A-Za-z0-9])"
"""A unit behind a figure, as one group of a regular expression."""


def unified(text: str) -> str:
    """One way to write each unit."""
    for other, usual in _SAME.items():
        text = text.replace(other, usual)
    return text
