"""A real Mosquitto on a free port of loopback, and a home whose devices are behind it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiomqtt
import pytest
from tests.loopback.miio import means_in
from tests.loopback.registry_bench import LONGEST_S, RegistryBench

from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secret, Secrets
from homebody.home.adapter import load_adapters
from homebody.home.adapters.mqtt.described import Described
from homebody.home.adapters.mqtt.simulator import SimulatedBridge
from homebody.home.adapters.mqtt.zigbee import described
from homebody.home.describing import device_entry
from homebody.home.file import parse_home
from homebody.home.registry import Registry

HOST = "127.0.0.1"


def mosquitto() -> str:
    """The broker's program; without it, the test is skipped."""
    found = shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip("no mosquitto here (make mosquitto)")
    return found


@dataclass
class Mosquitto:
    """``lines`` are added to its configuration; ``port`` stays the same when it starts again."""

    folder: Path
    lines: Sequence[str] = ("allow_anonymous true",)
    tls: bool = False
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it accepts connections."""
        if not self.port:
            with socket.socket() as free:
                free.bind((HOST, 0))
                self.port = free.getsockname()[1]
        config = self.folder / "mosquitto.conf"
        user = ("user root",) if os.geteuid() == 0 else ()  # or it could not read what lies beside
        lines = (f"listener {self.port} {HOST}", *user, *self.lines, "")
        config.write_text("\n".join(lines), encoding="utf-8")
        log = (self.folder / "mosquitto.log").open("ab")
        self._process = subprocess.Popen(
            [mosquitto(), "-c", str(config)], stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        ends = time.monotonic() + LONGEST_S
        while True:
            with socket.socket() as trial:
                trial.settimeout(1)
                if trial.connect_ex((HOST, self.port)) == 0:
                    return
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((self.folder / "mosquitto.log").read_text(encoding="utf-8"))
            time.sleep(0.01)  # there is nothing to wait for but that it listens

    def kill(self) -> None:
        """At once, without a word to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@dataclass
class MqttBench(RegistryBench):
    """A broker, a bridge like Zigbee2MQTT at it, and a registry with what a test puts into the home."""

    folder: Path
    broker: Mosquitto
    settings: Mapping[str, Any] = field(default_factory=dict)
    password: str = ""
    bridge: SimulatedBridge = field(default_factory=SimulatedBridge)
    entries: list[dict[str, Any]] = field(default_factory=list)
    registry: Registry = field(init=False)
    _running: asyncio.Task[None] | None = None

    def enter(self, id_: str, known: Described, name: str = "") -> None:
        self.entries.append(
            device_entry(id=id_, kind=known.kind, name=known.name, traits=known.traits,
                         controls=known.controls, adapter="mqtt",
                         binding={"via": known.via, "id": known.id})
        )  # fmt: skip

    def enter_zigbee(self) -> None:
        """All devices of the bridge, under their names there."""
        from homebody.home.adapters.mqtt.simulator import listed

        entries = [listed(each.address, each.name, each.exposes) for each in self.bridge.devices.values()]
        known = described(json.dumps(entries).encode(), self.bridge.base)
        for device in self.bridge.devices.values():
            self.enter(device.name, known[device.address])

    async def start_bridge(self) -> None:
        """Run it for as long as the broker lets it."""

        async def run() -> None:
            with contextlib.suppress(aiomqtt.MqttError):
                await self.bridge.run(HOST, self.broker.port)

        self._running = asyncio.create_task(run())
        async with asyncio.timeout(LONGEST_S):
            await self.bridge.running.wait()

    async def stop_bridge(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait((self._running,))

    async def start(self) -> Registry:
        if self.password:
            Secrets(self.folder).put(f"mqtt/{HOST}:{self.broker.port}", Secret(self.password))
        place = {"host": HOST, "port": self.broker.port, **self.settings}
        text = json.dumps({"schema": "homebody.home/1", "name": "bench", "devices": self.entries,
                           "adapters": {"mqtt": place}})  # fmt: skip
        home = parse_home(text)
        self.registry = Registry(home, load_adapters(home, means_in(self.folder, Gate())), SystemClock())
        await self.registry.start()
        return self.registry

    async def stop(self) -> None:
        if hasattr(self, "registry"):
            await self.registry.stop()
        await self.stop_bridge()
        self.broker.kill()

    async def reached(self, *ids: str) -> None:
        await self.until(lambda: all(self.registry.state(id_).reachable for id_ in ids))


@contextlib.asynccontextmanager
async def client(port: int, **more: Any) -> AsyncIterator[aiomqtt.Client]:
    """Somebody else at the broker."""
    # bound to loopback, so that the network gate lets it
    async with aiomqtt.Client(HOST, port, bind_address=HOST, **more) as connected:
        yield connected
