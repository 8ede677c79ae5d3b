"""What is asked of the assistant itself: timers, reminders, lists, announcements, greetings, yes and no.

These sentences carry free text (what to be reminded of, what to buy), so they are read by their frame
before the home's words are looked for inside them.
"""

from __future__ import annotations

import re
from datetime import datetime

from homebody.assistant.plan import NOW, ListItem, Query, Reminder, Routine, Say, Step, Timer, When
from homebody.assistant.understanding import moments
from homebody.assistant.understanding.moments import Said, combine, iso_duration
from homebody.assistant.understanding.normalise import Normalised
from homebody.home.label import Language

_END = r"[\s.!,。!,]*$"
_TIMER_WORD = r"(?:定时器|计时器|倒计时|定时|计时|闹钟|timer|countdown)"
_TIMER = re.compile(_TIMER_WORD)
_NOT_DEVICE = re.compile(r"(?:开灯|关灯|打开|关掉|关闭|turn (?:on|off)|switch (?:on|off))")
_TIMER_ACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cancel_all", re.compile(r"(?:取消|删除|停止|关掉|关闭|清除).{0,2}(?:所有|全部|一切)|(?:cancel|stop|delete|clear|remove|end).{0,6}all\b")),
    ("resume", re.compile(r"继续|恢复|resume|unpause|continue|restart")),
    ("pause", re.compile(r"暂停|pause|hold")),
    ("extend", re.compile(r"(?:增加|延长|加上?|多加|再加|加长|add|extend|increase|more time)")),
    ("shorten", re.compile(r"(?:减少|缩短|减去?|扣掉?|take|remove|subtract|shorten|decrease|reduce)")),
    ("cancel", re.compile(r"取消|删除|停止|关掉|关闭|停掉|cancel|stop|delete|clear|end\b|turn off|dismiss")),
    ("status", re.compile(r"还剩|还有多|剩余|多久|状态|how (?:much|long)|time left|remaining|left on|status|what's left|when (?:does|will)")),
)  # fmt: skip
_NAMED = re.compile(r"(?:名为|叫做?|called|named|labell?ed)\s*(?P<name>[^,.。,]+?)\s*(?:的|$|for\b|,)")
_KIND_NAME = re.compile(
    rf"(?:the|my|a)?\s*(?P<name>[a-z ]{{2,20}}?) {_TIMER_WORD}|(?P<zh>[\u4e00-\u9fff]{{2,4}})(?:的)?{_TIMER_WORD}"
)
_PLAIN_NAMES = re.compile(r"^(?:set|start|a|an|the|my|new|cancel|stop|pause|resume|all|minute|minutes|hour|second|seconds|hours|to|on|for|left|and|"
                          r"how much time|is|one|delete|please|any|second timer|add|create|\d+| )+$|取消|暂停|继续|设置|设定|开始|启动|恢复|停止|所有|全部|"
                          r"分钟|小时|删除|一个|个|秒|的")  # fmt: skip

_REMIND_ZH = re.compile(r"^(?P<before>.*?)(?:提醒|叫|喊)(?:我|一下我|我们|大家)(?P<text>.+?)" + _END)
_REMIND_EN = re.compile(r"^(?P<before>.*?)\bremind (?:me|us)(?P<text>.+?)" + _END)
_LIST_WORD_EN = r"(?P<list>[\w' ]*?)\s?list"
_LISTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("add", re.compile(rf"^(?:please )?(?:add|put) (?P<item>.+?) (?:to|on|onto|in) (?:the |my |our )?{_LIST_WORD_EN}{_END}")),
    ("remove", re.compile(rf"^(?:please )?(?:remove|delete|take|cross) (?P<item>.+?) (?:from|off) (?:the |my |our )?{_LIST_WORD_EN}{_END}")),
    ("complete", re.compile(rf"^(?:please )?(?:check off|tick off|mark|complete|check|tick) (?P<item>.+?) (?:as (?:done|bought|complete[d]?) )?(?:on|off|from|in) (?:the |my |our )?{_LIST_WORD_EN}{_END}")),
    ("read", re.compile(rf"^(?:what's|what is|read|show|tell me what's) (?:on )?(?:the |my |our )?{_LIST_WORD_EN}{_END}")),
    ("add", re.compile(r"^(?:请|帮我)?(?:把|将)?(?P<item>.+?)(?:加入|添加到|加到|添加进|放进|放到|写到|记到|添加至|加进|列入)(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表)(?:里|中|上|里面)?" + _END)),
    ("add", re.compile(r"^(?:请|帮我)?(?:在|往|给)?(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表)(?:里|中|上|里面)?(?:添加|加入|加上|增加|写上|加|记上)(?P<item>.+?)" + _END)),
    ("remove", re.compile(r"^(?:请|帮我)?(?:把|将|从)?(?P<item>.+?)从(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表)(?:里|中|上)?(?:删除|删掉|移除|去掉|划掉|移走|拿掉)" + _END)),
    ("remove", re.compile(r"^(?:请|帮我)?从(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表)(?:里|中|上)?(?:删除|删掉|移除|去掉|划掉)(?P<item>.+?)" + _END)),
    ("complete", re.compile(r"^(?:请|帮我)?(?:把|将|在)?(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表)(?:里|中|上)?(?:的)?(?:勾选|完成|标记)(?P<item>.+?)" + _END)),
    ("complete", re.compile(r"^(?:请|帮我)?(?:勾选|完成|标记|划掉)(?:我的)?(?P<list>[\u4e00-\u9fff]{0,6}?)(?:清单|列表)(?:里|中|上)?(?:的)?(?P<item>.+?)" + _END)),
)  # fmt: skip
_ANNOUNCE = re.compile(r"^(?:请|帮我|please )?(?:广播|播报|通知大家|告诉大家|宣布|向全家广播|全屋广播|broadcast|announce|tell everyone|tell everybody)[:,:,]?\s?"
                       r"(?:that |一下)?(?P<text>.+?)" + _END)  # fmt: skip
_SCHEDULED = re.compile(
    r"(?:有(?:什么|哪些)|what|which|list|show|查看|列出).{0,8}(?:定时任务|计划任务|日程|scheduled|schedules|routines|automations|reminders|提醒)"
)
_CANCEL_SCHEDULE = re.compile(r"^(?:取消|删除|清除|cancel|delete|clear|forget)(?P<all>所有|全部| all)?(?: the| my)?(?:的)?\s?(?:定时任务|计划任务|日程|schedules?|scheduled "
                              r"(?:task|thing)s?|routines?|reminders?|提醒|计划)" + _END)  # fmt: skip

_YES = frozenset(["是", "是的", "对", "对的", "好", "好的", "好啊", "行", "可以", "确定", "确认", "嗯", "没错", "当然", "要", "开吧", "同意", "系", "系呀", "得", "yes", "y", "yeah", "yep", "yup", "sure", "ok", "okay", "confirm", "confirmed", "correct", "affirmative", "absolutely", "确定的", "我确定", "确认执行"]) | {"do it", "go ahead", "yes please", "yes do it", "of course", "i'm sure",
                 "i am sure", "please do", "that's right", "sure thing", "yes i am", "yes, do it", "yes, please", "yes go ahead"}  # fmt: skip
_NO = frozenset(["不", "不是", "不用", "不要", "不了", "不行", "别", "算了", "取消", "不必", "否", "没有", "唔使", "唔好", "唔系", "no", "n", "nope", "nah", "cancel", "negative", "never", "don't", "stop", "不确定", "放弃", "不用了"]) | {
    "never mind", "nevermind", "no thanks", "no thank you", "forget it", "do not", "don't do it", "no way", "cancel that", "no don't",
    "no, don't", "not now", "leave it"}  # fmt: skip

_TALK: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^(?:你好|您好|嗨|哈喽|早上好|晚上好|下午好|早安|晚安|hello|hi|hey|good (?:morning|evening|afternoon|night))(?: there| homebody|呀|啊|,?宅家)?" + _END),
     "你好，我在。", "Hello, I'm here."),
    (re.compile(r"^(?:谢谢|谢谢你|多谢|谢啦|感谢|辛苦了|唔该|thanks|thank you|thanks a lot|thank you very much|cheers)(?:你|啦|了| so much)?" + _END),
     "不客气。", "You're welcome."),
    (re.compile(r"^(?:再见|拜拜|bye|goodbye|see you)" + _END), "再见。", "Goodbye."),
    (re.compile(r"^(?:你是谁|你叫什么|你叫什么名字|介绍一下你自己|who are you|what are you|what's your name|what is your name)" + _END),
     "我是宅家，住在你自己电脑里的助手。", "I'm Homebody, the assistant that lives on your own computer."),
    (re.compile(r"^(?:算了|没事了?|没什么|当我没说|不用了|never ?mind|forget it|nothing)" + _END), "好的。", "All right."),
)  # fmt: skip


def answer(text: str) -> str | None:
    """``yes`` or ``no`` where the whole text says just that."""
    plain = text.strip(" .!,?。吧的啊呀哦").strip()
    for candidate in (text.strip(" .!,?"), plain):
        if candidate in _YES:
            return "yes"
        if candidate in _NO:
            return "no"
    return None


def small_talk(text: str, language: Language) -> str | None:
    for pattern, zh, en in _TALK:
        if pattern.search(text):
            return zh if language == "zh" else en
    return None


def _moments(text: str, now: datetime) -> tuple[When, str]:
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
    return combine(said[::-1], now), rest.strip(" ,,的。.")


def _reminder(text: Normalised, now: datetime) -> Reminder | None:
    match = _REMIND_ZH.search(text.text) or _REMIND_EN.search(text.text)
    if not match:
        return None
    when, rest = _moments(f"{match['before']} {match['text']}", now)
    rest = re.sub(r"^(?:请|帮我|记得|please|can you|could you)\s?", "", rest.strip())
    rest = re.sub(r"^(?:to|that|about|我|去|要|一下)\s?(?=\S)", "", rest).strip(" ,,")
    if not rest:
        rest = match["text"].strip()
    return Reminder(text=rest, when=when if when != NOW else NOW, words=text.source.strip())


def _timer(text: Normalised) -> Timer | None:
    string = text.text
    if not _TIMER.search(string) or _NOT_DEVICE.search(string.replace("turn off the timer", "")):
        return None
    spans = sorted((s for s in moments.scan(string) if s[2].role == "duration"), key=lambda s: s[0] - s[1])
    duration = iso_duration(spans[0][2].seconds) if spans else None
    action = next((name for name, pattern in _TIMER_ACTIONS if pattern.search(string)), None)
    if action in ("extend", "shorten") and duration is None:
        action = None
    if action is None or (action in ("resume", "cancel") and duration and "set" in string):
        action = "set"
    if action == "set" and duration is None:
        return None
    name = ""
    if match := _NAMED.search(string):
        name = match["name"].strip()
    elif (match := _KIND_NAME.search(string)) and not _PLAIN_NAMES.search(
        (match["name"] or match["zh"]).strip()
    ):
        name = re.sub(
            r"^(?:set|cancel|stop|pause|resume|start|the|my|a)\s", "", (match["name"] or match["zh"]).strip()
        )
    if action not in ("set", "extend", "shorten"):
        duration = None
    return Timer(action=action, duration=duration, name=name, words=text.source.strip())  # type: ignore[arg-type]


def everyday(text: Normalised, now: datetime) -> list[Step]:
    """The steps of such a sentence, or none."""
    string = text.text.strip()
    words = text.source.strip()
    for action, pattern in _LISTS:
        if match := pattern.search(string):
            name = match["list"].strip() or "shopping"
            item = match["item"].strip() if "item" in match.groupdict() else ""
            return [ListItem(action=action, list=name, item=item, words=words)]  # type: ignore[arg-type]
    if match := _CANCEL_SCHEDULE.search(string):
        return [Routine(action="cancel_all" if match["all"] else "cancel", words=words)]
    if _SCHEDULED.search(string):
        return [Query(what="scheduled", words=words)]
    if ("提醒" in string or "remind" in string) and (reminder := _reminder(text, now)):
        return [reminder]
    if timer := _timer(text):
        return [timer]
    if match := _ANNOUNCE.search(string):
        return [Say(text=match["text"].strip(), words=words)]
    return []
