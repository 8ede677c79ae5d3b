"""Words that Chinese makes by rule, so that no table can list them: 锁没锁上, 还开着不, 浇花浇个八分钟.

The scanners look at normalised text and offer what they find to the `lattice`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from homebody.assistant.understanding.words.lexicon import lexicon
from homebody.assistant.understanding.words.numbers import ZH_DIGITS, parse_number
from homebody.assistant.understanding.words.token import Entry

Found = tuple[int, int, Entry]
"""Start, end, and the meaning of what stands there."""

_A_NOT_A = re.compile(
    r"(?!好|行|成|得|中|可|[\d一二三四五六七八九十百千万])([\u4e00-\u9fff]{1,2})(?:[不没冇未唔]|没有)\1"
    r"(?:[上好完住掉紧严满牢到开](?![灯门窗空风电]|$)|[上好完住掉紧严满牢到](?=$|[,.!?呀啊呢]))?"
)
"""开没开, 热不热, 锁没锁上: a question whatever the word; what repeats is still read beside it."""
_LAST_NOT = re.compile(r"(?<=[\u4e00-\u9fff])[不冇未](?=$|[,.!?])")
"""还开着不, 会下雨不: the end asks."""
_COPIED = re.compile(
    rf"([^\W\d_{ZH_DIGITS}的了])[\u4e00-\u9fff]{{1,3}}?(?P<again>\1)(?=[个上了它足够]{{0,2}}(?!一[下遍会阵])(?:[\d{ZH_DIGITS}半几]))"
)
"""浇花浇个八分钟: the verb once more, before for how long or how often."""
_LASTS = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?P<little>[个上])(?=(?:[\d{ZH_DIGITS}半]+(?:个?小时|个?钟头|分钟|秒|刻钟)))"
)
"""浇个八分钟, 开上半小时: a little word before for how long."""
_SERVING = re.compile(r"(?:来|做|冲|泡|沏|煮|煲|打|弄|整|炖|焖)(?:上|个)?[杯壶碗锅份盅罐]")
"""来杯拿铁, 沏壶普洱: something is to be made."""
_ROOMS = re.compile(
    r"(?<![\d.])(?P<first>\d{2,4})(?:号?房间?|室|号)?(?:到|至|-|~|—)(?P<last>\d{2,4})(?:号?房间?|室|号)?"
)


def scan(text: str) -> Iterator[Found]:
    """Everything that is made by a rule that needs no home."""
    if text.isascii():
        return
    for match in _A_NOT_A.finditer(text):
        yield match.start(), match.end(), Entry("ask", "a_not_a")
        for end, entries in lexicon().matches(text, match.start()):
            if end == match.start() + len(match[1]):
                yield from ((match.start(), match.end(), entry) for entry in entries)
    for match in _LAST_NOT.finditer(text):
        yield match.start(), match.end(), Entry("ask", True)
    for match in _COPIED.finditer(text):
        yield match.start("again"), match.end("again"), Entry("particle_zh", True)
    for match in _SERVING.finditer(text):
        yield match.start(), match.end(), Entry("serve", True)
    for match in _LASTS.finditer(text):
        yield match.start(), match.end(), Entry("particle_zh", True)


def rooms(text: str, numbers: Mapping[int, str]) -> Iterator[Found]:
    """113到115房: all rooms from one to the other. ``numbers``: areas by the number in their name."""
    for match in _ROOMS.finditer(text):
        first, last = int(parse_number(match["first"])), int(parse_number(match["last"]))
        if first in numbers and last in numbers and first < last:
            inside = (area for number, area in sorted(numbers.items()) if first <= number <= last)
            yield from ((match.start(), match.end(), Entry("area", area)) for area in inside)
