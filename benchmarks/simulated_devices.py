"""``python -m benchmarks.simulated_devices COUNT LATENCY_MS``: miIO lamps at 127.80.0.1 and after it.

A process of its own, as real devices are: what it computes is not counted as the assistant's.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address

from homebody.home.adapters.miio.simulator import Manner, SimulatedDevice
from homebody.home.adapters.miio.spec import parse_spec
from homebody.home.adapters.miio.specs import sample

FIRST = IPv4Address("127.80.0.1")


def token(number: int) -> bytes:
    return number.to_bytes(16, "big")


def address(number: int) -> str:
    return str(FIRST + number)


@contextmanager
def lamps(count: int, latency_ms: float) -> Iterator[None]:
    """So many lamps that listen, for the length of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.simulated_devices", str(count), str(latency_ms)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the simulated devices did not start")
        yield
    finally:
        process.kill()
        process.communicate()


async def _main(count: int, latency_ms: float) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 256, hard), hard))
    spec = parse_spec(sample("lamp"))
    for number in range(count):
        manner = Manner(latency=latency_ms / 1000)
        device = SimulatedDevice(spec, token(number), did=1000 + number, manner=manner, running_s=5000.0)
        await device.start(address(number))
    print("ready", flush=True)  # noqa: T201 - what `lamps` waits for
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), float(sys.argv[2])))
