"""Skills, done by a dog without physics in the rooms of the built-in home, in the time of a turned clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from homebody.core.clock import ManualClock
from homebody.core.plane import Point, distance
from homebody.home.file import default_home
from homebody.robot.driver.driver import Driver
from homebody.robot.driver.wishes import Perform
from homebody.robot.kinematic import STEP_S, KinematicDog, solid
from homebody.robot.navigation.map import Anchor, Map
from homebody.robot.safety.lease import Owner
from homebody.robot.skills.moves import Body
from homebody.robot.skills.runner import WAITING, SkillRunner
from homebody.robot.skills.table import SKILLS, wrong_argument
from homebody.robot.wire.channels import COMMANDS
from homebody.robot.wire.memory import MemoryWire
from homebody.robot.wire.messages import RobotCommand

T = TypeVar("T")
PLAN = default_home().plan
assert PLAN is not None
GROUND = PLAN.floors[0]
BED = (4.7, 0.6)


@dataclass
class Scene:
    """A dog at its bed, its driver, and a runner. ``standing`` are further things in the rooms."""

    clock: ManualClock
    dog: KinematicDog
    driver: Driver
    runner: SkillRunner
    wire: MemoryWire
    standing: list[Point]

    async def step(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.dog.step()
            await asyncio.sleep(0)
            await self.clock.advance(STEP_S)

    async def see(self, skill: Coroutine[None, None, T], within_s: float = 300) -> T:
        task = asyncio.create_task(skill)
        for _ in range(round(within_s / STEP_S)):
            if task.done():
                return task.result()
            await self.step(STEP_S)
        task.cancel()
        raise AssertionError(f"not over after {within_s} s")

    @property
    def area(self) -> str:
        room = GROUND.room_at(self.dog.position)
        return room.area if room else ""


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    wire = MemoryWire()
    standing: list[Point] = []
    dog = KinematicDog(wire, position=BED, blocked=solid(GROUND, standing))
    driver = Driver(wire, clock)
    await driver.start()
    # this dog's odometry is the plan itself
    body = Body(driver=driver, owner=Owner(id="skills"), clock=clock, chart=Map(GROUND), anchor=Anchor())
    found = Scene(clock, dog, driver, SkillRunner(body, clock), wire, standing)
    await found.step(0.2)
    yield found
    await driver.stop()


@pytest.mark.parametrize("area", ["kitchen", "hallway", "garage", "dining_room", "living_room"])
async def test_it_goes_to_every_room(scene: Scene, area: str) -> None:
    outcome = await scene.see(scene.runner.run("go_to", {"area": area}))
    assert outcome.status == "done", outcome.reason
    assert scene.area == area == outcome.evidence["area"]


async def test_it_sits_lies_stands_and_does_tricks(scene: Scene) -> None:
    for name in ("stand", "sit", "shake_right", "stretch", "push_up", "lie"):
        outcome = await scene.see(scene.runner.run(name, {}))
        assert outcome.status == "done", (name, outcome.reason)
    asked = [name for name in scene.dog.done if name not in ("stand", "limp")]
    assert asked == ["sit", "shake_right", "stretch", "push_up", "lie"]


async def test_it_walks_and_turns_by_so_much(scene: Scene) -> None:
    outcome = await scene.see(scene.runner.run("turn", {"degrees": 135}))
    assert outcome.status == "done" and abs(float(outcome.evidence["turned"]) - 135) < 10
    start = scene.dog.position
    outcome = await scene.see(scene.runner.run("walk", {"metres": 1.5}))
    assert outcome.status == "done" and distance(start, scene.dog.position) == pytest.approx(1.5, abs=0.2)


async def test_a_wall_ends_a_walk_and_it_says_so(scene: Scene) -> None:
    outcome = await scene.see(scene.runner.run("walk", {"metres": 3}))
    assert outcome.status == "failed" and outcome.reason is not None and "way" in outcome.reason.en
    assert scene.dog.position[0] < 5.25


async def test_a_person_who_stands_in_the_way_is_walked_around(scene: Scene) -> None:
    scene.standing.append((5.0, 1.9))
    outcome = await scene.see(scene.runner.run("go_to", {"area": "kitchen"}))
    assert outcome.status == "done", outcome.reason
    assert scene.area == "kitchen"


async def test_where_no_way_leads_is_unreachable(scene: Scene) -> None:
    scene.standing += [(6.7, 3.2), (7.05, 3.2), (7.4, 3.2), (5.4, 5.2), (5.4, 5.55), (5.4, 5.8)]
    outcome = await scene.see(scene.runner.run("go_to", {"area": "kitchen"}), 400)
    assert outcome.status == "unreachable" and scene.area != "kitchen"
    assert (await scene.see(scene.runner.run("go_to", {"area": "study"}))).status == "unreachable"
    assert (await scene.see(scene.runner.run("go_to", {"area": "moon"}))).status == "unreachable"


async def test_a_patrol_tells_what_it_reached_and_comes_back(scene: Scene) -> None:
    outcome = await scene.see(scene.runner.run("patrol", {"areas": "dining_room,study,hallway"}), 600)
    assert outcome.status == "done", outcome.reason
    assert outcome.evidence["reached"] == "dining_room,hallway" and outcome.evidence["missed"] == "study"
    assert distance(scene.dog.position, BED) < 0.6


async def test_stop_ends_a_walk_at_once_and_what_waits(scene: Scene) -> None:
    going = asyncio.create_task(scene.runner.run("go_to", {"area": "garage"}))
    waiting = asyncio.create_task(scene.runner.run("sit", {}))
    await scene.step(8)
    assert not going.done()
    outcome = await scene.see(scene.runner.run("stop", {}), 5)
    assert outcome.status == "done"
    assert (await going).status == "cancelled" and (await waiting).status == "cancelled"
    here = scene.dog.position
    await scene.step(5)
    assert distance(here, scene.dog.position) < 0.01 and "sit" not in scene.dog.done


async def test_the_emergency_stop_ends_everything_until_a_person_releases_it(scene: Scene) -> None:
    going = asyncio.create_task(scene.runner.run("go_to", {"area": "garage"}))
    await scene.step(8)
    scene.driver.emergency_stop("the page")
    assert scene.dog.motion.id == "emergency_stop"
    assert (await scene.see(going_of(going))).status in ("cancelled", "refused")
    assert (await scene.see(scene.runner.run("stand", {}))).status == "refused"
    await scene.step(1)
    assert not scene.driver.release(Owner(id="routine")) and scene.driver.stopped
    assert scene.driver.release(Owner(id="lan", person=True))
    assert (await scene.see(scene.runner.run("stand", {}))).status == "done"


async def going_of(task: asyncio.Task[T]) -> T:
    return await task


async def test_a_dog_that_says_yes_and_does_nothing_is_not_believed(scene: Scene) -> None:
    scene.dog.faked.deaf = True
    outcome = await scene.see(scene.runner.run("stand", {}))
    assert outcome.status == "failed" and outcome.reason is not None


async def test_a_silent_dog_is_told_of(scene: Scene) -> None:
    scene.dog.faked.silent = True
    await scene.step(1)
    outcome = await scene.see(scene.runner.run("stand", {}))
    assert outcome.status == "refused" and outcome.reason is not None and "answer" in outcome.reason.en
    assert (await scene.runner.run("battery", {})).status == "unreachable"


async def test_it_gets_up_when_it_has_fallen(scene: Scene) -> None:
    scene.dog.faked.fallen = True
    await scene.step(0.2)
    outcome = await scene.see(scene.runner.run("stand", {}))
    assert outcome.status == "done" and "recover" in scene.dog.done


async def test_an_empty_battery_makes_it_lie_down_in_the_middle_of_a_walk(scene: Scene) -> None:
    going = asyncio.create_task(scene.runner.run("go_to", {"area": "garage"}))
    await scene.step(8)
    scene.dog.faked.battery = 3.0
    await scene.step(1)
    assert scene.dog.motion.id == "lie"
    assert (await going).status == "refused"
    scene.dog.faked.battery = 15.0
    await scene.step(0.5)
    outcome = await scene.see(scene.runner.run("home", {}))
    assert outcome.status == "done" and distance(scene.dog.position, BED) < 0.5
    told = await scene.runner.run("battery", {})
    assert told.evidence["battery"] == 15 and "low" in str(told.evidence["faults"])


async def test_another_master_is_noticed_and_nothing_is_done(scene: Scene) -> None:
    scene.wire.publish(COMMANDS, RobotCommand(mode=12, life_count=99))
    assert scene.driver.foreign
    outcome = await scene.see(scene.runner.run("sit", {}))
    assert outcome.status == "refused" and outcome.reason is not None and "program" in outcome.reason.en


async def test_a_person_takes_it_from_another_owner_and_a_routine_does_not(scene: Scene) -> None:
    other = Owner(id="somebody")
    assert scene.driver.take(other)
    outcome = await scene.see(scene.runner.run("sit", {}, person=False))
    assert outcome.status == "refused" and scene.driver.wish(other, Perform(name="stand")) is None
    assert (await scene.see(scene.runner.run("sit", {}, person=True))).status == "done"


async def test_what_is_asked_for_without_end_is_refused_in_time(scene: Scene) -> None:
    tasks = [asyncio.create_task(scene.runner.run("stay", {"seconds": 600})) for _ in range(WAITING + 3)]
    await scene.step(1)
    assert sum(task.done() and task.result().status == "refused" for task in tasks) == 3
    await scene.see(scene.runner.run("stop", {}), 5)
    assert {(await task).status for task in tasks} == {"cancelled", "refused"}


async def test_where_it_is_and_what_it_cannot(scene: Scene) -> None:
    assert (await scene.runner.run("where", {})).evidence["area"] == "living_room"
    for name in ("backflip", "follow", "look_at", "fly"):
        outcome = await scene.runner.run(name, {})
        assert outcome.status == "refused" and outcome.reason is not None and outcome.reason.zh


def test_arguments_have_bounds() -> None:
    for skill in SKILLS.values():
        assert wrong_argument(skill, {"sideways": 1.0}) is not None
        for parameter in skill.parameters:
            if parameter.type != "number":
                assert wrong_argument(skill, {parameter.name: ""}) is not None
                continue
            for bad in (float("nan"), 1e9, -1e9, "much", True):
                assert wrong_argument(skill, {parameter.name: bad}) is not None
            assert wrong_argument(skill, {parameter.name: parameter.max}) is None


def test_every_skill_has_names_and_no_name_twice() -> None:
    words = [word for skill in SKILLS.values() for word in (skill.name.zh, skill.name.en, *skill.said)]
    assert all(words) and len(words) == len(set(words))
