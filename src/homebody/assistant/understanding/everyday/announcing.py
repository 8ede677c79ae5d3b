"""Words that somebody wants said aloud: to everybody, or in one place; now or later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from homebody.assistant.plan import NOW, Say
from homebody.assistant.understanding.everyday.phrases import END
from homebody.assistant.understanding.times.in_text import without_moments

_POLITE = r"^(?:请|帮我|麻烦|你|去|给我|please )*"
_EVERYBODY = r"(?:大家伙?|所有人|全家人?|家里人|全体|孩子们|小朋友们?|他们)"
_ANNOUNCE = re.compile(
    _POLITE + r"(?:(?:向|给|对)?(?:全家|全屋|整屋|家里|所有(?:设备|音箱|人|房间)|每个房间)?(?:广播"
    r"|播报)(?!里|电台|员|剧|节目|操|音|中)"
    r"(?:一下|一声|通知|说)?"
    + rf"|(?:通知|告诉|喊|叫|跟|和|对)(?:一下)?{_EVERYBODY}(?:说一?声|说|讲一?声|讲|一声|来|去)?"
    rf"|(?:喊|叫|吼|吆喝)(?:一嗓子|[一两几]声)(?:{_EVERYBODY}(?:来|去)?)?|宣布(?:一下)?"
    + r"|broadcast|announce|tell everyone|tell everybody)[:,]?\s?(?:that |一下)?(?P<text>.+?)"
    + END
)
_LATER = re.compile(
    rf"^(?P<before>.{{1,20}}?)(?=(?:全屋)?广播|播报|(?:通知|告诉|喊|叫){_EVERYBODY}|broadcast|announce)"
)
_ASKS = re.compile(r"[吗么?]$|是谁|是什么|有哪些|有什么")
_TO_PLACE = re.compile(_POLITE + r"(?P<lead>在|到|对|向|跟|和|给|往|告诉|通知)(?=.)")
_SPEECH = re.compile(
    r"^(?:里面?|那边|那儿)?(?:的?(?:人|孩子|大家))?"
    r"(?P<verb>说一?声|讲一?声|喊一?声|喊话|广播|播报|通知|说|讲|喊)?(?:一下)?[:,]?(?P<text>.+?)" + END
)


def announcement(text: str, words: str, now: datetime, places: Mapping[str, str]) -> Say | None:
    """What is to be said aloud, or None. ``places``: the normal forms of areas' names, with their ids."""
    when = NOW
    match = _ANNOUNCE.search(text)
    if match is None and (later := _LATER.search(text)):
        when, rest = without_moments(later["before"], now)
        match = _ANNOUNCE.search(text[later.end("before") :]) if not rest.strip() else None
    if match and _ASKS.search(match["text"]):
        return None
    if match:
        said, area = _where(match["text"].strip(), places)
        return Say(text=said, area=area, when=when, words=words)
    return _in_place(text, words, places)


def _where(said: str, places: Mapping[str, str]) -> tuple[str, str | None]:
    """The words without a place before them, and that place."""
    for name in sorted(places, key=len, reverse=True):
        for lead in (
            f"in the {name} that ",
            f"in the {name} ",
            f"in {name} that ",
            f"in {name} ",
            f"到{name}",
        ):
            if said.startswith(lead):
                return said.removeprefix(lead).lstrip(":, "), places[name]
    return said, None


def _in_place(text: str, words: str, places: Mapping[str, str]) -> Say | None:
    """在儿童房说该睡觉了, 跟书房说一声吃饭, 告诉客厅该出门了."""
    lead = _TO_PLACE.search(text)
    if lead is None:
        return None
    rest = text[lead.end() :]
    name = max((name for name in places if rest.startswith(name)), key=len, default=None)
    if name is None:
        return None
    speech = _SPEECH.search(rest[len(name) :])
    if speech is None or not (speech["verb"] or lead["lead"] in ("告诉", "通知")):
        return None
    return Say(text=speech["text"].strip(), area=places[name], words=words)
