"""Carrying out: allowed steps become operations on devices, readings, or entries of the schedule.

Steps run at once and together, except that a step waits for the earlier ones that touch the same device:
"turn on the lamp and make it red" happens in that order. Nothing here claims success; an `Outcome` says
what was read back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from homebody.assistant.plan import (
    Command,
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
from homebody.assistant.policy import OPPOSITE
from homebody.assistant.schedule import Schedule
from homebody.assistant.turn import Decision, Finding, StepResult
from homebody.assistant.waiting import wait
from homebody.assistant.when import WhenError, compare, local, parse_duration
from homebody.core.clock import Clock
from homebody.core.errors import DeviceError
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type, Value
from homebody.home.label import Language
from homebody.home.outcome import Operation, Outcome, Status

if TYPE_CHECKING:
    from homebody.assistant.dog import Dog
    from homebody.home.registry import DeviceState, Registry

_log = logging.getLogger(__name__)

Announce = Callable[[Say], bool]
"""Says words aloud where they belong; False if nobody can."""
_MAYBE_CHANGED = (Status.DONE, Status.ACCEPTED, Status.UNVERIFIED)


class Execution:
    """Does what policy allowed. ``device_deadline_s`` bounds each reading and each operation."""

    def __init__(
        self,
        registry: Registry,
        clock: Clock,
        schedule: Schedule,
        *,
        announce: Announce = lambda _: False,
        skills: Dog | None = None,
        device_deadline_s: float = 2.0,
    ) -> None:
        self._registry = registry
        self._clock = clock
        self._schedule = schedule
        self._announce = announce
        self._skills = skills
        self._deadline_s = device_deadline_s

    def start(
        self, steps: Sequence[tuple[Step, Decision]], language: Language, *, confirmed: bool = False
    ) -> list[asyncio.Task[StepResult]]:
        """One task a step, in order. A task never raises: what fails is said in its result.

        ``confirmed`` if a person said yes to these steps, so that they need not be asked again at their time.
        """
        latest: dict[str, asyncio.Task[StepResult]] = {}
        tasks = []
        for step, decision in steps:
            touched = tuple(_devices(step))
            before = {latest[device] for device in touched if device in latest}
            task = asyncio.create_task(self._one(step, decision, before, language, confirmed))
            latest.update(dict.fromkeys(touched, task))
            tasks.append(task)
        return tasks

    async def _one(
        self,
        step: Step,
        decision: Decision,
        before: set[asyncio.Task[StepResult]],
        language: Language,
        confirmed: bool,
    ) -> StepResult:
        if before:
            await asyncio.wait(before)
        result = StepResult(step=step, decision=decision)
        try:
            match step:
                case Command():
                    return await self._command(step, result, language, confirmed)
                case Query():
                    return await self._query(step, result)
                case Timer():
                    appointments = self._schedule.timer(step, language)
                    scheduled = appointments[0].id if step.action == "set" else None
                    return replace(result, appointments=appointments, scheduled=scheduled)
                case Reminder():
                    return self._later(step, result, language, confirmed)
                case Routine(action="run"):
                    return replace(result, note="unsupported")
                case Routine():
                    everything = step.action == "cancel_all"
                    return replace(
                        result, appointments=self._schedule.cancel(step.name, everything=everything)
                    )
                case Skill():
                    return await self._skill(step, result, before, language, confirmed)
                case Say() if step.when.kind == "now":
                    return result if self._announce(step) else replace(result, note="nobody_listens")
                case Say():
                    return self._later(step, result, language, confirmed)
                case _:
                    return replace(result, note="unsupported")
        except WhenError as error:
            return replace(result, note=error.note)
        except Exception:  # one step's defect must not silence the others
            _log.exception("A step failed: %r", step)
            return replace(result, note="failed")

    def _later(
        self, step: Command | Skill | Say | Reminder, result: StepResult, language: Language, confirmed: bool
    ) -> StepResult:
        appointment = self._schedule.add(step, language, confirmed=confirmed)
        return replace(result, scheduled=appointment.id, appointments=(appointment,))

    async def _if_it_holds(self, condition: Condition, result: StepResult) -> StepResult:
        """With what was found, and a note where nothing is to be done: it does not hold, or is not known."""
        finding, holds = await self._condition(condition)
        note = "" if holds else "condition_unknown" if holds is None else "condition_not_met"
        return replace(result, findings=(finding,), note=note or result.note)

    # skills

    async def _skill(
        self,
        step: Skill,
        result: StepResult,
        before: set[asyncio.Task[StepResult]],
        language: Language,
        confirmed: bool,
    ) -> StepResult:
        """What the robot is told; a step behind one that was stopped is not done."""
        when = step.when
        if when.kind == "if" and when.condition and not when.wait:
            result = await self._if_it_holds(when.condition, result)
            if result.note:
                return result
        elif when.kind != "now":
            return self._later(step, result, language, confirmed)
        if self._skills is None:
            return replace(result, note="unsupported")
        earlier = [task.result().skill for task in before]
        if stopped := next((skill for skill in earlier if skill and skill.status == "cancelled"), None):
            return replace(result, skill=replace(stopped, skill=step.name))
        # what comes due by itself was confirmed when it was set: no person asks at that moment
        outcome = await self._skills.run(step.name, step.arguments, person=not confirmed)
        return replace(result, skill=outcome)

    # commands

    async def _command(
        self, step: Command, result: StepResult, language: Language, confirmed: bool
    ) -> StepResult:
        when = step.when
        if when.kind == "if" and when.condition and not when.wait:
            result = await self._if_it_holds(when.condition, result)
            if result.note:
                return result
        elif when.kind == "if" and when.condition:
            # what is known now is what it changes from: "when it gets" waits for the change, also where it is
            # so already; "if" acts at once
            finding, _ = await self._condition(when.condition)
            return self._later(step, replace(result, findings=(finding,)), language, confirmed)
        elif when.kind != "now":
            return self._later(step, result, language, confirmed)
        end = self._end(when)
        operation = Operation(
            device=step.device, function=step.function, action=step.action, value=step.value
        )
        if step.delta is not None and step.value is None:
            resolved = await self._resolve(operation, step.delta)
            if not isinstance(resolved, Operation):
                return (
                    replace(result, outcome=resolved) if resolved else replace(result, note="state_unknown")
                )
            operation = resolved
        outcome = await self._registry.perform(operation, self._deadline_s)
        result = replace(result, outcome=outcome)
        if end is None or outcome.status not in _MAYBE_CHANGED:
            return result
        undo = self._undo(step, outcome, end)
        if undo is None:
            return replace(result, note="no_undo")
        appointment = self._schedule.add(undo, language, confirmed=confirmed)
        return replace(result, scheduled=appointment.id, appointments=(appointment,))

    async def _resolve(self, operation: Operation, delta: float) -> Operation | Outcome | None:
        """A relative change as an absolute one; an outcome where the device is silent, None if it knows
        not."""
        device = self._registry.home.device(operation.device)
        function = device.function(operation.function) if device else None
        if function is None or function.type is not Type.NUMBER:
            return None
        started = self._clock.monotonic()
        state = await self._read(operation.device)
        if state is None:
            ms = (self._clock.monotonic() - started) * 1000
            return Outcome(operation=operation, status=Status.UNREACHABLE, ms=ms)
        present = state.values.get(operation.function)
        if isinstance(present, bool) or not isinstance(present, int | float):
            return None
        return replace(operation, value=function.fit(present + delta))

    def _end(self, when: When) -> When | None:
        """When a limited command ends, looked at before it begins: a lamp is not lit that cannot go out
        again."""
        if when.kind == "if" and when.wait:  # there, until ends the waiting
            when = replace(when, until=None)
        if when.lasting:
            if parse_duration(when.lasting) <= timedelta(0):
                raise WhenError("past", when.lasting)
            self._schedule.check_room()
            return When(kind="after", duration=when.lasting)
        if when.until:
            if local(when.until, self._clock.now()) <= self._clock.now():
                raise WhenError("past", when.until)
            self._schedule.check_room()
            return When(kind="at", time=when.until)
        return None

    def _undo(self, step: Command, outcome: Outcome, end: When) -> Command | None:
        """The command that brings back what was; its opposite where nothing changed; None if there is
        none."""
        device = self._registry.home.device(step.device)
        function = device.function(step.function) if device else None
        if function is None:
            return None
        before = outcome.before
        changed = before is not None and (
            outcome.wanted is None or not function.matches(before, outcome.wanted)
        )
        way = _way_to(function, before) if changed and before is not None else None
        if way is None:
            opposite = OPPOSITE.get(step.action)
            way = (opposite, None) if opposite in function.actions else None
        if way is None or way[0] is None:
            return None
        return Command(
            device=step.device,
            function=step.function,
            action=way[0],
            value=way[1],
            unit=step.unit if way[1] is not None else "",
            when=end,
            words=step.words,
        )

    # reading

    async def _condition(self, condition: Condition) -> tuple[Finding, bool | None]:
        state = await self._read(condition.device)
        value = state.values.get(condition.function) if state else None
        finding = Finding(
            device=condition.device, function=condition.function, value=value, reachable=state is not None
        )
        device = self._registry.home.device(condition.device)
        function = device.function(condition.function) if device else None
        return finding, compare(function, value, condition.comparison, condition.value)

    async def _query(self, step: Query, result: StepResult) -> StepResult:
        home = self._registry.home
        devices = [device for id_ in step.devices if (device := home.device(id_))]
        match step.what:
            case "time" | "date":
                now = self._clock.now().isoformat(timespec="seconds")
                findings = [Finding(device="clock", function=step.what, value=now)]
            case "scheduled":
                return replace(result, appointments=self._schedule.appointments())
            case "where":
                findings = [Finding(device=device.id, value=device.area) for device in devices]
            case "can":
                findings = [
                    Finding(device=d.id, function=function.id) for d in devices for function in d.functions
                ]
            case _:
                states = await asyncio.gather(*(self._read(device.id) for device in devices))
                findings = [
                    finding
                    for device, state in zip(devices, states, strict=True)
                    for finding in _found(device, step.function, state)
                ]
        return replace(result, findings=tuple(findings), note="" if findings else "nothing_to_read")

    async def _read(self, device_id: str) -> DeviceState | None:
        """The present state, or None if the device does not give it in time."""
        reading = asyncio.ensure_future(self._registry.read(device_id))
        try:
            if not await wait((reading,), self._clock, self._deadline_s):
                return None
            return reading.result()
        except (DeviceError, KeyError):  # KeyError: no such device
            return None
        finally:
            reading.cancel()


def _devices(step: Step) -> Iterable[str]:
    """The devices that a step touches, for the order of steps."""
    if isinstance(step, Command):
        yield step.device
        if step.when.condition:
            yield step.when.condition.device
    elif isinstance(step, Query):
        yield from step.devices
    elif isinstance(step, Skill) and step.name not in ("stop", "emergency_stop"):
        yield "skills"  # one robot does one thing after the other; stopping waits for nothing


def _found(device: Device, function_id: str | None, state: DeviceState | None) -> Iterable[Finding]:
    """What a device says of one function, or of all that can be read. Nothing if it has no such function."""
    if function_id is not None:
        functions = [function for function in device.functions if function.id == function_id]
    else:
        functions = [
            function
            for function in device.functions
            if function.readable and function.type is not Type.ACTION
        ]
    if state is None and functions:
        yield Finding(device=device.id, function=function_id, reachable=False)
    elif state is not None:
        for function in functions:
            yield Finding(device=device.id, function=function.id, value=state.values.get(function.id))


def _way_to(function: Function, value: Value) -> tuple[Action, Value | None] | None:
    """The action, with its value, that leads to this state."""
    for action, result in function.effects:
        if action in function.actions and function.matches(value, result):
            return action, None
    if Action.SET in function.actions and function.reject(Action.SET, value) is None:
        return Action.SET, value
    return None
