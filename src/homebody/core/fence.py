"""Nothing but the local network, for this process and for a while: raised, tried, and counted.

    with fenced(gate) as fence:
        ...                     whatever is reached now is reached without the internet
    fence.lan_packets           what the kernel counted meanwhile

Three kinds, of which the strongest that is to be had is taken. Each is tried with one datagram to an address
that belongs to nobody (TEST-NET-1, RFC 5737), and believed only if that was refused:

``no_route``       this machine, or the network namespace that the process is in, has no way beyond the LAN:
                   the kernel's own table of routes says so. Holds for every program in it.
``packet_filter``  the kernel refuses what leaves the LAN, for sockets that this process and its children
                   open. Needs root and ``nft``. The rules name a group that nobody else is in, and which the
                   process takes on meanwhile; so they touch no other program, also if they are left behind.
``gate``           only `core.gate` refuses: what Python opens, and no native code.

The gate refuses in every kind. What none of them cuts off: other programs on this machine (a server on
loopback may still go out), and the devices themselves, which have a way to the internet of their own as long
as the router has one. "The LAN" is the private and link-local addresses; a name is looked up only if it is
one of a local network.
"""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from homebody.core.errors import FenceError
from homebody.core.gate import LAN, Gate
from homebody.core.packet_counters import difference, read_packet_counters

Kind = Literal["no_route", "packet_filter", "gate"]

LOCAL_NAMES = ("localhost", "*.local", "*.lan", "*.home", "*.home.arpa", "*.internal", "*.localdomain")
NOBODY = "192.0.2.1"
GROUP = 1_214_606_693
"""Of sockets that are fenced: a number that no system gives to a group of people."""
_BY = "the fence around this process"
_PURPOSE = "fence-trial"
_REJECTING = 0x0200  # RTF_REJECT of linux/route.h: a route that leads nowhere


@dataclass(slots=True, kw_only=True)
class Fence:
    """What stands around the process. ``not_stronger`` says why it is no stronger kind, a line for each.

    Packets are what the kernel counted from the raising to the end, trial included: to the LAN, and refused.
    None where nobody counts: beside ``gate``, whose refusals are attempts and not packets, and refusals of
    ``no_route``, which become no packets. ``refused_attempts`` are those of the gate.
    """

    kind: Kind
    not_stronger: tuple[str, ...] = ()
    lan_packets: int | None = None
    refused_packets: int | None = None
    refused_attempts: int = 0


@contextmanager
def fenced(gate: Gate) -> Iterator[Fence]:
    """Raise the strongest fence there is; its counts are whole when the block has ended."""
    reasons: list[str] = []
    with ExitStack() as stack:
        fence = Fence(kind="gate")
        for kind, raised in (("no_route", _no_route), ("packet_filter", _packet_filter)):
            try:
                fence = stack.enter_context(raised(gate))
                break
            except FenceError as error:
                reasons.append(f"{kind}: {error}")
        fence.not_stronger = tuple(reasons)
        before = gate.totals().refused
        with gate.confined((*LAN, *LOCAL_NAMES), by=_BY):
            yield fence
        fence.refused_attempts = gate.totals().refused - before


# no route


@contextmanager
def _no_route(gate: Gate) -> Iterator[Fence]:
    if beyond := routes_beyond():
        raise FenceError(f"there is a route to {beyond[0]}")
    if _trial(gate) != errno.ENETUNREACH:
        raise FenceError("a datagram to the internet was not turned away")
    before = read_packet_counters()
    fence = Fence(kind="no_route")
    yield fence
    after = read_packet_counters()
    if before is not None and after is not None:
        fence.lan_packets = sum(each.tx_packets for each in difference(before, after).values())


def routes_beyond(folder: Path = Path("/proc/net")) -> list[str]:
    """The networks beyond the LAN that this machine has a route to. Raises ``FenceError`` where unknown."""
    try:
        four = (folder / "route").read_text(encoding="ascii").splitlines()[1:]
        six_file = folder / "ipv6_route"
        six = six_file.read_text(encoding="ascii").splitlines() if six_file.exists() else []
        routes = [_route_4(line.split()) for line in four] + [_route_6(line.split()) for line in six]
    except (OSError, ValueError, IndexError) as error:
        raise FenceError(f"the routes cannot be read: {error}") from error
    return [str(network) for network in routes if network is not None and not _is_local(network)]


def _route_4(columns: list[str]) -> ipaddress.IPv4Network | None:
    if int(columns[3], 16) & _REJECTING:
        return None
    address, mask = (int.from_bytes(bytes.fromhex(columns[place]), "little") for place in (1, 7))
    return ipaddress.IPv4Network((address, mask.bit_count()))


def _route_6(columns: list[str]) -> ipaddress.IPv6Network | None:
    if int(columns[8], 16) & _REJECTING or columns[9] == "lo":
        return None
    return ipaddress.IPv6Network((bytes.fromhex(columns[0]), int(columns[1], 16)))


def _is_local(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    if network.is_multicast or network.is_loopback:
        return True
    return any(
        isinstance(lan, type(network)) and network.subnet_of(lan)  # type: ignore[arg-type]  # of one family
        for lan in map(ipaddress.ip_network, LAN)
    )


# the packet filter


@contextmanager
def _packet_filter(gate: Gate) -> Iterator[Fence]:
    nft = shutil.which("nft", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if os.geteuid() != 0:
        raise FenceError("only root may ask the kernel for it")
    if nft is None:
        raise FenceError("nft is not installed (Debian: apt-get install nftables)")
    table, group = f"homebody_fence_{os.getpid()}", os.getegid()
    _nft(nft, "-f", "-", script=_rules(table))
    try:
        try:
            os.setegid(GROUP)
        except OSError as error:
            raise FenceError(f"the process cannot take on a group of its own: {error.strerror}") from error
        try:
            if _trial(gate) != errno.EPERM or _counted(nft, table)["beyond"] < 1:
                raise FenceError("a datagram to the internet was not refused by it")
            fence = Fence(kind="packet_filter")
            yield fence
        finally:
            os.setegid(group)
        counted = _counted(nft, table)
        fence.lan_packets, fence.refused_packets = counted["lan"], counted["beyond"]
    finally:
        _nft(nft, "delete", "table", "inet", table)


def _rules(table: str) -> str:
    """Packets without a socket (answers of the kernel itself) have no group and pass."""
    four = ", ".join(each for each in LAN if ":" not in each)
    six = ", ".join(each for each in LAN if ":" in each)
    return f"""
        table inet {table} {{
            counter lan {{}}
            counter beyond {{}}
            chain fenced {{
                oifname "lo" accept
                ip daddr {{ {four} }} counter name lan accept
                ip6 daddr {{ {six} }} counter name lan accept
                counter name beyond reject
            }}
            chain output {{
                type filter hook output priority 0; policy accept;
                meta skgid {GROUP} jump fenced
            }}
        }}
    """


def _counted(nft: str, table: str) -> dict[str, int]:
    listed = json.loads(_nft(nft, "-j", "list", "counters", "table", "inet", table))["nftables"]
    counters = (entry["counter"] for entry in listed if "counter" in entry)
    return {counter["name"]: counter["packets"] for counter in counters}


def _nft(nft: str, *arguments: str, script: str | None = None) -> str:
    try:
        done = subprocess.run(
            [nft, *arguments], input=script, capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FenceError(f"nft did not work: {error}") from error
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise FenceError(f"the kernel did not take the rules: {said}")
    return done.stdout


def _trial(gate: Gate) -> int | None:
    """What the kernel said to a datagram to nobody (an errno); None where it was sent."""
    gate.allow(_PURPOSE, hosts=[NOBODY], by=_BY)
    try:
        with gate.using(_PURPOSE), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
            trial.sendto(b"", (NOBODY, 9))
    except OSError as error:
        return error.errno
    finally:
        gate.revoke(_PURPOSE)
    return None
