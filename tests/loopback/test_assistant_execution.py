"""Steps carried out against a real registry and simulated devices: order, conditions, ends, failures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from homebody.assistant.execution import Execution
from homebody.assistant.plan import (
    NOW,
    Command,
    Comparison,
    Condition,
    Query,
    Reminder,
    Routine,
    Say,
    Skill,
    Step,
    Timer,
    When,
)
from homebody.assistant.schedule import Due, Schedule
from homebody.assistant.turn import Decision, StepResult
from homebody.core.clock import ManualClock
from homebody.home.adapters.simulated import Behaviour, Simulated
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.outcome import Status
from homebody.home.registry import Registry

HOME = parse_home("""\
schema: homebody.home/1
name: test
areas: [{id: den, name: den}]
devices:
  - {id: lamp, kind: light, area: den, name: lamp, traits: {on_off: {}, brightness: {}},
     state: {brightness: 50}}
  - {id: other, kind: light, area: den, name: other, traits: {on_off: {}}}
  - {id: curtain, kind: curtain, name: curtain, traits: {position: {}}, behaviour: {travel: 1}}
  - {id: meter, kind: sensor, name: meter, traits: {temperature: {}}, state: {temperature: 20}}
  - {id: pot, kind: pot, name: pot, controls: [{id: soup, name: soup, type: action}]}
""")
START = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ALLOW = Decision(verdict="allow")


@dataclass
class House:
    """``fired`` are steps whose time came: done by the same execution, as the assistant does it."""

    clock: ManualClock
    simulated: Simulated
    registry: Registry
    schedule: Schedule
    execution: Execution
    said: list[str] = field(default_factory=list)
    fired: list[StepResult] = field(default_factory=list)
    heard: bool = True

    async def do(self, *steps: Step) -> list[StepResult]:
        work = asyncio.gather(*self.execution.start([(step, ALLOW) for step in steps], "en"))
        for _ in range(4_000):
            if work.done():
                return list(work.result())
            await asyncio.sleep(0)
            await self.clock.advance(0.02)
        raise AssertionError("it did not end")

    async def one(self, step: Step) -> StepResult:
        (result,) = await self.do(step)
        return result

    async def advance(self, seconds: float) -> None:
        for part in (seconds, 5.0):  # what comes due needs a moment more to be done
            for _ in range(10):
                await asyncio.sleep(0)
            await self.clock.advance(part)
        for _ in range(10):
            await asyncio.sleep(0)

    def state(self, device: str, function: str) -> Value | None:
        return self.registry.state(device).values.get(function)

    def history(self) -> list[tuple[str, Action, Value | None]]:
        return [(each.device, each.action, each.value) for each in self.simulated.history]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    clock = ManualClock(START)
    simulated = Simulated(clock)
    registry = Registry(HOME, {"simulated": simulated}, clock)
    await registry.start()

    async def fire(due: Due) -> None:
        made.fired.extend(await asyncio.gather(*made.execution.start([(due.step, ALLOW)], "en")))

    def announce(step: Say) -> bool:
        made.said.append(step.text)
        return made.heard

    schedule = Schedule(registry, clock, fire)
    execution = Execution(registry, clock, schedule, announce=announce, device_deadline_s=2.0)
    made = House(clock, simulated, registry, schedule, execution)
    yield made
    await schedule.close()
    await registry.stop()
    assert not asyncio.all_tasks() - {asyncio.current_task()}


def on(device: str = "lamp", when: When = NOW) -> Command:
    return Command(device=device, function="on_off", action=Action.ON, when=when)


def bright(value: Value | None, delta: float | None = None, when: When = NOW) -> Command:
    return Command(
        device="lamp", function="brightness", action=Action.SET, value=value, delta=delta, when=when
    )


def warm(comparison: Comparison, value: Value, *, wait: bool = False, until: str | None = None) -> When:
    condition = Condition(device="meter", function="temperature", comparison=comparison, value=value)
    return When(kind="if", condition=condition, wait=wait, until=until)


# --- order


async def test_steps_on_one_device_run_in_order_and_others_beside_them(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=0.5))
    results = await house.do(on(), bright(30), on("other"), bright(70))
    assert [result.outcome.status for result in results if result.outcome] == [Status.DONE] * 4
    assert [each for each in house.history() if each[0] == "lamp"] == [
        ("lamp", Action.ON, None),
        ("lamp", Action.SET, 30),
        ("lamp", Action.SET, 70),
    ]
    assert house.history()[0][0] == "other"


async def test_a_question_sees_what_the_command_before_it_did(house: House) -> None:
    query = Query(what="state", devices=("lamp",), function="on_off", value=True)
    _, answer = await house.do(on(), query)
    assert answer.findings[0].value is True


async def test_a_condition_looks_after_the_command_before_it(house: House) -> None:
    lit = Condition(device="lamp", function="on_off", comparison="is", value=True)
    _, result = await house.do(on(), on("other", When(kind="if", condition=lit)))
    assert result.outcome is not None and result.outcome.status is Status.DONE


async def test_one_failure_silences_no_other(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(offline=True))
    lost, bad, fine = await house.do(on(), on("other", When(kind="at", time="nonsense")), on("other"))
    assert lost.outcome is not None and lost.outcome.status is Status.UNREACHABLE
    assert (bad.note, bad.outcome) == ("bad_time", None)
    assert fine.outcome is not None and fine.outcome.status is Status.DONE


# --- relative changes


@pytest.mark.parametrize(("delta", "expected"), [(20, 70), (-20, 30), (500, 100), (-500, 1)])
async def test_a_relative_change_starts_from_the_present_state(
    house: House, delta: float, expected: float
) -> None:
    result = await house.one(bright(None, delta))
    assert result.outcome is not None and result.outcome.after == expected


async def test_two_relative_changes_add_up(house: House) -> None:
    await house.do(bright(None, 10), bright(None, 10))
    assert house.state("lamp", "brightness") == 70


async def test_a_relative_change_of_what_does_not_answer(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(offline=True))
    result = await house.one(bright(None, 10))
    assert result.outcome is not None and result.outcome.status is Status.UNREACHABLE
    assert not house.history()


async def test_a_relative_change_of_what_is_no_number(house: House) -> None:
    step = Command(device="lamp", function="on_off", action=Action.SET, delta=10)
    assert (await house.one(step)).note == "state_unknown"


# --- conditions


async def test_if_looks_now(house: House) -> None:
    refused = await house.one(on(when=warm("above", 28)))
    assert (refused.note, refused.outcome, refused.findings[0].value) == ("condition_not_met", None, 20)
    done = await house.one(on(when=warm("below", 28)))
    assert done.outcome is not None and done.outcome.status is Status.DONE


async def test_if_what_cannot_be_read(house: House) -> None:
    house.simulated.set_behaviour("meter", Behaviour(offline=True))
    result = await house.one(on(when=warm("below", 28)))
    assert (result.note, result.outcome, result.findings[0].reachable) == ("condition_unknown", None, False)


async def test_when_it_gets_warm_waits_and_then_does_it_once(house: House) -> None:
    result = await house.one(on(when=warm("above", 28, wait=True)))
    assert result.scheduled and result.outcome is None
    for degrees in (27, 29, 20, 30):
        house.simulated.set_state("meter", {"temperature": degrees})
        await house.advance(1)
    assert house.history() == [("lamp", Action.ON, None)] and len(house.fired) == 1


async def test_if_acts_on_what_is_so_already_and_when_waits_for_it_to_become_so(house: House) -> None:
    at_once = await house.one(on("other", when=warm("above", 15)))
    assert at_once.outcome is not None and at_once.outcome.status is Status.DONE
    result = await house.one(on(when=warm("above", 15, wait=True)))
    assert result.scheduled and result.outcome is None
    house.simulated.set_state("meter", {"temperature": 30})  # warmer, but no crossing
    await house.advance(1)
    assert len(house.schedule.appointments()) == 1
    for degrees in (10, 16):
        house.simulated.set_state("meter", {"temperature": degrees})
        await house.advance(1)
    assert ("lamp", Action.ON, None) in house.history() and not house.schedule.appointments()
    dark = Condition(device="other", function="on_off", comparison="is", value=False)
    waiting = await house.one(on("lamp", When(kind="if", wait=True, condition=dark)))
    assert waiting.scheduled and waiting.outcome is None


# --- ends


async def test_for_ten_minutes_is_undone_after_ten_minutes(house: House) -> None:
    result = await house.one(on(when=When(lasting="PT10M")))
    assert result.outcome is not None and result.outcome.status is Status.DONE
    assert result.scheduled == result.appointments[0].id
    await house.advance(590)
    assert house.state("lamp", "on_off") is True
    await house.advance(10)
    assert house.state("lamp", "on_off") is False


async def test_what_was_before_comes_back(house: House) -> None:
    await house.one(bright(90, when=When(until="2026-11-24T15:30")))
    assert house.state("lamp", "brightness") == 90
    await house.advance(1_800)
    assert house.state("lamp", "brightness") == 50
    assert not house.schedule.appointments()


async def test_a_curtain_goes_back_to_where_it_was(house: House) -> None:
    await house.one(Command(device="curtain", function="position", action=Action.SET, value=40))
    await house.one(Command(device="curtain", function="position", action=Action.OPEN,
                            when=When(lasting="PT1M")))  # fmt: skip
    await house.advance(70)
    assert house.state("curtain", "position") == 40


async def test_what_is_scheduled_with_an_end_begins_and_ends(house: House) -> None:
    await house.one(on(when=When(kind="after", duration="PT10M", lasting="PT5M")))
    await house.advance(600)
    assert house.state("lamp", "on_off") is True
    await house.advance(300)
    assert house.state("lamp", "on_off") is False


async def test_what_leaves_no_way_back_says_so(house: House) -> None:
    soup = Command(device="pot", function="soup", action=Action.RUN, when=When(lasting="PT5M"))
    result = await house.one(soup)
    assert result.note == "no_undo" and result.outcome is not None
    assert not house.schedule.appointments()


async def test_what_did_not_begin_is_not_undone(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(refuse=True))
    result = await house.one(on(when=When(lasting="PT5M")))
    assert not result.scheduled and not house.schedule.appointments()


@pytest.mark.parametrize(
    ("when", "note"),
    [
        (When(lasting="PT0S"), "past"),
        (When(lasting="forever"), "bad_time"),
        (When(until="2026-11-24T14:00"), "past"),
        (When(until="nonsense"), "bad_time"),
    ],
)
async def test_an_end_that_cannot_be_is_seen_before_the_beginning(
    house: House, when: When, note: str
) -> None:
    result = await house.one(on(when=when))
    assert (result.note, result.outcome) == (note, None) and not house.history()


# --- reading


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(what="value", devices=("meter",), function="temperature"), [("meter", 20)]),
        (Query(what="which", devices=("lamp", "other"), function="on_off", value=True),
         [("lamp", False), ("other", False)]),
        (Query(what="where", devices=("lamp",)), [("lamp", "den")]),
        (Query(what="time"), [("clock", "2026-11-24T15:00:00+08:00")]),
        (Query(what="value", devices=("lamp", "ghost"), function="brightness"), [("lamp", 50)]),
        (Query(what="value", devices=("ghost",)), []),
        (Query(what="value", devices=("lamp",), function="ghost"), []),
    ],
)  # fmt: skip
async def test_questions_read_and_change_nothing(
    house: House, query: Query, expected: list[tuple[str, Value]]
) -> None:
    result = await house.one(query)
    assert [(finding.device, finding.value) for finding in result.findings] == expected
    assert result.note == ("" if expected else "nothing_to_read")
    assert not house.history()


async def test_what_does_not_answer_is_found_so_and_delays_no_other(house: House) -> None:
    house.simulated.set_behaviour("lamp", Behaviour(slow=60))
    query = Query(what="which", devices=("lamp", "other"), function="on_off", value=True)
    result = await house.one(query)
    assert [(f.device, f.reachable) for f in result.findings] == [("lamp", False), ("other", True)]
    assert house.clock.monotonic() < 2.5


async def test_what_a_device_can_do(house: House) -> None:
    result = await house.one(Query(what="can", devices=("lamp",)))
    assert [finding.function for finding in result.findings] == ["on_off", "brightness"]


# --- other steps


async def test_words_are_said_where_somebody_listens(house: House) -> None:
    assert (await house.one(Say(text="dinner"))).note == ""
    house.heard = False
    assert (await house.one(Say(text="dinner"))).note == "nobody_listens"
    assert house.said == ["dinner", "dinner"]


async def test_words_and_reminders_for_later_wait(house: House) -> None:
    later = When(kind="after", duration="PT1M")
    results = await house.do(Say(text="dinner", when=later), Reminder(text="soup", when=later))
    assert all(result.scheduled for result in results) and not house.said
    shown = (await house.one(Query(what="scheduled"))).appointments
    assert len(shown) == 2


async def test_timers_and_routines_go_to_the_schedule(house: House) -> None:
    result = await house.one(Timer(action="set", duration="PT5M", name="egg"))
    assert result.scheduled == result.appointments[0].id
    assert (await house.one(Timer(action="cancel", name="soup"))).note == "no_such_timer"
    await house.one(on(when=When(kind="after", duration="PT1M")))
    assert len((await house.one(Routine(action="cancel_all"))).appointments) == 1
    assert (await house.one(Routine(action="cancel", name="x"))).note == "no_such_entry"


@pytest.mark.parametrize("step", [Skill(name="fetch"), Routine(action="run", name="evening")])
async def test_what_is_not_there_yet_says_so(house: House, step: Step) -> None:
    assert (await house.one(step)).note == "unsupported"


async def test_a_defect_in_one_step_is_its_result(house: House, caplog: pytest.LogCaptureFixture) -> None:
    step = Timer(action="set", duration=5)  # type: ignore[arg-type]  # as a defect elsewhere would make it
    failed, fine = await house.do(step, on())
    assert failed.note == "failed" and "A step failed" in caplog.text
    assert fine.outcome is not None and fine.outcome.status is Status.DONE
