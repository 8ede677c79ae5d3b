"""``homebody pair``: a code for a phone to scan, which phones are paired, and forgetting one."""

from __future__ import annotations

import io
import time
from typing import Any

import segno
from rich.style import Style
from rich.table import Table
from rich.text import Text

from homebody.commands.terminal import console
from homebody.core.errors import HomebodyError
from homebody.core.settings import Settings
from homebody.server.door import Door, call, read_door

LOOK_S = 1.0
"""Seconds between looks at whether the phone has come."""


class NobodyRunsError(HomebodyError):
    """Pairing needs the running Homebody: it is what the phone speaks to."""


def pair(settings: Settings) -> bool:
    """Show a code and wait for the phone; False where the code's time ran out. Raises HomebodyError."""
    door = _running(settings)
    before = {phone["id"] for phone in _phones(door)}
    invitation = call(door, "POST", "/api/phones")
    likeliest, *others = invitation["addresses"]
    out = console()
    out.print("Scan this with the phone's camera, on the same network as this computer:\n")
    drawn = io.StringIO()
    segno.make(likeliest, error="m").terminal(out=drawn, compact=True)
    # dark modules are spaces: on a white terminal too, they have to be the darker ones
    out.print(Text(drawn.getvalue(), style=Style(color="#ffffff", bgcolor="#000000")))
    out.print(f"\n{likeliest}", soft_wrap=True)
    for other in others:
        out.print(f"or {other}", soft_wrap=True)
    out.print(
        "\nThe browser warns of a certificate that it does not know: it is this computer's own. The phone "
        "shows how to install it. Its SHA-256 fingerprint:"
    )
    out.print(invitation["fingerprint"], soft_wrap=True)
    out.print(f"\nWaiting for the phone, for {invitation['lives_s'] / 60:.0f} minutes; ctrl-c ends it.")
    ends = time.monotonic() + invitation["lives_s"]
    while time.monotonic() < ends:
        new = [phone for phone in _phones(door) if phone["id"] not in before]
        if new:
            out.print(f"Paired: {new[0]['name']} ({new[0]['id']})")
            return True
        time.sleep(LOOK_S)
    out.print("No phone came. The code is not good any more.")
    return False


def show(settings: Settings) -> None:
    """Which phones are paired. Raises HomebodyError."""
    phones = _phones(_running(settings))
    if not phones:
        console().print("No phone is paired: homebody pair")
        return
    table = Table("id", "phone", "paired", "last here")
    for phone in phones:
        table.add_row(phone["id"], phone["name"], phone["paired_at"], phone["seen_on"] or "never")
    console().print(table)


def forget(settings: Settings, id: str) -> None:
    """Let this phone in no more. Raises HomebodyError."""
    call(_running(settings), "DELETE", f"/api/phones/{id}")
    console().print(f"Forgotten: {id}")


def _running(settings: Settings) -> Door:
    door = read_door(settings.data_dir)
    if door is None:
        raise NobodyRunsError(
            "No Homebody runs on this machine", hint="Start it with homebody run, then pair the phone."
        )
    return door


def _phones(door: Door) -> list[dict[str, Any]]:
    phones: list[dict[str, Any]] = call(door, "GET", "/api/phones")["phones"]
    return phones
