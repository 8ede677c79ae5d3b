"""Conditions that Chinese marks by little words alone: 门一开就…, 水开了以后…, 等他走了再….

Such a clause gets a mark before it, so that the rest reads it like 如果 … 的话. What comes first there is a
thing and what happens to it; 关了灯以后… with the verb first is two wishes, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.words.token import Entry, Token

_THEN = frozenset({"就", "便", "那就", "才", "即"})
_ONCE = frozenset({"立马", "立刻", "马上", "赶紧", "即刻", "赶快", "随即"})
_SENSES = frozenset({"到", "有", "没", "出现", "检测到", "感应到", "发现"})
_AFTER = frozenset({"以后", "之后", "过后", "后"})
_AWAIT = frozenset({"等", "等到", "待", "待到", "等着"})
_AGAIN = frozenset({"再", "才", "就", "之后再"})
_DONE = ("了", "完", "好", "着", "咗", "起来", "上", "开", "掉")
_HAPPENS = ("verb", "state", "change", "compare", "event")
_SUBJECT = ("device", "kind", "area", "floor", "room", "function")


def ends_marked(first: Token, token: Token) -> bool:
    """Whether a condition that was marked here (``first`` is its first word) ends at this word."""
    return not first.text and first.is_("condition") and token.text in (_AFTER | _AGAIN)


def marked_conditions(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a mark before every condition that has none of its own."""
    result: list[Token] = []
    begin = previous = 0
    for token in tokens:
        if _bounds(token, result, begin):
            said = result[begin:]
            start = begin
            if not [t for t in said if not t.is_("next_clause")] and previous < begin:
                start, said = previous, result[previous:begin]  # ..., 就...: the clause before the comma
            if (kind := _kind(said, token)) is not None:
                _mark(result, start, said, kind)
        result.append(token)
        if token.is_("separator"):
            previous, begin = begin, len(result)
    rest = result[begin:]
    awaited = bool(rest) and rest[0].text in _AWAIT and any(t.is_("compare") for t in rest)
    if awaited and (kind := _kind(rest, rest[-1])) is not None:
        _mark(result, begin, rest, kind)  # 等屋里热到二十六度以上关空调
    return [_only(token, tokens) for token in result]


def _only(token: Token, tokens: Sequence[Token]) -> Token:
    """只要开三成: without anything that follows from it, 只要 is no condition."""
    if token.text != "只要":
        return token
    follows = any(t.is_("then", "separator") or t.text in ("的话", "的时候", "就别") for t in tokens)
    return token if follows else Token(token.start, token.end, token.text, (Entry("particle_zh", True),))


def _bounds(token: Token, before: Sequence[Token], begin: int) -> bool:
    """Whether a condition may end here."""
    if token.text in _AFTER:
        last = before[-1] if len(before) > begin else None
        return last is not None and not last.is_("moment", "number")
    if token.text in _AGAIN and len(before) > begin and before[begin].text in _AWAIT:
        return True
    said = before[begin:]
    if token.text in _ONCE:
        return _at_once(said) is not None
    if token.text.startswith(("提醒", "告诉我", "通知")):
        return any(t.is_("compare") for t in said)
    if token.is_("separator") and said and said[0].text in _AWAIT:
        return any(t.is_("compare", "state") for t in said)
    return token.text in _THEN and token.is_("then")


def _kind(said: Sequence[Token], end: Token) -> str | None:
    """``when`` it happens, ``if`` it is so; None where the words before the mark are no condition."""
    said = [t for t in said if not t.is_("separator")]
    if not said or any(t.is_("condition", "question", "negation") for t in said):
        return None
    if any(t.is_("request") and t.text not in ("让", "使", "会", "来", "该") for t in said):
        return None
    happens = any((t.is_(*_HAPPENS) and not t.is_("device", "area")) or t.text == "到" for t in said)
    if said[0].text in _AWAIT:
        timed = len(said) > 1 and said[1].is_("moment") and said[1].get("moment").role == "duration"
        someone = len(said) > 1 and (said[1].is_("subject", "person", "pronoun") or not said[1].known)
        return "when" if (happens or someone) and not timed else None  # 等我回来再...
    if _at_once(said) is not None:
        return "when"
    told = any(t.is_("state", "compare") and not t.is_("area", "device") for t in said)
    told = told or (any(t.text == "比" for t in said) and any(t.is_("number") for t in said))
    if told and end.text in ("提醒", "告诉我", "通知"):
        return "when"
    if told and end.text not in _AFTER:
        return "if"
    verb = next((i for i, t in enumerate(said) if t.is_("verb") and not t.is_(*_SUBJECT)), None)
    named = next((i for i, t in enumerate(said) if t.is_(*_SUBJECT)), None)
    done = said[-1].text.endswith(_DONE) or (len(said) > 1 and said[-1].is_("particle_zh"))
    if told or (verb is not None and named is not None and named < verb and done):
        return "when" if end.text in _AFTER else "if"
    return None


def _at_once(said: Sequence[Token]) -> int | None:
    """Where 一 stands before what happens at once: 一开, 一超过, 一到."""
    for index, token in enumerate(said[:-1]):
        following = said[index + 1]
        if token.text == "一" and (following.is_(*_HAPPENS) or following.text in _SENSES):
            return index
    return None


def _mark(result: list[Token], start: int, said: Sequence[Token], kind: str) -> None:
    words = [t for t in said if not t.is_("separator")]
    drop = {id(words[0])} if words[0].text in _AWAIT else set()
    at = _at_once(words)
    if at is not None:
        drop.add(id(words[at]))
    kept = [t for t in result[start:] if id(t) not in drop]
    place = words[0].start
    result[start:] = [Token(place, place, "", (Entry("condition", kind),)), *kept]
