"""Questions: by a word that asks, a mark, or the order of the words; a polite wish is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from homebody.assistant.understanding.moods import aspect
from homebody.assistant.understanding.moods.statements import (
    wants_done,
)
from homebody.assistant.understanding.words.token import Token

_MODALS = frozenset({"can", "could", "would", "will", "should", "might", "may", "must"})
_GONE = frozenset(
    {"go off", "go on", "go out", "come on", "come off", "go up", "go down", "come down", "come up"}
)
_SUBJECTS = frozenset({"it", "they", "he", "she", "those", "there"})
_ANY = frozenset({"any", "anything", "anyone", "anybody", "any of", "any of the"})
_ASKING = frozenset({"吗", "么", "嘛", "?", "咩"})


# --- questions


def asks_something(content: Sequence[Token], wished: int) -> bool:
    if content[0].text in _ANY and wished == len(content) and not any(t.is_("request") for t in content):
        return True  # any lights still on upstairs
    if any(one.is_("ask_en") and other.text in _SUBJECTS for one, other in pairwise(content[1:])) and not any(
        t.is_("condition", "reported") for t in content
    ):
        return True  # the curtains, are they open
    if (
        len(content) == 3
        and content[1].text == "or"
        and all(t.is_("choice", "function") for t in content[::2])
    ):
        return True  # single or double
    first = next((t for t in content if not t.is_("next_clause") or t.is_("verb")), content[0])
    polite = any(t.is_("request") for t in content[: wished + 1])
    if any(t.is_("question") and t.get("question") in ("should", "why", "how") for t in content):
        return True
    if first.text == "have" and len(content) > 1 and content[1].is_("subject", "request"):
        return content[1].text in ("i", "we", "you", "they", "he", "she")
    of_home = ("device", "kind", "area", "function", "room", "choice", "text_function")
    if any(t.is_("talk") for t in content) and not any(t.is_(*of_home) for t in content):
        return True  # sing us a song: nothing that a home does
    if any(t.is_("need") for t in content) and content[-1].text not in _ASKING:
        return False  # I can't hear what they say
    if _is_offer(content):
        if first.text in ("what", "why", "who", "how"):
            return True  # what would you do if ...
        if any(t.is_("tell") for t in content):
            return True
        return any(t.get("question") == "can" for t in content)
    if first.text == "do" and len(content) > 1 and content[1].text in ("a", "an", "one", "some"):
        return False  # do a backwash
    if _modal(content) or (first.is_("ask_en") and not first.is_("request") and not _has_done(content)):
        return True
    asks = ("question", "ask", "state", "function", "ask_en")
    told = any(t.is_("tell") for t in content[: wished + 1])
    if told and any(t.is_(*asks) for t in content):
        return True
    spoken_of = ("device", "kind", "area", "number", "compare", "room", "pronoun")
    if told and wished == len(content) and any(t.is_(*spoken_of) for t in content):
        return True  # tell me the outside temperature, let me know if the fridge is over eight
    if any(_asks(t) for t in content) or aspect.asks(content):
        return True
    return _marked(content, wished, polite)


def _is_offer(content: Sequence[Token]) -> bool:
    polite = ("can you", "could you", "would you", "will you", "能不能", "可不可以", "能否", "可否")
    return any(t.text in polite for t in content)


def _modal(content: Sequence[Token]) -> bool:
    """Can the heater ...? But: can you, could we, would you."""
    said = [t for t in content if not t.is_("next_clause", "separator")]
    if len(said) < 2 or said[0].text not in _MODALS:
        return False
    if any(token.text in _GONE for token in said[-2:]) or (
        said[-1].text in ("now", "please", "off", "on", "out")
        and any(one.text in ("go", "come") and other.is_("particle") for one, other in pairwise(said))
    ):
        return False  # can the telly go off now
    return said[1].text not in ("you", "we", "i", "ya", "please") and not wants_done(content)


def _has_done(content: Sequence[Token]) -> bool:
    """Have the dog roll over: a wish. Have the lights been ...: a question."""
    if content[0].text != "have" or content[-1].text == "?":
        return False
    return len(content) > 2 and any(t.is_("device", "person", "kind") for t in content[1:3]) and not any(
        t.is_("past", "state") or t.text == "been" for t in content
    )  # fmt: skip


def _asks(token: Token) -> bool:
    if token.is_("function") and token.text.startswith(("多少", "几", "有多少", "剩多少")):
        return True
    kind = token.get("question")
    if kind is None or token.is_("area", "device", "kind", "choice"):
        return False
    return not (kind == "any" and token.text == "any") and not (kind == "which" and token.text == "list")


def _marked(content: Sequence[Token], wished: int, polite: bool) -> bool:
    """A question mark, a final 吗 or 没有, 开没开: with a polite wish before it, it is still a wish."""
    last = content[-1]
    within = any("a_not_a" in t.all("ask") or t.text in ("是不是", "是否", "系咪") for t in content)
    if not (last.is_("ask") or within or any(t.text in ("吗", "咩") for t in content)):
        return False
    ends = any(t.text in _ASKING for t in content[-2:])
    if ends and polite and wished < len(content):
        # 你能把灯打开吗 is a wish; 空调能制热吗 asks what it can
        before = content[:wished]
        able = next((i for i, t in enumerate(before) if t.is_("request")), 0)
        return any(t.is_("device", "kind") for t in before[:able])
    return True
