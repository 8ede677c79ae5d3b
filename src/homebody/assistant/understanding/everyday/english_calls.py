"""To be called at a time: "give me a shout in ten minutes", "let me know at six that dinner is ready", "set
an alarm for seven"."""

from __future__ import annotations

import re
from datetime import datetime

from homebody.assistant.plan import Reminder
from homebody.assistant.understanding.times.in_text import without_moments

_CALL = re.compile(
    r"^(?:let (?:me|us) know|tell (?:me|us)|ping (?:me|us)|alert (?:me|us)|warn (?:me|us)|call (?:me|us)"
    r"|buzz (?:me|us)"
    r"|shout|give (?:me|us) a (?:shout|call|buzz|ping|nudge|ring|yell|holler))\b,? ?(?P<said>.+?)[\s.!]*$"
)
_ALARM = re.compile(
    r"^(?:set|put|make|give me|i need|i want)(?: me| us| on| up)? (?:an?|the|another) (?:\w+ )?alarm"
    r"(?: clock)? (?:for|at|on) (?P<said>.+?)[\s.!]*$"
)
_DAYPART = re.compile(r"morning|noon|evening|night|[ap]\.?m\b|minutes?|hours?|\d{2}[:.]?\d{2}")
_TEXT = re.compile(r"^(?:that|to|about|for|so)\b ?|^(?:,|and) ?")


def call(text: str, words: str, now: datetime) -> Reminder | None:
    """A (normalised) clause that wants just that; None for everything else."""
    if match := _ALARM.search(text):
        said = f"at {match['said']}" + ("" if _DAYPART.search(match["said"]) else " in the morning")
        when, _ = without_moments(said, now)
        return (
            Reminder(text="alarm", when=when, words=words) if when.kind in ("at", "every", "after") else None
        )
    match = _CALL.search(text)
    if match is None:
        return None
    when, rest = without_moments(match["said"], now)
    rest = rest.strip(" ,")
    if when.kind not in ("at", "after") or (rest and not _TEXT.match(rest)):
        return None
    return Reminder(text=_TEXT.sub("", rest).strip() or "time is up", when=when, words=words)
