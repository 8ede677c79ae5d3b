"""A home of simulated miIO devices on loopback, for tests that speak to them over real sockets."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.loopback.registry_bench import LONGEST_S, RegistryBench

from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secret, Secrets
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.miio.mapping import map_spec
from homebody.home.adapters.miio.simulator import SimulatedDevice
from homebody.home.adapters.miio.spec import parse_spec
from homebody.home.adapters.miio.specs import sample
from homebody.home.describing import device_entry
from homebody.home.file import parse_home
from homebody.home.registry import Registry


def means_in(folder: Path, gate: Gate) -> Callable[[str], Means]:
    """Means by adapter, with secrets and caches in one folder."""
    return lambda name: Means(
        name=name, clock=SystemClock(), gate=gate, secrets=Secrets(folder), folder=folder / name
    )


@dataclass
class Bench(RegistryBench):
    """``devices`` by id run on loopback; ``registry`` speaks to them through the adapter. ``secrets`` holds
    those that are not the right token."""

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    devices: dict[str, SimulatedDevice] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, bytes] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    registry: Registry = field(init=False)

    async def add(
        self, id_: str, kind: str = "lamp", *, host: str = "127.0.0.1", port: int = 0, **device: Any
    ) -> SimulatedDevice:
        """A simulated device that listens; its number and token follow from its place."""
        number = len(self.devices) + 1
        made = SimulatedDevice(
            parse_spec(sample(kind)),
            number.to_bytes(16, "big"),
            did=1000 + number,
            chance=random.Random(number),
            **{"running_s": 5000.0, **device},
        )
        where = await made.start(host, port)
        self.devices[id_] = made
        self.tokens[id_] = made.token
        self._enter(id_, kind, *where, did=made.did)
        return made

    def foreign(self, id_: str, kind: str, *, host: str, token: bytes) -> None:
        """A device that somebody else runs, on the usual port."""
        self.tokens[id_] = token
        self._enter(id_, kind, host, 54321, did=5000 + len(self.entries))

    def _enter(self, id_: str, kind: str, host: str, port: int, did: int) -> None:
        spec = parse_spec(sample(kind))
        mapped = map_spec(spec)
        binding = {"host": host, "port": port, "did": str(did), "spec": spec.urn}
        self.entries[id_] = device_entry(
            id=id_, kind=mapped.kind, name=spec.name, traits=mapped.traits, controls=mapped.controls,
            adapter="miio", binding=binding,
        )  # fmt: skip

    async def start(self, gate: Gate | None = None) -> Registry:
        """Start the registry and wait for nothing."""
        store = Secrets(self.folder)
        for id_, entry in self.entries.items():
            secret = self.secrets.get(id_) or Secret(self.tokens[id_].hex())
            store.put(f"miio/{entry['adapter']['miio']['did']}", secret)
        text = json.dumps({"schema": "homebody.home/1", "name": "bench",
                           "devices": list(self.entries.values()),
                           "adapters": {"miio": dict(self.settings)}})  # fmt: skip
        home = parse_home(text)
        self.registry = Registry(
            home, load_adapters(home, means_in(self.folder, gate or Gate())), SystemClock()
        )
        await self.registry.start()
        return self.registry

    async def stop(self) -> None:
        if hasattr(self, "registry"):
            await self.registry.stop()
        for device in self.devices.values():
            await device.stop()

    async def subscribed(self, *ids: str) -> None:
        """Wait until these devices, or all, have been asked to tell of changes."""
        async with asyncio.timeout(LONGEST_S):
            for id_ in ids or self.devices:
                await self.devices[id_].subscribed.wait()

    async def reached(self, *ids: str) -> None:
        await self.until(lambda: all(self.registry.state(id_).reachable for id_ in ids or self.entries))
