"""What is asked of the assistant itself: timers, reminders, lists, announcements, what is scheduled.

These wishes carry free text (what to be reminded of, what to buy), so they are read by their frame before
the home's words are looked for inside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal, cast

from homebody.assistant.plan import NOW, ListItem, Query, Reminder, Routine, Say, Step, When
from homebody.assistant.understanding import moments
from homebody.assistant.understanding.timers import timer_of
from homebody.assistant.understanding.timing import Said, combine

ListAction = Literal["add", "remove", "complete", "read"]

_MAYBE = re.compile(
    r"提醒|告诉|该|count down|待办|购物单|单子|任务|叫我|喊我|叫醒|remind|wake me|timer|countdown|"
    r"计时|倒计时|定时|闹钟|alarm|清单|列表|list\b"
    r"|广播|播报|通知大家|告诉大家|宣布|broadcast|announce|tell every|日程|计划|schedule|routine|automation"
)
"""No such sentence is without one of these words."""
MAX_LENGTH = 400
"""Longer texts are not read for these: nobody says them in one breath."""

_END = r"[\s.!,?]*$"
_POLITE = re.compile(
    r"^(?:(?:can|could|would|will) you |please |i'd like you to )+|[ ,]*(?:please|thanks|thank you)$"
)

# --- reminders, lists, announcements

_REMIND_ZH = re.compile(
    rf"^(?P<before>.*?)(?:(?:提醒|叫醒?|喊)(?:一下)?(?:我|一下我|我们|大家)|提醒(?=..))(?P<text>.+?){_END}"
)
_REMIND_EN = re.compile(rf"^(?P<before>.*?)\bremind (?:me|us)(?P<text>.+?){_END}")
_LIST_EN = r"(?:the |my |our )?(?P<list>[\w' -]*?)\s?list"
_LIST_ZH = r"(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表|事项|购物单|单子|单)"
_IN_ZH = r"(?:里面|里头|里|中|上)?"
_ASK_ZH = r"^(?:请|帮我|麻烦)?"
_LISTS: tuple[tuple[ListAction, re.Pattern[str]], ...] = tuple(
    (cast("ListAction", action), re.compile(pattern + _END))
    for action, pattern in (
        ("add", rf"^(?:please )?(?:add|put) (?P<item>.+?) (?:to|on|onto|in) {_LIST_EN}(?: please)?"),
        ("add", rf"^{_LIST_EN}[:,]? (?:add|put) (?P<item>.+?)"),
        ("read", rf"^(?:is there |do i have )?anything (?:left )?on {_LIST_EN}"),
        ("remove", rf"^(?:please )?(?:remove|delete|take|cross) (?P<item>.+?) (?:off from|from|off|"
                   rf"on|in) {_LIST_EN}"),
        (
            "complete",
            r"^(?:please )?(?:check off|tick off|mark|complete|check|tick) (?P<item>.+?) "
            rf"(?:as (?:done|bought|completed?) )?(?:off from|off|from|on|in) {_LIST_EN}",
        ),
        ("read", rf"^(?:what's|what is|what have i got|read|show me|show|"
                 rf"tell me what's) (?:me )?(?:on )?{_LIST_EN}"),
        (
            "add",
            rf"{_ASK_ZH}(?:把|将)?(?P<item>.+?)"
            rf"(?:加入|添加到|加到|添加进|放进|放到|写到|记到|写进|记进|添加至|加进|列入|"
            rf"添进){_LIST_ZH}{_IN_ZH}",
        ),
        ("read", rf"{_ASK_ZH}(?:看看|看一下|读一下|念一下|读读|查看|读|念)?{_LIST_ZH}{_IN_ZH}"
                 r"(?:都|还)?(?:有什么|有哪些|有啥|有什么没做|有什么没买).{0,4}"),
        ("read", rf"{_ASK_ZH}(?:看看|看一下|读一下|念一下|读读|查看){_LIST_ZH}"),
        (
            "complete",
            rf"{_ASK_ZH}(?:把|将|在)?{_LIST_ZH}{_IN_ZH}的?(?P<item>.+?)(?:做完|办完|买好|买完|搞定|"
            rf"完成|划掉|勾掉)了?",
        ),
        (
            "add",
            rf"{_ASK_ZH}(?:在|往|给)?{_LIST_ZH}{_IN_ZH}(?:再)?(?:添加|加入|加上|增加|写上|加|记上|"
            rf"添|记一?)(?P<item>.+?)",
        ),
        (
            "remove",
            rf"{_ASK_ZH}(?:把|将|从)?(?P<item>.+?)从{_LIST_ZH}{_IN_ZH}(?:删除|删掉|移除|去掉|划掉|移走|拿掉)",
        ),
        ("remove", rf"{_ASK_ZH}从{_LIST_ZH}{_IN_ZH}(?:删除|删掉|移除|去掉|划掉)(?P<item>.+?)"),
        ("remove", rf"{_ASK_ZH}(?:删除|删掉|移除|去掉){_LIST_ZH}{_IN_ZH}的?(?P<item>.+?)"),
        ("complete", rf"{_ASK_ZH}(?:把|将|在)?{_LIST_ZH}{_IN_ZH}的?(?:勾选|完成|标记)(?P<item>.+?)"),
        ("complete", rf"{_ASK_ZH}(?:勾选|完成|标记|划掉){_LIST_ZH}{_IN_ZH}的?(?P<item>.+?)"),
    )
)  # fmt: skip
_ONE = re.compile(r"^(?:一|两|几)?(?:个|条|把|瓶|盒|袋|包|斤|颗|些|下|件|份|箱|支|罐)(?=..)")
_SPEAK_IN = re.compile(
    rf"^(?:请|帮我)?(?:在|去|到|对|向|告诉|跟|通知)(?P<place>.{{1,8}}?)(?:说一?声|广播|播报|喊|说|"
    rf"里说|的人|里的人)?[:,]?(?P<text>(?:该|要|快|可以|来|别|记得).+?){_END}"
)
_LATER_ANNOUNCE = re.compile(r"^(?P<before>.{1,20}?)(?=广播|播报|通知大家|告诉大家|broadcast|announce)")
_LIST_TYPES = {"购物": "shopping", "to-do": "to-do", "待办": "待办"}
_NOWHERE: Mapping[str, str] = MappingProxyType({})
_ANNOUNCE = re.compile(
    r"^(?:请|帮我|please )?(?:广播一下|广播|播报|通知大家|告诉大家|宣布|向全家广播|全屋广播"
    r"|broadcast|announce|tell everyone|tell everybody)[:,]?\s?(?:that |一下)?(?P<text>.+?)" + _END
)

# --- what is scheduled

_SCHEDULED = re.compile(
    r"(?:什么|哪些|查看|列出|看看).{0,4}(?:定时|任务|日程|提醒|计划任务)"
    r"|(?:what|which|list|show|anything).{0,16}(?:scheduled|schedules|routines|automations|reminders)"
)
_CANCEL_SCHEDULE = re.compile(
    r"^(?:取消|删除|清除|cancel|delete|clear|forget)(?P<all>所有|全部| all| everything)?(?: the|"
    r" my)?(?: that is)?(?:的)?\s?"
    r"(?:定时任务|计划任务|日程|schedules?|scheduled(?: (?:task|thing)s?)?|routines?|reminders?|提醒|计划)"
    + _END
)
_CANCEL_ZH = re.compile(
    r"^(?:请|帮我)?把(?P<all>所有|全部)?(?:那个|定好的|设好的|这个)?(?:定时任务|定时|任务|提醒|"
    r"日程)(?P<all2>全部|都)?"
    r"(?:取消|删除|删|清空|清除|去)(?:掉|了)?吧?" + _END
)
_RUN_ROUTINE = re.compile(
    r"^(?:please )?(?:run|start|execute|trigger|activate|begin)(?: the| my| our)? (?P<en>[\w' ]{1,30}?) "
    r"(?:routine|automation)(?: please)?"
    + _END
    + r"|^(?:请|帮我)?(?:执行|运行|启动|开始)(?P<zh>.{1,12}?)(?:例程|自动化|流程)"
    + _END
)


def everyday(text: str, words: str, now: datetime, places: Mapping[str, str] = _NOWHERE) -> list[Step]:
    """The steps of such a sentence or clause (``text``, normalised; ``words`` as they were said), or none.

    ``places`` are the normal forms of areas' names, with their ids.
    """
    text = _POLITE.sub("", text.strip())
    if len(text) > MAX_LENGTH or not _MAYBE.search(text):
        return []
    for action, pattern in _LISTS:
        if match := pattern.search(text):
            item = match["item"].strip() if "item" in match.groupdict() else ""
            name = _LIST_TYPES.get(match["list"].strip(), match["list"].strip())
            item = _ONE.sub("", item)
            return [ListItem(action=action, list=name or "shopping", item=item, words=words)]
    if match := _CANCEL_SCHEDULE.search(text):
        return [Routine(action="cancel_all" if match["all"] else "cancel", words=words)]
    if match := _CANCEL_ZH.search(text):
        return [Routine(action="cancel_all" if match["all"] or match["all2"] else "cancel", words=words)]
    if match := _RUN_ROUTINE.search(text):
        return [Routine(action="run", name=(match["en"] or match["zh"]).strip(), words=words)]
    if _SCHEDULED.search(text):
        return [Query(what="scheduled", words=words)]
    if reminder := _reminder(text, words, now):
        return [reminder]
    if timer := timer_of(text, words):
        return [timer]
    if announcement := _announcement(text, words, now, places):
        return [announcement]
    return []


def _announcement(text: str, words: str, now: datetime, places: Mapping[str, str]) -> Say | None:
    """Words to say aloud: everywhere, in a place, now or later."""
    when = NOW
    match = _ANNOUNCE.search(text)
    if match is None and (later := _LATER_ANNOUNCE.search(text)):
        when, rest = _without_moments(later["before"], now)
        match = _ANNOUNCE.search(text[later.end("before") :]) if not rest.strip() else None
    if match:
        said, area = match["text"].strip(), None
        for name in sorted(places, key=len, reverse=True):
            for lead in (
                f"in the {name} that ",
                f"in the {name} ",
                f"in {name} that ",
                f"in {name} ",
                f"到{name}",
            ):
                if area is None and said.startswith(lead):
                    said, area = said.removeprefix(lead).lstrip(":, "), places[name]
        return Say(text=said, area=area, when=when, words=words)
    if match := _SPEAK_IN.search(text):
        area = places.get(match["place"])
        return Say(text=match["text"].strip(), area=area, words=words) if area else None
    return None


def _reminder(text: str, words: str, now: datetime) -> Reminder | None:
    match = _REMIND_ZH.search(text) or _REMIND_EN.search(text)
    if not match:
        return None
    when, rest = _without_moments(f"{match['before']} {match['text']}", now)
    rest = re.sub(r"^(?:请|帮我|记得|please|can you|could you)\s?", "", rest.strip())
    rest = re.sub(r"^(?:to|that|about|我|去|要|一下)\s?(?=\S)", "", rest).strip(" ,")
    return Reminder(text=rest or match["text"].strip(), when=when, words=words)


def _without_moments(text: str, now: datetime) -> tuple[When, str]:
    """The moment in a text and the text without it."""
    spans: list[tuple[int, int, moments.Piece]] = []
    for start, end, piece in sorted(moments.scan(text), key=lambda item: item[0] - item[1]):
        if all(end <= s or start >= e for s, e, _ in spans):
            spans.append((start, end, piece))
    said, rest = [], text
    for start, end, piece in sorted(spans, key=lambda item: item[0], reverse=True):
        said.append(Said(piece))
        tail = re.sub(r"^(?:之后|以后|过后|后| later| from now)", "", rest[end:])
        head = re.sub(r"(?:\b(?:in|at|on|after|by)|在|过|等)\s?$", "", rest[:start])
        rest = head + tail
    return combine(said[::-1], now) or NOW, rest.strip(" ,的.")
