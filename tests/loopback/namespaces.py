"""A home's network of two machines, each a network namespace of its own: made by the test, gone with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from tests.loopback.test_sealed import can_unshare

COMPUTER, THINGS = "192.168.77.1", "192.168.77.2"
NFT = shutil.which("nft", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")

needs_namespaces = pytest.mark.skipif(
    not can_unshare() or shutil.which("ip", path="/usr/sbin:/sbin:/bin:/usr/bin") is None,
    reason="needs root, unshare and ip, to make network namespaces",
)
needs_nft = pytest.mark.skipif(NFT is None, reason="needs nft (apt-get install nftables, or make nftables)")


@dataclass(frozen=True)
class Machine:
    """A namespace, which lasts as long as its process."""

    holder: subprocess.Popen[bytes]

    def command(self, *words: str) -> list[str]:
        return ["nsenter", "-t", str(self.holder.pid), "-n", *words]

    def run(
        self, *words: str, environment: Mapping[str, str] | None = None, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), env=environment, capture_output=True, text=True,
                              check=False, timeout=60, **more)  # fmt: skip

    def set_up(self, *commands: str) -> None:
        for command in commands:
            done = self.run(*command.split())
            assert done.returncode == 0, f"{command}: {done.stderr}"

    def start(self, words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
        return subprocess.Popen(self.command(*words), env=environment, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)  # fmt: skip


@contextlib.contextmanager
def two_machines(*, route_beyond: bool) -> Iterator[tuple[Machine, Machine]]:
    """The computer and the things, joined by a cable; the way out leads through the things."""
    with contextlib.ExitStack() as stack:
        machines = []
        for _ in range(2):
            holder = subprocess.Popen(
                ["unshare", "-n", "sh", "-c", "echo; exec sleep 600"], stdout=subprocess.PIPE
            )
            stack.callback(holder.wait)
            stack.callback(holder.kill)
            assert holder.stdout is not None
            holder.stdout.readline()  # it is in its namespace now
            holder.stdout.close()
            machines.append(Machine(holder))
        computer, things = machines
        computer.set_up(
            f"ip link add cable type veth peer name other netns {things.holder.pid}",
            f"ip address add {COMPUTER}/24 dev cable",
            "ip link set cable up",
            "ip link set lo up",
        )
        things.set_up(f"ip address add {THINGS}/24 dev other", "ip link set other up", "ip link set lo up")
        if route_beyond:
            computer.set_up(f"ip route add default via {THINGS}")
        yield computer, things
