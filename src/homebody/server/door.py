"""How a command of this machine finds the Homebody that runs on it, and speaks to it.

    <data folder>/door.json
    {"schema": "homebody.door/1", "url": "http://127.0.0.1:8470", "token": "...", "pid": 4711}

Only its owner may read the file, and the token is new at each start: whoever may read it may give commands
(`api`); a web page in a browser may not.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from homebody.core.errors import HomebodyError
from homebody.core.private_file import write_private

SCHEMA = "homebody.door/1"
COMMANDS = "command line"
"""The conversation of all commands of this machine: a yes of one answers the question of the one before."""
FILE = "door.json"


class DoorError(HomebodyError):
    """The running Homebody did not answer, or answered no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """``url`` without a slash at its end, the token that it wants, and its process."""

    url: str
    token: str
    pid: int


def write_door(data_dir: Path, door: Door) -> None:
    """Tell where the door is: whole or not at all, readable by its owner only. Raises RecordError."""
    body = json.dumps({"schema": SCHEMA, **asdict(door)})
    write_private(data_dir / FILE, body.encode())


def read_door(data_dir: Path) -> Door | None:
    """The door of the Homebody that runs on this data folder; None where none does (any more)."""
    try:
        told: Any = json.loads((data_dir / FILE).read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            return None
        door = Door(url=str(told["url"]), token=str(told["token"]), pid=int(told["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return door if _lives(door.pid) else None


def remove_door(data_dir: Path, door: Door) -> None:
    """Take the file away, unless another process has written its own since."""
    if read_door(data_dir) == door:
        (data_dir / FILE).unlink(missing_ok=True)


def ask_through(
    door: Door,
    text: str,
    *,
    area: str | None,
    yes: bool,
    timeout_s: float,
    conversation: str = COMMANDS,
    spoken: bool = False,
) -> dict[str, Any]:
    """One turn of the running Homebody (homebody.turn/1). Raises DoorError.

    ``yes`` answers its question too.
    """
    said = {"text": text, "area": area, "yes": yes, "conversation": conversation, "spoken": spoken}
    return call(door, "POST", "/api/turn", said, timeout_s=timeout_s)


def call(
    door: Door, method: str, path: str, body: dict[str, Any] | None = None, *, timeout_s: float = 10.0
) -> dict[str, Any]:
    """What the running Homebody answers on its JSON door. Raises DoorError."""
    import httpx  # noqa: PLC0415 - slow to import, and who only serves needs none of it

    try:
        answer = httpx.request(
            method,
            f"{door.url}{path}",
            json=body,
            headers={"Authorization": f"Bearer {door.token}"},
            timeout=timeout_s,
            trust_env=False,  # a proxy has no business between this machine and itself
        )
        said: Any = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise DoorError(
            f"The Homebody at {door.url} (process {door.pid}) does not answer: {error}",
            hint="Stop it and start it again, or ask with --home.",
        ) from error
    if not isinstance(said, dict):
        raise DoorError(f"The Homebody at {door.url} answered with something else than an object")
    if not answer.is_success:
        raise DoorError(str(said.get("error", answer.status_code)), hint=str(said.get("hint", "")))
    return said


def _lives(pid: int) -> bool:
    """Whether a process of this number is there: a file that outlived a crash leads nowhere."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
