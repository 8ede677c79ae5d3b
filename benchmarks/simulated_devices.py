"""``python -m benchmarks.simulated_devices COUNT LATENCY_MS BAD``: miIO lamps at 127.80.0.1 and after it.

A process of its own, as real devices are: what it computes is not counted as the assistant's. With BAD above
0, the first lamp changes FLOOD times a second, and so many after it take a second for each answer.
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
FLOOD = 2000
_TICK_S = 0.01


def token(number: int) -> bytes:
    return number.to_bytes(16, "big")


def address(number: int) -> str:
    return str(FIRST + number)


@contextmanager
def lamps(count: int, latency_ms: float, bad: int = 0) -> Iterator[None]:
    """So many lamps that listen, for the length of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.simulated_devices", str(count), str(latency_ms), str(bad)],
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


async def _main(count: int, latency_ms: float, bad: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 256, hard), hard))
    spec = parse_spec(sample("lamp"))
    devices: list[SimulatedDevice] = []
    for number in range(count):
        manner = Manner(latency=1.0 if 0 < number <= bad else latency_ms / 1000)
        device = SimulatedDevice(spec, token(number), did=1000 + number, manner=manner, running_s=5000.0)
        await device.start(address(number))
        devices.append(device)
    print("ready", flush=True)  # noqa: T201 - what `lamps` waits for
    if bad:
        await _flood(devices[0])
    await asyncio.Event().wait()


async def _flood(lamp: SimulatedDevice) -> None:
    """Tell of changes of the brightness for ever, acknowledged or not."""
    await lamp.subscribed.wait()
    [where] = lamp.subscribers
    value = 1
    while True:
        for _ in range(int(FLOOD * _TICK_S)):
            value = value % 100 + 1
            lamp.tell(where, [{"siid": 2, "piid": 2, "value": value}])
        await asyncio.sleep(_TICK_S)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
