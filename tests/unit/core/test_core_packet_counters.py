from __future__ import annotations

import socket
from pathlib import Path

import pytest

from homebody.core.packet_counters import PacketCounters, difference, read_packet_counters

TEXT = """\
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
  eth0: 5000000    4000    0    2    0     0          0        71   900000    3000    0    0    0     0       0          0
eth0:1:9 8 0 0 0 0 0 0 7 6 0 0 0 0 0 0
"""  # noqa: E501


def test_columns_are_those_of_the_kernel(tmp_path: Path) -> None:
    source = tmp_path / "dev"
    source.write_text(TEXT)
    assert read_packet_counters(source) == {
        "lo": PacketCounters(rx_bytes=1000, rx_packets=10, tx_bytes=1000, tx_packets=10),
        "eth0": PacketCounters(rx_bytes=5000000, rx_packets=4000, tx_bytes=900000, tx_packets=3000),
        "eth0:1": PacketCounters(rx_bytes=9, rx_packets=8, tx_bytes=7, tx_packets=6),
    }


def test_none_where_there_is_nothing_to_read(tmp_path: Path) -> None:
    assert read_packet_counters(tmp_path / "none") is None
    (tmp_path / "odd").write_text("a\nb\neth0: words\n")
    assert read_packet_counters(tmp_path / "odd") is None


def test_difference_knows_new_restarted_and_vanished_interfaces() -> None:
    before = {
        "lo": PacketCounters(1, 1, 1, 1),
        "a": PacketCounters(10, 1, 20, 2),
        "gone": PacketCounters(1, 1, 1, 1),
    }
    after = {
        "lo": PacketCounters(5, 5, 5, 5),
        "a": PacketCounters(15, 2, 20, 2),
        "new": PacketCounters(7, 1, 0, 0),
    }
    assert difference(before, after) == {"a": PacketCounters(5, 1, 0, 0), "new": PacketCounters(7, 1, 0, 0)}
    assert difference(before, after, loopback=True)["lo"] == PacketCounters(4, 4, 4, 4)
    assert difference({"a": PacketCounters(10, 1, 20, 2)}, {"a": PacketCounters(3, 1, 0, 0)}) == {
        "a": PacketCounters(3, 1, 0, 0)
    }


def test_the_kernel_counts_what_crosses_loopback() -> None:
    before = read_packet_counters()
    if before is None or "lo" not in before:
        pytest.skip("this system has no /proc/net/dev")
    with (
        socket.socket(type=socket.SOCK_DGRAM) as receiver,
        socket.socket(type=socket.SOCK_DGRAM) as sender,
    ):
        receiver.bind(("127.0.0.1", 0))
        sender.sendto(b"x" * 1000, receiver.getsockname())
        receiver.recv(2000)
    after = read_packet_counters()
    assert after is not None
    carried = difference(before, after, loopback=True)["lo"]
    assert carried.tx_bytes >= 1000
    assert carried.tx_packets >= 1
