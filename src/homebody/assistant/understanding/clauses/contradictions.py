"""Opposites wished for at once are no wish: "turn the lamp on and off", 打开并关闭客厅的灯.

One after the other they are one: "turn it on, then off" has two steps. So has a wish for many and another one
for some of them ("all the lights on and the kitchen light off").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from homebody.assistant.plan import Command, Step, When
from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.words.token import Token
from homebody.home.function import Action

_OPPOSITES = (
    (frozenset({"on", "open_or_on", "open"}), frozenset({"off", "close_or_off", "close"})),
    (frozenset({"lock"}), frozenset({"unlock"})),
    (frozenset({"raise"}), frozenset({"lower"})),
)
_SIDE_BY_SIDE = frozenset(
    {"和", "并", "并且", "又", "及", "以及", "跟", "与", "而且", "同时", "and", "&", "or", "或", "或者"}
)
"""What stands between two verbs and tells no order."""
_THINGS = ("device", "kind", "area", "room", "pronoun")


def opposed(verbs: Iterable[str]) -> bool:
    """Whether verbs take each other back."""
    said = set(verbs)
    return any(said & one and said & other for one, other in _OPPOSITES)


def with_opposites_joined(parts: Sequence[Piece], text: str) -> list[Piece]:
    """The clauses of ``text``; what was cut between a verb and its opposite is one again, and marked so."""
    result: list[Piece] = []
    for part in parts:
        before = result[-1] if result else None
        if before is not None and _take_back(before, part, text):
            result[-1] = Piece([*before.tokens, *part.tokens], before.joint, contradictory=True)
        else:
            result.append(Piece(part.tokens, part.joint, contradictory=_within(part.tokens)))
    return result


def _take_back(before: Piece, after: Piece, text: str) -> bool:
    if text[before.end : after.start].strip() not in _SIDE_BY_SIDE:
        return False
    each_its_own = any(t.is_(*_THINGS) for t in before.tokens[:-1]) and any(
        t.is_(*_THINGS) for t in after.tokens[1:]
    )
    return opposed([*_verbs(before.tokens[-1]), *_verbs(after.tokens[0])]) and not each_its_own


def _within(tokens: Sequence[Token]) -> bool:
    """... on and off: side by side in one clause."""
    return any(
        middle.is_("and", "joint") and opposed([*_verbs(one), *_verbs(other)])
        for one, middle, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _verbs(token: Token) -> list[str]:
    if token.is_("device", "area", "choice"):
        return []
    return [str(value) for category in ("verb", "particle") for value in token.all(category)]


def contradicting(clauses: Sequence[Sequence[Step]]) -> list[Command]:
    """The commands, of clauses that were said side by side, that want the same devices in different states at
    the same time."""
    wishes: dict[tuple[str, When, frozenset[str]], list[list[Command]]] = defaultdict(list)
    for steps in clauses:
        together: dict[tuple[str, When], list[Command]] = defaultdict(list)
        for step in steps:
            if isinstance(step, Command) and step.delta is None and step.action is not Action.TOGGLE:
                together[step.function, step.when].append(step)
        for (function, when), commands in together.items():
            wishes[function, when, frozenset(command.device for command in commands)].append(commands)
    return [
        command
        for several in wishes.values()
        if len({(command.action, command.value) for commands in several for command in commands}) > 1
        for commands in several
        for command in commands
    ]
