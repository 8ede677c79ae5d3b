"""A speaker's own corrections: 客厅，不，卧室的灯 is 卧室的灯."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from homebody.assistant.understanding.clauses.piece import CONTENT
from homebody.assistant.understanding.words.token import Token


def _not_this_but(tokens: Sequence[Token]) -> Sequence[Token]:
    """不是客厅灯，是餐厅灯关掉: only what it is, with the mark that takes back what was said before."""
    if len(tokens) < 2 or tokens[0].text != "不是" or tokens[1].is_("verb", "ask"):
        return tokens
    for index, (before, token) in enumerate(pairwise(tokens), start=1):
        if before.is_("separator") and token.text == "是":
            return [tokens[0], *tokens[index + 1 :]]
    return tokens


def correct(tokens: Sequence[Token]) -> list[Token]:
    """Carry out a speaker's own corrections: 客厅，不，卧室的灯 is 卧室的灯."""
    tokens = _not_this_but(tokens)
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.text == "i mean" and result and (following is None or following.is_("separator")):
            index += 1  # the lamp I mean: said behind what is meant
            continue
        before = result and any(t.is_(*CONTENT) for t in result)
        alone = token.is_("no") and result and result[-1].is_("separator") and not token.is_("negation")
        if before and (token.is_("correction") or alone):
            rest = index + 1
            while rest < len(tokens) and (
                tokens[rest].is_("separator", "no", "correction") or not tokens[rest].is_(*CONTENT)
            ):
                if not tokens[rest].is_("separator", "no", "correction", "filler", "particle_zh", "request"):
                    break
                rest += 1
            if rest < len(tokens) and _replace(result, tokens[rest]):
                while result and result[-1].is_("separator"):
                    result.pop()
                index = rest
                continue
        result.append(token)
        index += 1
    return result


def _replace(result: list[Token], token: Token) -> bool:
    """Remove the last word that ``token`` stands in for."""
    for category in ("area", "room", "device", "kind", "number", "choice", "level", "verb", "floor"):
        if not token.is_(category):
            continue
        same = ("area", "room") if category in ("area", "room") else (category,)
        for position in range(len(result) - 1, -1, -1):
            if result[position].is_(*same):
                del result[position]
                return True
    return False
