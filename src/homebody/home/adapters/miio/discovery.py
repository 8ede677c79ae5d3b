"""Looking for miIO devices: whoever answers a greeting, within a few seconds."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from homebody.core.errors import InputError
from homebody.home.adapter import Found, Means
from homebody.home.adapters.miio.packet import HEAD_BYTES, PacketError, greeting, head_of

PORT = 54321
LISTEN_S = 1.0
GREETINGS = 3  # datagrams get lost
MOST_ADDRESSES = 4096
_EVERYBODY = "255.255.255.255"


async def discover(
    means: Means,
    where: Sequence[str],
    settings: Mapping[str, Any],  # noqa: ARG001 - nothing of it matters here
) -> list[Found]:
    """See ``home.adapter.Discovery``. Their tokens, models and abilities are not known yet.

    Raises ``InputError`` for what is no address or network, ``OSError`` where nothing can be sent.
    """
    targets = _targets(where)
    local = all(ipaddress.ip_address(target).is_loopback for target in targets)
    heard: dict[str, Found] = {}
    with means.acting():
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Listener(heard),
            local_addr=("127.0.0.1" if local else "0.0.0.0", 0),
            family=socket.AF_INET,
            allow_broadcast=True,
        )
        try:
            for _ in range(GREETINGS):
                for target in targets:
                    transport.sendto(greeting(), (target, PORT))
                await means.clock.sleep(LISTEN_S)
        finally:
            transport.close()
    return sorted(heard.values(), key=lambda found: ipaddress.ip_address(found.address))


def _targets(where: Sequence[str]) -> list[str]:
    """Every address of what is given, or the one that all hear."""
    if not where:
        return [_EVERYBODY]
    targets: list[str] = []
    for each in where:
        try:
            network = ipaddress.IPv4Network(each, strict=False)
        except ValueError as error:
            raise InputError(
                f"{each!r} is no IPv4 address or network", hint="such as 192.168.1.0/24"
            ) from error
        if network.num_addresses + len(targets) > MOST_ADDRESSES:
            raise InputError(f"{each} has more than {MOST_ADDRESSES} addresses")
        targets += [str(address) for address in network.hosts()] or [str(network.network_address)]
    return targets


class _Listener(asyncio.DatagramProtocol):
    """Notes who answers, each once, and no more than there can be."""

    def __init__(self, heard: dict[str, Found]) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if len(data) != HEAD_BYTES or len(self._heard) >= MOST_ADDRESSES:
            return
        try:
            head = head_of(data)
        except PacketError:
            return
        self._heard[addr[0]] = Found(
            adapter="miio",
            id=str(head.did),
            address=addr[0],
            known={"running_s": str(head.stamp)},
        )
