"""Words that stand for others, and unknown ones beside a thing: whose it is, what it is for, how many."""

from __future__ import annotations

from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.words.numbers import Number
from homebody.assistant.understanding.words.token import Token

_WHICH_ONE = frozenset({"left", "right", "back", "front", "top", "bottom", "upper", "lower", "middle", "big",
                        "small", "old", "new", "far", "near", "outer", "inner", "first", "last"})  # fmt: skip
_WHOLE = 0.7
"""Lighter names of a device are only its first word."""
_POSITIONS = frozenset("前后左右上下外里东西南北")


def begins_a_stranger(token: Token, after: Token | None) -> bool:
    """The chess clock is not the chess board: the first word of a name, before a strange one."""
    called = [entry.weight for entry in token.entries if entry.category == "device"]
    only = bool(called) and len(called) == len(token.entries) and max(called) < _WHOLE
    return only and after is not None and (not after.known or after.is_("kind"))


def possessor(clause: Clause, index: int) -> bool:
    """The dog's portion: whose it is says nothing where the function is named."""
    mark, owned = clause.adjacent(index, 1), clause.adjacent(index, 2)
    return mark is not None and mark.text in ("'s", "'") and owned is not None and owned.is_("function")


def purpose(clause: Clause, index: int) -> bool:
    """... for the vet, for green tea: what a finished wish is good for."""
    wished = clause.frame.functions or clause.frame.choices
    named = clause.last is not None and clause.last.thing
    if not (named or wished) or clause.pending is not None:
        return False
    for position in range(index - 1, -1, -1):
        token = clause.tokens[position]
        if token.text in ("for", "so", "because", "since", "before", "so that", "in case"):
            return True
        if token.known and not token.is_("filler"):
            return False
    return False


def modifies(token: Token, before: Token | None, after: Token | None) -> bool:
    """The back door, 后门: an ordinary word that is part of a name which this home does not have."""
    if token.is_("device", "area", "room", "floor", "kind", "choice"):
        return False
    if token.is_("elsewhere"):
        return True
    if after is not None and after.text in ("one", "ones") and token.text in _WHICH_ONE:
        return True
    if after is None or not after.is_("kind"):
        return False
    if token.text in _POSITIONS and after.start == token.end:
        return before is None or before.is_("verb", "joint") or before.text in ("把", "将")
    article = before is not None and before.text in ("the", "my", "our", "a")
    return article and token.is_("again", "then", "next_clause") and not token.is_("other", "all")


def stands_for_thing(before: Token | None, after: Token | None) -> bool:
    """The study one, the one in the study: no number."""
    named = before is not None and (
        before.text in ("the", "that", "this", "other", "which", "same") or before.is_("area", "room", "kind")
    )
    return named and (after is None or not after.is_("kind", "device", "number"))


def measure_word(clause: Clause, token: Token, after: Token | None) -> bool:
    """两盏灯, three lights: a count of things, not a value."""
    number: Number = token.get("number")
    if number.unit:
        return False
    if after is not None and after.text in ("盏", "个", "台", "扇", "只", "部", "间"):
        return True
    return after is not None and after.is_("kind", "device") and not clause.frame.to and after.plural
