"""What waits for its time: timers, reminders, and steps for later, while the process lives.

Each entry waits in a task of its own. Lengths ("in ten minutes", timers) are counted on the monotonic
clock, so that a corrected wall clock does not stretch them; times of day are looked up on the wall clock
again at least once a minute, so that a corrected clock, a summer-time change or a sleeping laptop does
not shift them for long. A moment that was slept through is done on waking; recurring moments that were
missed are not made up for.

"When it gets above 28 degrees" fires once, as soon as the state becomes so; what is already so does not fire.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homebody.assistant.plan import NOW, Command, Condition, Reminder, Say, Skill, Step, Timer, When
from homebody.assistant.turn import Appointment
from homebody.assistant.when import WhenError, compare, format_duration, local, next_moment, parse_duration
from homebody.core.clock import Clock
from homebody.core.ids import new_id
from homebody.home.label import Language

if TYPE_CHECKING:
    from homebody.home.registry import Change, Registry

LIMIT = 500
_GLANCE = 60.0  # seconds between looks at the wall clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An entry whose time has come. ``step`` is to be done now; ``confirmed`` if a person said yes to it."""

    id: str
    step: Step
    language: Language
    confirmed: bool = False


Fire = Callable[[Due], Awaitable[None]]


class ScheduleError(WhenError):
    """``full``, ``no_such_timer``, ``several_timers``, ``no_such_entry``, ``several_entries``,
    ``unsupported``."""


@dataclass(slots=True, kw_only=True)
class _Entry:
    """``at`` is a wall-clock moment, ``after`` a monotonic one; a paused timer keeps ``left`` instead."""

    id: str
    step: Step
    when: When
    language: Language
    confirmed: bool
    name: str = ""
    at: datetime | None = None
    after: float | None = None
    until: datetime | None = None
    left: timedelta | None = None
    held: bool | None = None
    task: asyncio.Task[None] | None = None
    forget: list[Callable[[], None]] = field(default_factory=list)


class Schedule:
    """At most ``limit`` entries; ``fire`` is awaited, in a task of its own, for each that comes due."""

    def __init__(self, registry: Registry, clock: Clock, fire: Fire, *, limit: int = LIMIT) -> None:
        self._registry = registry
        self._clock = clock
        self._fire = fire
        self._limit = limit
        self._entries: dict[str, _Entry] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        """All that wait or fire: asyncio itself keeps only weak references to tasks."""

    # what is set

    def add(
        self, step: Command | Skill | Say | Reminder, language: Language, *, confirmed: bool = False
    ) -> Appointment:
        """Keep a step until its ``when``. Raises WhenError if that leads nowhere, ScheduleError if full."""
        when = step.when
        entry = _Entry(id=new_id("later"), step=step, when=when, language=language, confirmed=confirmed)
        now = self._clock.now()
        if when.until and when.kind in ("every", "if"):
            entry.until = local(when.until, now)
            if entry.until <= now:
                raise WhenError("past", when.until)
        if when.kind == "if":
            if when.condition is None:
                raise WhenError("no_time")
            entry.held = self._holds(when.condition)
        elif when.duration:
            entry.after = self._clock.monotonic() + (next_moment(when, now) - now).total_seconds()
        else:
            entry.at = next_moment(when, now, self._registry.home.location)
        self._keep(entry)
        return self._shown(entry)

    def check_room(self) -> None:
        """Raises ScheduleError (``full``)."""
        if len(self._entries) >= self._limit:
            raise ScheduleError("full")

    def timer(self, step: Timer, language: Language) -> tuple[Appointment, ...]:
        """Do what a timer step asks; the timers that were set, changed, cancelled or asked about.

        Raises WhenError (``no_time``, ``bad_time``, ``past``) and ScheduleError (``full``, ``no_such_timer``,
        ``several_timers`` where it does not say which).
        """
        if step.action == "set":
            if not step.duration:
                raise WhenError("no_time")
            length = parse_duration(step.duration)
            if length <= timedelta(0):
                raise WhenError("past")
            after = self._clock.monotonic() + length.total_seconds()
            entry = _Entry(id=new_id("timer"), step=step, when=NOW, language=language, confirmed=False,
                           name=step.name, after=after)  # fmt: skip
            self._keep(entry)
            return (self._shown(entry),)
        timers = [entry for entry in self._entries.values() if isinstance(entry.step, Timer)]
        if step.action == "cancel_all":
            return tuple(self._drop(entry) for entry in timers)
        meant = self._meant(step, timers)
        if step.action == "status":
            return tuple(self._shown(entry) for entry in meant)
        if len(meant) > 1:
            raise ScheduleError("several_timers")
        entry = meant[0]
        match step.action:
            case "cancel":
                return (self._drop(entry),)
            case "pause" if entry.after is not None:
                entry.left = timedelta(seconds=entry.after - self._clock.monotonic())
                entry.after = None
                self._rest(entry)
            case "resume" if entry.left is not None:
                entry.after = self._clock.monotonic() + entry.left.total_seconds()
                entry.left = None
                self._start(entry)
            case "extend" | "shorten":
                if not step.duration:
                    raise WhenError("no_time")
                change = parse_duration(step.duration) * (1 if step.action == "extend" else -1)
                self._change(entry, change)
        return (self._shown(entry),)

    def cancel(self, name: str = "", *, everything: bool = False) -> tuple[Appointment, ...]:
        """Forget what was scheduled, timers excepted: everything, or the one whose words contain ``name``.

        Raises ScheduleError: ``no_such_entry``, ``several_entries``.
        """
        entries = [entry for entry in self._entries.values() if not isinstance(entry.step, Timer)]
        if not everything:
            wanted = name.casefold().strip()
            entries = [entry for entry in entries if wanted in _words(entry.step).casefold()]
            if not entries:
                raise ScheduleError("no_such_entry")
            if len(entries) > 1:
                raise ScheduleError("several_entries")
        return tuple(self._drop(entry) for entry in entries)

    def drop(self, id: str) -> Appointment | None:
        """Forget one entry by its id; None if it is not there (any more)."""
        entry = self._entries.get(id)
        return self._drop(entry) if entry else None

    def appointments(self) -> tuple[Appointment, ...]:
        """All that is set, what comes first first; conditions and paused timers last."""
        shown = [self._shown(entry) for entry in self._entries.values()]
        return tuple(sorted(shown, key=lambda appointment: (appointment.due is None, appointment.due or "")))

    async def close(self) -> None:
        """Forget everything, and wait for what is being done at this moment."""
        for entry in list(self._entries.values()):
            self._drop(entry)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # how it waits

    def _keep(self, entry: _Entry) -> None:
        self.check_room()
        self._entries[entry.id] = entry
        self._start(entry)

    def _start(self, entry: _Entry) -> None:
        entry.task = self._keep_task(asyncio.create_task(self._wait(entry), name=entry.id))
        if entry.when.condition and entry.when.kind == "if" and not entry.forget:
            entry.forget.append(self._registry.subscribe(lambda change: self._seen(entry, change)))

    def _rest(self, entry: _Entry) -> None:
        if entry.task:
            entry.task.cancel()
            entry.task = None

    def _drop(self, entry: _Entry) -> Appointment:
        shown = self._shown(entry)
        self._entries.pop(entry.id, None)
        self._rest(entry)
        for forget in entry.forget:
            forget()
        entry.forget.clear()
        return shown

    async def _wait(self, entry: _Entry) -> None:
        """Sleep to the entry's moment, fire, and go on if it recurs."""
        if entry.when.kind == "if":
            if entry.until is not None:
                await self._sleep_to(entry.until)
                entry.task = None
                self._drop(entry)
            return
        while True:
            if entry.after is not None:
                await self._clock.sleep(entry.after - self._clock.monotonic())
            elif entry.at is not None:
                await self._sleep_to(entry.at)
            again = self._move_on(entry)
            if not again:
                entry.task = None  # this very task: it must not cancel itself before it has fired
                self._drop(entry)
            self._go_off(entry)
            if not again:
                return

    async def _sleep_to(self, moment: datetime) -> None:
        while (left := (moment - self._clock.now()).total_seconds()) > 0:
            await self._clock.sleep(min(left, _GLANCE))

    def _move_on(self, entry: _Entry) -> bool:
        """Set a recurring entry to its next moment; False if there is none."""
        if entry.when.kind != "every":
            return False
        now = self._clock.now()
        if entry.after is not None and entry.when.duration:
            interval = parse_duration(entry.when.duration).total_seconds()
            missed = max(0.0, self._clock.monotonic() - entry.after) // interval
            entry.after += interval * (missed + 1)
            following = now + timedelta(seconds=entry.after - self._clock.monotonic())
        else:
            try:
                following = entry.at = next_moment(entry.when, now, self._registry.home.location)
            except WhenError:
                return False
        return entry.until is None or following <= entry.until

    def _seen(self, entry: _Entry, change: Change) -> None:
        """A state changed: fire if it is the awaited one and was not so before."""
        condition = entry.when.condition
        if condition is None or change.device != condition.device or condition.function not in change.values:
            return
        holds = self._judge(condition, change.values[condition.function])
        if holds is None:
            return
        before, entry.held = entry.held, holds
        if holds and before is False and entry.id in self._entries:
            self._drop(entry)
            self._go_off(entry)

    def _go_off(self, entry: _Entry) -> None:
        due = Due(id=entry.id, step=_for_now(entry.step), language=entry.language, confirmed=entry.confirmed)
        self._keep_task(asyncio.ensure_future(self._fire(due)))

    def _keep_task(self, task: asyncio.Task[None]) -> asyncio.Task[None]:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _holds(self, condition: Condition) -> bool | None:
        state = self._registry.state(condition.device)
        return self._judge(condition, state.values.get(condition.function))

    def _judge(self, condition: Condition, value: object) -> bool | None:
        device = self._registry.home.device(condition.device)
        function = device.function(condition.function) if device else None
        seen = value if isinstance(value, bool | int | float | str) else None
        return compare(function, seen, condition.comparison, condition.value)

    # small things

    def _meant(self, step: Timer, timers: list[_Entry]) -> list[_Entry]:
        """The timers that a step means: by its name, else all of them. Never none."""
        wanted = step.name.casefold().strip()
        meant = [entry for entry in timers if not wanted or entry.name.casefold().strip() == wanted]
        if step.length:  # "the ten minute timer"
            meant = [e for e in meant if isinstance(e.step, Timer) and e.step.duration == step.length]
        if not meant:
            raise ScheduleError("no_such_timer")
        return meant

    def _change(self, entry: _Entry, change: timedelta) -> None:
        if entry.left is not None:
            entry.left = max(timedelta(0), entry.left + change)
        elif entry.after is not None:
            entry.after = max(self._clock.monotonic(), entry.after + change.total_seconds())
            self._rest(entry)
            self._start(entry)

    def _shown(self, entry: _Entry) -> Appointment:
        left, due = entry.left, entry.at
        if entry.after is not None:
            left = timedelta(seconds=max(0.0, entry.after - self._clock.monotonic()))
            due = self._clock.now() + left
        elif due is not None:
            left = due - self._clock.now()
        return Appointment(
            id=entry.id,
            step=entry.step,
            name=entry.name,
            due=due.isoformat(timespec="seconds") if due else None,
            left=format_duration(left) if left is not None else None,
            paused=entry.left is not None,
        )


def _words(step: Step) -> str:
    """By what a person would call it."""
    return f"{step.words} {step.text}" if isinstance(step, Reminder | Say) else step.words


def _for_now(step: Step) -> Step:
    """The step as it is done when its time has come.

    A relative change is resolved against the state of that moment, not of the one when it was asked for.
    ``until`` ended the recurrence or the waiting; for a single moment it still says when to undo.
    """
    if not isinstance(step, Command | Skill | Say):
        return step
    when = step.when
    until = when.until if when.kind in ("after", "at") else None
    if when.condition and when.kind != "if":
        now = When(kind="if", condition=when.condition, until=until, lasting=when.lasting)
    else:
        now = When(until=until, lasting=when.lasting)
    if isinstance(step, Command) and step.delta is not None:
        return replace(step, when=now, value=None)
    return replace(step, when=now)
