"""What English speakers take back in mid-sentence, where one word does not stand for another.

"..., no, the balcony one"; "volume forty, actually make it thirty"; "turn on the bath, no, the bedside lamp";
"the telly, the TV I mean, on"; "set thermo, ah, set the water heater to sixty". What is right is put in the
place of what was wrong; plain words for plain words are left to `corrections`.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.token import Entry, Token

_MEANT = frozenset({"i mean", "i meant"})
_VALUE = ("number", "level", "choice")
_THING = ("device", "kind")
_LITTLE = ("separator", "no", "correction", "filler", "request")
_GOES_ON = ("particle", "at", "to", "after")


def corrected(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens as they were meant."""
    if not any(token.is_("correction", "no", "separator") for token in tokens):
        return list(tokens)
    result = _with_marks_first(_without_false_starts(list(tokens)))
    for index in range(len(result) - 1, 0, -1):
        if index < len(result) and _marks(result, index):
            result = _mended(result, index, vocabulary)
    return result


def _without_false_starts(tokens: list[Token]) -> list[Token]:
    """Set thermo, ah, set the ...: a verb with half a word, and the same verb again."""
    cuts = [i for i, token in enumerate(tokens) if token.is_("separator")]
    for cut in cuts:
        begun, rest = tokens[:cut], [*tokens[cut + 1 :]]
        while rest and rest[0].is_("separator", "filler", "correction", "no") and not rest[0].is_("verb"):
            rest.pop(0)
        same = bool(begun and rest) and begun[0].text == rest[0].text and begun[0].is_("verb", "phrasal")
        if same and len(begun) > 1 and all(not t.known or t.text in ("the", "a") for t in begun[1:]):
            return rest
    return tokens


def _with_marks_first(tokens: list[Token]) -> list[Token]:
    """The TV I mean, ...: the mark goes before what it marks, and the comma behind it goes."""
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.text not in _MEANT or not (following is None or following.is_("separator")):
            continue
        begin = index
        while begin > 0 and not tokens[begin - 1].is_("separator"):
            begin -= 1
        if begin in (0, index) or not any(t.is_(*_THING, "area", *_VALUE) for t in tokens[begin:index]):
            continue
        rest = tokens[index + 1 :]
        if len(rest) > 1 and rest[1].is_(*_GOES_ON):
            rest = rest[1:]
        return [*tokens[:begin], token, *tokens[begin:index], *rest]
    return tokens


def _marks(tokens: Sequence[Token], index: int) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if token.is_("correction"):
        return True
    return token.is_("no") and not token.is_("negation") and before.is_("separator", "filler")


def _mended(tokens: list[Token], mark: int, vocabulary: Vocabulary) -> list[Token]:
    begin = mark + 1
    while begin < len(tokens) and tokens[begin].is_(*_LITTLE) and not tokens[begin].is_("verb", "area"):
        begin += 1
    said, rest = tokens[:mark], tokens[begin:]
    while said and said[-1].is_("separator", "filler", "no") and not said[-1].is_("area", "number"):
        said.pop()
    if not said or not rest:
        return tokens
    if rest[0].is_("area") and len(rest) > 1 and rest[1].text in ("one", "ones"):
        return _elsewhere(said, rest, vocabulary) or tokens
    if rest[0].get("verb") == "set" and len(rest) > 1 and rest[1].is_("pronoun"):
        return _revalued(said, rest[2:]) or tokens
    if rest[0].is_(*_THING) and not any(t.is_(*_THING, "area") for t in said):
        first = next((i for i, token in enumerate(said) if not token.known), None)
        if first is not None and not any(t.is_("verb", "particle") for t in said[first:]):
            return [*said[:first], *_joined(rest)]
    return tokens


def _elsewhere(said: list[Token], rest: list[Token], vocabulary: Vocabulary) -> list[Token] | None:
    """The hallway light, no, the balcony one: the same kind of thing, there."""
    place = next((i for i in range(len(said) - 1, -1, -1) if said[i].is_(*_THING)), None)
    if place is None:
        return None
    thing = said[place]
    devices = [d for ids in thing.all("device") for i in ids if (d := vocabulary.home.device(i))]
    kinds = [*thing.all("kind"), *(device.kind for device in devices)]
    if not kinds:
        return None
    where, one = rest[0], rest[1]
    kind = Token(one.start, one.end, one.text, (Entry("kind", kinds[0], 1.0, one.text == "ones"),))
    kept = [token for i, token in enumerate(said) if i != place and not token.is_("area")]
    before = [token for token in kept if token.end <= thing.start]
    return [*before, where, kind, *(t for t in kept if t.start >= thing.end), *_joined(rest[2:])]


def _revalued(said: list[Token], rest: list[Token]) -> list[Token] | None:
    """Volume forty, make it thirty: the last value, replaced."""
    while rest and rest[0].is_("to", "filler") and not rest[0].is_(*_VALUE):
        rest = rest[1:]
    place = next((i for i in range(len(said) - 1, -1, -1) if said[i].is_(*_VALUE)), None)
    if place is None or not rest or not rest[0].is_(*_VALUE):
        return None
    return [*said[:place], rest[0], *said[place + 1 :], *rest[1:]]


def _joined(rest: list[Token]) -> list[Token]:
    """What comes behind a correction, without the comma that closes it."""
    cut = next((i for i, token in enumerate(rest) if token.is_("separator")), None)
    if cut is not None and cut + 1 < len(rest) and rest[cut + 1].is_(*_GOES_ON):
        return [*rest[:cut], *rest[cut + 1 :]]
    return rest
