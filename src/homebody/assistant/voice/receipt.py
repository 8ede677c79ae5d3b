"""When each thing of a spoken turn happened."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SCHEMA = "homebody.spoken/1"


@dataclass(slots=True, kw_only=True)
class SpokenReceipt:
    """Milliseconds from the acoustic end of speech; None for what did not happen.

    ``wake`` and ``began`` are before it and so negative. ``recognised``: the words were known; ``understood``
    and ``acted``: the plan, and what was read back of it; ``first_audio`` and ``last_audio``: of the reply.
    ``committed`` is when the turn was taken to be over, and ``by`` why: the words were a ``whole`` command,
    ``silence``, or a ``button``. ``recognition_ms`` is what recognising took, ``stopped`` whether somebody
    spoke into the reply.
    """

    turn: str = ""
    text: str = ""
    by: str = ""
    wake: float | None = None
    began: float | None = None
    recognised: float | None = None
    committed: float | None = None
    understood: float | None = None
    acted: float | None = None
    first_audio: float | None = None
    last_audio: float | None = None
    recognition_ms: float = 0.0
    stopped: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **{key: value for key, value in asdict(self).items() if value is not None}}


def ms_between(since: float, moment: float) -> float:
    """Milliseconds from one monotonic time to another."""
    return round((moment - since) * 1000, 1)
