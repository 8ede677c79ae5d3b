"""The miIO devices of a home: one session each, started side by side."""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Mapping
from typing import Any

from homebody.core.errors import HomebodyError, UnreachableError
from homebody.home.adapter import Link, Means, Push
from homebody.home.adapters.miio.connection import Connection
from homebody.home.adapters.miio.mapping import map_spec
from homebody.home.adapters.miio.packet import token_of
from homebody.home.adapters.miio.session import Session
from homebody.home.adapters.miio.specs import Specs
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.outcome import Operation

_log = logging.getLogger(__name__)
SLOTS = 16
"""Devices that are read for their own sake at the same time: when a home of a thousand starts, or its router
comes back, a person's command is not behind a thousand readings."""
_OTHER_FILES = 256  # open files that Homebody needs besides one for each device


def secret_name(did: str) -> str:
    """The name under which the token of a device is kept."""
    return f"miio/{did}"


class Miio:
    """Sessions by device; ``problems`` says what keeps others from having one."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._sessions: dict[str, Session] = {}
        self._problems: dict[str, str] = {}
        self._slots = asyncio.Semaphore(SLOTS)

    async def start(self, home: Home, push: Push) -> None:
        devices = [device for device in home.devices if device.adapter == self._means.name]
        settings = home.adapters.get("miio", {})
        bindings = {device.id: home.bindings[device.id] for device in devices}
        self._means.may_reach(sorted({binding["host"] for binding in bindings.values()}))
        _allow_files(len(devices) + _OTHER_FILES)
        with self._means.acting():
            for device in devices:
                try:
                    session = self._session(device, bindings[device.id], push, settings)
                except HomebodyError as error:
                    _log.warning("%s: %s", device.id, error.message)
                    self._problems[device.id] = f"{error.message}. {error.hint}".strip()
                    continue
                self._sessions[device.id] = session
                session.start()

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:
        return await self._of(device).read(only)

    async def execute(self, device: Device, operation: Operation) -> None:
        await self._of(device).execute(operation)

    def live(self, device: Device) -> bool:
        session = self._sessions.get(device.id)
        return session is not None and session.live

    def link(self, device: Device) -> Link:
        if (session := self._sessions.get(device.id)) is not None:
            return session.contact.link()
        return Link(protocol="miIO", problem=self._problems.get(device.id, "not started"))

    async def stop(self) -> None:
        await asyncio.gather(*(session.stop() for session in self._sessions.values()))

    def _of(self, device: Device) -> Session:
        try:
            return self._sessions[device.id]
        except KeyError:
            raise UnreachableError(self._problems.get(device.id, "the adapter is not started")) from None

    def _session(
        self, device: Device, binding: Mapping[str, Any], push: Push, settings: Mapping[str, Any]
    ) -> Session:
        """Raises ``HomebodyError``: without its token, or without its description, there is none."""
        name = secret_name(binding["did"])
        secret = self._means.secrets.get(name)
        if secret is None:
            raise UnreachableError("its token is not known here", hint="homebody devices add miio")
        try:
            token = token_of(secret.reveal())
        except ValueError:
            raise UnreachableError(
                f"the secret {name} is no token", hint="homebody devices add miio"
            ) from None
        spec = Specs(self._means.folder).get(binding["spec"])
        if spec is None:
            raise UnreachableError("its description is not here", hint="homebody devices add miio")
        mapped = map_spec(spec)
        known = {wire.function.id for wire in mapped.wires}
        if unknown := [each.id for each in device.functions if each.id not in known]:
            _log.warning("%s: its description has no %s", device.id, ", ".join(unknown))
        return Session(
            device,
            binding["did"],
            mapped,
            lambda session: Connection(
                binding["host"],
                binding["port"],
                token,
                self._means.clock,
                session.heard,
                session.restarted,
            ),
            self._means,
            push,
            poll_s=settings.get("poll_s", 30.0),
            pushes=settings.get("push", True),
            slots=self._slots,
        )


def _allow_files(count: int) -> None:
    """Each device has a socket; the usual 1,024 open files are raised as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < count:
        wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
