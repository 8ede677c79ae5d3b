"""``homebody devices add matter``: what a Matter server has commissioned, into a home file.

Naming its address is the leave to reach it, now and whenever the home runs.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError

from homebody.assistant.assembly import home_of, means_of
from homebody.commands.terminal import console
from homebody.core.clock import SystemClock
from homebody.core.errors import DeviceError, InputError
from homebody.core.gate import install_gate
from homebody.core.settings import Settings
from homebody.home.binding import MatterEntry
from homebody.home.inserting import add_adapter, add_devices, entry_text


async def add(settings: Settings, host: str, port: int, agree: Callable[[str], bool]) -> None:
    """Ask the server what it has; then, if the person agrees, write it down. Raises ``InputError``."""
    from homebody.home.adapters.matter.importing import device_entries, look  # noqa: PLC0415

    out, gate, file = console(), install_gate(), settings.home_file
    try:
        said = MatterEntry(host=host, port=port).model_dump()
    except ValidationError as error:
        raise InputError(f"This is no address of a Matter server: {error.errors()[0]['msg']}") from error
    home = home_of(settings)
    before = home.adapters.get("matter")
    if before is not None and dict(before) != said:
        raise InputError(f"{file} names another Matter server already", hint="Change it by hand.")
    means = means_of(settings, gate, SystemClock())("matter")
    means.may_reach([host], by="homebody devices add matter")
    try:
        nodes = await look(host, port, means)
    except DeviceError as error:
        raise InputError(f"The Matter server cannot be asked: {error}") from error
    bound = [(binding["node"], binding["endpoint"]) for device in home.devices if device.adapter == "matter"
             for binding in (home.bindings[device.id],)]  # fmt: skip
    entries = list(device_entries(nodes, {device.id for device in home.devices}, bound))
    out.print(f"The Matter server tells of {len(entries)} devices to add")
    if file is None:
        out.print(entry_text(*entries), soft_wrap=True)
        return
    if entries and not agree(f"Put {len(entries)} devices into {file}?"):
        raise InputError("Nothing was written")
    if before is None:
        add_adapter(file, "matter", said)
    if entries:
        add_devices(file, entries)
        out.print(f"They stand in {file} now", soft_wrap=True)
