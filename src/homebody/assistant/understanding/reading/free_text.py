"""Where the text begins that a function takes: write "back at six" on the board."""

from __future__ import annotations

from homebody.assistant.understanding.reading.clause import Clause


def text_from(clause: Clause, index: int) -> int:
    """Where the text for a function that takes one begins: behind "to", else behind the little words."""
    position = next((i + 1 for i in range(index + 1, len(clause.tokens)) if _leads(clause, i)), index + 1)
    if position > index + 1:
        while position < len(clause.tokens) and clause.tokens[position].is_("joint"):
            position += 1
        return clause.tokens[position].start if position < len(clause.tokens) else 0
    while position < len(clause.tokens) and clause.tokens[position].is_(
        "to", "filler", "at", "joint", "verb"
    ):
        position += 1
    return clause.tokens[position].start if position < len(clause.tokens) else 0


def _leads(clause: Clause, index: int) -> bool:
    """Whether this word stands right before a value, and before it only little words and the thing."""
    token = clause.tokens[index]
    leads = token.text == "to" or (token.is_("verb") and token.text.endswith(("到", "成", "为", "至")))
    before = clause.tokens[:index][::-1]
    named = next((i for i, t in enumerate(before) if t.is_("text_function")), 0)
    return leads and all(t.is_("filler", "at", "joint", "device", "area", "kind") for t in before[:named])
