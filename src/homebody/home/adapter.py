"""What speaks to devices: the protocol between the registry and one way of speaking (``home.adapters``).

An adapter is a module of ``homebody.home.adapters`` with a function ``adapter(means) -> Adapter``, and with
``discover`` (`Discovery`) if it can look for devices. A home file calls it by the name of the module, which
is imported when a home first names it. What adapters of networks have in common is in ``home.network``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Protocol, cast

from homebody.core.clock import Clock
from homebody.core.errors import InputError
from homebody.core.gate import Gate
from homebody.core.secrets import Secrets
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.outcome import Operation

Push = Callable[[str, Mapping[str, Value] | None], None]
"""``push(device_id, values)``: the device told these states by itself; None: it was seen to go away.

Called from the registry's event loop, from anywhere in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a device is spoken to: for people, never for decisions.

    ``protocol`` and ``address`` as people write them; ``latency_ms`` of its last answer; ``seen`` when that
    was; ``problem`` what keeps it from answering now, in a few English words.
    """

    protocol: str
    address: str = ""
    latency_ms: float | None = None
    seen: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A device that discovery met. ``id`` is what its protocol calls it; ``known`` what else it told."""

    adapter: str
    id: str
    address: str
    model: str = ""
    name: str = ""
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What one adapter may use. ``folder`` is its own, for what it caches, and need not be there yet."""

    name: str
    clock: Clock
    gate: Gate
    secrets: Secrets
    folder: Path

    @property
    def purpose(self) -> str:
        """What its connections are for, before the network gate."""
        return f"devices-{self.name}"

    def may_reach(self, hosts: Sequence[str], by: str = "the home file") -> None:
        """A person named these hosts: the adapter may reach them, and no others."""
        self.gate.allow(self.purpose, hosts=hosts, by=by)

    def acting(self) -> AbstractContextManager[None]:
        """Open connections, and start the tasks that do, within this."""
        return self.gate.using(self.purpose)


class Adapter(Protocol):
    """Values are in the units of each function. Any call may be cancelled when its deadline ends."""

    async def start(self, home: Home, push: Push) -> None:
        """Take on the devices of ``home`` that name this adapter. Connecting may go on behind."""

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:
        """The present state, by function id, from the device itself and not from memory.

        ``only``: no more than this function is needed; more may be told. Functions whose state is not known
        are left out. Raises ``UnreachableError``.
        """

    async def execute(self, device: Device, operation: Operation) -> None:
        """Send one operation; returns when the device has acknowledged it. ``TOGGLE`` never arrives here.

        Raises ``RefusedError`` when the device answers no, ``UnreachableError`` when it does not answer.
        """

    def live(self, device: Device) -> bool:
        """Whether the device tells every change by itself just now, so that what it told last is its state.

        Then it is not read before a command, which saves a round trip.
        """

    def link(self, device: Device) -> Link:
        """How this device is spoken to just now."""

    async def stop(self) -> None:
        """Let go of connections and tasks."""


class Discovery(Protocol):
    """An adapter's module that can look for devices."""

    async def discover(
        self, means: Means, where: Sequence[str], settings: Mapping[str, Any]
    ) -> Sequence[Found]:
        """What answers on the network within a few seconds, each device once.

        ``where``: addresses and networks to ask one by one (``192.168.1.0/28``); empty: whoever hears the
        protocol's own call. The person who started it has allowed ``means.purpose`` to reach them.
        ``settings``: what the home file says of this adapter, if anything.
        """


def load_adapter(means: Means) -> Adapter:
    """A new adapter of the name in ``means``. Raises ``InputError`` where there is none."""
    return cast(Adapter, _module(means.name).adapter(means))


def load_adapters(home: Home, means: Callable[[str], Means]) -> dict[str, Adapter]:
    """The adapters that the devices of a home name, by name. Raises ``InputError``."""
    names = sorted({device.adapter for device in home.devices})
    return {name: load_adapter(means(name)) for name in names}


def discoveries() -> Iterator[tuple[str, Discovery]]:
    """Every adapter that can look for devices; imports them all."""
    package = import_module(f"{__package__}.adapters")
    for found in iter_modules(package.__path__):
        module = _module(found.name)
        if hasattr(module, "discover"):
            yield found.name, cast(Discovery, module)


def _module(name: str) -> ModuleType:
    module = f"{__package__}.adapters.{name}"
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or find_spec(module) is None:
        raise InputError(f"There is no adapter {name!r}", hint="See the key adapter in docs/home-file.md.")
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("homebody"):
            raise
        raise InputError(
            f"The adapter {name} needs the package {error.name}",
            hint="Install it with: pip install 'homebody[devices]'",
        ) from error
