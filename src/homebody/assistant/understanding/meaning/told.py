"""Clauses that belong to what is told beside them, and are no wishes of their own."""

from __future__ import annotations

from homebody.assistant.understanding.reading.frame import Frame


def only_told(frame: Frame, frames: list[Frame]) -> bool:
    """It was open when I came home: a "when" beside what is told, or asked in general."""
    others = [other for other in frames if other is not frame and not other.condition]
    return bool(others) and all(other.mood in ("report", "quoted", "question") for other in others)


def interjected(frame: Frame, frames: list[Frame]) -> bool:
    """Stop, don't turn it off: a lone verb before a prohibition is a call."""
    position = next(i for i, other in enumerate(frames) if other is frame)
    following = frames[position + 1] if position + 1 < len(frames) else None
    alone = len(frame.tokens) == 1 and frame.tokens[0].is_("verb")
    return alone and following is not None and (following.mood == "negated" or following.keep)


def told_on(before: Frame, frame: Frame) -> bool:
    """A clause that goes on with what is told or quoted: he shouted turn it up, turn it up; I put it on, and
    it is still cold. What somebody says of themselves is a reason: she says she is cold, so turn it up."""
    if before.mood == "quoted":
        speech = [
            token for token in before.tokens if not token.is_("reported", "subject", "person", "filler")
        ]
        ordered = any(token.is_("verb") or token.get("phrasal") for token in speech)
        return ordered or not any(token.is_("state", "change", "need") for token in speech)
    complains = any(change.complaint for change in frame.changes) and not (frame.verbs or frame.heads)
    return before.mood == "report" and complains
