"""What stands before a colon, and what sums up a list in English: "bedtime: close the curtains"; "bathroom:
light, mirror light and fan, everything on".

A label that names nothing of the home only says what the wishes are for. "Everything", "all" and "both"
behind a list are the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.words.token import Token

_HOME = (
    "device", "kind", "area", "room", "floor", "function", "choice", "verb", "phrasal", "condition",
    "text_function", "number", "timer_word", "reported", "tell",
)  # fmt: skip
_MOST = 4
_SUMS = frozenset({"all", "everything", "both", "all of them", "both of them", "the lot", "each", "all the"})
_THINGS = ("device", "kind", "area", "floor")


def without_labels(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without a label before them, and lists without the word that sums them up."""
    return _without_sums(_without_label(list(tokens)))


def _without_label(tokens: list[Token]) -> list[Token]:
    colon = next((i for i, token in enumerate(tokens) if token.text == ":"), None)
    if colon is None or not 0 < colon <= _MOST or any(t.is_("separator") for t in tokens[:colon]):
        return tokens
    label, rest = tokens[:colon], tokens[colon + 1 :]
    timed = any(t.is_("moment") and t.get("moment").role != "daypart" for t in label)
    if timed or any(token.is_(*_HOME) for token in label) or not any(t.is_(*_HOME) for t in rest):
        return tokens
    return rest


def _without_sums(tokens: list[Token]) -> list[Token]:
    """Lamp, heater and fan, everything off."""
    for index, token in enumerate(tokens):
        if token.text not in _SUMS or index == 0:
            continue
        end = index + 2 if index + 1 < len(tokens) and tokens[index + 1].is_("pronoun") else index + 1
        behind = tokens[end] if end < len(tokens) else None
        if behind is None or not (behind.is_("particle", "done", "state", "change")):
            continue
        if any(t.is_(*_THINGS) for t in tokens[end:]):
            continue
        comma = tokens[index - 1].is_("separator")
        listed = tokens[: index - 1] if comma else tokens[:index]
        many = any(t.is_("and", "separator") for t in listed) and sum(t.is_(*_THINGS) for t in listed) > 1
        wished = any(t.is_("verb", "phrasal", "particle", "done", "condition", "all") for t in listed)
        if many and not wished:
            return [*listed, *tokens[end:]]
    return tokens
