"""Command to confirmed state over miIO, beside python-miio's own client, and a home of 1,000 devices.

The devices are Homebody's simulator in a process of its own; both clients speak to the same one, in the same
run, a command every 10 ms. A lamp that pushes is not read before a command; one that does not is, as
python-miio's client does in its second row. A command of the large home is timed from the moment that it was
due, so that a queue is not hidden.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import home_assistant_commands, mqtt, python_miio
from benchmarks.machine import percentile, resident_mb
from benchmarks.simulated_devices import FLOOD, address, lamps, token
from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secret, Secrets
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.miio.mapping import map_spec
from homebody.home.adapters.miio.spec import parse_spec
from homebody.home.adapters.miio.specs import sample
from homebody.home.describing import device_entry
from homebody.home.file import parse_home
from homebody.home.function import Action
from homebody.home.outcome import Operation, Status
from homebody.home.registry import Change, Registry

COMMANDS = 500
_BETWEEN_S = 0.01
LATENCIES_MS = (0.0, 20.0)
DEVICES, RATE, SECONDS, BAD = 1000, 200, 20, 50
_LONGEST_S = 60
_BRIGHTNESS = {"did": "x", "siid": 2, "piid": 2}


def run(console: Console) -> None:
    console.print(_one_device())
    console.print(mqtt.table() or "MQTT: no mosquitto here (make mosquitto)")
    if tables := home_assistant_commands.tables():
        console.print(*tables, sep="\n")
    else:
        console.print("Home Assistant: it could not be installed")
    console.print(_many_devices())


def _one_device() -> Table:
    table = Table(title=f"Command to confirmed state over miIO, one lamp, {COMMANDS} commands, ms")
    for column in ("client", "latency of each answer", "p50", "p99"):
        table.add_column(column, justify="left" if column == "client" else "right")
    for latency in LATENCIES_MS:
        with lamps(1, latency):
            rows = [
                ("Homebody, a lamp that pushes: set and seen", asyncio.run(_ours(push=True))),
                ("Homebody, one that does not: read, set and seen", asyncio.run(_ours(push=False))),
                *_theirs(),
            ]
        for client, times in rows:
            table.add_row(client, f"{latency:g}", *_percentiles(times))
    return table


async def _ours(*, push: bool) -> list[float]:
    async with _home(1, push=push) as registry:
        await _perform(registry, 0, 50)
        times = []
        for number in range(COMMANDS):
            times.append(await _timed(registry, 0, number % 100 + 1))
            await asyncio.sleep(_BETWEEN_S)
        return times


async def _timed(registry: Registry, device: int, value: int) -> float:
    started = time.perf_counter()
    await _perform(registry, device, value)
    return (time.perf_counter() - started) * 1000


async def _perform(registry: Registry, device: int, value: int) -> None:
    operation = Operation(device=f"lamp{device}", function="brightness", action=Action.SET, value=value)
    outcome = await registry.perform(operation)
    if outcome.status is not Status.DONE:
        raise RuntimeError(f"not done: {outcome}")


def _theirs() -> list[tuple[str, list[float]]]:
    """Without the peer, without its rows."""
    try:
        python_miio.python()
    except python_miio.PeerAbsentError:
        return []
    read = ("get_properties", [_BRIGHTNESS])
    rows: list[tuple[str, list[float]]] = []
    with python_miio.client(address(0), token(0)) as client:
        client.call(read)
        for name, before in (("python-miio, set and read", []), ("python-miio, read, set and read", [read])):
            times = []
            for number in range(COMMANDS):
                value = number % 100 + 1
                answer, ms = client.call(*before, ("set_properties", [{**_BRIGHTNESS, "value": value}]), read)
                if answer[-1][0]["value"] != value:
                    raise RuntimeError(f"not done: {answer}")
                times.append(ms)
                time.sleep(_BETWEEN_S)
            rows.append((name, times))
    return rows


def _many_devices() -> Table:
    table = Table(title=f"{DEVICES:,} miIO devices, {RATE} commands a second for {SECONDS} s")
    columns = ("home", "done", "a second", "p50, ms", "p99, ms", "longest, ms", "of one core", "MB")
    for column in columns:
        table.add_column(column, justify="left" if column == "home" else "right")
    table.add_row("all well", *asyncio.run(_load(0)))
    flood = f"one tells {FLOOD:,} changes a second, {BAD} take a second; commands to the others"
    table.add_row(flood, *asyncio.run(_load(BAD)))
    return table


async def _load(bad: int) -> tuple[str, ...]:
    """Commands that are due at a steady rate, each to a lamp by chance, whatever became of those before."""
    chance = random.Random(1)
    late: list[float] = []
    failed: list[str] = []
    with lamps(DEVICES, 0, bad):
        async with _home(DEVICES, push=True) as registry:
            cpu, start = time.process_time(), time.perf_counter()

            async def command(due: float) -> None:
                device, value = chance.randrange(bad + 1 if bad else 0, DEVICES), chance.randint(1, 100)
                try:
                    await _perform(registry, device, value)
                except RuntimeError as error:
                    failed.append(str(error))
                late.append((time.perf_counter() - due) * 1000)

            async with asyncio.TaskGroup() as commands:
                for number in range(RATE * SECONDS):
                    due = start + number / RATE
                    await asyncio.sleep(due - time.perf_counter())
                    commands.create_task(command(due))
            took, used = time.perf_counter() - start, time.process_time() - cpu
            memory = resident_mb(os.getpid())
    done = f"{len(late) - len(failed):,} of {len(late):,}"
    return (done, f"{len(late) / took:.0f}", *_percentiles(late), f"{max(late):.1f}", f"{used / took:.0%}",
            f"{memory:.0f}")  # fmt: skip


async def _all_answer(registry: Registry) -> None:
    missing = {device.id for device in registry.home.devices}
    complete = asyncio.Event()

    def note(change: Change) -> None:
        missing.discard(change.device)
        if not missing:
            complete.set()

    forget = registry.subscribe(note)
    async with asyncio.timeout(_LONGEST_S):
        await complete.wait()
    forget()


def _percentiles(times: Sequence[float]) -> tuple[str, str]:
    return f"{percentile(times, 0.5):.2f}", f"{percentile(times, 0.99):.2f}"


@asynccontextmanager
async def _home(count: int, *, push: bool) -> AsyncIterator[Registry]:
    """A registry whose devices have all answered."""
    spec = parse_spec(sample("lamp"))
    mapped = map_spec(spec)
    with tempfile.TemporaryDirectory() as name:
        folder, clock, gate = Path(name), SystemClock(), Gate()
        secrets = Secrets(folder)
        entries: list[dict[str, Any]] = []
        for number in range(count):
            binding = {"host": address(number), "did": str(1000 + number), "spec": spec.urn}
            entries.append(
                device_entry(id=f"lamp{number}", kind="light", name=spec.name, traits=mapped.traits,
                             controls=mapped.controls, adapter="miio", binding=binding)
            )  # fmt: skip
        secrets.put_all({f"miio/{1000 + number}": Secret(token(number).hex()) for number in range(count)})
        home = parse_home(json.dumps({"schema": "homebody.home/1", "name": "benchmark", "devices": entries,
                                      "adapters": {"miio": {"push": push, "poll_s": 600}}}))  # fmt: skip
        adapters = load_adapters(
            home, lambda each: Means(name=each, clock=clock, gate=gate, secrets=secrets, folder=folder)
        )
        registry = Registry(home, adapters, clock)
        await registry.start()
        try:
            await _all_answer(registry)
            yield registry
        finally:
            await registry.stop()
