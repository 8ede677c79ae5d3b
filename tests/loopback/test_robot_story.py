"""The household and its dog: told by sentences in both languages, every "done" checked against where it is.

The dog is the one without physics; the assistant, the driver and the skills are the real ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from homebody.assistant.dog import Dog
from homebody.assistant.execution import Execution
from homebody.assistant.plan import Skill
from homebody.assistant.policy import decide_plan
from homebody.assistant.reply import said_of
from homebody.assistant.schedule import Due, Schedule
from homebody.assistant.turn import Decision, StepResult
from homebody.assistant.understanding.grammar import Grammar
from homebody.core.clock import ManualClock
from homebody.core.gate import Gate
from homebody.core.plane import Point, distance
from homebody.core.secrets import Secrets
from homebody.home.adapter import Means
from homebody.home.adapters.cyberdog import Cyberdog
from homebody.home.adapters.simulated import Simulated
from homebody.home.file import load_home
from homebody.home.registry import Registry
from homebody.robot.kinematic import STEP_S, KinematicDog, solid
from homebody.robot.wire.memory import MemoryWire

HOME = load_home(Path(__file__).parents[2] / "examples/homes/with-a-dog.yaml")
assert HOME.plan is not None
GROUND = HOME.plan.floors[0]
BED = GROUND.place("dog_bed")
assert BED is not None


@dataclass
class Household:
    clock: ManualClock
    simulated: Simulated
    registry: Registry
    schedule: Schedule
    execution: Execution
    grammar: Grammar
    body: KinematicDog
    dog: Dog
    people: list[Point]
    fired: list[StepResult]

    async def pass_by(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.body.step()
            await asyncio.sleep(0)
            await self.clock.advance(STEP_S)

    def begin(self, sentence: str) -> list[asyncio.Task[StepResult]]:
        plan = self.grammar.parse(sentence, now=self.clock.now()).plan
        assert plan.steps and not plan.problems, (sentence, plan.problems)
        assert all(isinstance(step, Skill) for step in plan.steps)
        return self.execution.start(
            list(zip(plan.steps, decide_plan(plan, HOME), strict=True)), plan.language
        )

    async def tell(self, sentence: str, within_s: float = 400) -> tuple[str, list[str]]:
        """What is answered, and what became of each skill."""
        tasks = self.begin(sentence)
        for _ in range(round(within_s / STEP_S)):
            if all(task.done() for task in tasks):
                break
            await self.pass_by(STEP_S)
        results = [task.result() for task in tasks]
        language = "zh" if any("一" <= c <= "鿿" for c in sentence) else "en"
        reply = " ".join(said_of(results, HOME, self.clock.now(), language))  # type: ignore[arg-type]
        return reply, [result.skill.status if result.skill else result.note for result in results]

    @property
    def place(self) -> Point:
        """Where it is on the plan: its own truth, from where it began."""
        assert BED is not None
        return self.body.position

    @property
    def area(self) -> str:
        room = GROUND.room_at(self.place)
        return room.area if room else ""


@pytest.fixture
async def household(tmp_path: Path) -> AsyncIterator[Household]:
    clock = ManualClock(datetime(2026, 1, 1, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    wire = MemoryWire()
    people: list[Point] = []
    fired: list[StepResult] = []
    assert BED is not None
    body = KinematicDog(
        wire, position=BED.position, heading=BED.heading, blocked=solid(GROUND, people), anchored=True
    )
    means = Means(
        name="cyberdog", clock=clock, gate=Gate(), secrets=Secrets(tmp_path), folder=tmp_path / "dog"
    )
    adapter = Cyberdog(means)
    simulated = Simulated(clock)
    registry = Registry(HOME, {"simulated": simulated, "cyberdog": adapter}, clock)
    dog = Dog(HOME, adapter, clock, states=lambda device: registry.state(device).values, wire=wire)

    async def fire(due: Due) -> None:
        results = execution.start([(due.step, Decision(verdict="allow"))], due.language, confirmed=True)
        fired.extend(await asyncio.gather(*results))

    schedule = Schedule(registry, clock, fire)
    execution = Execution(registry, clock, schedule, skills=dog)
    await registry.start()
    await dog.start()
    found = Household(
        clock, simulated, registry, schedule, execution, Grammar(HOME), body, dog, people, fired
    )
    await found.pass_by(0.5)
    yield found
    await schedule.close()
    await dog.stop()
    await registry.stop()


async def test_an_evening_with_the_dog(household: Household) -> None:
    reply, became = await household.tell("去厨房看看，然后回来坐下")
    assert became == ["done"] * 4, reply
    assert BED is not None and "厨房" in reply and distance(household.place, BED.position) < 0.5
    assert household.body.motion.id == "sit"

    household.people.append((5.0, 2.0))  # somebody stands in the opening to the dining room
    reply, became = await household.tell("go to the hallway")
    assert became == ["done"] and household.area == "hallway", reply
    reply, became = await household.tell("机器狗，握手")
    assert became == ["done"] and "shake_right" in household.body.done, reply

    walking = household.begin("go to the garage")
    await household.pass_by(5)
    reply, became = await household.tell("stop")
    assert became == ["done"], reply
    assert [task.result().skill.status for task in walking if task.result().skill] == ["cancelled"]  # type: ignore[union-attr]
    here = household.place
    await household.pass_by(3)
    assert distance(here, household.place) < 0.01

    household.body.faked.fallen = True
    await household.pass_by(0.2)
    reply, became = await household.tell("起立")
    assert became == ["done"] and "recover" in household.body.done, reply

    household.body.faked.battery = 15.0
    await household.pass_by(0.3)
    reply, became = await household.tell("how is your battery?")
    assert became == ["done"] and "15" in reply and "low" in reply
    reply, became = await household.tell("go to your bed and lie down")
    assert became == ["done", "done"] and household.body.motion.id == "lie", reply
    assert distance(household.place, BED.position) < 0.5


async def test_the_emergency_stop_is_pressed_and_released_in_words(household: Household) -> None:
    walking = household.begin("去车库")
    await household.pass_by(6)
    reply, became = await household.tell("急停")
    assert became == ["done"] and household.body.motion.id == "emergency_stop", reply
    await household.pass_by(1)
    (result,) = [task.result() for task in walking]
    assert result.skill is not None and result.skill.status in ("cancelled", "refused")
    reply, became = await household.tell("坐下")
    assert became == ["refused"] and "急停" in reply
    assert (await household.dog.run("release", {}, person=False)).status == "refused"
    _, became = await household.tell("release the emergency stop, then stand up")
    assert became == ["done", "done"] and household.body.motion.id == "stand"


async def test_what_it_cannot_is_said_and_not_done(household: Household) -> None:
    reply, became = await household.tell("do a backflip")
    assert became == ["refused"] and "backflip" in reply
    household.body.faked.silent = True
    await household.pass_by(1)
    reply, became = await household.tell("坐下")
    assert became == ["refused"] and "没有回应" in reply


async def test_when_the_door_opens_it_goes_to_the_hallway_and_sits(household: Household) -> None:
    _, became = await household.tell("when the front door opens, go to the hallway and sit", 5)
    assert became == ["", ""] and not household.fired
    household.simulated.set_state("hallway.door_sensor", {"contact": True})
    await household.pass_by(60)
    assert [result.skill.status for result in household.fired if result.skill] == ["done", "done"]
    assert household.area == "hallway" and household.body.motion.id == "sit"


async def test_a_patrol_at_its_time(household: Household) -> None:
    _, became = await household.tell("patrol the kitchen and the dining room in ten seconds", 2)
    assert became == [""]
    await household.pass_by(120)
    (result,) = household.fired
    assert result.skill is not None and result.skill.evidence["reached"] == "kitchen,dining_room"
