"""Who wishes, in English: "Gran would like the heating at twenty-three", "our Joe wants the light on".

Whoever it is, the wish is the speaker's to give; the words for who has it are taken out.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.words.token import Token

_WANTS = frozenset({"wants", "want", "needs", "need", "prefers", "fancies", "would", "'d"})
_LIKES = frozenset({"like", "love", "prefer"})
_VALUES = ("particle", "number", "level", "choice", "done", "change")
_MOST = 3


def without_wisher(tokens: Sequence[Token]) -> list[Token]:
    """The tokens from the wish on, where somebody else has it and a thing and a value follow."""
    for index, token in enumerate(tokens[: _MOST + 1]):
        if index == 0 or token.text not in _WANTS:
            continue
        begin = index + 1
        if token.text in ("would", "'d"):
            if begin >= len(tokens) or tokens[begin].text not in _LIKES:
                continue
            begin += 1
        who, rest = tokens[:index], tokens[begin:]
        someone = all(not t.known or t.is_("subject", "person", "filler") for t in who)
        someone = someone and not any(t.is_("device", "kind", "area", "condition", "reported") for t in who)
        named = next((i for i, t in enumerate(rest) if t.is_("device", "kind", "function")), None)
        if not someone or named is None or rest[0].text == "to" or who[0].text in ("i", "we", "you"):
            return list(tokens)
        wished = any(t.is_(*_VALUES) for t in rest[named + 1 :])
        doubtful = any(t.is_("negation", "ask", "question", "condition", "past", "already") for t in rest)
        return list(rest) if wished and not doubtful else list(tokens)
    return list(tokens)
