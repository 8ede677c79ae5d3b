"""What a drill found out: one value, its JSON (``homebody.drill/1``), and the file with the last one.

An outsider's contract: docs/drill.md describes each key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import TypeAdapter, ValidationError

from homebody.assistant.drill.harmless import Manner, Spared
from homebody.core.errors import RecordError
from homebody.core.fence import Kind
from homebody.core.private_file import write_private
from homebody.home.label import Label

SCHEMA = "homebody.drill/1"
FILE = "drill.json"

Told = bool | int | float | str | None
"""A state as it was told: whole numbers stay whole."""

Fate = Literal["lives", "answers", "doubtful", "dies"]
"""``lives``: commanded, and seen to obey. ``answers``: it told its state, and was not commanded.
``doubtful``: commanded, and not seen to obey. ``dies``: it was not reached."""
FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command: ``function`` was ``before``, was asked to be ``wanted`` and then told ``after``.

    ``status`` and ``evidence`` are those of its outcome. ``put_back``: seen to be as before again.
    """

    manner: Manner
    function: str
    before: Told
    wanted: Told
    after: Told
    status: str
    evidence: str
    ms: float
    put_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One device. ``reached_before``: it answered before the internet was cut off, too.

    ``read_ms`` is until it told its state, None where it did not; ``spared`` why it was not commanded;
    ``detail`` what kept it from answering.
    """

    device: str
    name: Label
    protocol: str
    address: str
    fate: Fate
    reached_before: bool
    read_ms: float | None
    asked: Asked | None
    spared: Spared | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How the internet was cut off: see `core.fence.Fence`. ``unplugged``: a person said that the line of the
    home was unplugged, so that the devices had no internet either."""

    kind: Kind
    not_stronger: tuple[str, ...]
    unplugged: bool
    lan_packets: int | None
    refused_packets: int | None
    refused_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """``seconds`` is how long the internet was cut off."""

    at: datetime
    home: Label
    seconds: float
    cut: Cut
    rows: tuple[Row, ...]

    def count(self, fate: Fate) -> int:
        return sum(row.fate == fate for row in self.rows)

    @property
    def simulated(self) -> int:
        """How many devices are no devices at all."""
        return sum(row.protocol == "simulated" for row in self.rows)

    @property
    def not_put_back(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.asked is not None and not row.asked.put_back)

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **_DRILL.dump_python(self, mode="json")}


_DRILL = TypeAdapter(Drill)


def from_json(document: Any) -> Drill:
    """Raises ``RecordError`` for what is no drill of this schema."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise RecordError(f"This is no drill: its schema is not {SCHEMA}")
    try:
        return _DRILL.validate_python({key: value for key, value in document.items() if key != "schema"})
    except ValidationError as error:
        raise RecordError(f"This drill cannot be read: {error.errors()[0]['msg']}") from error


def keep(drill: Drill, folder: Path) -> None:
    """Make it the last one of this data folder. Raises ``RecordError``."""
    write_private(folder / FILE, json.dumps(drill.to_json(), ensure_ascii=False, indent=1).encode())


def last(folder: Path) -> Drill | None:
    """The last one, or None where there was none. Raises ``RecordError``."""
    try:
        document = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise RecordError(f"{folder / FILE} cannot be read") from error
    return from_json(document)
