from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from homebody.core.clock import ManualClock
from homebody.core.errors import InputError, RefusedError, UnreachableError
from homebody.core.gate import Gate
from homebody.core.secrets import Secrets
from homebody.home.adapter import Means, load_adapter, load_adapters
from homebody.home.adapters.simulated import OFFLINE_S, Behaviour, Simulated
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.outcome import Operation
from homebody.home.schema import BehaviourEntry

HOME = parse_home("""\
schema: homebody.home/1
name: test
devices:
  - {id: lamp, kind: light, name: lamp, traits: {on_off: {}, brightness: {}}, state: {brightness: 50}}
  - {id: curtain, kind: curtain, name: curtain, traits: {position: {}}, behaviour: {travel: 10}}
  - {id: radio, kind: speaker, name: radio, traits: {on_off: {}, playback: {}}}
  - {id: vacuum, kind: vacuum, name: vacuum, traits: {cleaning: {}, battery: {}}}
  - {id: ac, kind: air_conditioner, name: ac, traits: {on_off: {}, thermostat: {}, mode: {}}}
  - {id: odd, kind: odd, name: odd, controls: [
      {id: n, name: n, type: number, min: -5, max: -2}, {id: free, name: free, type: number},
      {id: t, name: t, type: text}, {id: w, name: w, type: bool, access: write}]}
  - {id: real, kind: light, name: real, adapter: elsewhere, traits: {on_off: {}}}
""")


class Bench:
    """A simulated home with its clock; ``pushed`` is what it told by itself."""

    def __init__(self) -> None:
        self.clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.simulated = Simulated(self.clock)
        self.pushed: list[tuple[str, Mapping[str, Value] | None]] = []

    async def start(self) -> None:
        await self.simulated.start(HOME, lambda device, values: self.pushed.append((device, values)))

    async def do(
        self, device_id: str, function: str, action: Action, value: Value | None = None, wait: float = 0.1
    ) -> Mapping[str, Value]:
        device = HOME.device(device_id)
        assert device
        operation = Operation(device=device_id, function=function, action=action, value=value)
        task = asyncio.ensure_future(self.simulated.execute(device, operation))
        await self.clock_runs(wait)
        await task
        return await self.read(device_id)

    async def read(self, device_id: str, wait: float = 0.02) -> Mapping[str, Value]:
        device = HOME.device(device_id)
        assert device
        task = asyncio.ensure_future(self.simulated.read(device))
        await self.clock_runs(wait)
        return await task

    async def clock_runs(self, seconds: float) -> None:
        await asyncio.sleep(0)
        await self.clock.advance(seconds)
        await asyncio.sleep(0)


@pytest.fixture
async def bench() -> Bench:
    bench = Bench()
    await bench.start()
    return bench


async def test_it_starts_as_the_file_says_and_plausibly_elsewhere(bench: Bench) -> None:
    assert dict(bench.pushed) == {
        "lamp": {"on_off": False, "brightness": 50},
        "curtain": {"position": 0},
        "radio": {"on_off": False, "playback": "stopped"},
        "vacuum": {"cleaning": "docked"},  # its battery is not known
        "ac": {"on_off": False, "thermostat": 16, "mode": "auto"},
        "odd": {"n": -2, "free": 0, "t": ""},
    }
    assert await bench.read("lamp") == {"on_off": False, "brightness": 50}


async def test_dimming_a_lamp_turns_it_on(bench: Bench) -> None:
    assert await bench.do("lamp", "brightness", Action.SET, 30) == {"on_off": True, "brightness": 30}
    assert await bench.do("lamp", "on_off", Action.OFF) == {"on_off": False, "brightness": 30}


async def test_a_curtain_takes_its_time_and_stops_where_it_is(bench: Bench) -> None:
    assert (await bench.do("curtain", "position", Action.OPEN, wait=5.02))["position"] == 50
    position = (await bench.do("curtain", "position", Action.STOP, wait=0.02))["position"]
    await bench.clock_runs(20)
    assert (await bench.read("curtain"))["position"] == position
    assert (await bench.do("curtain", "position", Action.SET, 20, wait=20))["position"] == 20
    told = [values["position"] for device, values in bench.pushed if device == "curtain" and values]
    assert len(told) > 30 and told[-1] == 20  # it tells where it is on its way
    await bench.simulated.stop()


async def test_next_and_previous_change_the_track(bench: Bench) -> None:
    assert await bench.do("radio", "playback", Action.NEXT) == {"on_off": True, "playback": "playing"}
    assert bench.simulated.track("radio") == 2
    for _ in range(3):
        await bench.do("radio", "playback", Action.PREVIOUS)
    assert bench.simulated.track("radio") == 1
    assert (await bench.do("radio", "playback", Action.PAUSE))["playback"] == "paused"


async def test_a_vacuum_cleans_and_docks(bench: Bench) -> None:
    assert (await bench.do("vacuum", "cleaning", Action.START))["cleaning"] == "cleaning"
    assert (await bench.do("vacuum", "cleaning", Action.DOCK))["cleaning"] == "docked"


async def test_turning_the_air_conditioner_on_changes_nothing_else(bench: Bench) -> None:
    before = await bench.read("ac")
    assert await bench.do("ac", "on_off", Action.ON) == {**before, "on_off": True}


async def test_misbehaviour_can_be_set_while_it_runs(bench: Bench) -> None:
    bench.simulated.set_behaviour("lamp", Behaviour(lie=True))
    assert (await bench.do("lamp", "on_off", Action.ON))["on_off"] is False
    bench.simulated.set_behaviour("lamp", Behaviour(refuse=True))
    with pytest.raises(RefusedError):
        await bench.do("lamp", "on_off", Action.ON)
    bench.simulated.set_behaviour("lamp", Behaviour(offline=True))
    with pytest.raises(UnreachableError):
        await bench.read("lamp", wait=OFFLINE_S)
    with pytest.raises(KeyError):
        bench.simulated.set_behaviour("real", Behaviour())


async def test_a_slow_device_answers_late(bench: Bench) -> None:
    bench.simulated.set_behaviour("lamp", Behaviour(slow=3))
    device = HOME.device("lamp")
    assert device
    task = asyncio.ensure_future(bench.simulated.read(device))
    await bench.clock_runs(2.9)
    assert not task.done()
    await bench.clock_runs(0.2)
    assert task.done()


async def test_a_hand_on_the_switch_is_told(bench: Bench) -> None:
    bench.simulated.set_state("lamp", {"on_off": True})
    assert bench.pushed[-1] == ("lamp", {"on_off": True})
    bench.simulated.set_behaviour("lamp", Behaviour(offline=True))
    bench.simulated.set_state("lamp", {"on_off": False})
    assert bench.pushed[-1] == ("lamp", {"on_off": True})


def test_the_home_file_knows_every_behaviour() -> None:
    told = BehaviourEntry().model_dump()
    assert Behaviour(**told) == Behaviour()


def test_adapters_are_loaded_by_name(tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))

    def means(name: str) -> Means:
        return Means(
            name=name, clock=clock, gate=Gate(clock), secrets=Secrets(tmp_path), folder=tmp_path / name
        )

    assert isinstance(load_adapter(means("simulated")), Simulated)
    for name in ("nothing", "../x", "os.path", ""):
        with pytest.raises(InputError):
            load_adapter(means(name))
    with pytest.raises(InputError, match="elsewhere"):
        load_adapters(HOME, means)
