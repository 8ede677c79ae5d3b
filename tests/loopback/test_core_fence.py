"""The fence around a process, in network namespaces: what the kernel lets out, and what it counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.loopback.namespaces import THINGS, needs_namespaces, needs_nft, two_machines

from homebody.core.errors import FenceError
from homebody.core.fence import routes_beyond

ROOT = Path(__file__).parents[2]
BEYOND = "198.51.100.7"  # TEST-NET-2
SCRIPT = """
import codecs, dataclasses, json, os, subprocess, sys
from homebody.core.fence import fenced
from homebody.core.gate import Gate, install_gate

CHILD = '''
import socket, sys
for host in sys.argv[1:]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.sendto(b"x", (host, 9))
            print("sent")
        except OSError as error:
            print(error.errno)
'''

def children():
    done = subprocess.run([sys.executable, "-c", CHILD, *sys.argv[2:]], capture_output=True, text=True)
    return done.stdout.split()

gate = install_gate(Gate())
codecs.lookup("ascii")  # whose code that user may not read
os.seteuid(int(sys.argv[1]))
with fenced(gate) as fence:
    os.seteuid(0)
    within = children()
print(json.dumps({**dataclasses.asdict(fence), "within": within, "after": children()}))
"""


def fence(user: int, *, route_beyond: bool) -> dict[str, object]:
    """What a script saw: a child of it, which no gate watches, sends to a thing and beyond."""
    with two_machines(route_beyond=route_beyond) as (computer, _things):
        done = computer.run(sys.executable, "-c", SCRIPT, str(user), THINGS, BEYOND, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        tables = computer.run("nft", "list", "tables") if user == 0 else None
    assert tables is None or not tables.stdout
    found: dict[str, object] = json.loads(done.stdout)
    return found


@needs_namespaces
@needs_nft
def test_the_kernel_refuses_what_a_child_sends_beyond_and_counts_it() -> None:
    found = fence(0, route_beyond=True)
    assert found["kind"] == "packet_filter"
    assert found["within"] == ["sent", "1"] and found["after"] == ["sent", "sent"]  # 1: EPERM
    assert found["lan_packets"] == 1
    assert found["refused_packets"] == 2  # the trial's, and the child's
    assert found["not_stronger"] == ["no_route: there is a route to 0.0.0.0/0"]


@needs_namespaces
@needs_nft
def test_without_a_route_nothing_needs_to_be_refused() -> None:
    found = fence(0, route_beyond=False)
    assert found["kind"] == "no_route" and found["not_stronger"] == []
    assert found["within"] == ["sent", "101"]  # ENETUNREACH
    assert isinstance(found["lan_packets"], int) and found["lan_packets"] >= 1
    assert found["refused_packets"] is None


@needs_namespaces
def test_without_root_it_says_that_only_the_gate_refuses() -> None:
    found = fence(65534, route_beyond=True)
    assert found["kind"] == "gate"
    assert found["within"] == ["sent", "sent"]  # which is why it does not claim more
    assert found["not_stronger"] == [
        "no_route: there is a route to 0.0.0.0/0",
        "packet_filter: only root may ask the kernel for it",
    ]
    assert found["lan_packets"] is None and found["refused_packets"] is None


HEAD = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n"


@pytest.mark.parametrize(
    ("four", "six", "beyond"),
    [
        ("", "", []),
        ("eth0 00A8C0 ", None, None),
        ("eth0 004DA8C0 00000000 0001 0 0 0 00FFFFFF 0 0 0\n", "", []),
        ("eth0 00000000 024DA8C0 0003 0 0 0 00000000 0 0 0\n", "", ["0.0.0.0/0"]),
        ("eth0 00000000 00000000 0200 0 0 0 00000000 0 0 0\n", "", []),  # unreachable
        ("tun0 00000080 00000000 0001 0 0 0 00000080 0 0 0\n", "", ["128.0.0.0/1"]),  # half of the world
        ("", f"fe80{'0' * 28} 40 {'0' * 32} 00 {'0' * 32} 00000100 00000001 00000000 00000001 eth0\n", []),
        ("", f"{'0' * 32} 00 {'0' * 32} 00 {'0' * 32} ffffffff 00000001 00000000 00200200 lo\n", []),
        ("", f"{'0' * 32} 00 {'0' * 32} 00 fe80{'0' * 28} 00000400 00000001 00000000 00000003 eth0\n",
         ["::/0"]),
    ],
)  # fmt: skip
def test_routes_beyond(tmp_path: Path, four: str, six: str | None, beyond: list[str] | None) -> None:
    (tmp_path / "route").write_text(HEAD + four, encoding="ascii")
    if six is not None:
        (tmp_path / "ipv6_route").write_text(six, encoding="ascii")
    if beyond is None:
        with pytest.raises(FenceError, match="the routes cannot be read"):
            routes_beyond(tmp_path)
    else:
        assert routes_beyond(tmp_path) == beyond
