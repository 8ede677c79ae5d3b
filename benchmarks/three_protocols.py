"""A home of 1,000 devices on three protocols at once: miIO lamps, lamps behind a broker, a Home Assistant's.

The devices are simulated, in processes of their own; the broker is a Mosquitto. Commands are due at a steady
rate, each to a lamp by chance, and timed from the moment that they were due. In the second row one miIO lamp
and one behind the broker tell changes without end, and some miIO lamps take a second for each answer: what is
timed are the commands to the others. How late the loop is says whether the registry, and with it the page,
stays live.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.machine import percentile
from benchmarks.mqtt import HOST, broker, connected_bridge, mosquitto
from benchmarks.simulated_devices import FLOOD, address, lamps, token
from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secret, Secrets
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.home_assistant.importing import home_document, look
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.adapters.home_assistant.simulated import SimulatedHomeAssistant
from homebody.home.adapters.miio.mapping import map_spec
from homebody.home.adapters.miio.spec import parse_spec
from homebody.home.adapters.miio.specs import sample
from homebody.home.adapters.mqtt.simulator import SAMPLES, SimulatedBridge, listed
from homebody.home.adapters.mqtt.zigbee import described
from homebody.home.describing import device_entry
from homebody.home.file import parse_home
from homebody.home.function import Action
from homebody.home.outcome import Operation, Status
from homebody.home.registry import Registry

MIIO, ZIGBEE, HOME_ASSISTANT = 400, 300, 300
RATE, SECONDS, BAD = 200, 15, 50
TOKEN = "benchmark"
_FLOOD_ZIGBEE = 500
_TICK_S = 0.01
_LONGEST_S = 60.0


def run(console: Console) -> None:
    program = mosquitto()
    if program is None:
        console.print("Three protocols: no mosquitto here (make mosquitto)")
        return
    total = MIIO + ZIGBEE + HOME_ASSISTANT
    table = Table(title=f"{total:,} devices on three protocols, {RATE} commands a second for {SECONDS} s, ms")
    for column in ("home", "done", "miIO p50", "p99", "MQTT p50", "p99", "HA p50", "p99", "all p99",
                   "loop late p99"):  # fmt: skip
        table.add_column(column, justify="left" if column == "home" else "right")
    for what, bad in (
        ("all well", 0),
        (f"two flood ({FLOOD:,} and {_FLOOD_ZIGBEE} a second), {BAD} slow", BAD),
    ):
        with lamps(MIIO, 0, bad), broker(program) as port, _others(port, bool(bad)) as home_assistant:
            table.add_row(what, *asyncio.run(_load(port, home_assistant, bad)))
    console.print(table)


async def _load(port: int, home_assistant: int, bad: int) -> tuple[str, ...]:
    chance = random.Random(1)
    times: dict[str, list[float]] = {"miio": [], "mqtt": [], "home_assistant": []}
    failed = 0
    async with _home(port, home_assistant) as registry:
        flooding = {"z0"} if bad else set()
        devices = [each for each in registry.home.devices if each.id not in flooding]
        if bad:
            ill = {f"m{number}" for number in range(bad + 1)}
            devices = [each for each in devices if each.id not in ill]
        late: list[float] = []
        watching = asyncio.create_task(_lateness(late))
        start = time.perf_counter()

        async def command(due: float) -> None:
            nonlocal failed
            device = chance.choice(devices)
            operation = Operation(
                device=device.id, function="brightness", action=Action.SET, value=chance.randint(2, 100)
            )
            outcome = await registry.perform(operation)
            failed += outcome.status is not Status.DONE
            times[device.adapter].append((time.perf_counter() - due) * 1000)

        async with asyncio.TaskGroup() as commands:
            for number in range(RATE * SECONDS):
                due = start + number / RATE
                await asyncio.sleep(due - time.perf_counter())
                commands.create_task(command(due))
        watching.cancel()
    every = [each for some in times.values() for each in some]
    cells = [f"{percentile(some, share):.1f}" for some in times.values() for share in (0.5, 0.99)]
    return (f"{len(every) - failed:,} of {len(every):,}", *cells, f"{percentile(every, 0.99):.1f}",
            f"{percentile(late, 0.99):.1f}")  # fmt: skip


async def _lateness(late: list[float]) -> None:
    while True:
        due = time.perf_counter() + _TICK_S
        await asyncio.sleep(_TICK_S)
        late.append((time.perf_counter() - due) * 1000)


@asynccontextmanager
async def _home(port: int, home_assistant: int) -> AsyncIterator[Registry]:
    """A registry whose devices have all answered."""
    url = f"http://{HOST}:{home_assistant}"
    with tempfile.TemporaryDirectory() as name:
        folder, clock, gate = Path(name), SystemClock(), Gate()
        secrets = Secrets(folder)
        secrets.put_all({f"miio/{1000 + number}": Secret(token(number).hex()) for number in range(MIIO)})
        secrets.put(Place.of({"url": url}).secret, Secret(TOKEN))

        def means(adapter: str) -> Means:
            return Means(name=adapter, clock=clock, gate=gate, secrets=secrets, folder=folder)

        theirs = home_document(
            await look(Place.of({"url": url}), Secret(TOKEN), means("home_assistant")), url
        )
        devices = [*_miio_entries(), *_zigbee_entries(), *theirs["devices"]]
        for device in theirs["devices"]:
            device.pop("area", None)
        home = parse_home(json.dumps({
            "schema": "homebody.home/1", "name": "benchmark", "devices": devices,
            "adapters": {"miio": {"poll_s": 600}, "mqtt": {"host": HOST, "port": port},
                         "home_assistant": {"url": url}},
        }))  # fmt: skip
        registry = Registry(home, load_adapters(home, means), clock)
        changed = asyncio.Event()
        registry.subscribe(lambda _change: changed.set())
        await registry.start()
        try:
            async with asyncio.timeout(_LONGEST_S):
                while not all(registry.state(each.id).reachable for each in home.devices):
                    changed.clear()
                    await changed.wait()
            yield registry
        finally:
            await registry.stop()


def _miio_entries() -> list[dict[str, Any]]:
    spec = parse_spec(sample("lamp"))
    mapped = map_spec(spec)
    return [
        device_entry(id=f"m{number}", kind="light", name=spec.name, traits=mapped.traits,
                     controls=mapped.controls, adapter="miio",
                     binding={"host": address(number), "did": str(1000 + number), "spec": spec.urn})
        for number in range(MIIO)
    ]  # fmt: skip


def _zigbee_entries() -> list[dict[str, Any]]:
    entries = [listed(f"0x{number + 1:016x}", f"z{number}", SAMPLES["lamp"]) for number in range(ZIGBEE)]
    known = described(json.dumps(entries).encode(), "zigbee2mqtt")
    return [
        device_entry(id=f"z{number}", kind=each.kind, name=each.name, traits=each.traits,
                     controls=each.controls, adapter="mqtt", binding={"via": each.via, "id": each.id})
        for number, each in enumerate(known[f"0x{place + 1:016x}"] for place in range(ZIGBEE))
    ]  # fmt: skip


@contextmanager
def _others(port: int, flood: bool) -> Iterator[int]:
    """The bridge and the Home Assistant, in a process of their own; the latter's port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.three_protocols", str(port), str(int(flood))],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


async def _serve(port: int, flood: bool) -> None:
    bridge, hub = SimulatedBridge(), SimulatedHomeAssistant(TOKEN)
    for number in range(ZIGBEE):
        bridge.add("lamp", f"z{number}", retain=True,
                   state={"state": "OFF", "brightness": 254, "color_temp": 250})  # fmt: skip
    for number in range(HOME_ASSISTANT):
        hub.add(f"light.h{number}", "on", friendly_name=f"h{number}", supported_color_modes=["brightness"],
                brightness=255)  # fmt: skip
    await hub.start()
    running = asyncio.ensure_future(connected_bridge(bridge, port))
    await bridge.running.wait()
    print(hub.port, flush=True)  # noqa: T201 - what `_others` waits for
    first = bridge.devices["z0"]
    while flood:
        first.state["brightness"] = first.state["brightness"] % 254 + 1
        await bridge.tell(first)
        await asyncio.sleep(1 / _FLOOD_ZIGBEE)
    await running


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2] == "1"))
