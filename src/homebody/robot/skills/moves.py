"""The moves that skills are made of: get ready, perform a motion, turn, walk. Each ends, and each is seen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from homebody.core.clock import Clock
from homebody.core.plane import distance
from homebody.robot.driver.driver import Driver
from homebody.robot.driver.wishes import DRIVE_S, Drive, Perform, Wish
from homebody.robot.motions import DONE, MOTIONS, Mode, Motion, may_follow
from homebody.robot.navigation.following import Posture
from homebody.robot.navigation.map import Anchor, Map
from homebody.robot.safety.checks import fallen
from homebody.robot.safety.lease import Owner
from homebody.robot.safety.limits import STILL, Velocity
from homebody.robot.senses import Senses
from homebody.robot.skills import seen
from homebody.robot.skills.outcome import SkillFailedError
from homebody.robot.words import Words

TICK_S = 0.1
STUCK_S = 6.0
"""Without getting anywhere for so long, it is stuck."""
LOST = Words("不知道自己在哪", "it does not know where it is")


@dataclass(slots=True, kw_only=True)
class Body:
    """What a skill works with. ``chart`` is None where the home has no floor plan."""

    driver: Driver
    owner: Owner
    clock: Clock
    chart: Map | None = None
    anchor: Anchor = field(default_factory=Anchor)

    @property
    def here(self) -> Posture:
        """Where it is, on the plan if there is one."""
        senses = self.driver.senses
        if senses.lost or senses.odometry is None:
            raise SkillFailedError(LOST)
        x, y, _ = senses.odometry.position
        return self.anchor.placed((x, y), senses.odometry.attitude[2])

    def wish(self, wish: Wish) -> None:
        """Raises what ends the skill, if it is refused."""
        if refused := self.driver.wish(self.owner, wish):
            raise SkillFailedError(refused.words, "refused")

    def drive(self, velocity: Velocity) -> None:
        self.wish(Drive(velocity=velocity, until=self.clock.monotonic() + DRIVE_S))

    async def until(self, wanted: Callable[[Senses], bool], within_s: float) -> bool:
        """Whether it came about in time. The lease is kept alive meanwhile."""
        end = self.clock.monotonic() + within_s
        while (left := end - self.clock.monotonic()) > 0:
            self.driver.beat(self.owner)
            if await self.driver.until(lambda s: True if wanted(s) else None, min(left, TICK_S)):
                return True
            if self.driver.stopped:
                raise SkillFailedError(Words("急停了", "the emergency stop was pressed"), "cancelled")
        return False


def can_walk(senses: Senses) -> bool:
    """Whether the board is in a mode that a gait may follow."""
    modes = (Mode.STAND, Mode.LOCOMOTION, Mode.RECOVERY, Mode.POSE)
    return senses.response is not None and senses.response.mode in modes


async def ready(body: Body) -> None:
    """Stand, from whatever posture, so that it can walk. Gets up first where it has fallen."""
    senses = body.driver.senses
    if fallen(senses):
        await perform(body, "recover", seen.standing)
    if not can_walk(body.driver.senses) or not seen.standing(body.driver.senses):
        await perform(body, "stand", seen.standing)


async def ready_for(body: Body, motion: Motion) -> None:
    """Stand, and be in a mode that the motion may follow: a trick does not follow walking."""
    await ready(body)
    response = body.driver.senses.response
    if response is None or not may_follow(response.mode, motion):
        await perform(body, "stand", seen.standing)


async def perform(body: Body, name: str, wanted: Callable[[Senses], bool]) -> None:
    """A motion, until what is wanted of it is seen and the board is through with it."""
    motion = MOTIONS[name]
    body.wish(Perform(name=name))

    def over(senses: Senses) -> bool:
        response = senses.response
        through = response is not None and not senses.silent and response.progress >= DONE
        return through and response is not None and response.mode == motion.mode and wanted(senses)

    if not await body.until(over, motion.at_most_s):
        raise SkillFailedError(
            Words(f"没有{motion.zh}：看不到姿势变化", f"it did not {motion.en}: its pose did not show it")
        )


async def trick(body: Body, name: str) -> dict[str, float | str]:
    """A trick: something of the body moved while it lasted, and it is upright after it."""
    motion = MOTIONS[name]
    await ready_for(body, motion)
    before = body.driver.senses.odometry
    if before is None:
        raise SkillFailedError(LOST)
    body.wish(Perform(name=name))
    moved = await body.until(lambda s: seen.moved(before, s), motion.at_most_s)
    if not moved:
        raise SkillFailedError(Words(f"没有{motion.zh}：身体没动", f"it did not {motion.en}: nothing moved"))

    def over(senses: Senses) -> bool:
        response = senses.response
        if response is None or senses.silent:
            return False
        elsewhere = (response.mode, response.gait_id) != motion.key  # the board may go on to hold a pose
        return (elsewhere or response.progress >= DONE) and not fallen(senses)

    if not await body.until(over, motion.at_most_s):
        raise SkillFailedError(Words(f"{motion.zh}没做完", f"it did not finish: {motion.en}"))
    return {}


async def halt(body: Body) -> None:
    """Stand still, and see it."""
    response = body.driver.senses.response
    if response is not None and response.mode == Mode.LOCOMOTION:
        body.drive(STILL)
    if not await body.until(seen.still, 2.5):
        raise SkillFailedError(Words("还在动", "it is still moving"))


async def turn_by(body: Body, degrees: float) -> dict[str, float | str]:
    """On the spot, to the left where above 0."""
    await ready(body)
    wanted = math.radians(degrees)
    done, before = 0.0, body.here.heading
    end = body.clock.monotonic() + 8 + abs(wanted) / 0.4
    while abs(wanted - done) > math.radians(5):
        if body.clock.monotonic() > end:
            raise SkillFailedError(
                Words(f"只转了{math.degrees(done):.0f}度", f"it turned by {math.degrees(done):.0f}° only")
            )
        body.drive((0.0, 0.0, max(-1.0, min(1.0, 2.0 * (wanted - done)))))
        await body.until(lambda _: False, TICK_S)
        now = body.here.heading
        done += math.remainder(now - before, math.tau)
        before = now
    await halt(body)
    return {"turned": round(math.degrees(done), 1)}


async def walk_by(body: Body, metres: float) -> dict[str, float | str]:
    """Straight on, backwards where below 0. Ends before what stands in the way, and says so."""
    await ready(body)
    start = body.here
    direction = (math.cos(start.heading), math.sin(start.heading))
    last_progress, best = body.clock.monotonic(), 0.0

    def walked() -> float:
        x, y = body.here.position
        return (x - start.position[0]) * direction[0] + (y - start.position[1]) * direction[1]

    while abs(left := metres - walked()) > 0.05 and left * metres > 0:
        if abs(walked()) > best + 0.03:
            best, last_progress = abs(walked()), body.clock.monotonic()
        if body.clock.monotonic() - last_progress > STUCK_S:
            await halt(body)
            raise SkillFailedError(
                Words(f"前面有东西，只走了{best:.1f}米", f"something is in the way after {best:.1f} m")
            )
        correction = max(-0.5, min(0.5, 1.5 * math.remainder(start.heading - body.here.heading, math.tau)))
        speed = max(0.12, min(0.4, abs(left)))
        body.drive((math.copysign(speed, left), 0.0, correction))
        await body.until(lambda _: False, TICK_S)
    await halt(body)
    if abs(metres - walked()) > 0.2:
        raise SkillFailedError(Words(f"走了{walked():.1f}米", f"it went {walked():.1f} m"))
    return {"walked": round(walked(), 2)}


async def stay(body: Body, seconds: float) -> dict[str, float | str]:
    await ready(body)
    start = body.here.position
    await body.until(lambda _: False, seconds)
    if distance(start, body.here.position) > 0.2:
        raise SkillFailedError(Words("没待住", "it did not stay where it was"))
    return {}
