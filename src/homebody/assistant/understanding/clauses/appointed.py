"""A time that is told first and pointed at later: 退房十二点，到时候把空调关了.

The words before only say what the time is of; the wish behind points at it with 到点, 到时候, 那时候.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.clauses.piece import Piece

_FIXED = ("clock", "sun", "daypart", "day", "date", "every", "weekdays")


def appointed(parts: Sequence[Piece]) -> list[Piece]:
    """The clauses, where one points at the time of the one before: that time alone, and the wish."""
    result: list[Piece] = []
    for part in parts:
        before = result[-1] if result else None
        if before is not None and _tells_time(before, part) and _points(part):
            times = [t for t in before.tokens if t.is_("moment") and t.get("moment").role in _FIXED]
            if times and any(t.get("moment").role in ("clock", "sun") for t in times):
                result[-1] = Piece(
                    [*times, *(t for t in part.tokens if not t.is_("appointed"))], before.joint
                )
                continue
        result.append(part)
    return result


def _tells_time(part: Piece, following: Piece) -> bool:
    """熄灯时间九点 is a time; 九点关客厅灯 is a wish of its own."""
    if part.has("device", "condition", "area"):
        return False
    return not part.has("kind") or following.has("device", "kind")


def _points(part: Piece) -> bool:
    return part.has("appointed") and not part.has("moment")
