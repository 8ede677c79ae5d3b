"""The door for phones: HTTPS on a port of its own, open from the first pairing on.

door = PhoneDoor(...)
await door.open(by="a person")      # at the start too, where phones are paired already
invitation = await door.invite()    # addresses with a code in them
await door.close()
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

import ifaddr
from starlette.types import ASGIApp

from homebody.core.clock import Clock
from homebody.core.errors import HomebodyError
from homebody.core.gate import SERVE_LAN, Gate
from homebody.server.guard import Guard
from homebody.server.listener import Listener
from homebody.server.listening import listen
from homebody.server.phone.admission import Admission
from homebody.server.phone.authority import Address, Authority, vouches_for
from homebody.server.phone.invitation import LIVES_S, Invitations
from homebody.server.phone.landing import PAIR
from homebody.server.phone.register import FILE, Phones


class NoNetworkError(HomebodyError):
    """This machine has no address that phones could reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """``addresses`` are of one door, the likeliest first; the code is in each, good once for ``lives_s``."""

    addresses: tuple[str, ...]
    lives_s: float
    fingerprint: str


class PhoneDoor:
    """``page`` is what paired phones are let into; ``host`` and ``port`` are where it listens."""

    def __init__(
        self, page: ASGIApp, *, data_dir: Path, clock: Clock, gate: Gate, host: str, port: int
    ) -> None:
        self._page = page
        self._folder = data_dir / "authority"
        self._clock = clock
        self._gate = gate
        self._host = host
        self._port = port
        self._listener: Listener | None = None
        self._opening = asyncio.Lock()
        self._bound_port = 0
        self._authority: Authority | None = None
        self._invitations = Invitations(clock)
        self.phones = Phones(data_dir / FILE, clock)

    @property
    def is_open(self) -> bool:
        return self._listener is not None

    async def open(self, by: str) -> None:
        """Listen; once open, nothing more. The ledger shows who opened it.

        Raises NoNetworkError, AddressError, RecordError.
        """
        async with self._opening:
            if self._listener is not None:
                return
            addresses = reachable(self._host)
            if not addresses:
                raise NoNetworkError(
                    "This machine has no private network address that a phone could reach",
                    hint="Connect it to the home's network, then try again.",
                )
            authority = Authority(self._folder, self._clock)
            files = await asyncio.to_thread(authority.serve, (local_name(),), addresses)
            self._gate.allow(SERVE_LAN, by=by)
            bound = listen(self._host, self._port, change="the setting phone_port")
            admission = Admission(
                app=self._page, phones=self.phones, invitations=self._invitations, authority=authority
            )
            listener = Listener(
                Guard(admission, hosts=(local_name(),), any_address=True),
                certificate=files.certificate,
                key=files.key,
                lifespan=False,
            )
            await listener.start(bound)
            self._bound_port = bound.getsockname()[1]
            self._authority, self._listener = authority, listener

    async def invite(self) -> Invitation:
        """Open the door if it is not, and make a code for one phone."""
        await self.open(by="a person who paired a phone")
        assert self._authority is not None
        names = [f"[{each}]" if each.version == 6 else str(each) for each in reachable(self._host)]
        if not names:
            raise NoNetworkError(
                "This machine has lost its network", hint="Connect it to the home's network, then try again."
            )
        code = self._invitations.make()
        return Invitation(
            addresses=tuple(f"https://{name}:{self._bound_port}{PAIR}?code={code}" for name in names),
            lives_s=LIVES_S,
            fingerprint=self._authority.fingerprint,
        )

    async def close(self) -> None:
        """A second time does nothing."""
        if self._listener is not None:
            listener, self._listener = self._listener, None
            await listener.stop()


def reachable(host: str) -> list[Address]:
    """The addresses under which ``host`` (one address, or a wildcard) is reached, the likeliest first.

    Link-local ones are left out: browsers cannot write their zone.
    """
    asked = ipaddress.ip_address(host)
    if not asked.is_unspecified:
        return [asked] if vouches_for(asked) else []
    found: list[Address] = []
    for adapter in ifaddr.get_adapters():
        for each in adapter.ips:
            address = ipaddress.ip_address(each.ip if isinstance(each.ip, str) else each.ip[0])
            if address.version == asked.version and vouches_for(address):
                found.append(address)
    usable = {each for each in found if not each.is_loopback and not each.is_link_local}
    return sorted(usable, key=lambda each: (_network_rank(each), each.packed))


def _network_rank(address: Address) -> int:
    """Home routers mostly give 192.168; addresses of containers and tunnels are less likely meant."""
    return 0 if str(address).startswith("192.168.") else 1 if str(address).startswith("10.") else 2


def local_name() -> str:
    """This machine's name for multicast DNS, where something on it answers to that."""
    return f"{socket.gethostname().partition('.')[0].lower() or 'homebody'}.local"
