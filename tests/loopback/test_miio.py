"""The miIO adapter and its simulator over real sockets: what is done is done, and nothing else is said."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.loopback.miio import Bench
from tests.loopback.registry_bench import LONGEST_S
from tests.loopback.test_sealed import can_unshare

from homebody.core.secrets import Secret
from homebody.home.adapters.miio.message import Point
from homebody.home.adapters.miio.simulator import Manner
from homebody.home.function import Action
from homebody.home.outcome import Status
from homebody.home.registry import Change

ON, BRIGHTNESS = Point(siid=2, piid=1), Point(siid=2, piid=2)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    yield made
    await made.stop()


# --- what became of it


async def test_a_command_is_done_when_it_was_read_back(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    registry = await bench.start()
    await bench.reached("lamp")
    outcome = await bench.perform("lamp", "brightness", Action.SET, 40)
    assert (outcome.status, outcome.after) == (Status.DONE, 40)
    assert lamp.state[BRIGHTNESS] == 40
    assert (await bench.perform("lamp", "on_off", Action.TOGGLE)).after is True
    assert (await bench.perform("lamp", "color", Action.SET, "blue")).status is Status.DONE
    assert (await bench.perform("lamp", "mode", Action.SET, "movie")).after == "movie"
    assert registry.state("lamp").values["brightness"] == 40
    link = registry.link("lamp")
    assert link.protocol == "miIO" and link.latency_ms is not None and link.problem == ""


async def test_traits_and_controls_of_every_sample_can_be_commanded(bench: Bench) -> None:
    for kind in ("lamp", "fan", "aquarium"):
        await bench.add(kind, kind)
    registry = await bench.start()
    await bench.reached()
    seen = {}
    for device in registry.home.devices:
        for function in device.functions:
            for action in function.actions:
                value: bool | float | str | None = None
                if action is Action.SET:
                    value = (function.choices[-1].id if function.choices
                             else "词" if function.type == "text" else function.max)  # fmt: skip
                outcome = await bench.perform(device.id, function.id, action, value)
                seen[device.id, function.id, action] = outcome.status
    accepted = {key for key, status in seen.items() if status is Status.ACCEPTED}
    assert {function for _, function, _ in accepted} == {
        "fish_tank_pet_food_out",
        "fish_tank_reset_filter_life",
    }
    assert {status for key, status in seen.items() if key not in accepted} == {Status.DONE}
    assert len(seen) > 30


async def test_what_a_hand_does_is_pushed(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    registry = await bench.start()
    await bench.reached()
    await bench.subscribed()
    lamp.change({ON: True, BRIGHTNESS: 77})
    await bench.until(lambda: registry.state("lamp").values.get("brightness") == 77)
    assert registry.state("lamp").values["on_off"] is True


async def test_a_device_that_accepts_and_does_it_later_is_waited_for(bench: Bench) -> None:
    await bench.add("lamp", manner=Manner(accepts=True, later=0.3))
    await bench.add("silent", manner=Manner(accepts=True, later=0.3, silent=True))
    await bench.start()
    await bench.reached()
    await bench.subscribed()
    pushed = await bench.perform("lamp", "on_off", Action.ON)
    read = await bench.perform("silent", "on_off", Action.ON)
    assert (pushed.status, pushed.evidence) == (Status.DONE, "pushed")
    assert (read.status, read.evidence) == (Status.DONE, "read_back")


async def test_a_liar_is_never_believed(bench: Bench) -> None:
    await bench.add("lamp", manner=Manner(lies=True))
    await bench.add("lazy", manner=Manner(lies=True, accepts=True))
    await bench.start()
    await bench.reached()
    for device in ("lamp", "lazy"):
        outcome = await bench.perform(device, "on_off", Action.ON, deadline_s=0.5)
        assert (outcome.status, outcome.after) == (Status.UNVERIFIED, False)


async def test_an_action_is_accepted_and_happens_once(bench: Bench) -> None:
    tank = await bench.add("tank", "aquarium")
    await bench.start()
    await bench.reached()
    outcome = await bench.perform("tank", "fish_tank_pet_food_out", Action.SET, 3)
    assert outcome.status is Status.ACCEPTED
    assert [inputs for _, inputs in tank.counts.actions] == [(3,)]
    wrong = await bench.perform("tank", "fish_tank_pet_food_out", Action.SET, 9)
    assert (wrong.status, wrong.detail) == (Status.REFUSED, "out of range 1..5")


async def test_what_the_device_refuses_is_told_with_its_code(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    await bench.start()
    await bench.reached()
    lamp._body.properties.pop(BRIGHTNESS)  # a firmware without what its description promises
    outcome = await bench.perform("lamp", "brightness", Action.SET, 40)
    assert outcome.status is Status.REFUSED and "-4003" in outcome.evidence


# --- faults


async def test_with_three_tenths_of_the_datagrams_lost_nothing_false_is_said(bench: Bench) -> None:
    lamps = {
        f"lamp{number}": await bench.add(f"lamp{number}", manner=Manner(loss=0.3)) for number in range(10)
    }
    await bench.start()
    await bench.reached()

    async def command(id_: str) -> int:
        done = 0
        for value in range(2, 7):
            outcome = await bench.perform(id_, "brightness", Action.SET, value)
            if outcome.status is Status.DONE:
                assert lamps[id_].state[BRIGHTNESS] == value
                done += 1
            else:
                assert outcome.status in (Status.UNREACHABLE, Status.UNVERIFIED)
        return done

    done = sum(await asyncio.gather(*(command(id_) for id_ in lamps)))
    assert sum(lamp.counts.lost for lamp in lamps.values()) > 50
    assert done >= 40  # of 50


async def test_actions_are_not_repeated_when_answers_are_lost(bench: Bench) -> None:
    tanks = {f"tank{n}": await bench.add(f"tank{n}", "aquarium", manner=Manner(loss=0.3)) for n in range(10)}
    await bench.start()
    await bench.reached()

    async def command(id_: str) -> None:
        for run in (1, 2):
            outcome = await bench.perform(id_, "fish_tank_reset_filter_life", Action.RUN, deadline_s=0.5)
            assert outcome.status in (Status.ACCEPTED, Status.UNREACHABLE)
            ran = len(tanks[id_].counts.actions)
            assert ran <= run
            assert ran >= 1 or outcome.status is not Status.ACCEPTED

    await asyncio.gather(*(command(id_) for id_ in tanks))
    assert sum(len(tank.counts.actions) for tank in tanks.values()) > 0


async def test_a_restarted_device_is_greeted_anew_and_tells_again(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    registry = await bench.start()
    await bench.reached()
    await bench.subscribed()
    assert (await bench.perform("lamp", "on_off", Action.ON)).status is Status.DONE
    lamp.restart()
    outcome = await bench.perform("lamp", "on_off", Action.OFF)
    assert outcome.status is Status.DONE and lamp.counts.ignored >= 1
    await bench.subscribed()
    lamp.change({BRIGHTNESS: 33})
    await bench.until(lambda: registry.state("lamp").values.get("brightness") == 33)


async def test_a_device_that_is_gone_is_unreachable_and_comes_back(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    registry = await bench.start()
    await bench.reached()
    await lamp.stop()
    outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=0.5)
    assert outcome.status is Status.UNREACHABLE and not registry.state("lamp").reachable
    await lamp.start(port=lamp.address[1])
    outcome = await bench.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.DONE and registry.state("lamp").reachable


async def test_a_lost_device_is_reached_again_from_a_new_socket(bench: Bench) -> None:
    """Since its name may lead elsewhere by then, and our own address may be another."""
    lamp = await bench.add("lamp")
    await bench.start()
    await bench.reached()
    await bench.subscribed()
    [before] = lamp.subscribers
    await lamp.stop()
    lamp.restart()
    assert (await bench.perform("lamp", "on_off", Action.ON, deadline_s=0.3)).status is Status.UNREACHABLE
    async with asyncio.timeout(LONGEST_S):
        while not bench.registry.link("lamp").problem:  # the keeper finds out for itself
            await bench.registry.refresh(["lamp"], 0.2)
    await lamp.start(port=lamp.address[1])
    await bench.subscribed()
    [after] = lamp.subscribers
    assert after != before


async def test_a_wrong_token_is_said_to_be_one_and_does_nothing(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lamp = await bench.add("lamp")
    bench.secrets["lamp"] = Secret("f" * 32)
    registry = await bench.start()
    outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=6)
    assert outcome.status is Status.UNREACHABLE and "token" in outcome.evidence
    assert "token" in registry.link("lamp").problem
    assert lamp.state[ON] is False and lamp.counts.requests == 0
    assert "f" * 32 not in caplog.text


@pytest.mark.parametrize("secret", ["", "123", "g" * 32, "ü" * 32, "0" * 33])
async def test_a_secret_that_is_no_token_keeps_one_device_away(bench: Bench, secret: str) -> None:
    await bench.add("lamp")
    await bench.add("other")
    bench.secrets["lamp"] = Secret(secret)
    registry = await bench.start()
    await bench.reached("other")
    outcome = await bench.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "is no token" in outcome.evidence
    assert "is no token" in registry.link("lamp").problem
    assert (await bench.perform("other", "on_off", Action.ON)).status is Status.DONE


async def test_a_slow_device_delays_no_other(bench: Bench) -> None:
    await bench.add("slow", manner=Manner(latency=0.6))
    await bench.add("lamp")
    await bench.start()
    await bench.reached("lamp")
    slow = asyncio.ensure_future(bench.perform("slow", "on_off", Action.ON, deadline_s=5))
    quick = await bench.perform("lamp", "on_off", Action.ON)
    assert not slow.done() and quick.status is Status.DONE
    outcome = await slow
    assert outcome.status is Status.DONE and outcome.ms > quick.ms


async def test_a_slow_device_in_a_short_time_is_not_said_to_be_done(bench: Bench) -> None:
    slow = await bench.add("slow", manner=Manner(latency=0.5))
    await bench.start()
    outcome = await bench.perform("slow", "on_off", Action.ON, deadline_s=0.7)
    assert outcome.status is Status.UNREACHABLE and slow.state[ON] in (False, True)


async def test_a_flooding_device_delays_no_other(bench: Bench) -> None:
    """Thousands of datagrams in one turn of the loop: those beyond its allowance are not even read."""
    flood = await bench.add("flood")
    await bench.add("lamp")
    registry = await bench.start()
    await bench.reached()
    await bench.subscribed()
    [where] = flood.subscribers
    changes: list[Change] = []
    registry.subscribe(changes.append)
    for number in range(3000):
        flood.tell(where, [{"siid": 2, "piid": 2, "value": number % 100 + 1}])
    assert (await bench.perform("lamp", "on_off", Action.ON)).status is Status.DONE
    assert len([change for change in changes if change.device == "flood"]) <= 60


async def test_a_thing_said_twice_is_heard_once_and_acknowledged_twice(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    registry = await bench.start()
    await bench.reached()
    await bench.subscribed()
    heard: list[object] = []
    session = registry._adapters["miio"]._sessions["lamp"]  # type: ignore[attr-defined]
    session._push = lambda _device, values: heard.append(values)
    [where] = lamp.subscribers
    acknowledged = []
    answered = asyncio.Event()
    received = lamp.datagram_received

    def count(data: bytes, addr: object) -> None:
        acknowledged.append(lamp._seal.open(data).payload)
        if len(acknowledged) == 2:
            answered.set()
        received(data, addr)

    lamp.datagram_received = count  # type: ignore[method-assign]
    for _ in range(2):
        lamp.tell(where, [{"siid": 2, "piid": 2, "value": 5}], id_=7)
    async with asyncio.timeout(5):
        await answered.wait()
    assert heard == [{"brightness": 5}]
    assert acknowledged == [b'{"id":7,"result":{"code":0}}'] * 2


async def test_forged_and_replayed_datagrams_change_nothing(bench: Bench) -> None:
    lamp = await bench.add("lamp")
    registry = await bench.start()
    await bench.reached()
    await bench.subscribed()
    [where] = lamp.subscribers
    payload = b'{"id":%d,"method":"properties_changed","params":[{"siid":2,"piid":2,"value":99}]}'
    lamp.tell(where, [{"siid": 2, "piid": 2, "value": 99}], age_s=600)  # said ten minutes ago, and replayed
    good = lamp._seal.seal(lamp.did, lamp.stamp, payload % 2)
    forged = good[:-1] + bytes([good[-1] ^ 1])
    for datagram in (forged, good[:40], good + good, b"", b"\x21\x31", b"\x00" * 32, b"x" * 60_000):
        lamp._send(where, datagram)
    lamp.change({ON: True})  # told after all of them
    await bench.until(lambda: registry.state("lamp").values.get("on_off") is True)
    assert registry.state("lamp").values["brightness"] == 1


async def test_a_device_without_push_is_polled(tmp_path: Path) -> None:
    bench = Bench(tmp_path, settings={"poll_s": 1, "push": False})
    try:
        lamp = await bench.add("lamp")
        registry = await bench.start()
        await bench.reached()
        lamp.change({BRIGHTNESS: 61})
        await bench.until(lambda: registry.state("lamp").values.get("brightness") == 61)
        assert not lamp.subscribers
    finally:
        await bench.stop()


async def test_what_arrives_twice_happens_once(bench: Bench) -> None:
    tank = await bench.add("tank", "aquarium", manner=Manner(doubled=1.0))
    await bench.start()
    await bench.reached()
    for run in range(1, 6):
        assert (
            await bench.perform("tank", "fish_tank_pet_food_out", Action.SET, 1)
        ).status is Status.ACCEPTED
        assert len(tank.counts.actions) == run
        value = run * 10
        assert (await bench.perform("tank", "fish_tank_water_pump_flow", Action.SET, value)).after == value
    assert tank.counts.repeated >= 10


SEALED = """
import asyncio, json, sys
from pathlib import Path
from homebody.core.gate import Gate, install_gate
from tests.loopback.miio import Bench

async def main():
    gate = install_gate(Gate())
    bench = Bench(Path(sys.argv[1]))
    bench.foreign("lamp", "lamp", host="192.0.2.7", token=bytes(16))
    await bench.start(gate)
    await bench.registry.refresh(["lamp"], 0.5)
    print(json.dumps([[each.purpose, each.host, each.allowed] for each in gate.ledger()]))
    await bench.stop()

asyncio.run(main())
"""


@pytest.mark.skipif(not can_unshare(), reason="needs root and unshare, to make a network namespace")
def test_the_gate_lets_out_what_the_home_file_names_and_for_that_purpose(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", SEALED, str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=60, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told and all(entry == ["devices-miio", "192.0.2.7", True] for entry in told)
