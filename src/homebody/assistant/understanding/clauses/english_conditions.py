"""Conditions that English marks by little.

"Bilge above twelve, then pump out"; "if the TV's on turn it off", where nothing but the next verb tells that
the condition is over; "when somebody walks into the hall".
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.words.token import Entry, Token

_ACTS = ("device", "kind", "area", "pronoun")


def ends(before: Sequence[Token], token: Token) -> bool:
    """Whether a condition whose words are ``before`` is over where ``token`` begins."""
    if not (token.is_("verb", "negation", "tell") or token.get("phrasal") is not None):
        return False
    if token.is_("state", "compare", "moment", "device", "kind", "area", "filler") and not token.is_(
        "verb", "phrasal"
    ):
        return False
    last = before[-1] if before else None
    if last is None or last.is_("negation", "condition", "request") or last.text in ("the", "a", "my", "our"):
        return False
    return _is_so(before) or _somebody_does(before)


def _is_so(before: Sequence[Token]) -> bool:
    """The TV's on, the heater is still off."""
    named = False
    for token in before:
        named = named or token.is_(*_ACTS) or token.text == "it's"
        if named and token.is_("particle") and token.text in ("on", "off") and before[-1] is token:
            return not any(t.get("phrasal") is not None for t in before)
    return False


def _acting(token: Token) -> bool:
    return token.is_("subject", "person") or token.text in ("you", "i")


def _somebody_does(before: Sequence[Token]) -> bool:
    """When I open the front door: a subject, its verb, and a thing."""
    subject = next((i for i, token in enumerate(before) if _acting(token)), None)
    if subject is None:
        return False
    rest = before[subject + 1 :]
    verb = next((i for i, t in enumerate(rest) if t.is_("verb") or t.get("phrasal") is not None), None)
    return verb is not None and any(t.is_(*_ACTS) for t in rest[verb + 1 :])


def with_marks(tokens: Sequence[Token]) -> list[Token]:
    """A bare comparison before "then" gets the mark of a condition: it is no wish and no question. So does
    what "should" begins: should anyone come in, ..."""
    result: list[Token] = []
    begin = 0
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.is_("separator") and following is not None and following.text in ("then", "and then"):
            said = result[begin:]
            if _compares(said):
                start = said[0].start
                result.insert(begin, Token(start, start, "", (Entry("condition", "when"),)))
                token = Token(token.start, token.end, ",", (Entry("separator", "weak"),))  # noqa: PLW2901
        if (
            token.text == "should"
            and len(result) == begin
            and following is not None
            and following.is_("state")
        ):
            token = Token(token.start, token.end, token.text, (Entry("condition", "when"),))  # noqa: PLW2901
        result.append(token)
        if token.is_("separator"):
            begin = len(result)
    return result


def _compares(said: Sequence[Token]) -> bool:
    kinds = ("verb", "phrasal", "condition", "question", "ask_en", "moment", "request", "negation")
    compared = any(t.is_("compare") or (t.is_("change") and t.text.endswith("er")) for t in said)
    return compared and any(t.is_("number") for t in said) and not any(t.is_(*kinds) for t in said)
