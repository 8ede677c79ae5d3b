"""What the kernel counted on each network interface: the witness that no library can bypass.

The gate sees what Python opens. These counters see every packet of the network namespace that the process is
in, its own and everybody else's, so they prove "nothing left" only in a namespace of its own (a sealed run, a
container), and there for native libraries and children too. Source: ``/proc/net/dev``, proc_pid_net(5).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class PacketCounters(NamedTuple):
    """One interface: bytes and packets, received and sent."""

    rx_bytes: int
    rx_packets: int
    tx_bytes: int
    tx_packets: int


def read_packet_counters(source: Path = Path("/proc/net/dev")) -> dict[str, PacketCounters] | None:
    """The counters of each interface since it came up; None where this system does not offer them."""
    try:
        lines = source.read_text(encoding="ascii", errors="replace").splitlines()
        counters = {}
        for line in lines[2:]:  # two lines of headings
            name, _, numbers = line.rpartition(":")  # an alias such as eth0:1 has a colon of its own
            columns = [int(number) for number in numbers.split()]
            counters[name.strip()] = PacketCounters(columns[0], columns[1], columns[8], columns[9])
    except (OSError, ValueError, IndexError):
        return None
    return counters


def difference(
    before: Mapping[str, PacketCounters], after: Mapping[str, PacketCounters], *, loopback: bool = False
) -> dict[str, PacketCounters]:
    """What each interface carried in between; ``lo`` only if ``loopback``.

    An interface that came up in between, or whose counters started again, counts from zero. One that went
    away took its counters with it and is left out.
    """
    carried = {}
    for name, now in after.items():
        if name == "lo" and not loopback:
            continue
        then = before.get(name)
        if then is None or any(new < old for new, old in zip(now, then, strict=True)):
            carried[name] = now
        else:
            carried[name] = PacketCounters(*(new - old for new, old in zip(now, then, strict=True)))
    return carried
