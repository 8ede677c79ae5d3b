"""The clauses of a sentence in their order: without the reasons for them, conditions first."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.assistant.plan import Step
from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.reading.chinese_asides import aside
from homebody.assistant.understanding.reading.frame import Frame


@dataclass(frozen=True, slots=True)
class Item:
    """One clause: as it was cut, as it was read, and the steps that it is if it is no wish of the home."""

    part: Piece
    frame: Frame
    steps: list[Step]


def without_reasons(items: list[Item]) -> list[Item]:
    """The clauses without the reasons that were given for them; all of them where there is no wish."""
    rest = [item for item in items if item.steps or not aside(item.frame)]
    wishes = any(
        item.steps
        or item.frame.mood in ("negated", "question")
        or (item.frame.mood == "command" and (item.frame.wish or item.frame.states))
        for item in rest
    )
    return rest if wishes else items


def conditions_first(items: list[Item]) -> list[Item]:
    """Turn on the fan if it is hot: a condition behind its wish moves before it."""
    if len(items) > 1 and items[-1].frame.condition and not items[-2].frame.condition:
        return [*items[:-2], items[-1], items[-2]]
    return items


def areas_after(items: list[Item], position: int) -> frozenset[str]:
    """The one area of the clause that follows by "and", if it has one."""
    following = items[position + 1] if position + 1 < len(items) else None
    if following is None or following.part.joint not in ("and", "next"):
        return frozenset()
    areas = frozenset(area for head in following.frame.heads for area in head.areas)
    return areas if len(areas) == 1 else frozenset()
