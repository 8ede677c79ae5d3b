"""Wishes in a row without any joint: 客厅灯打开厨房灯关掉."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.words.token import Token


def run_on(piece: Piece) -> list[Piece]:
    """客厅灯打开厨房灯关掉, 打开客厅灯关掉厨房灯, ...把音量调小: wishes in a row without any joint."""
    asks = piece.tokens[-1].is_("ask") and not piece.tokens[-1].is_("particle_zh")
    if piece.condition or asks or any(token.text == "还是" for token in piece.tokens):
        return [piece]
    if not any(token.text and not token.text.isascii() for token in piece.tokens):
        return [piece]
    cuts: list[int] = []
    verb = target = target_first = False
    for index, token in enumerate(piece.tokens):
        if verb and target and _later(piece.tokens, index):
            cuts.append(index)
            verb = target = target_first = False
        if _begins_anew(piece.tokens, index, verb=verb):
            cuts.append(index)
            verb = False
        if token.text in ("把", "将") and verb and target:
            cuts.append(index)
            verb = target = target_first = False
        elif token.is_("device", "kind", "area", "room"):
            if verb and target and target_first and _verb_follows(piece.tokens, index):
                cuts.append(index)
                verb = False
                target_first = True
            target_first = target_first or not verb
            target = True
        elif token.is_("verb") and not token.is_("number", "level", "change", "moment", "function", "choice"):
            if verb and target and not target_first and _target_follows(piece.tokens, index):
                cuts.append(index)
                target = False
            verb = True
    starts = [0, *cuts]
    ends = [*cuts, len(piece.tokens)]
    parts = [piece.tokens[start:end] for start, end in zip(starts, ends, strict=True)]
    return [Piece(tokens, piece.joint if index == 0 else "weak") for index, tokens in enumerate(parts)]


_VALUES = ("number", "level", "choice", "change")
_THINGS = ("device", "kind", "area")


def _begins_anew(tokens: Sequence[Token], index: int, *, verb: bool) -> bool:
    """空调26度|风速50, 灯带打开|换成红色, 开门|让他进来: another value for the same thing, or a purpose."""
    token, last, rest = tokens[index], tokens[index - 1], tokens[index + 1 :]
    if index == 0 or not rest:
        return False
    if token.text in ("让", "好让", "方便") and verb:
        return not any(t.is_(*_THINGS, "function", "choice", "verb") for t in rest)
    before = tokens[1:index]
    valued = any(t.is_(*_VALUES) and not t.is_(*_THINGS, "moment", "function") for t in before)
    plain = token.is_("function") and not token.is_(*_THINGS, "verb", "choice", "change", "question")
    if plain and valued and not last.is_("and", "joint", "compare", "except"):
        return any(t.is_(*_VALUES) for t in rest)
    opened = last.get("verb") in (None, "on", "open_or_on", "start") and not last.is_("function")
    sets = token.get("verb") == "set" and verb and opened
    value = any(t.is_("number", "level", "choice") for t in rest)
    return sets and value and not any(t.is_(*_THINGS) for t in rest)


def _later(tokens: Sequence[Token], index: int) -> bool:
    """八点开灯九点关, 打开空调两小时后关掉: a second moment, with a verb of its own."""
    token = tokens[index]
    if not token.is_("moment") or tokens[index - 1].is_("moment", "until", "to", "at", "lasting", "interval"):
        return False
    clock = token.get("moment").role == "clock" and any(t.is_("moment") for t in tokens[:index])
    after = index + 1 < len(tokens) and tokens[index + 1].is_("after")
    return (clock or after) and any(t.is_("verb") for t in tokens[index + 1 :])


def _verb_follows(tokens: Sequence[Token], index: int) -> bool:
    return any(t.is_("verb", "level", "number", "change", "choice") for t in tokens[index + 1 :])


def _target_follows(tokens: Sequence[Token], index: int) -> bool:
    return any(t.is_("device", "kind", "area", "room") for t in tokens[index + 1 :])
