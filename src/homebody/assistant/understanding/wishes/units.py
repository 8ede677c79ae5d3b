"""Units: what a number is in the unit of a function."""

from __future__ import annotations

from collections.abc import Mapping

from homebody.assistant.understanding.words.numbers import Number
from homebody.home.function import Function

TIME = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SCALES: tuple[Mapping[str, float], ...] = (
    TIME,
    {"mm": 0.001, "cm": 0.01, "in": 0.0254, "ft": 0.3048, "m": 1.0, "km": 1000.0},
    {"km": 1.0, "km/h": 1.0, "mph": 1.609344, "kn": 1.852},
    {"ml": 0.001, "L": 1.0, "floz": 0.24},
    {"L/h": 1.0, "L": 1.0},
    {"W": 1.0, "kW": 1000.0},
    {"g": 0.001, "kg": 1.0, "lb": 0.45359237, "oz": 0.028349523},
)
_SAME_UNIT: Mapping[str, str] = {
    "minutes": "min", "minute": "min", "分钟": "min", "seconds": "s", "sec": "s", "秒": "s", "hours": "h",
    "hour": "h", "小时": "h", "℃": "°C", "c": "°C", "celsius": "°C", "percent": "%", "kelvin": "K",
    "档": "level", "级": "level", "level": "level", "°f": "°F", "℉": "°F", "毫升": "ml", "升": "L", "克": "g",
    "°c": "°C", "k": "K", "a": "A", "v": "V", "amps": "A", "volts": "V", "hpa": "hPa", "l/h": "L/h",
    "kw": "kW", "litres per hour": "L/h", "knots": "kn", "kg": "kg", "千克": "kg", "公斤": "kg", "毫米": "mm",
    "lux": "lx", "厘米": "cm", "米": "m", "转": "rpm",
}  # fmt: skip


def unit_of(function: Function) -> str:
    return _SAME_UNIT.get(function.unit.lower(), function.unit)


def convert(number: Number, function: Function) -> float | None:
    """The number in the function's unit, or None where the two have nothing to do with each other."""
    said, wanted = number.unit, unit_of(function)
    if said in ("", wanted) or (said == "level" and wanted in ("", "level", "%")):
        return number.value
    if said == "°" and wanted in ("°C", "°F", "°"):
        return number.value
    if said == "°F" and wanted == "°C":
        return round((number.value - 32) / 1.8, 1)
    if said == "°C" and wanted == "°F":
        return round(number.value * 1.8 + 32, 1)
    for scale in _SCALES:
        if said in scale and wanted in scale:
            return number.value * scale[said] / scale[wanted]
    if said == "%" and wanted not in ("°C", "°F", "K", "") and wanted not in TIME:
        return None
    if said == "%" and function.max < float("inf") and wanted == "":
        return function.min + (function.max - function.min) * number.value / 100
    return None


def whole(value: float) -> float:
    """The same number, an integer where it is one."""
    return int(value) if value == int(value) else value


def tidy(value: float) -> float:
    """To two decimals: no device is finer, and sums of steps are not exact."""
    rounded = round(value, 2)
    return whole(rounded) if abs(rounded) < 1e15 else rounded
