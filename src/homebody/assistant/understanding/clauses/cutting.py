"""Pieces: cut at every joint, and where a condition ends without one."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.clauses import english_conditions
from homebody.assistant.understanding.clauses.chinese_conditions import ends_marked
from homebody.assistant.understanding.clauses.piece import WISHING, Piece
from homebody.assistant.understanding.words.token import Token


def joint(token: Token) -> str | None:
    if token.is_("separator"):
        return str(token.get("separator"))
    if token.is_("area", "device", "kind", "function", "choice", "floor", "number", "moment"):
        return None
    if token.is_("next_clause") and not token.is_("also"):
        return "next"
    if token.is_("and"):
        return "and"
    return None


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Cut at every joint; empty pieces vanish, the stronger joint stays."""
    result = [Piece([], "")]
    for position, token in enumerate(tokens):
        if token.text in _WHILE and result[-1].tokens and result[-1].tokens[-1].is_("moment"):
            continue  # 日落时: a time, no condition
        if not result[-1].tokens and len(result) == 1 and _takes_back(tokens, position):
            result[-1].joint = "and"
            continue
        mark = joint(token)
        if token.text == "but" and _turns(tokens, position):
            mark = "weak"
        last = result[-1].tokens[-1] if result[-1].tokens else None
        if mark in ("next", "and") and _clings(token, last):
            mark = None
        if mark == "next" and token.text in _STILL and last is not None and _only_named(result[-1]):
            mark = None
        if _ends_condition(result[-1], token):
            if token.is_("then", "condition", "after") or token.text == "再":
                result[-1].tokens.append(token)
                result.append(Piece([], "weak"))
            else:
                result.append(Piece([token], "weak"))
            continue
        if mark is None:
            told = any(said.text in _TELLING for said in result[-1].tokens[:4])
            if token.is_("condition") and result[-1].tokens and (told or _wishes(result[-1])):
                result.append(Piece([], "condition"))
            result[-1].tokens.append(token)
        elif result[-1].tokens:
            if token.is_("ask"):
                result[-1].tokens.append(token)
            result.append(Piece([], mark))
        elif mark in ("next", "strong") or (len(result) == 1 and not result[-1].joint):
            result[-1].joint = mark
    if not result[-1].tokens:
        result.pop()
    return result


def _only_named(piece: Piece) -> bool:
    """床头再低十度, 充电上限再加十: what came before is a thing or its function, and no wish yet."""
    return not piece.wish or not (piece.has(*WISHING, "number", "choice") or piece.tokens[-1].is_("action"))


def _wishes(piece: Piece) -> bool:
    """Whether a wish came before a condition's mark; 二氧化碳要是… only names what the condition is about."""
    valued = piece.has("number", "level") and piece.has("to")  # the purifier to ninety if ...
    return Piece(piece.tokens, "").wish and (piece.has(*WISHING) or piece.has("particle") or valued)


_TELLING = frozenset({"remind", "announce", "broadcast", "say", "notify"})
"""Remind me to ... when: what comes first is a wish, whatever it speaks of."""


def _takes_back(tokens: Sequence[Token], position: int) -> bool:
    """不对，是书房的; no, the bedside lamp; I meant ...: the sentence corrects the one before."""
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.text == "不是" and following is not None and following.is_("verb"):
        return False  # 不是关灯，是...
    if token.is_("correction"):
        return True
    return token.is_("no") and following is not None and following.is_("separator")


def _turns(tokens: Sequence[Token], position: int) -> bool:
    """... but don't, but leave ...: another wish; "all but one" is an exception."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is not None and following.is_("negation", "verb", "keep", "phrasal")


_STILL = ("再", "又", "还", "也", "先")
"""Adverbs behind a thing (窗帘再关一点); joints only where a wish came before."""


def _clings(token: Token, last: Token | None) -> bool:
    """一个小时之后 is a time; 还有 at the beginning asks."""
    if last is None:
        return token.text in ("还有", "还")
    if token.text == "再" and last.is_("timer_word"):
        return True
    if last.is_("after", "moment") and token.text in ("再", "又", "才"):
        return True  # 一小时后再关, 八点才开
    if last.is_("negation"):
        return True  # 不要再开, 别也关
    return token.is_("after") and last.is_("moment")


_POST = frozenset({"的时候", "时候", "的话", "之时", "时"})


def _ends_condition(piece: Piece, token: Token) -> bool:
    """如果…就…, …的时候, if the door opens turn on ...: a condition may end without a comma."""
    if token.text == "时":
        return piece.has("state", "compare", "verb", "number", "function")
    if token.text in _POST:
        return bool(piece.tokens)
    if not piece.condition:
        return False
    if ends_marked(piece.tokens[0], token) or english_conditions.ends(piece.tokens, token):
        return True
    if token.is_("then") and piece.wish and token.text in ("就", "便", "那就", "then"):
        return True
    if token.text.startswith(("提醒", "告诉", "通知")) and piece.has("state", "compare"):
        return True  # 超过八度提醒我
    said = piece.has("state", "compare") or (piece.has("number") and piece.has("function", "change"))
    return (
        said
        and (token.is_("verb", "negation", "tell") or token.get("phrasal") is not None)
        and not token.is_("state", "compare", "moment")
    )


_WHILE = ("时", "的时候", "时候")
