"""What waits for its time: with a real registry and simulated devices, on a clock that only tests turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from homebody.assistant.plan import Command, Comparison, Condition, Reminder, Say, Timer, When
from homebody.assistant.schedule import Due, Schedule, ScheduleError
from homebody.assistant.when import WhenError
from homebody.core.clock import ManualClock
from homebody.home.adapters.simulated import Simulated
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.registry import Registry

HOME = parse_home("""\
schema: homebody.home/1
name: test
location: {latitude: 31.23, longitude: 121.47}
devices:
  - {id: lamp, kind: light, name: lamp, traits: {on_off: {}, brightness: {}}}
  - {id: meter, kind: sensor, name: meter, traits: {temperature: {}}, state: {temperature: 20}}
""")
START = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Tuesday
LIMIT = 20

TimerAction = Literal["set", "cancel", "cancel_all", "pause", "resume", "extend", "shorten", "status"]


class WrongClock(ManualClock):
    """A clock whose wall time can be corrected, as a time server does; its count goes on as it was."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.wrong_by = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.wrong_by


@dataclass
class Room:
    clock: WrongClock
    simulated: Simulated
    schedule: Schedule
    fired: list[tuple[str, Due]] = field(default_factory=list)
    """The time of day, and what came due."""

    def add(self, when: When, words: str = "lamp on") -> str:
        step = Command(device="lamp", function="on_off", action=Action.ON, when=when, words=words)
        return self.schedule.add(step, "en").id

    def times(self) -> list[str]:
        return [at for at, _ in self.fired]

    async def pass_to(self, moment: str) -> None:
        """Turn the clock to a local time of this or a later day."""
        left = datetime.fromisoformat(moment).replace(tzinfo=START.tzinfo) - self.clock.now()
        await self.advance(left.total_seconds())

    async def advance(self, seconds: float) -> None:
        """Turn the clock on; what begins before, and what follows from it, has its turn."""
        await self._breathe()
        await self.clock.advance(seconds)
        await self._breathe()

    @staticmethod
    async def _breathe() -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def measure(self, *degrees: float) -> None:
        for value in degrees:
            self.simulated.set_state("meter", {"temperature": value})
            await self.advance(1)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    clock = WrongClock(START)
    simulated = Simulated(clock)
    registry = Registry(HOME, {"simulated": simulated}, clock)
    await registry.start()

    async def fire(due: Due) -> None:
        made.fired.append((f"{clock.now():%d %H:%M:%S}", due))

    made = Room(clock, simulated, Schedule(registry, clock, fire, limit=LIMIT))
    yield made
    await made.schedule.close()
    assert not made.schedule.appointments()
    assert not asyncio.all_tasks() - {asyncio.current_task()}, "close() left something running"
    await registry.stop()


# --- moments


async def test_after(room: Room) -> None:
    room.add(When(kind="after", duration="PT10M"))
    (shown,) = room.schedule.appointments()
    assert (shown.due, shown.left) == ("2026-11-24T15:10:00+08:00", "PT10M")
    await room.advance(599)
    assert not room.fired
    await room.advance(1)
    assert room.times() == ["24 15:10:00"] and not room.schedule.appointments()
    (_, due) = room.fired[0]
    assert isinstance(due.step, Command) and due.step.when == When() and not due.confirmed


async def test_at(room: Room) -> None:
    room.add(When(kind="at", time="2026-11-25T07:30"))
    await room.pass_to("2026-11-26T00:00")
    assert room.times() == ["25 07:30:00"]


async def test_at_sunset(room: Room) -> None:
    room.add(When(kind="at", sun="sunset"))
    await room.pass_to("2026-11-26T00:00")
    assert len(room.fired) == 1 and room.times()[0].startswith("24 16:5")


async def test_every_day_and_every_weekday(room: Room) -> None:
    room.add(When(kind="every", time="07:00", days=("mon", "tue", "wed", "thu", "fri")), "work")
    room.add(When(kind="every", time="09:00", days=("sat", "sun")), "rest")
    await room.pass_to("2026-12-01T12:00")
    assert room.times() == [
        "25 07:00:00", "26 07:00:00", "27 07:00:00",
        "28 09:00:00", "29 09:00:00",
        "30 07:00:00", "01 07:00:00",
    ]  # fmt: skip
    assert len(room.schedule.appointments()) == 2


async def test_every_half_hour_until(room: Room) -> None:
    room.add(When(kind="every", duration="PT30M", until="2026-11-24T16:45"))
    await room.pass_to("2026-11-24T20:00")
    assert room.times() == ["24 15:30:00", "24 16:00:00", "24 16:30:00"]
    assert not room.schedule.appointments()


async def test_a_recurrence_that_was_over_is_refused(room: Room) -> None:
    with pytest.raises(WhenError) as caught:
        room.add(When(kind="every", time="07:00", until="2026-11-24T14:00"))
    assert caught.value.note == "past" and not room.schedule.appointments()


async def test_what_was_slept_through_is_done_on_waking_and_not_made_up_for(room: Room) -> None:
    room.add(When(kind="every", time="16:00"))
    await room.advance(1)
    room.clock.wrong_by = timedelta(days=3)  # the laptop was closed: its count stood still, the wall did not
    await room.advance(120)
    assert room.times() == ["27 15:01:00"]
    await room.pass_to("2026-11-28T00:00")
    assert room.times() == ["27 15:01:00", "27 16:00:00"]


async def test_a_relative_change_is_resolved_at_its_time(room: Room) -> None:
    step = Command(device="lamp", function="brightness", action=Action.SET, value=70, delta=20,
                   when=When(kind="after", duration="PT1M"))  # fmt: skip
    room.schedule.add(step, "en")
    await room.advance(60)
    due = room.fired[0][1].step
    assert isinstance(due, Command) and (due.value, due.delta) == (None, 20)


async def test_the_end_of_a_limited_command_goes_with_it(room: Room) -> None:
    room.add(When(kind="after", duration="PT1M", lasting="PT5M"))
    room.add(When(kind="at", time="2026-11-24T15:02", until="2026-11-24T16:00"))
    await room.advance(130)
    first, second = (due.step for _, due in room.fired)
    assert isinstance(first, Command) and first.when == When(lasting="PT5M")
    assert isinstance(second, Command) and second.when == When(until="2026-11-24T16:00")


# --- a wall clock that is corrected while something waits


async def test_lengths_do_not_stretch_with_the_wall_clock(room: Room) -> None:
    room.add(When(kind="after", duration="PT10M"))
    room.schedule.timer(Timer(action="set", duration="PT10M"), "en")
    room.clock.wrong_by = timedelta(hours=-3)
    await room.advance(599)
    assert not room.fired
    await room.advance(1)
    assert len(room.fired) == 2


@pytest.mark.parametrize("correction", [timedelta(minutes=30), timedelta(minutes=-30)])
async def test_times_of_day_follow_the_wall_clock_within_a_minute(room: Room, correction: timedelta) -> None:
    room.add(When(kind="at", time="2026-11-24T16:00"))
    await room.advance(60)
    room.clock.wrong_by = correction
    for _ in range(120):
        await room.advance(60)
        if room.fired:
            break
    (at,) = room.times()
    late = datetime.strptime(at, "%d %H:%M:%S") - datetime.strptime("24 16:00:00", "%d %H:%M:%S")
    assert timedelta(0) <= late <= timedelta(minutes=1)


async def test_a_daily_time_survives_a_correction(room: Room) -> None:
    room.add(When(kind="every", time="16:00"))
    room.clock.wrong_by = timedelta(hours=-1)
    await room.advance(5 * 3600)
    assert room.times() == ["24 16:00:00"]
    await room.advance(24 * 3600)
    assert room.times() == ["24 16:00:00", "25 16:00:00"]


# --- conditions


def hot(comparison: Comparison = "above", value: Value = 28, until: str | None = None) -> When:
    condition = Condition(device="meter", function="temperature", comparison=comparison, value=value)
    return When(kind="if", condition=condition, wait=True, until=until)


async def test_when_it_gets_above_fires_once_on_becoming_true(room: Room) -> None:
    room.add(hot())
    await room.measure(25, 28)
    assert not room.fired
    await room.measure(28.5)
    assert len(room.fired) == 1 and not room.schedule.appointments()
    await room.measure(20, 30)
    assert len(room.fired) == 1


async def test_what_is_already_so_does_not_fire_until_it_becomes_so_again(room: Room) -> None:
    await room.measure(30)
    room.add(hot())
    await room.measure(31, 32)
    assert not room.fired
    await room.measure(27)
    assert not room.fired
    await room.measure(29)
    assert len(room.fired) == 1


async def test_a_state_that_becomes_known_as_true_is_no_becoming(room: Room) -> None:
    condition = Condition(device="lamp", function="on_off", comparison="is", value=True)
    room.add(When(kind="if", wait=True, condition=condition))
    room.simulated.set_state("lamp", {"brightness": 5})  # another function of the same device
    assert not room.fired
    room.simulated.set_state("lamp", {"on_off": True})
    await room.advance(1)
    assert len(room.fired) == 1


async def test_waiting_for_a_condition_ends_with_its_until(room: Room) -> None:
    room.add(hot(until="2026-11-24T16:00"))
    await room.pass_to("2026-11-24T16:00")
    assert not room.schedule.appointments()
    await room.measure(30)
    assert not room.fired


async def test_a_condition_that_was_cancelled_does_not_fire(room: Room) -> None:
    assert room.schedule.drop(room.add(hot())) is not None
    await room.measure(30)
    assert not room.fired


# --- timers


def timer(
    room: Room, action: TimerAction, duration: str | None = None, name: str = ""
) -> list[tuple[str, str | None]]:
    """Do what a timer step asks; names and what is left."""
    sets = action in ("set", "extend", "shorten")
    step = Timer(
        action=action, duration=duration if sets else None, length=None if sets else duration, name=name
    )
    return [(each.name, each.left) for each in room.schedule.timer(step, "en")]


async def test_timers_by_name(room: Room) -> None:
    assert timer(room, "set", "PT8M", "pasta") == [("pasta", "PT8M")]
    assert timer(room, "set", "PT3M", "Egg") == [("Egg", "PT3M")]
    await room.advance(60)
    assert timer(room, "status", name="PASTA ") == [("pasta", "PT7M")]
    assert sorted(timer(room, "status")) == [("Egg", "PT2M"), ("pasta", "PT7M")]
    assert timer(room, "extend", "PT5M", "egg") == [("Egg", "PT7M")]
    assert timer(room, "shorten", "PT6M", "pasta") == [("pasta", "PT1M")]
    await room.advance(60)
    assert room.times() == ["24 15:02:00"]
    assert timer(room, "cancel", name="egg") == [("Egg", "PT6M")]
    await room.advance(3600)
    assert len(room.fired) == 1


async def test_a_paused_timer_stands_still(room: Room) -> None:
    timer(room, "set", "PT10M")
    await room.advance(60)
    assert timer(room, "pause") == [("", "PT9M")]
    await room.advance(3600)
    (shown,) = room.schedule.appointments()
    assert not room.fired and shown.paused and shown.left == "PT9M" and shown.due is None
    assert timer(room, "pause") == [("", "PT9M")]  # a second time changes nothing
    assert timer(room, "extend", "PT1M") == [("", "PT10M")]
    assert timer(room, "resume") == [("", "PT10M")]
    assert timer(room, "resume") == [("", "PT10M")]
    await room.advance(599)
    assert not room.fired
    await room.advance(1)
    assert len(room.fired) == 1


async def test_a_timer_that_is_shortened_to_nothing_rings_at_once(room: Room) -> None:
    timer(room, "set", "PT5M")
    assert timer(room, "shorten", "PT10M") == [("", "PT0S")]
    await room.advance(0.1)
    assert len(room.fired) == 1


async def test_the_ten_minute_timer_is_known_by_its_length(room: Room) -> None:
    timer(room, "set", "PT10M")
    timer(room, "set", "PT20M")
    assert timer(room, "cancel", "PT10M") == [("", "PT10M")]
    assert timer(room, "cancel_all") == [("", "PT20M")]
    assert timer(room, "cancel_all") == []


@pytest.mark.parametrize(
    ("action", "duration", "name", "note"),
    [
        ("set", None, "", "no_time"),
        ("set", "PT0S", "", "past"),
        ("set", "-PT5M", "", "past"),
        ("set", "five", "", "bad_time"),
        ("set", "P400D", "", "too_far"),
        ("cancel", None, "soup", "no_such_timer"),
        ("status", None, "soup", "no_such_timer"),
        ("pause", None, "", "several_timers"),
        ("cancel", None, "", "several_timers"),
        ("extend", None, "pasta", "no_time"),
    ],
)
async def test_timers_that_cannot_be(
    room: Room, action: TimerAction, duration: str | None, name: str, note: str
) -> None:
    timer(room, "set", "PT8M", "pasta")
    timer(room, "set", "PT3M", "egg")
    with pytest.raises(WhenError) as caught:
        timer(room, action, duration, name)
    assert caught.value.note == note
    assert len(room.schedule.appointments()) == 2


# --- what is set


async def test_cancelling_by_words(room: Room) -> None:
    room.add(When(kind="after", duration="PT10M"), "turn on the lamp")
    soup = Reminder(text="check the soup", when=When(kind="after", duration="PT5M"), words="remind me")
    room.schedule.add(soup, "en")
    room.schedule.add(Say(text="dinner", when=When(kind="after", duration="PT6M"), words="announce"), "en")
    timer(room, "set", "PT1H")
    with pytest.raises(ScheduleError) as caught:
        room.schedule.cancel()
    assert caught.value.note == "several_entries"
    with pytest.raises(ScheduleError) as caught:
        room.schedule.cancel("laundry")
    assert caught.value.note == "no_such_entry"
    assert [each.step for each in room.schedule.cancel("SOUP")] == [soup]
    assert len(room.schedule.cancel(everything=True)) == 2
    assert room.schedule.cancel(everything=True) == ()
    assert [type(each.step) for each in room.schedule.appointments()] == [Timer]


async def test_what_comes_first_is_shown_first(room: Room) -> None:
    room.add(hot(), "hot")
    room.add(When(kind="at", time="2026-11-24T18:00"), "third")
    room.add(When(kind="after", duration="PT10M"), "second")
    timer(room, "set", "PT1M", "first")
    shown = [each.name or each.step.words for each in room.schedule.appointments()]
    assert shown == ["first", "second", "third", "hot"]


async def test_dropping_by_id(room: Room) -> None:
    id_ = room.add(When(kind="after", duration="PT10M"))
    dropped = room.schedule.drop(id_)
    assert dropped is not None and dropped.id == id_
    assert room.schedule.drop(id_) is None
    await room.advance(3600)
    assert not room.fired


async def test_when_it_is_full_it_says_so_and_keeps_what_is_there(room: Room) -> None:
    for _ in range(LIMIT):
        room.add(When(kind="after", duration="PT10M"))
    for attempt in (
        lambda: room.add(When(kind="after", duration="PT10M")),
        lambda: room.add(hot()),
        lambda: timer(room, "set", "PT1M"),
        room.schedule.check_room,
    ):
        with pytest.raises(ScheduleError) as caught:
            attempt()
        assert caught.value.note == "full"
    await room.advance(600)
    assert len(room.fired) == LIMIT
    room.schedule.check_room()


async def test_close_leaves_nothing(room: Room) -> None:
    room.add(hot(until="2026-11-24T20:00"))
    room.add(When(kind="every", duration="PT30M"))
    room.add(When(kind="at", time="2026-11-24T18:00"))
    timer(room, "set", "PT10M", "paused")
    timer(room, "pause", name="paused")
    await room.schedule.close()
    assert not room.schedule.appointments()
    assert not asyncio.all_tasks() - {asyncio.current_task()}
    await room.measure(40)
    await room.advance(24 * 3600)
    assert not room.fired
