from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from homebody.core.clock import ManualClock
from homebody.core.errors import DeviceError, UnreachableError
from homebody.home.adapter import Adapter, Link, Push
from homebody.home.adapters.simulated import Behaviour, Simulated
from homebody.home.device import Device, Home
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.outcome import Operation, Outcome, Status
from homebody.home.registry import MAX_WAITING, Change, DeviceState, Registry

T = TypeVar("T")

HOME = parse_home("""\
schema: homebody.home/1
name: test
devices:
  - {id: lamp, kind: light, name: lamp, traits: {on_off: {}, brightness: {}}, state: {brightness: 50}}
  - {id: other, kind: light, name: other, traits: {on_off: {}}}
  - {id: curtain, kind: curtain, name: curtain, traits: {position: {}}, behaviour: {travel: 10}}
  - {id: radio, kind: speaker, name: radio, traits: {playback: {}}}
  - {id: pot, kind: pot, name: pot, controls: [
      {id: soup, name: soup, type: action}, {id: warm, name: warm, type: bool},
      {id: beep, name: beep, type: bool, access: write}]}
""")
SCRIPTED = parse_home("""\
schema: homebody.home/1
name: test
devices:
  - {id: lamp, kind: light, name: lamp, adapter: scripted, traits: {on_off: {}, brightness: {}, battery: {}}}
  - {id: lost, kind: light, name: lost, adapter: nobody, traits: {on_off: {}}}
""")


@dataclass
class House:
    clock: ManualClock
    simulated: Simulated
    registry: Registry

    async def perform(
        self, device: str, function: str, action: Action, value: Value | None = None, deadline_s: float = 2.0
    ) -> Outcome:
        return await settle(
            self.clock, self.registry.perform(operation(device, function, action, value), deadline_s)
        )


def operation(device: str, function: str, action: Action, value: Value | None = None) -> Operation:
    return Operation(device=device, function=function, action=action, value=value)


async def settle(clock: ManualClock, work: Coroutine[Any, Any, T], at_most_s: float = 60.0) -> T:
    """Turn the clock on in small steps until ``work`` has its result."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    while not task.done() and at_most_s > 0:
        await clock.advance(0.01)
        await asyncio.sleep(0)
        at_most_s -= 0.01
    assert task.done(), "it did not end"
    return task.result()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    simulated = Simulated(clock)
    registry = Registry(HOME, {"simulated": simulated}, clock)
    await registry.start()
    yield House(clock, simulated, registry)
    await registry.stop()


# --- what became of it


async def test_done_is_said_when_the_state_was_seen(house: House) -> None:
    outcome = await house.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.DONE
    assert (outcome.before, outcome.after, outcome.wanted) == (False, True, True)
    assert outcome.evidence in ("pushed", "read_back") and outcome.detail == ""
    assert 0 < outcome.ms < 200
    assert house.registry.state("lamp").values["on_off"] is True


async def test_already_is_noted(house: House) -> None:
    outcome = await house.perform("lamp", "on_off", Action.OFF)
    assert (outcome.status, outcome.detail) == (Status.DONE, "already")


async def test_toggle_means_the_other_state(house: House) -> None:
    for expected in (True, False):
        outcome = await house.perform("lamp", "on_off", Action.TOGGLE)
        assert (outcome.status, outcome.after) == (Status.DONE, expected)
        assert outcome.operation.action is Action.TOGGLE
    assert (await house.perform("pot", "warm", Action.TOGGLE)).after is True


async def test_a_refusal_has_the_words_of_the_device(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(refuse=True))
    outcome = await house.perform("lamp", "on_off", Action.ON)
    assert (outcome.status, outcome.evidence) == (Status.REFUSED, "lamp answered no")


@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        (operation("ghost", "on_off", Action.ON), "there is no device ghost"),
        (operation("lamp", "volume", Action.SET, 3), "lamp has no volume"),
        (operation("lamp", "brightness", Action.SET, 300), "out of range 1..100%"),
        (operation("lamp", "brightness", Action.OPEN), "brightness cannot open"),
        (operation("lamp", "brightness", Action.SET, float("nan")), "needs a number"),
    ],
)
async def test_the_impossible_is_never_sent(house: House, asked: Operation, detail: str) -> None:
    outcome = await house.registry.perform(asked)
    assert (outcome.status, outcome.detail) == (Status.REFUSED, detail)
    assert not house.simulated.history


async def test_an_absent_device_is_unreachable(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(offline=True))
    outcome = await house.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE
    assert "did not answer" in outcome.evidence
    assert not house.registry.state("lamp").reachable
    house.simulated.set_behaviour("lamp", Behaviour())
    assert (await house.perform("lamp", "on_off", Action.ON)).status is Status.DONE
    assert house.registry.state("lamp").reachable


async def test_a_device_that_is_too_slow_is_unreachable_at_the_deadline(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=30))
    outcome = await house.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE
    assert 2000 <= outcome.ms < 2100


async def test_a_lie_is_unverified(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(lie=True))
    outcome = await house.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNVERIFIED
    assert (outcome.wanted, outcome.after, outcome.evidence) == (True, False, "read_back")
    assert 2000 <= outcome.ms < 2100


async def test_what_leaves_no_state_is_accepted(house: House) -> None:
    for function, action in (("soup", Action.RUN), ("beep", Action.ON)):
        outcome = await house.perform("pot", function, action)
        assert (outcome.status, outcome.wanted, outcome.evidence) == (Status.ACCEPTED, None, "none")
    assert (await house.perform("radio", "playback", Action.NEXT)).status is Status.ACCEPTED
    assert house.simulated.track("radio") == 2


async def test_a_curtain_on_its_way_is_accepted_and_done_on_arrival(house: House) -> None:
    outcome = await house.perform("curtain", "position", Action.OPEN)
    assert (outcome.status, outcome.detail, outcome.wanted) == (Status.ACCEPTED, "moving", 100)
    assert outcome.after is not None and 10 < float(outcome.after) < 30
    outcome = await house.perform("curtain", "position", Action.SET, 40, deadline_s=10)
    assert (outcome.status, outcome.after) == (Status.DONE, 40)
    outcome = await house.perform("curtain", "position", Action.STOP)
    assert outcome.status is Status.ACCEPTED


async def test_a_state_passed_by_on_the_way_is_not_taken_for_arrival(house: House) -> None:
    await house.perform("curtain", "position", Action.OPEN)
    passing = house.registry.state("curtain").values["position"]
    outcome = await house.perform("curtain", "position", Action.SET, passing)
    assert outcome.status in (Status.DONE, Status.ACCEPTED)
    await house.clock.advance(30)
    state = await settle(house.clock, house.registry.read("curtain"))
    assert state.values["position"] == passing  # it was told to stay there


# --- side by side, and one after the other


async def test_operations_on_one_device_run_in_order(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=0.2))
    wishes = [operation("lamp", "brightness", Action.SET, value) for value in (10, 90, 20, 80)]
    outcomes = await settle(house.clock, _all(house.registry.perform(wish, deadline_s=30) for wish in wishes))
    assert [outcome.after for outcome in outcomes] == [10, 90, 20, 80]
    assert [outcome.before for outcome in outcomes] == [50, 10, 90, 20]
    assert list(house.simulated.history) == wishes


async def test_a_slow_device_delays_no_other(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=1.5))
    slow = asyncio.ensure_future(house.registry.perform(operation("lamp", "on_off", Action.ON), 10))
    outcome = await house.perform("other", "on_off", Action.ON)
    assert outcome.status is Status.DONE and outcome.ms < 200
    assert not slow.done()
    assert (await settle(house.clock, slow_result(slow))).status is Status.DONE


async def test_a_device_takes_no_endless_queue(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(offline=True))
    wishes = [operation("lamp", "on_off", Action.ON)] * (MAX_WAITING + 3)
    outcomes = await settle(house.clock, _all(house.registry.perform(wish) for wish in wishes))
    refused = [outcome for outcome in outcomes if outcome.status is Status.REFUSED]
    assert sum("operations wait for this device" in outcome.detail for outcome in refused) == 2
    assert not {outcome.status for outcome in outcomes} - {Status.UNREACHABLE, Status.REFUSED}
    assert all(outcome.ms < 2100 for outcome in outcomes)  # all end by their deadline
    house.simulated.set_behaviour("lamp", Behaviour())
    assert (await house.perform("lamp", "on_off", Action.ON)).status is Status.DONE


async def test_cancelled_operations_leave_the_queue_usable(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=0.5))
    tasks = [
        asyncio.ensure_future(house.registry.perform(operation("lamp", "on_off", Action.ON), 10))
        for _ in range(4)
    ]
    await asyncio.sleep(0)
    await house.clock.advance(0.3)
    for task in tasks[:3]:
        task.cancel()
    assert (await settle(house.clock, slow_result(tasks[3]))).status is Status.DONE
    assert (await house.perform("lamp", "on_off", Action.OFF, deadline_s=5)).status is Status.DONE


# --- reading and listening


async def test_the_state_says_when_it_was_seen(house: House) -> None:
    assert house.registry.state("lamp").seen == house.clock.now()  # told at the start
    fresh = Registry(HOME, {}, house.clock)
    assert fresh.state("lamp") == DeviceState()
    with pytest.raises(KeyError):
        fresh.state("ghost")
    with pytest.raises(TypeError):
        house.registry.state("lamp").values["on_off"] = True  # type: ignore[index]


async def test_changes_are_told_until_one_unsubscribes(house: House) -> None:
    changes: list[Change] = []
    unsubscribe = house.registry.subscribe(changes.append)
    house.simulated.set_state("lamp", {"on_off": True})
    house.simulated.set_state("lamp", {"on_off": True})  # nothing new
    assert [(change.device, change.values) for change in changes] == [("lamp", {"on_off": True})]
    assert changes[0].state == house.registry.state("lamp")
    unsubscribe()
    unsubscribe()
    house.simulated.set_state("lamp", {"on_off": False})
    assert len(changes) == 1


async def test_a_loss_is_told_once(house: House) -> None:
    changes: list[Change] = []
    house.registry.subscribe(changes.append)
    house.simulated.set_behaviour("lamp", Behaviour(offline=True))
    for _ in range(2):
        with pytest.raises(UnreachableError):
            await settle(house.clock, house.registry.read("lamp"))
    assert [(change.values, change.state.reachable) for change in changes] == [({}, False)]


async def test_a_failing_subscriber_harms_nobody(house: House, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Change) -> None:
        raise ValueError("mine")

    heard: list[Change] = []
    house.registry.subscribe(fail)
    house.registry.subscribe(heard.append)
    house.simulated.set_state("lamp", {"on_off": True})
    assert heard and "a subscriber failed" in caplog.text


async def test_refresh_reads_many_side_by_side(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=30))
    house.simulated._values["other"]["on_off"] = True  # changed without a word
    started = house.clock.monotonic()
    await settle(house.clock, house.registry.refresh(["lamp", "other", "curtain"]))
    assert house.clock.monotonic() - started < 2.1
    assert not house.registry.state("lamp").reachable
    assert house.registry.state("other").values["on_off"] is True


# --- adapters of every character


class Scripted:
    """An adapter that does what a test says: each hook is called in place of a device."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {"on_off": False, "brightness": 50, "stray": 7}
        self.push: Push = lambda _device, _values: None
        self.on_start: Callable[[], None] = lambda: None
        self.on_read: Callable[[], None] = lambda: None
        self.on_execute: Callable[[Operation], None] = lambda _operation: None
        self.never = False
        self.tells_all = False
        self.reads = 0

    async def start(self, home: Home, push: Push) -> None:
        self.push = push
        self.on_start()

    def live(self, device: Device) -> bool:
        return self.tells_all

    def link(self, device: Device) -> Link:
        return Link(protocol="scripted", address="nowhere")

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:
        self.reads += 1
        self.on_read()
        return dict(self.values)

    async def execute(self, device: Device, operation: Operation) -> None:
        self.on_execute(operation)
        if self.never:
            await asyncio.Event().wait()

    async def stop(self) -> None:
        raise RuntimeError("it does not want to")


@dataclass
class Stage:
    clock: ManualClock
    adapter: Scripted
    registry: Registry

    async def perform(self, action: Action = Action.ON, function: str = "on_off") -> Outcome:
        return await settle(self.clock, self.registry.perform(operation("lamp", function, action)))


@pytest.fixture
def stage() -> Stage:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    adapter: Adapter = Scripted()
    assert isinstance(adapter, Scripted)
    return Stage(clock, adapter, Registry(SCRIPTED, {"scripted": adapter}, clock))


async def test_a_push_proves_it(stage: Stage) -> None:
    await stage.registry.start()
    stage.adapter.on_execute = lambda _: stage.adapter.push("lamp", {"on_off": True})
    outcome = await stage.perform()
    assert (outcome.status, outcome.evidence, outcome.after) == (Status.DONE, "pushed", True)
    assert stage.adapter.reads == 1  # the one before


async def test_a_push_of_something_else_proves_nothing(stage: Stage) -> None:
    await stage.registry.start()
    stage.adapter.on_execute = lambda _: stage.adapter.push("lamp", {"battery": 3})
    outcome = await stage.perform()
    assert (outcome.status, outcome.evidence) == (Status.UNVERIFIED, "read_back")


async def test_a_late_push_ends_the_wait(stage: Stage) -> None:
    await stage.registry.start()
    executed = asyncio.Event()
    stage.adapter.on_execute = lambda _: executed.set()
    task = asyncio.ensure_future(stage.registry.perform(operation("lamp", "on_off", Action.ON)))
    await executed.wait()
    await stage.clock.advance(1.0)
    stage.adapter.push("lamp", {"on_off": True})
    outcome = await settle(stage.clock, slow_result(task))
    assert (outcome.status, outcome.evidence) == (Status.DONE, "pushed")
    assert outcome.ms < 1100


async def test_no_answer_but_the_state_came(stage: Stage) -> None:
    await stage.registry.start()
    stage.adapter.never = True
    stage.adapter.on_execute = lambda _: stage.adapter.push("lamp", {"on_off": True})
    assert (await stage.perform()).status is Status.DONE
    stage.adapter.on_execute = lambda _: None
    outcome = await stage.perform(Action.OFF)
    assert (outcome.status, outcome.detail) == (Status.UNREACHABLE, "it did not answer in time")


async def test_reading_back_is_tried_with_growing_pauses(stage: Stage) -> None:
    await stage.registry.start()
    await stage.perform()
    assert 5 <= stage.adapter.reads <= 10


async def test_gone_after_the_command_is_unverified(stage: Stage) -> None:
    await stage.registry.start()

    def vanish(_: Operation) -> None:
        def gone() -> None:
            raise UnreachableError("gone")

        stage.adapter.on_read = gone

    stage.adapter.on_execute = vanish
    outcome = await stage.perform()
    assert (outcome.status, outcome.after, outcome.evidence) == (Status.UNVERIFIED, None, "gone")
    assert outcome.detail == "its state could not be read back"


async def test_a_toggle_of_an_unknown_state_is_refused(stage: Stage) -> None:
    await stage.registry.start()
    del stage.adapter.values["on_off"]
    outcome = await stage.perform(Action.TOGGLE)
    assert outcome.status is Status.REFUSED and "cannot be toggled" in outcome.detail


async def test_a_broken_adapter_is_the_device_s_trouble_only(stage: Stage) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    await stage.registry.start()
    stage.adapter.on_execute = lambda _: broken()
    outcome = await stage.perform()
    assert outcome.status is Status.UNREACHABLE and "a bug" in outcome.evidence
    stage.adapter.on_read = broken
    assert (await stage.perform()).status is Status.UNREACHABLE

    def other() -> None:
        raise DeviceError("neither yes nor no")

    stage.adapter.on_read = lambda: None
    stage.adapter.on_execute = lambda _: other()
    outcome = await stage.perform()
    assert (outcome.status, outcome.evidence) == (Status.REFUSED, "neither yes nor no")


async def test_an_adapter_that_does_not_start_leaves_the_rest_alone(stage: Stage) -> None:
    def broken() -> None:
        raise OSError("no radio")

    stage.adapter.on_start = broken
    await stage.registry.start()
    outcome = await stage.perform()
    assert outcome.status is Status.UNREACHABLE and "no radio" in outcome.evidence
    lost = await stage.registry.perform(operation("lost", "on_off", Action.ON))
    assert lost.evidence == "the adapter nobody is not there"
    await stage.registry.stop()


async def test_what_the_home_does_not_list_is_not_known(stage: Stage) -> None:
    await stage.registry.start()
    stage.adapter.push("stranger", {"on_off": True})
    stage.adapter.push("lamp", {"stray": 1, "battery": 9})
    assert stage.registry.state("lamp").values == {"battery": 9}
    stage.adapter.push("lamp", None)
    assert not stage.registry.state("lamp").reachable


async def _all(work: Any) -> list[Outcome]:
    return list(await asyncio.gather(*work))


async def slow_result(task: asyncio.Future[Outcome]) -> Outcome:
    return await task


# --- floods and links


async def test_a_flooding_device_is_let_in_at_a_bounded_rate() -> None:
    clock, scripted = ManualClock(datetime(2026, 1, 1, tzinfo=UTC)), Scripted()
    registry = Registry(SCRIPTED, {"scripted": scripted}, clock)
    await registry.start()
    changes: list[Change] = []
    registry.subscribe(changes.append)
    for value in range(5000):
        scripted.push("lamp", {"brightness": value, "stray": value})
    assert len(changes) <= 20
    await asyncio.sleep(0)
    await clock.advance(0.2)
    assert registry.state("lamp").values["brightness"] == 4999
    assert "stray" not in registry.state("lamp").values


async def test_a_link_is_told_by_the_adapter() -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    registry = Registry(SCRIPTED, {"scripted": Scripted()}, clock)
    assert registry.link("lamp") == Link(protocol="scripted", address="nowhere")
    assert registry.link("lost").problem == "the adapter nobody is not there"
    with pytest.raises(KeyError):
        registry.link("ghost")


async def test_what_a_device_tells_by_itself_is_not_read_before(house: House) -> None:
    scripted = Scripted()
    registry = Registry(SCRIPTED, {"scripted": scripted}, house.clock)
    await registry.start()
    scripted.tells_all = True
    scripted.push("lamp", {"on_off": False})
    reads: list[int] = []

    def execute(_operation: Operation) -> None:
        reads.append(scripted.reads)
        scripted.push("lamp", {"on_off": True})

    scripted.on_execute = execute
    outcome = await settle(house.clock, registry.perform(operation("lamp", "on_off", Action.ON)))
    assert (outcome.status, outcome.before, outcome.evidence) == (Status.DONE, False, "pushed")
    await settle(house.clock, registry.perform(operation("lamp", "on_off", Action.TOGGLE), 0.3))
    assert reads == [0, 1]  # what is turned round is asked for
