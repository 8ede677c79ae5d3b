"""Command to confirmed state at a real Home Assistant, beside its own service call over a plain WebSocket.

The plain client calls the service and takes its answer, which comes for an entity that is not there as well;
or waits for the state besides, as Homebody does. All speak to the same Home Assistant in the same run, in
turns, so that what else the machine does meets all of them.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from rich.table import Table
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import home_assistant
from benchmarks.home_assistant import HomeAssistant
from benchmarks.machine import percentile
from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secret, Secrets
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.file import parse_home
from homebody.home.function import Action
from homebody.home.outcome import Operation, Outcome, Status
from homebody.home.registry import Registry

LAMP = "light.bed_light"
COMMANDS, ROUNDS, AWAY = 300, 5, 10
_BETWEEN_S, _AGAIN_S = 0.01, 0.05
_LONGEST_S = 20

Command = Callable[[int], Awaitable[None]]


def tables() -> list[Table]:
    """Speed, and what becomes of it when Home Assistant goes away; none where it cannot be installed."""
    speed = Table(title=f"Command to confirmed state at Home Assistant, one lamp, {COMMANDS} commands, ms")
    for column in ("client", "p50", "p99"):
        speed.add_column(column, justify="left" if column == "client" else "right")
    faults = Table("it is", "commands meanwhile", "it answers again after, s", "then done after, s",
                   title="Home Assistant goes away")  # fmt: skip
    try:
        with tempfile.TemporaryDirectory() as folder, home_assistant.running(Path(folder)) as peer:
            for client, times in asyncio.run(_all(peer)).items():
                speed.add_row(client, f"{percentile(times, 0.5):.2f}", f"{percentile(times, 0.99):.2f}")
            for how, away in (("stopped", peer.stop), ("killed", peer.kill)):
                faults.add_row(how, *asyncio.run(_fault(peer, away)))
    except home_assistant.PeerAbsentError:
        return []
    return [speed, faults]


async def _fault(peer: HomeAssistant, away: Callable[[], None]) -> tuple[str, str, str]:
    async with _home(peer) as registry:
        await asyncio.to_thread(away)
        meanwhile = Counter([(await _outcome(registry, number, 1.0)).status for number in range(AWAY)])
        started = time.perf_counter()
        await asyncio.to_thread(peer.start)
        answers = time.perf_counter()
        outcome = await _outcome(registry, 50, 1.0)
        while outcome.status is not Status.DONE:
            await asyncio.sleep(_AGAIN_S)
            outcome = await _outcome(registry, 50, 1.0)
        done = time.perf_counter()
        [states] = await peer.ask({"type": "get_states"})
        seen = next(each["attributes"]["brightness"] for each in states if each["entity_id"] == LAMP)
        if round(seen * 100 / 255) != outcome.wanted:
            raise RuntimeError(f"a false done: {outcome}, and Home Assistant says {seen}")
    told = ", ".join(f"{count} {status.value}" for status, count in meanwhile.items())
    return told, f"{answers - started:.1f}", f"{done - answers:.2f}"


async def _all(peer: HomeAssistant) -> dict[str, list[float]]:
    """Milliseconds of each command, by client."""
    async with _home(peer) as registry, _Plain.of(peer) as plain:
        commands: dict[str, Command] = {
            "Homebody: service, and the state that comes back judged": partial(_perform, registry),
            "its own service call, and the state waited for": partial(plain.call, confirmed=True),
            "its own service call, its answer believed": partial(plain.call, confirmed=False),
        }
        times: dict[str, list[float]] = {client: [] for client in commands}
        number = 0
        for _ in range(ROUNDS):
            for client, command in commands.items():
                await plain.catch_up()
                for _ in range(COMMANDS // ROUNDS):
                    number += 1
                    started = time.perf_counter()
                    await command(number % 100 + 1)
                    times[client].append((time.perf_counter() - started) * 1000)
                    await asyncio.sleep(_BETWEEN_S)
    return times


async def _perform(registry: Registry, percent: int) -> None:
    outcome = await _outcome(registry, percent)
    if outcome.status is not Status.DONE:
        raise RuntimeError(f"not done: {outcome}")


async def _outcome(registry: Registry, percent: int, deadline_s: float = 2.0) -> Outcome:
    operation = Operation(device=LAMP, function="brightness", action=Action.SET, value=max(percent, 1))
    return await registry.perform(operation, deadline_s)


class _Plain:
    """What the API's documents say, and no more."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0

    @classmethod
    @asynccontextmanager
    async def of(cls, peer: HomeAssistant) -> AsyncIterator[_Plain]:
        where = f"ws://{home_assistant.HOST}:{peer.port}/api/websocket"
        async with connect(where, proxy=None, compression=None) as socket:
            plain = cls(socket)
            await socket.recv()
            await socket.send(json.dumps({"type": "auth", "access_token": peer.token}))
            await socket.recv()
            await plain._send(type="subscribe_entities", entity_ids=[LAMP])
            while (await plain._receive())["type"] != "event":
                pass
            yield plain

    async def call(self, percent: int, *, confirmed: bool) -> None:
        """Set the brightness, and wait for the answer; ``confirmed``: for the state too."""
        await self._send(type="call_service", domain="light", service="turn_on",
                         service_data={"brightness_pct": percent}, target={"entity_id": LAMP})  # fmt: skip
        wanted, seen, answered = round(255 * percent / 100), False, False
        while not answered or (confirmed and not seen):
            message = await self._receive()
            if message["type"] == "result" and message["id"] == self._number:
                answered = True
            elif message["type"] == "event":
                change = message["event"].get("c", {}).get(LAMP, {}).get("+", {})
                seen = seen or change.get("a", {}).get("brightness") == wanted

    async def catch_up(self) -> None:
        """Read what it heard of the others' commands."""
        await self._send(type="ping")
        while (await self._receive())["type"] != "pong":
            pass

    async def _send(self, **message: Any) -> None:
        self._number += 1
        await self._socket.send(json.dumps({"id": self._number, **message}))

    async def _receive(self) -> Any:
        return json.loads(await self._socket.recv())


@asynccontextmanager
async def _home(peer: HomeAssistant) -> AsyncIterator[Registry]:
    """A registry whose lamp has answered."""
    with tempfile.TemporaryDirectory() as name:
        folder, clock, secrets = Path(name), SystemClock(), Secrets(Path(name))
        secrets.put(Place.of({"url": peer.url}).secret, Secret(peer.token))
        home = parse_home(json.dumps({
            "schema": "homebody.home/1", "name": "benchmark",
            "adapters": {"home_assistant": {"url": peer.url}},
            "devices": [{"id": LAMP, "kind": "light", "name": "lamp",
                         "traits": {"on_off": {}, "brightness": {}},
                         "adapter": {"home_assistant": {"id": LAMP}}}],
        }))  # fmt: skip
        adapters = load_adapters(
            home, lambda each: Means(name=each, clock=clock, gate=Gate(), secrets=secrets, folder=folder)
        )
        registry = Registry(home, adapters, clock)
        reached = asyncio.Event()
        registry.subscribe(lambda _change: reached.set())
        await registry.start()
        try:
            async with asyncio.timeout(_LONGEST_S):
                await reached.wait()
            yield registry
        finally:
            await registry.stop()
