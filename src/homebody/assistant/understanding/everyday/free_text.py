"""Timers, reminders, lists and announcements among the clauses of a sentence, with their free text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from homebody.assistant.plan import Reminder, Say, Step
from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.everyday.everyday import everyday, notice
from homebody.assistant.understanding.words.normalise import Normalised


class FreeText:
    """Reads what needs no device. ``places``: the folded names of areas, with their ids."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places

    def read(self, text: Normalised, now: datetime, parts: list[Piece]) -> Iterator[tuple[Piece, list[Step]]]:
        """Each clause, with the steps that it is if it is about timers, reminders, lists or announcements.
        What is to be said or reminded of takes in the clauses behind it."""
        index = 0
        while index < len(parts):
            part, end = parts[index], index + 1
            start = part.start if index else 0
            steps = [] if part.condition else self._steps(text, start, part.end, now)
            if not steps and _waits(parts, index):
                told = notice(text.text[part.start : part.end], text.words(part.start, part.end))
                steps = [told] if told else []
            if not steps and end < len(parts) and self._completes(text, part, parts[end], start, now):
                end += 1
                steps = self._steps(text, start, parts[index + 1].end, now)
            if steps:
                speech = isinstance(steps[0], Reminder | Say) and bool(steps[0].text)
                while end < len(parts) and _goes_on(parts[end], speech=speech):
                    if not speech and self._steps(text, parts[end].start, parts[end].end, now):
                        break
                    end += 1
                steps = self._steps(text, start, parts[end - 1].end, now) or steps
            yield part, steps
            index = end if steps else index + 1

    def _completes(self, text: Normalised, part: Piece, following: Piece, start: int, now: datetime) -> bool:
        """Whether only both clauses together are about a timer or a list: 设个闹钟，明天六点半."""
        if part.has("device", "area", "kind") or part.condition or following.joint not in ("weak", "strong"):
            return False
        if self._steps(text, following.start, following.end, now):
            return False
        return bool(self._steps(text, start, following.end, now))

    def _steps(self, text: Normalised, start: int, end: int, now: datetime) -> list[Step]:
        return everyday(text.text[start:end], text.words(start, end), now, self._places)


def _goes_on(part: Piece, *, speech: bool) -> bool:
    """Whether a clause may belong to the free text before it."""
    if part.condition and part.has("device", "kind", "state"):
        return False  # remind me to ring her when the heater is on
    if part.joint in ("strong", "next"):
        return False
    return speech or not part.has("device", "area", "kind")


def _waits(parts: Sequence[Piece], index: int) -> bool:
    """Whether a condition stands beside this clause."""
    beside = [parts[i] for i in (index - 1, index + 1) if 0 <= i < len(parts)]
    return not parts[index].condition and any(part.condition for part in beside)
