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
    happened = any(t.is_("state", "compare", "event") for t in before) or _is_so(before)
    if token.is_("change") and happened and token.text in _DOING:
        return True
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
    return len(before) > 2 and named and before[-1].is_("verb", "done") and before[-2].is_("copula")


_DOING = frozenset({
    "dim", "warm", "cool", "heat", "brighten", "darken", "lighten", "quieten", "warm up", "cool down",
    "heat up", "dim down", "chill",
})  # fmt: skip
"""Adjectives that are verbs as well, and begin what follows from a condition."""


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


_SO = frozenset({
    "if so", "if yes", "if it is", "if they are", "if that's so", "if that's the case", "in that case",
    "in which case", "then", "then please", "if there is", "if there are",
})  # fmt: skip
_TELLS = (
    "let me know",
    "tell me",
    "let us know",
    "tell us",
    "give me a shout",
    "notify me",
    "alert me",
    "warn me",
)


def with_answers(tokens: Sequence[Token]) -> list[Token]:
    """Is the TV on? If so, turn it off: a question that the next wish waits for is a condition."""
    result = list(tokens)
    for index, token in enumerate(tokens):
        behind = tokens[index + 1 :]
        count = next((n for n in (4, 3, 2, 1) if " ".join(t.text for t in behind[:n]) in _SO), 0)
        if token.text != "?" or not count:
            continue
        said = [t for t in tokens[:index] if not t.is_("separator")]
        wished = any(t.is_("verb", "phrasal") and not t.is_("state") for t in said)
        if not said or wished or any(t.is_("condition") for t in said) or index != len(said):
            continue
        mark = Token(said[0].start, said[0].start, "", (Entry("condition", "if"),))
        comma = Token(token.start, token.end, ",", (Entry("separator", "weak"),))
        rest = list(behind[count:])
        while rest and rest[0].is_("separator"):
            rest.pop(0)
        result = [mark, *said, comma, *rest]
    return result


def _with_notices(tokens: Sequence[Token]) -> list[Token]:
    """Let me know if it goes above eight: told then, not now."""
    result: list[Token] = []
    for index, token in enumerate(tokens):
        rest = tokens[index + 1 :]
        head = next((words for words in _TELLS if token.text in (f"{words} if", f"{words} when")), None)
        if head is not None and any(t.is_("event") or t.text in _HAPPENS for t in rest):
            end = token.start + len(head)
            result.append(Token(token.start, end, head, (Entry("tell", True),)))
            word = token.text[len(head) + 1 :]
            result.append(Token(end + 1, token.end, word, (Entry("condition", "when"),)))
        else:
            result.append(token)
    return result


_HAPPENS = frozenset(
    {"goes above", "goes over", "gets above", "gets over", "drops below", "falls below", "goes below"}
)


def with_marks(tokens: Sequence[Token]) -> list[Token]:
    """A bare comparison before "then" gets the mark of a condition: it is no wish and no question. So does
    what "should" begins: should anyone come in, ..."""
    tokens = _with_notices(tokens)
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
