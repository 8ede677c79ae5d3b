"""Running skills: one at a time, a bounded number waiting, everything ended by a stop, nothing for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from homebody.core.clock import Clock
from homebody.robot.motions import MOTIONS
from homebody.robot.safety.faults import faults
from homebody.robot.safety.lease import Owner
from homebody.robot.skills import going, moves, seen
from homebody.robot.skills.moves import Body
from homebody.robot.skills.outcome import SkillFailedError, SkillOutcome, Status
from homebody.robot.skills.table import SKILLS, Argument, Skill, wrong_argument
from homebody.robot.words import Words

WAITING = 8
"""Skills that may wait for their turn."""


class Runner(Protocol):
    """Whoever runs skills: a dog, or a double of one."""

    async def run(self, name: str, arguments: Mapping[str, Argument], *, person: bool) -> SkillOutcome: ...


class SkillRunner:
    """One dog's. ``person`` says whether a person asks now: only then is the dog taken from another owner."""

    def __init__(self, body: Body, clock: Clock) -> None:
        self._body = body
        self._clock = clock
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._round = 0
        self._current: asyncio.Task[dict[str, float | str]] | None = None

    async def run(self, name: str, arguments: Mapping[str, Argument], *, person: bool = True) -> SkillOutcome:
        """Do a skill when those before it have ended. It always ends, and says how."""
        skill = SKILLS.get(name)
        started = self._clock.monotonic()
        if skill is None:
            return SkillOutcome(
                skill=name, status="refused", reason=Words("我不会这个", "I have no such skill")
            )
        if name == "stop":
            return await self._stop(skill)
        if name == "emergency_stop":
            return await self._cut(skill)
        if name == "release":
            return self._release(skill, Owner(id="skills", person=person))
        if no := skill.why_not or wrong_argument(skill, arguments):
            return SkillOutcome(skill=name, status="refused", reason=no)
        if not skill.moves:
            return self._told(skill)
        if self._waiting >= WAITING:
            return SkillOutcome(
                skill=name, status="refused", reason=Words("要做的事太多了", "too much is waiting already")
            )
        round_, self._waiting = self._round, self._waiting + 1
        try:
            async with self._turn:
                if round_ != self._round:
                    return _cancelled(name)
                outcome = await self._one(skill, arguments, person=person)
        finally:
            self._waiting -= 1
        return replace(outcome, took_s=round(self._clock.monotonic() - started, 2))

    def cancel(self) -> None:
        """End what is being done and what waits. It is also what a stop does first."""
        self._round += 1
        if self._current:
            self._current.cancel()

    async def _stop(self, skill: Skill) -> SkillOutcome:
        self.cancel()
        async with self._turn:
            return await self._one(skill, {}, person=True)

    async def _cut(self, skill: Skill) -> SkillOutcome:
        """Press the emergency stop, and see that the board is in it."""
        driver = self._body.driver
        driver.emergency_stop("words")
        self.cancel()
        if await driver.until(lambda _: driver.pilot.emergency.confirmed or None, skill.at_most_s):
            return SkillOutcome(skill=skill.id, status="done")
        silent = Words("急停已发出，但没有回应", "the stop was sent, and the dog does not answer")
        return _refused(skill, silent, "failed")

    def _release(self, skill: Skill, owner: Owner) -> SkillOutcome:
        if self._body.driver.release(owner):
            return SkillOutcome(skill=skill.id, status="done")
        only = Words(
            "急停只能由人当面解除，而且要先生效", "only a person releases it, once it has taken effect"
        )
        return _refused(skill, only)

    async def _one(self, skill: Skill, arguments: Mapping[str, Argument], *, person: bool) -> SkillOutcome:
        self._body.owner = Owner(id="skills", person=person)
        driver, owner = self._body.driver, self._body.owner
        if not driver.take(owner):
            return _refused(skill, Words("机器狗正由别人指挥", "somebody else commands the dog"))
        self._current = asyncio.create_task(self._do(skill, arguments))
        watch = asyncio.create_task(self._clock.sleep(skill.at_most_s))
        try:
            await asyncio.wait([self._current, watch], return_when=asyncio.FIRST_COMPLETED)
            if not self._current.done():
                self._current.cancel()
                await asyncio.wait([self._current])
                late = Words("时间太久，停下了", "it took too long, so it stopped")
                return SkillOutcome(skill=skill.id, status="failed", reason=late)
            if self._current.cancelled():
                return _cancelled(skill.id)
            return SkillOutcome(skill=skill.id, status="done", evidence=self._current.result())
        except SkillFailedError as error:
            return SkillOutcome(skill=skill.id, status=error.status, reason=error.words)
        finally:
            self._current.cancel()
            watch.cancel()
            self._current = None
            driver.leave(owner)

    async def _do(self, skill: Skill, arguments: Mapping[str, Argument]) -> dict[str, float | str]:
        body = self._body
        values = {p.name: arguments.get(p.name, p.default) for p in skill.parameters}
        if skill.trick:
            return await moves.trick(body, skill.trick)
        match skill.id:
            case "stop":
                await moves.halt(body)
            case "stand":
                await moves.ready(body)
            case "sit":
                if not seen.sitting(body.driver.senses):
                    await moves.ready_for(body, MOTIONS["sit"])
                    await moves.perform(body, "sit", seen.sitting)
            case "lie":
                await moves.perform(body, "lie", seen.lying)
            case "stay":
                return await moves.stay(body, float(values["seconds"] or 0))
            case "walk":
                return await moves.walk_by(body, float(values["metres"] or 0))
            case "turn":
                return await moves.turn_by(body, float(values["degrees"] or 0))
            case "go_to" | "come":
                return await going.go_to_area(body, str(values["area"]))
            case "home":
                return await going.go_home(body)
            case "patrol":
                return await going.patrol(body, str(values["areas"]).split(","))
            case "look_around":
                return await going.look_around(body)
            case _:
                raise ValueError(f"nobody does {skill.id}")
        return {}

    def _told(self, skill: Skill) -> SkillOutcome:
        """What it tells of itself, without moving."""
        senses = self._body.driver.senses
        if senses.silent:
            return _refused(skill, Words("机器狗没有回应", "the dog does not answer"), "unreachable")
        wrong = ", ".join(fault.words.en for fault in faults(senses))
        if skill.id == "battery":
            if senses.battery is None:
                return _refused(skill, Words("不知道电量", "its battery does not tell"), "failed")
            evidence: dict[str, float | str] = {"battery": round(senses.battery)}
            return SkillOutcome(
                skill=skill.id, status="done", evidence=evidence | ({"faults": wrong} if wrong else {})
            )
        try:
            return SkillOutcome(skill=skill.id, status="done", evidence=going.where(self._body))
        except SkillFailedError as error:
            return _refused(skill, error.words, "failed")


def _refused(skill: Skill, words: Words, status: Status = "refused") -> SkillOutcome:
    return SkillOutcome(skill=skill.id, status=status, reason=words)


def _cancelled(name: str) -> SkillOutcome:
    return SkillOutcome(skill=name, status="cancelled", reason=Words("停下了", "it was stopped"))
