"""A simulated Home Assistant on loopback, and a home whose devices it has."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.loopback.miio import means_in
from tests.loopback.registry_bench import RegistryBench

from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.core.secrets import Secret, Secrets
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.home_assistant.importing import home_document, look
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.adapters.home_assistant.simulated import SimulatedHomeAssistant
from homebody.home.file import parse_home
from homebody.home.registry import Registry

COLORFUL = ["color_temp", "hs"]


@dataclass
class HomeAssistantBench(RegistryBench):
    """``hub`` is what a test fills; ``start`` makes a home of it, as adding does, and speaks to it."""

    folder: Path
    hub: SimulatedHomeAssistant = field(default_factory=SimulatedHomeAssistant)
    document: dict[str, Any] = field(default_factory=dict)
    registry: Registry = field(init=False)

    @property
    def means(self) -> Means:
        return means_in(self.folder, Gate())("home_assistant")

    async def look(self, url: str, token: str) -> dict[str, Any]:
        means, place = self.means, Place.of({"url": url})
        means.may_reach([place.host], by="test")
        return home_document(await look(place, Secret(token), means), url)

    async def start(self, url: str = "", token: str = "", secret: str = "") -> Registry:
        """``secret`` is a token that is not the one it was looked at with."""
        url, token = url or self.hub.url, token or self.hub.token
        self.document = self.document or await self.look(url, token)
        Secrets(self.folder).put(Place.of({"url": url}).secret, Secret(secret or token))
        home = parse_home(json.dumps(self.document))
        self.registry = Registry(home, load_adapters(home, means_in(self.folder, Gate())), SystemClock())
        await self.registry.start()
        return self.registry

    async def stop(self) -> None:
        if hasattr(self, "registry"):
            await self.registry.stop()
        await self.hub.stop()

    async def reached(self, *ids: str) -> None:
        await self.until(lambda: all(self.registry.state(id_).reachable for id_ in ids))

    def furnish(self) -> None:
        """Two floors, two rooms, a lamp with things beside it, a strip of outlets, a curtain, a lock."""
        hub = self.hub
        hub.floors = [{"floor_id": "ground", "name": "一楼", "aliases": ["楼下"], "level": 0}]
        hub.areas = [
            {"area_id": "den", "name": "Den", "aliases": ["study"], "floor_id": "ground"},
            {"area_id": "keting", "name": "客厅", "aliases": [], "floor_id": None},
        ]
        hub.devices = [
            {"id": "d" * 32, "name": "Desk lamp", "name_by_user": "台灯", "area_id": "den"},
            {"id": "e" * 32, "name": "Strip", "name_by_user": None, "area_id": "keting"},
        ]
        lamp = {"device_id": "d" * 32}
        hub.register("light.desk", **lamp, aliases=["书桌灯", "desk light"])
        hub.register("sensor.desk_power", **lamp, original_name="Power")
        hub.register("select.desk_startup", **lamp, original_name="Power on behavior",
                     entity_category="config")  # fmt: skip
        hub.register("sensor.desk_signal", **lamp, original_name="Signal", entity_category="diagnostic")
        hub.add("light.desk", "off", friendly_name="台灯", supported_color_modes=COLORFUL,
                supported_features=44, effect_list=["none", "Rainbow"], min_color_temp_kelvin=2000,
                max_color_temp_kelvin=6535)  # fmt: skip
        hub.add("sensor.desk_power", "3.5", device_class="power", unit_of_measurement="W",
                state_class="measurement")  # fmt: skip
        hub.add("select.desk_startup", "on", options=["on", "off", "previous"])
        hub.add("sensor.desk_signal", "-60", unit_of_measurement="dBm", device_class="signal_strength")
        for number in (1, 2):
            hub.register(f"switch.strip_{number}", device_id="e" * 32, original_name=f"Outlet {number}")
            hub.add(f"switch.strip_{number}", "off", friendly_name=f"Strip Outlet {number}",
                    device_class="outlet")  # fmt: skip
        hub.register("sensor.strip_energy", device_id="e" * 32, original_name="Energy")
        hub.add("sensor.strip_energy", "12", unit_of_measurement="kWh", state_class="total")
        hub.add("cover.curtain", "open", friendly_name="Curtain", supported_features=15,
                current_position=60)  # fmt: skip
        hub.add("lock.front", "locked", friendly_name="Front door", supported_features=0)
        hub.add("switch.rf", "off", friendly_name="RF socket", assumed_state=True)
