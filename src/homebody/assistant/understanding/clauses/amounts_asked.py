"""How much of what: 几克, 多少升, 百分之几. The unit tells which of a thing's values is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("毫升", ("ml",)),
    ("毫米", ("mm",)),
    ("公里|千米", ("km", "里程")),
    ("公分|厘米", ("cm",)),
    ("公斤|千克", ("kg",)),
    ("分钟", ("min",)),
    ("个?小时|个?钟头", ("h", "min")),
    ("勒克斯", ("lx",)),
    ("分贝", ("dB",)),
    ("克", ("g",)),
    ("升", ("L",)),
    ("瓦", ("W",)),
    ("度", ("=°C", "=°F", "温度")),
    ("天", ("d", "天")),
    ("米", ("m",)),
    ("碗", ("bowls", "碗")),
    ("颗|粒|片", ("药量", "余量")),
    ("[档挡级]", ("level", "档", "级")),
    ("转", ("rpm",)),
    ("节", ("kn",)),
)
_SHARE = re.compile(r"百分之(?:几|多少|几多)")
_ASKED = tuple(
    (re.compile(rf"(?:多少|几多|(?<![十好没])几)(?:{unit})"), fragments) for unit, fragments in _UNITS
)


def scan(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every (start, end, fragments): what is in the unit or the name of the value that is asked for."""
    for match in _SHARE.finditer(text):
        yield match.start(), match.end(), ("%",)
    if "几" not in text and "多少" not in text:
        return
    for pattern, fragments in _ASKED:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), fragments
