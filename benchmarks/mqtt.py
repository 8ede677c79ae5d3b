"""Command to confirmed state over MQTT: Homebody beside a plain aiomqtt client, at one Mosquitto.

The devices are those of a simulated bridge, in a process of their own; the plain client publishes a ``set``
and waits for the state that comes back. All speak to the same broker in the same run, in turns, so that what
else the machine does meets both.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiomqtt
from rich.table import Table

from benchmarks.machine import percentile
from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secrets
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.mqtt.simulator import SAMPLES, SimulatedBridge, listed
from homebody.home.adapters.mqtt.zigbee import described
from homebody.home.describing import device_entry
from homebody.home.file import parse_home
from homebody.home.function import Action
from homebody.home.outcome import Operation, Status
from homebody.home.registry import Registry

HOST = "127.0.0.1"
COMMANDS, ROUNDS = 300, 5
LATENCIES_MS = (0.0, 20.0)
_BETWEEN_S = 0.01
_LONGEST_S = 20


def mosquitto() -> str | None:
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


def table() -> Table | None:
    """None where there is no broker."""
    program = mosquitto()
    if program is None:
        return None
    made = Table(title=f"Command to confirmed state over MQTT, one lamp, {COMMANDS} commands, ms")
    for column in ("client", "latency of each answer", "p50", "p99"):
        made.add_column(column, justify="left" if column == "client" else "right")
    for latency in LATENCIES_MS:
        with broker(program) as port, _bridge(port, latency):
            rows = asyncio.run(_all(port))
        for client, times in rows.items():
            made.add_row(
                client, f"{latency:g}", f"{percentile(times, 0.5):.2f}", f"{percentile(times, 0.99):.2f}"
            )
    return made


async def _all(port: int) -> dict[str, list[float]]:
    """Milliseconds of each command, by client."""
    at_once = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    async with _home(port) as registry, _plain(port) as usual, _plain(port, socket_options=at_once) as quick:

        async def ours(value: int) -> None:
            operation = Operation(device="lamp", function="brightness", action=Action.SET, value=value)
            outcome = await registry.perform(operation)
            if outcome.status is not Status.DONE:
                raise RuntimeError(f"not done: {outcome}")

        ways: dict[str, Callable[[int], Awaitable[None]]] = {
            "Homebody": ours,
            "aiomqtt, set and wait": partial(_set_and_wait, usual),
            "the same, its socket sending at once": partial(_set_and_wait, quick),
        }
        times: dict[str, list[float]] = {client: [] for client in ways}
        for _ in range(ROUNDS):
            for client, command in ways.items():
                for each in (usual, quick):
                    while len(each.messages):  # what it heard of the others' commands
                        await anext(each.messages)
                for number in range(COMMANDS // ROUNDS):
                    started = time.perf_counter()
                    await command(number % 100 + 1)
                    times[client].append((time.perf_counter() - started) * 1000)
                    await asyncio.sleep(_BETWEEN_S)
        return times


@asynccontextmanager
async def _plain(port: int, **more: Any) -> AsyncIterator[aiomqtt.Client]:
    async with aiomqtt.Client(HOST, port, **more) as client:
        await client.subscribe("zigbee2mqtt/lamp", qos=1)
        yield client


async def _set_and_wait(client: aiomqtt.Client, value: int) -> None:
    await client.publish("zigbee2mqtt/lamp/set", json.dumps({"brightness": value}), qos=1)
    async for message in client.messages:
        assert isinstance(message.payload, bytes)
        if json.loads(message.payload).get("brightness") == value:
            return


@asynccontextmanager
async def _home(port: int) -> AsyncIterator[Registry]:
    """A registry whose lamp has told its state."""
    address = f"0x{1:016x}"
    known = described(json.dumps([listed(address, "lamp", SAMPLES["lamp"])]).encode(), "zigbee2mqtt")[address]
    entry = device_entry(
        id="lamp", kind=known.kind, name=known.name, traits=known.traits, controls=known.controls,
        adapter="mqtt", binding={"via": known.via, "id": known.id},
    )  # fmt: skip
    home = parse_home(json.dumps({"schema": "homebody.home/1", "name": "benchmark", "devices": [entry],
                                  "adapters": {"mqtt": {"host": HOST, "port": port}}}))  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder, clock, gate = Path(name), SystemClock(), Gate()
        secrets = Secrets(folder)
        adapters = load_adapters(
            home, lambda each: Means(name=each, clock=clock, gate=gate, secrets=secrets, folder=folder)
        )
        registry = Registry(home, adapters, clock)
        told = asyncio.Event()
        registry.subscribe(lambda _change: told.set())
        await registry.start()
        try:
            async with asyncio.timeout(_LONGEST_S):
                await told.wait()
            yield registry
        finally:
            await registry.stop()


@contextmanager
def broker(program: str) -> Iterator[int]:
    with socket.socket() as free, tempfile.TemporaryDirectory() as name:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        free.close()
        config = Path(name) / "mosquitto.conf"
        config.write_text(f"listener {port} {HOST}\nallow_anonymous true\nset_tcp_nodelay true\nuser root\n")
        process = subprocess.Popen([program, "-c", str(config)], stderr=subprocess.DEVNULL)
        try:
            yield port
        finally:
            process.kill()
            process.wait()


@contextmanager
def _bridge(port: int, latency_ms: float) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mqtt", str(port), str(latency_ms)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the simulated bridge did not start")
        yield
    finally:
        process.kill()
        process.communicate()


async def _serve(port: int, latency_ms: float) -> None:
    bridge = SimulatedBridge()
    bridge.add("lamp", "lamp", retain=True, latency=latency_ms / 1000,
               state={"state": "OFF", "brightness": 254, "color_temp": 250})  # fmt: skip
    running = asyncio.ensure_future(connected_bridge(bridge, port))
    await bridge.running.wait()
    print("ready", flush=True)  # noqa: T201 - what `_bridge` waits for
    await running


async def connected_bridge(bridge: SimulatedBridge, port: int) -> None:
    """The broker may take a moment until it listens."""
    ends = time.monotonic() + _LONGEST_S
    while True:
        try:
            await bridge.run(HOST, port)
        except aiomqtt.MqttError:
            if time.monotonic() > ends:
                raise
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
