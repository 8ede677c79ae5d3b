"""Either - or, where one of two is asked for: "window open or closed?", "is it at four degrees or five?".

What stands behind "or" is the other answer to the same question, no question of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.words.token import Entry, Token

_STATE = ("state", "particle", "number", "choice", "level")
_OPENNESS = frozenset({"open", "close", "closed", "shut", "lock", "locked", "unlocked"})


def with_either(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with the other answer and its "or" as the mark of a question."""
    result = list(tokens)
    for position, token in enumerate(tokens):
        if token.text != "or" or position == 0 or position + 1 >= len(tokens):
            continue
        one, other = tokens[position - 1], tokens[position + 1]
        ends = position + 2 == len(tokens) or tokens[position + 2].is_("separator", "ask")
        if ends and _answers(one) and _answers(other) and _asks(tokens[: position - 1]):
            mark = Token(token.start, other.end, "or not", (Entry("ask", True),))
            return [*result[:position], mark, *result[position + 2 :]]
    return result


def _answers(token: Token) -> bool:
    return token.text in _OPENNESS or (token.is_(*_STATE) and not token.is_("device", "area", "kind"))


def _asks(before: Sequence[Token]) -> bool:
    """Whether nothing that comes before is a wish: no verb, but a thing or a word that asks."""
    wished = any(token.is_("verb", "request") or token.get("phrasal") is not None for token in before)
    return not wished and any(token.is_("device", "kind", "area", "ask_en", "pronoun") for token in before)
