"""Reasons and purposes that people give with a wish: 花该浇了，…; …，我要开车出去; …，省点电.

Such a clause names nothing of the home and asks for nothing, so it is neither a step nor a problem where
another clause wishes for something. What asks for something else (帮我叫辆车) is none: it has to be answered.
"""

from __future__ import annotations

import re

from homebody.assistant.understanding.reading.frame import Frame

_HOME = (
    "device", "kind", "function", "choice", "room", "timer_word", "condition", "reported", "question",
    "ask",
)  # fmt: skip
_ASKS = frozenset((
    "帮我", "给我", "请", "麻烦", "帮忙", "替我", "能不能", "可以", "帮", "劳驾", "唔该", "同我", "再",
    "顺便", "然后", "接着",
))  # fmt: skip
_TOLD = re.compile(r"[了啦喇咯嘞呢呀哦]$")
_PURPOSE = re.compile(
    r"^(?:省|免|好让|好|以免|方便|因为|毕竟|反正|等陣|等阵|等会|待会|一会|这样|让|不然"
    r"|要不然)"
)
_ORDER = re.compile(
    r"[辆杯张首份瓶趟顿封通碗支](?!开|关)|^(?:打|叫|订|买|点|唱|讲|背|发|放|播|查|搜|念|倒"
    r"|拿|做|说)"
)
"""A counted object, or a verb of serving first: an order."""


def complains(frame: Frame) -> bool:
    """太晒了, 有点吵: what is felt, of no thing that is named; beside a wish it is the reason for that."""
    felt = bool(frame.needs) or any(change.complaint for change in frame.changes)
    asks = frame.verbs or frame.numbers or frame.choices or frame.levels or frame.functions
    named = any(head.thing for head in frame.heads)
    return felt and not asks and not named and frame.mood == "command" and frame.condition is None


def wishes_itself(frame: Frame) -> bool:
    """Whether a clause says what to do with what, or what to leave, so that what is felt is its reason."""
    named = any(head.thing for head in frame.heads)
    said = frame.verbs or frame.numbers or frame.choices or frame.levels or frame.changes
    return named and bool(said) and frame.mood in ("command", "negated") and frame.condition is None


def aside(frame: Frame) -> bool:
    """Whether a clause is a mere reason or purpose, as far as it can be told without its neighbours."""
    tokens = [token for token in frame.tokens if not token.is_("separator", "joint")]
    if not tokens or any(token.is_(*_HOME) for token in tokens) or tokens[0].text.isascii():
        return False
    if frame.needs == ["sleep"]:
        return True  # 我要睡了，把灯关掉
    text = "".join(token.text for token in tokens)
    if any(token.text in _ASKS for token in tokens) or frame.mood in ("quoted", "question"):
        return False
    if frame.numbers or frame.levels or frame.moments:
        return False
    if _PURPOSE.search(text) and not frame.verbs:
        return True
    strange = any(not token.known or token.is_("activity") for token in tokens)
    someone = tokens[0].is_("subject", "person") or tokens[0].text in ("我要", "我想", "我得")
    if not (strange or someone):
        return False
    ends = [token for token in tokens if not token.is_("particle_zh", "filler")]
    if ends and ends[-1].is_("activity"):
        return True
    if _ORDER.search(text) and not someone:
        return False
    return someone or _TOLD.search(text) is not None
