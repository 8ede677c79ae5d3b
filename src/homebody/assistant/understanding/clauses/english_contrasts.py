"""What is meant is told by what is not: "not the desk lamp, the study light"; "the radio, not the TV, on".

The stretch with "not" only corrects, so it is taken out; where all of a kind are wished for, it is an
exception to them.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.words.token import Entry, Token

_NAMES = ("device", "kind", "area", "room", "floor", "pronoun", "number", "choice")
_LITTLE = ("filler", "joint", "correction", "no", "only", "particle_zh", "at", "and")
_EXCEPT = (Entry("except", True),)


def _without_replaced(tokens: Sequence[Token]) -> list[Token]:
    """The study light instead of the desk lamp; rather than turning it off, dim it: what something is done
    instead of is not done."""
    result = list(tokens)
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        rather = token.text == "rather" and following is not None and following.text == "than"
        if not (rather or token.text in _INSTEAD) or token.is_("device", "area"):
            continue
        begin = end = index + (2 if rather else 1)
        doing = begin < len(tokens) and (tokens[begin].is_("gerund") or tokens[begin].text.endswith("ing"))
        while end < len(tokens) and not tokens[end].is_("separator"):
            goes_on = tokens[end].is_(*_GOES_ON) and not tokens[end].is_("device", "kind", "area")
            if not doing and end > begin and goes_on:
                break
            end += 1
        if end == begin:
            continue
        rest = list(tokens[end:])
        if index == 0 and rest and rest[0].is_("separator"):
            rest.pop(0)
        if not any(t.is_("device", "kind", "area", "pronoun", "function") for t in [*tokens[:index], *rest]):
            continue  # nothing would be left
        result = [*tokens[:index], *rest]
        break
    return result


_GOES_ON = ("verb", "phrasal", "particle", "moment", "and")
_INSTEAD = frozenset({"instead of", "rather than", "in place of", "as opposed to", "in lieu of"})


def without_contrasts(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what they only set apart; of all things but these, the exception is marked."""
    tokens = _without_replaced(tokens)
    cuts = [i for i, token in enumerate(tokens) if token.is_("separator")]
    begins = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(tokens)]
    stretches = [list(tokens[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    apart = [_sets_apart(stretch) for stretch in stretches]
    if not any(apart) or all(one or not s for one, s in zip(apart, stretches, strict=True)):
        return list(tokens)
    every = any(token.is_("all") for token in tokens)
    result: list[Token] = []
    for index, (stretch, aside) in enumerate(zip(stretches, apart, strict=True)):
        if aside and every and index:
            place = next(i for i, token in enumerate(stretch) if token.text == "not")
            mark = stretch[place]
            result += [Token(mark.start, mark.end, "except", _EXCEPT), *stretch[place + 1 :]]
        elif not aside:
            if result and index:
                result.append(tokens[cuts[index - 1]])
            result += stretch
    return result


def _sets_apart(stretch: Sequence[Token]) -> bool:
    """Not, and names; nothing to do with them."""
    said = [token for token in stretch if not token.is_(*_LITTLE) or token.text == "not"]
    if len(said) < 2 or said[0].text != "not":
        return False
    return all(
        (token.is_(*_NAMES) and not token.is_("verb")) or not token.known for token in said[1:]
    ) and any(token.is_("device", "kind", "area", "pronoun") for token in said[1:])
