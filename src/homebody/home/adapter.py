"""What speaks to devices: the protocol between the registry and one way of speaking (``home.adapters``).

An adapter is a module of ``homebody.home.adapters`` with a function ``adapter(clock) -> Adapter``. A home
file calls it by the name of the module, which is imported when a home first names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from homebody.core.clock import Clock
from homebody.core.errors import InputError
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.outcome import Operation

Push = Callable[[str, Mapping[str, Value] | None], None]
"""``push(device_id, values)``: the device told these states by itself; None: it was seen to go away.

Called from the registry's event loop, from anywhere in it."""


class Adapter(Protocol):
    """Values are in the units of each function. Any call may be cancelled when its deadline ends."""

    async def start(self, home: Home, push: Push) -> None:
        """Take on the devices of ``home`` that name this adapter. Connecting may go on behind."""

    async def read(self, device: Device) -> Mapping[str, Value]:
        """The present state, by function id, from the device itself and not from memory.

        Functions whose state is not known are left out. Raises ``UnreachableError``.
        """

    async def execute(self, device: Device, operation: Operation) -> None:
        """Send one operation; returns when the device has acknowledged it. ``TOGGLE`` never arrives here.

        Raises ``RefusedError`` when the device answers no, ``UnreachableError`` when it does not answer.
        """

    async def stop(self) -> None:
        """Let go of connections and tasks."""


def load_adapter(name: str, clock: Clock) -> Adapter:
    """A new adapter of this name. Raises ``InputError`` where there is none."""
    module = f"{__package__}.adapters.{name}"
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or find_spec(module) is None:
        raise InputError(f"There is no adapter {name!r}", hint="See the key adapter in docs/home-file.md.")
    return cast(Adapter, import_module(module).adapter(clock))


def load_adapters(home: Home, clock: Clock) -> dict[str, Adapter]:
    """The adapters that the devices of a home name, by name. Raises ``InputError``."""
    return {name: load_adapter(name, clock) for name in sorted({device.adapter for device in home.devices})}
