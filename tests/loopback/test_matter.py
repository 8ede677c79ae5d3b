"""Matter through a simulated server, which follows the documented messages: states, commands, and trouble."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from tests.loopback.miio import means_in
from tests.loopback.registry_bench import RegistryBench

pytest.importorskip("websockets")

from homebody.core.clock import SystemClock
from homebody.core.gate import Gate
from homebody.home.adapter import load_adapters
from homebody.home.adapters.matter.importing import device_entries, look
from homebody.home.adapters.matter.mapping import describe
from homebody.home.adapters.matter.nodes import nodes_of
from homebody.home.adapters.matter.simulated import HOST, SimulatedMatterServer
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.outcome import Status
from homebody.home.registry import Registry


def types(*numbers: int) -> list[dict[str, int]]:
    return [{"0": number, "1": 1} for number in numbers]


LAMP = {
    "0/40/3": "Bulb", "0/40/5": "书房灯", "1/29/0": types(0x010D), "1/6/0": False, "1/8/0": 254, "1/8/2": 1,
    "1/8/3": 254, "1/768/65532": 0x11, "1/768/0": 0, "1/768/1": 0, "1/768/7": 250, "1/768/8": 2,
    "1/768/16395": 153, "1/768/16396": 500,
}  # fmt: skip
DOOR = {"0/40/3": "Door lock", "1/29/0": types(0x000A), "1/257/0": 1, "1/6/0": True, "1/47/12": 150}
BRIDGE = {
    "0/40/3": "Bridge", "1/29/0": types(0x000E), "2/29/0": types(0x0202, 0x0013), "2/57/5": "Blind",
    "2/57/17": True, "2/258/14": 2500, "3/29/0": types(0x0302, 0x0013), "3/57/5": "Weather", "3/57/17": True,
    "3/1026/0": 2150, "3/1029/0": 4520, "4/29/0": types(0x0015, 0x0013), "4/57/5": "Window", "4/69/0": True,
}  # fmt: skip
WARMTH = {
    "0/40/3": "Valve", "1/29/0": types(0x0301), "1/513/0": 1980, "1/513/18": 2100, "1/513/28": 4,
    "1/513/65532": 1, "1/513/21": 500, "1/513/22": 3000,
}  # fmt: skip


class Bench(RegistryBench):
    usual_s = 1.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = SimulatedMatterServer()

    async def start(self) -> Registry:
        means = means_in(self.folder, Gate())
        nodes = await look(HOST, self.server.port, means("matter"))
        entries = list(device_entries(nodes, (), ()))
        document = {"schema": "homebody.home/1", "name": "bench", "devices": entries,
                    "adapters": {"matter": {"host": HOST, "port": self.server.port}}}  # fmt: skip
        home = parse_home(json.dumps(document))
        self.registry = Registry(home, load_adapters(home, means), SystemClock())
        await self.registry.start()
        await self.until(lambda: all(self.state(device.id).reachable for device in home.devices))
        return self.registry

    def state(self, device: str) -> Any:
        return self.registry.state(device)


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    for number, attributes in enumerate((LAMP, DOOR, BRIDGE, WARMTH), 1):
        made.server.add(number, attributes)
    await made.server.start()
    yield made
    if made.registry is not None:
        await made.registry.stop()
    await made.server.stop()


async def test_what_a_server_has_becomes_devices(bench: Bench) -> None:
    registry = await bench.start()
    kinds = {device.id: device.kind for device in registry.home.devices}
    assert kinds == {"书房灯": "light", "door_lock": "lock", "blind": "curtain", "weather": "sensor",
                     "window": "contact_sensor", "valve": "thermostat"}  # fmt: skip
    assert dict(bench.state("书房灯").values) == {"on_off": False, "brightness": 100.0,
                                                "color_temperature": 4000.0}  # fmt: skip
    assert dict(bench.state("door_lock").values) == {"lock": True, "battery": 75.0}  # no switch beside a lock
    assert dict(bench.state("blind").values) == {"position": 75.0}
    assert dict(bench.state("weather").values) == {"temperature": 21.5, "humidity": 45.2}
    assert dict(bench.state("window").values) == {"contact": False}
    assert dict(bench.state("valve").values) == {"thermostat": 21.0, "mode": "heat", "on_off": True,
                                               "temperature": 19.8}  # fmt: skip


@pytest.mark.parametrize(
    ("device", "function", "action", "value", "after"),
    [
        ("书房灯", "on_off", Action.ON, None, True),
        ("书房灯", "brightness", Action.SET, 40.0, 40.0),
        ("书房灯", "brightness", Action.SET, 1.0, 1.0),
        ("书房灯", "color_temperature", Action.SET, 2700.0, 2700.0),
        ("书房灯", "color", Action.SET, "blue", "blue"),
        ("door_lock", "lock", Action.UNLOCK, None, False),
        ("blind", "position", Action.SET, 30.0, 30.0),
        ("blind", "position", Action.CLOSE, None, 0.0),
        ("valve", "thermostat", Action.SET, 18.5, 18.5),
        ("valve", "on_off", Action.OFF, None, False),
    ],
)
async def test_a_command_is_done_when_the_attribute_is_reported(
    bench: Bench, device: str, function: str, action: Action, value: Value | None, after: Value
) -> None:
    await bench.start()
    outcome = await bench.perform(device, function, action, value)
    assert (outcome.status, outcome.after, outcome.evidence) == (Status.DONE, after, "pushed")


async def test_what_happens_by_itself_is_told(bench: Bench) -> None:
    await bench.start()
    await bench.server.change(1, a1_6_0=True)
    await bench.until(lambda: bench.state("书房灯").values["on_off"] is True)
    await bench.server.change(3, a2_57_17=False)  # one thing behind the bridge is away
    await bench.until(lambda: not bench.state("blind").reachable)
    assert bench.state("weather").reachable
    await bench.server.set_available(3, False)
    await bench.until(lambda: not bench.state("weather").reachable)
    outcome = await bench.perform("blind", "position", Action.OPEN)
    assert outcome.status is Status.UNREACHABLE and not bench.server.commands


async def test_no_false_done(bench: Bench) -> None:
    await bench.start()
    bench.server.manner.lie = True
    assert (await bench.perform("书房灯", "on_off", Action.ON)).status is Status.UNVERIFIED
    bench.server.manner.error_code = 7
    assert (await bench.perform("书房灯", "on_off", Action.ON)).status is Status.REFUSED
    bench.server.manner.error_code = 3
    assert (await bench.perform("书房灯", "on_off", Action.ON)).status is Status.UNREACHABLE
    bench.server.manner.silent = True
    assert (await bench.perform("书房灯", "on_off", Action.ON)).status is Status.UNREACHABLE


async def test_a_server_that_starts_again_is_found_again(bench: Bench) -> None:
    await bench.start()
    await bench.server.stop()
    await bench.until(lambda: not bench.state("书房灯").reachable)
    bench.server.nodes[1]["attributes"]["1/6/0"] = True
    await bench.server.start()
    assert (await bench.perform("书房灯", "on_off", Action.OFF)).status is Status.DONE  # tried at once
    await bench.until(lambda: all(bench.state(id_).reachable for id_ in ("书房灯", "blind", "valve")))


async def test_what_is_no_matter_server_of_ours_is_told(bench: Bench) -> None:
    registry = await bench.start()
    device = registry.home.device("blind")
    assert device is not None
    for greeting, words in (("[]", "no Matter server"), ("{", "not JSON"),
                            ('{"min_supported_schema_version": 99}', "schema 99")):  # fmt: skip
        await bench.server.stop()
        bench.server.manner.greeting = greeting
        await bench.server.start()
        assert (await bench.perform("blind", "position", Action.OPEN)).status is Status.UNREACHABLE
        assert words in registry.link("blind").problem


async def test_events_that_are_nothing_are_left_alone(bench: Bench) -> None:
    await bench.start()
    for event, data in (("attribute_updated", [1]), ("attribute_updated", [99, "1/6/0", True]),
                        ("attribute_updated", {"x": 1}), ("node_updated", None), ("node_removed", "1"),
                        ("unheard_of", 7), ("attribute_updated", [1, "1/8/0", "much"])):  # fmt: skip
        await bench.server.tell(event, data)
    await bench.server.change(1, a1_6_0=True)
    await bench.until(lambda: bench.state("书房灯").values["on_off"] is True)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
_PATHS = st.sampled_from(sorted({*LAMP, *DOOR, *BRIDGE, *WARMTH, "x", "1", "1/514/3", "1/1024/0", "1/92/1"}))


_NODES = st.fixed_dictionaries({"node_id": st.integers() | _VALUES, "available": _VALUES,
                                "attributes": st.dictionaries(_PATHS, _VALUES)})  # fmt: skip


@given(st.lists(_NODES | _VALUES, max_size=3))
def test_whatever_nodes_may_be_told(told: list[Any]) -> None:
    """Each is left out, or becomes devices that a home file takes."""
    entries = list(device_entries(nodes_of(told), (), ()))
    for node in nodes_of(told):
        for number in node.endpoints():
            for wire in describe(node.of(number)).wires:
                value = wire.told(node.of(number))
                assert value is None or isinstance(value, bool | float | int | str)
    valid = [entry for entry in entries if 0 < entry["adapter"]["matter"]["node"] < 2**64]
    if valid:
        parse_home(json.dumps({"schema": "homebody.home/1", "name": "fuzz", "devices": valid,
                               "adapters": {"matter": {"host": HOST}}}))  # fmt: skip
