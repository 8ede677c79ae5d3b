"""Kitchen timers: what to do with which timer, and by how much.

A sentence about a timer has at most two lengths: the timer's own ("the ten minute timer") and the one that
is added or taken away. What is left when these, the verb and the small words are gone is the timer's name.
"""

from __future__ import annotations

import re
from typing import Literal

from homebody.assistant.plan import Timer
from homebody.assistant.understanding.times import moments
from homebody.assistant.understanding.times.timing import iso_duration

Action = Literal["set", "cancel", "cancel_all", "pause", "resume", "extend", "shorten", "status"]

_WORD = re.compile(
    r"番茄[钟时]|倒计时器?|定时器|计时器|定时|[计记]个?时|倒数|闹钟"
    r"|(?:(?:几|多少|几多)(?:分钟|秒钟?|小时|个钟)|多久|多长时间|多少时间|几耐)"
    r".{0,2}(?:响|到点|到时间|到钟)"
    r"|[掐卡记](?:个|着)?一下(?=,?[给我]{0,2}[\d一二两三四五六七八九十半])"
    r"|[掐卡](?:个|着|一?下)?(?:表|时间?|点)|读秒|[读数](?=[^,]{1,6}秒)|(?<=[别用要停])再?[计数](?=了|$)"
    r"|alarm clocks?|\btimers?\b|\bcount ?downs?\b"
)
_OF_DEVICE = re.compile(r"(?:开|关)灯|打开(?!计时|定时|倒计)|turn on|switch (?:on|off)|lights?\b")
_ACTIONS: tuple[tuple[Action, re.Pattern[str]], ...] = (
    (
        "cancel_all",
        re.compile(
            r"(?:取消|删除|停止|关掉|关闭|清除|删掉).{0,4}(?:所有|全部|一切)|(?:所有|全部).{0,"
            r"8}(?:取消|删|停|关|清)"
            r"|(?:cancel|stop|delete|clear|remove|end).{0,6}\ball\b"
        ),
    ),
    ("resume", re.compile(r"继续|恢复|接着|重新(?:走|跑|开始)"
                          r"|\bresume\b|unpause|\bcontinue\b|\brestart\b")),
    ("pause", re.compile(r"暂停|停一[下停]|先停|停住|停下|\bpause\b|\bhold\b")),
    ("extend", re.compile(r"增加|延长|加上|多加|再加|再给|多给|再来|多来|加长|推迟|加(?!热)|\badd\b"
                          r"|\bextend\b|"
                          r"\bincrease\b|more time|\blengthen\b")),
    ("shorten", re.compile(r"减少|缩短|减去|减|扣[掉去]|提前|[掐砍去抹省][掉去]|"
                           r"少(?=[\d一两二三四五六七八九十半])"
                           r"|\btake\b|\bremove\b|\bsubtract\b|"
                           r"\bshorten\b|\bdecrease\b|\breduce\b")),
    ("cancel", re.compile(r"取消|删除|停止|关[掉了]?|停[掉了]|删掉|撤[销掉了]|不要了?|作废|免了|算了|"
                         r"(?:不用|不必|别|甭|唔使|唔好)再?(?:[计倒数定掐]|给我)|\bcancel\b|\bstop\b"
        r"|\bdelete\b|"
                          r"\bclear\b|\bend\b|\bturn off\b|\bdismiss\b")),
    (
        "status",
        re.compile(
            r"还剩|还有|还差|剩余|剩下|到(?:点|时间?)了?(?:没|吗)"
            r"|多久|状态|多长时间|看看|查看|怎么样|how (?:much|long)|time left|remaining|"
            r"\bleft\b|\bstatus\b|what's left|how(?:'s| is| are)\b.*\bdoing|what's .*\bat$|where's"
            r"|when (?:does|will)|check"
        ),
    ),
)  # fmt: skip
_AMOUNT_BEFORE = re.compile(
    r"(?:\bby|\badd(?: another| an extra)?|\btake|\bremove|\bsubtract|缩短|减少|减去|减|扣掉|增加|"
    r"延长|加上|多加|再加|加长|加)"
    r"了?\s*$"
)
_EDGE_EN = frozenset(
    [
        "set",
        "start",
        "create",
        "make",
        "add",
        "put",
        "begin",
        "run",
        "give",
        "me",
        "us",
        "a",
        "an",
        "another",
        "the",
        "my",
        "our",
        "new",
        "please",
        "can",
        "could",
        "you",
        "i",
        "want",
        "need",
        "cancel",
        "stop",
        "delete",
        "clear",
        "end",
        "turn",
        "off",
        "dismiss",
        "remove",
        "take",
        "subtract",
        "shorten",
        "decrease",
        "reduce",
        "increase",
        "extend",
        "lengthen",
        "pause",
        "hold",
        "resume",
        "unpause",
        "continue",
        "restart",
        "all",
        "for",
        "by",
        "from",
        "to",
        "on",
        "in",
        "of",
        "with",
        "at",
        "and",
        "is",
        "are",
        "s",
        "what's",
        "what",
        "how",
        "much",
        "long",
        "more",
        "time",
        "left",
        "remaining",
        "status",
        "check",
        "there",
        "does",
        "will",
        "it",
        "when",
        "named",
        "called",
        "labelled",
        "labeled",
        "one",
        "minute",
        "second",
        "hour",
        "that",
        "this",
        "have",
        "got",
        "whoops",
        "oh",
    ]
)
_EDGE_ZH = re.compile(
    r"^(?:请|帮我|给我|走一?个|来一?个|整一?个|[掐砍去抹省扣][掉去]|表|给|把|将|让|的|个|一个|在|里|我|设置|设定|设为|设|定|开始|启动|开|来|创建|"
    r"新建|取消|停止|删除|关掉|关闭|"
    r"清除|停掉|暂停|继续|恢复|增加|延长|加上|多加|再加|加长|加|缩短|减少|减去|减|扣掉|再|还剩|"
    r"还有|剩余|剩下|多久|多少|多长|"
    r"时间|状态|查看|看看|到|那个|这个|它|接着|走|跑|撤[销掉了]|作废|算了|不用|不必|别|甭|秒|所有|全部|都|了|吧|吗|呢|先停一下|停一下|停住|停了|停|关了|关|响了|到点"
    r"|到时间|没有?|少|差|给我|名为|名叫|叫做|叫|为|是|有|下|一下|掉)+"
)
_NAMED = re.compile(r"(?:名为|名叫|叫做?|called|named|labell?ed)\s*(?P<name>[^,.]+?)\s*(?=的|$|for\b|by\b|,)")

_ARTICLE = re.compile(r"^(?:an?|the|my|our) ")


def timer_of(text: str, words: str) -> Timer | None:
    """What a (normalised) clause asks of a timer; None where it is about none,"
    " or sets one without a length."""
    word = _WORD.search(text)
    if word is None or _OF_DEVICE.search(text) or re.search("多少天|几天", text):
        return None
    spans = _durations(text)
    action = next((name for name, pattern in _ACTIONS if pattern.search(text)), None)
    if action in ("extend", "shorten") and not spans:
        action = None
    asks_new = re.match(r"(?:please )?(?:set|start|create|make|设|定|开始|启动|新建)", text) is not None
    if action is None or (asks_new and spans and action in ("resume", "cancel", "extend", "shorten")):
        action = "set"
    amount, length = _lengths(text, spans) if action in ("extend", "shorten") else (None, None)
    if action == "set":
        amount = iso_duration(spans[0][2]) if spans else None
    elif spans and action not in ("extend", "shorten"):
        length = iso_duration(spans[0][2])
    if action == "set" and amount is None:
        return None
    return Timer(action=action, duration=amount, length=length, name=_name(text, spans), words=words)


def of_last_timer(text: str, words: str) -> Timer | None:
    """再加两分钟, cancel it: what is asked, right after a timer was spoken of, of that timer. None where it
    sets a new one, or says anything beside."""
    said = text.strip(" .!?,")
    step = timer_of(("timer " if said.isascii() else "计时器") + said, words)
    return step if step and step.action != "set" and not step.name else None


def _durations(text: str) -> list[tuple[int, int, float]]:
    """(start, end, seconds) of every length, the longest reading of each."""
    found = [
        (start, end, piece.seconds) for start, end, piece in moments.scan(text) if piece.role == "duration"
    ]
    found.sort(key=lambda item: item[0] - item[1])
    chosen: list[tuple[int, int, float]] = []
    for start, end, seconds in found:
        if all(end <= s or start >= e for s, e, _ in chosen):
            chosen.append((start, end, seconds))
    return sorted(chosen)


def _lengths(text: str, spans: list[tuple[int, int, float]]) -> tuple[str | None, str | None]:
    """By how much, and the timer's own length if that was said."""
    by = next((span for span in spans if _AMOUNT_BEFORE.search(text[: span[0]])), spans[0])
    own = next((span for span in spans if span is not by), None)
    return iso_duration(by[2]), iso_duration(own[2]) if own else None


def _name(text: str, spans: list[tuple[int, int, float]]) -> str:
    if match := _NAMED.search(text):
        return _ARTICLE.sub("", match["name"].strip())
    rest = text
    clocks = [(start, end) for start, end, piece in moments.scan(text) if piece.role != "duration"]
    cuts = [*clocks, *((start, end) for start, end, _ in spans)] + [
        match.span() for match in _WORD.finditer(text)
    ]
    for start, end in sorted(cuts, reverse=True):
        rest = rest[:start] + "|" + rest[end:]
    parts = [_bare(part) for part in re.split(r"[|,]", rest)]
    return " ".join(part for part in parts if part)


def _bare(part: str) -> str:
    """A stretch without the small words at its ends."""
    part = part.strip(" .!?,'-")
    if part.isascii():
        found = part.split()
        while found and found[0] in _EDGE_EN:
            found.pop(0)
        while found and found[-1] in _EDGE_EN:
            found.pop()
        return " ".join(found)
    part = _EDGE_ZH.sub("", part)
    return re.sub(r"(?:的|给|里|在|再|还|上|中|所有|全部|怎么样了?)+$", "", part)
