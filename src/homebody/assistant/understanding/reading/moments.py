"""Moments in a clause: when, until when, for how long; or a value after all."""

from __future__ import annotations

from dataclasses import replace

from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.times.piece import Piece as Moment
from homebody.assistant.understanding.times.timing import Said
from homebody.assistant.understanding.words.token import Token


def take_moment(clause: Clause, index: int, token: Token) -> bool:
    moment: Moment = token.get("moment")
    before = clause.adjacent(index, -1)
    if (
        moment.role == "clock" and token.is_("number") and _valued(clause) and not clause.frame.numbers
        and not (before is not None and before.is_("until"))
    ):  # fmt: skip
        return False  # set to cool at 23
    if moment.role == "clock" and token.is_("number") and _scaled(clause, index):
        return False  # a peak of twelve forty; the kiln to nine fifty
    previous = clause.adjacent(index, -1)
    if previous is not None and previous.text == "by" and token.is_("number") and _moves(clause):
        return False  # down by two
    if token.is_("amount") and not any(t.is_("moment") for t in clause.tokens[max(0, index - 1) : index]):
        return False  # 一点 is one o'clock only beside another time
    before, after = clause.adjacent(index, -1), clause.adjacent(index, 1)
    if before is not None and before.text in ("the", "a"):
        before = clause.adjacent(index, -2)
    was, will = before is not None, after is not None
    said = Said(
        moment,
        after=bool((was and before.is_("after")) or (will and after.is_("after", "timer_word"))),  # type: ignore[union-attr]
        until=_until(clause, before, moment),
        lasting=bool(was and before.is_("lasting")),  # type: ignore[union-attr]
        before=bool((will and after.is_("before")) or (was and before.is_("before"))),  # type: ignore[union-attr]
    )
    every = before is not None and before.is_("moment") and before.get("moment").role == "interval"
    if moment.role == "duration" and every:
        clause.frame.moments.append(said)
        return True
    if (
        moment.role == "duration"
        and token.is_("number")
        and not (said.after or said.until or said.lasting or said.before)
    ):
        clause.frame.numbers.append(token.get("number"))  # settled later: a value, or for how long
        clause.frame.moments.append(Said(moment, lasting=True))
        return True
    plain = not (said.after or said.until or said.before)
    if moment.role == "duration" and plain and not every and not token.text.isascii():
        verb_follows = any(t.is_("verb") for t in clause.tokens[index + 1 :])
        said = replace(said, lasting=bool(clause.frame.verbs) or not verb_follows)  # 开三刻钟
    clause.frame.moments.append(said)
    return True


def _scaled(clause: Clause, index: int) -> bool:
    """Whether a number stands right behind what it is of, or behind "to" and a thing."""
    before, ahead = clause.adjacent(index, -1), clause.adjacent(index, -2)
    if before is None or before.is_("scale", "compare"):
        return before is not None
    if before.text not in ("at", "of", "to") or ahead is None:
        return False
    named = any(token.is_("device", "kind", "scale") for token in clause.tokens[: index - 1])
    timed = any(token.text in ("from", "between") for token in clause.tokens[:index])
    return ahead.is_("scale") or (before.text == "to" and named and not timed)


def _moves(clause: Clause) -> bool:
    """Whether the clause moves a value up or down."""
    frame = clause.frame
    moving = any(verb in ("raise", "lower") for verb, _ in frame.verbs)
    return moving or bool(frame.changes or frame.functions) or any(t.is_("change") for t in clause.tokens)


def _valued(clause: Clause) -> bool:
    """Whether the clause is about a value, so that "at 23" is one too."""
    dated = any(t.is_("moment") and t.get("moment").role not in ("clock", "duration") for t in clause.tokens)
    if clause.frame.numbers or dated:
        return False  # to 30 percent at nine; on Monday at eight
    if any(verb == "set" for verb, _ in clause.frame.verbs) or clause.frame.choices:
        return True
    acted = any(t.is_("verb", "particle", "phrasal", "done", "level") for t in clause.tokens)
    return not acted and any(head.thing for head in clause.frame.heads)  # the heater at twenty


def _until(clause: Clause, before: Token | None, moment: Moment) -> bool:
    """until ten; 开到十点, whose verb is then plain; but 调到十分钟 is a value."""
    if before is None or (moment.role == "duration" and before.is_("verb")):
        return False
    verbs = clause.frame.verbs
    if before.text == "到" and before is clause.tokens[0]:
        return False  # 到晚上十点把灯关了
    if before.is_("verb") and before.text.endswith("到") and verbs and verbs[-1][1] is before:
        if before.text == "开到":
            verbs[-1] = ("open_or_on", before)
            clause.frame.to = False
        return True
    return before.is_("until")
