"""Sentences into clauses: where one wish ends and the next begins.

A joint (和, and, a comma, then) separates two clauses only if both sides wish for something; otherwise it
joins targets. A part without a wish leans on the one that has it: before it (打开客厅灯、卧室灯), after it
(客厅和卧室的灯打开; in ten minutes, turn off ...).
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.clauses import english_conditions
from homebody.assistant.understanding.clauses.chinese_conditions import marked_conditions
from homebody.assistant.understanding.clauses.corrections import correct
from homebody.assistant.understanding.clauses.cutting import pieces
from homebody.assistant.understanding.clauses.english_choices import with_either
from homebody.assistant.understanding.clauses.piece import CONTENT, Piece
from homebody.assistant.understanding.clauses.run_on import run_on
from homebody.assistant.understanding.words.token import Entry, Token


def clauses(tokens: Sequence[Token]) -> list[Piece]:
    """Pieces joined until each has its own wish."""
    marked = english_conditions.with_marks(marked_conditions(with_either(correct(tokens))))
    rest = [part for piece in pieces(marked) for part in run_on(piece)]
    result: list[Piece] = []
    for position, piece in enumerate(rest):
        previous = result[-1] if result else None
        following = rest[position + 1] if position + 1 < len(rest) else None
        if previous is None or _stands_alone(previous, piece, following):
            result.append(piece)
        else:
            _join(previous, piece)
    return result


def _stands_alone(previous: Piece, piece: Piece, following: Piece | None) -> bool:
    if piece.has("appointed"):
        return True  # ..., 到时候把灯关了
    if previous.condition != piece.condition and (previous.wish or piece.wish):
        return True
    if previous.statement and not previous.condition:
        return True
    if not previous.wish and not previous.condition:
        if previous.has("activity") and not previous.has("device", "kind", "area", "room", "moment"):
            return True  # 准备睡觉，...
        # what came before only named things, a place or a time: it leans on this one
        return previous.target and piece.joint == "strong"
    if piece.particle_only and piece.joint == "and":
        return False  # on and off
    if all(token.is_("ask", "ask_en", "pronoun", "copula", "request", "filler") for token in piece.tokens):
        return False  # ..., is it? ..., please?
    if piece.joint == "and" and not piece.has("verb", "phrasal", "state") and _waits_for_value(previous):
        return False  # set the lounge and the kitchen lights to 40
    if piece.joint == "and" and previous.wish and _strange_verb(piece):
        return True
    if piece.joint == "and" and _later(previous, piece):
        return True
    if _tells_how_far(previous, piece):
        return False  # warmer, twenty-four
    if piece.wish:
        return not (piece.has("except", "except_end") and not piece.has("verb"))
    if piece.joint != "and" and piece.strange:
        return True
    if piece.has("also") and piece.target and piece.joint in ("strong", "weak"):
        return True
    return (
        following is not None
        and piece.target
        and not following.condition
        and (piece.joint != "and" or following.joint == "and")
        and _leans_forward(previous, following)
    )


_DETERMINERS = frozenset(
    {"the", "a", "an", "my", "our", "your", "some", "this", "that", "his", "her", "their"}
)


def _strange_verb(piece: Piece) -> bool:
    """... and bake a cake: a strange word where a verb stands, with its object."""
    tokens = piece.tokens
    return len(tokens) > 2 and not tokens[0].known and tokens[1].text in _DETERMINERS


def _later(previous: Piece, piece: Piece) -> bool:
    """The lamp off now and the heater in ten minutes: the same wish of another thing, at its own time."""
    timed = previous.has("moment") or any(t.text in ("now", "right now", "at once") for t in previous.tokens)
    return timed and previous.wish and piece.has("moment") and piece.has("device", "kind")


_VALUE = ("number", "level", "filler", "function", "at", "to", "joint")


def _tells_how_far(previous: Piece, piece: Piece) -> bool:
    """The lamp dimmer, fifteen percent: the bare value behind a direction is where it ends."""
    if piece.joint != "weak" or not piece.has("number", "level"):
        return False
    bare = all(
        t.is_(*_VALUE) and (t.is_("number") or not t.is_("device", "kind", "area", "moment"))
        for t in piece.tokens
    )
    if piece.has("function") and not previous.has("function"):
        return False  # 大灯暖一点，亮度五十: of something else
    directed = previous.has("change") or any(t.get("verb") in ("raise", "lower") for t in previous.tokens)
    return bare and directed and not previous.has("number", "level", "condition")


def _waits_for_value(piece: Piece) -> bool:
    sets = any(token.get("verb") == "set" for token in piece.tokens)
    return sets and not piece.has("number", "choice", "level", "change", "pronoun")


def _leans_forward(previous: Piece, following: Piece) -> bool:
    """把客厅灯打开，卧室灯和书房灯关掉: the wish before ended with its verb, so the names after it wait."""
    content = [token for token in previous.tokens if token.is_(*CONTENT) or token.is_("particle")]
    last = content[-1] if content else None
    ended = last is not None and (
        last.is_("verb", "particle", "level", "number")
        or (last.is_("choice") and not last.is_("device", "kind"))
    )
    begins = next((token for token in following.tokens if token.is_(*CONTENT)), None)
    return ended and following.wish and begins is not None and not begins.is_("verb")


_COMMA = {"and": "、", "weak": ",", "next": ",", "strong": ","}


def _join(piece: Piece, other: Piece) -> None:
    start = other.tokens[0].start
    entries = [Entry("joint", other.joint)]
    if _tells_how_far(piece, other):
        entries.append(Entry("to", True))
    piece.tokens.append(Token(start, start, _COMMA.get(other.joint, ","), tuple(entries)))
    piece.tokens.extend(other.tokens)
