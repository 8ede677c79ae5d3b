"""A dog without physics: it goes where it is sent, at once and exactly, and speaks the protocol.

For tests of what commands a dog, and for machines without a simulator. It keeps to the table of motions, so
it refuses what the board refuses; it does not fall, slip or tire. Walls are what ``blocked`` says.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homebody.core.floor_plan import FloorLayout
from homebody.core.plane import Point, contains, distance, turned
from homebody.robot.motions import BY_KEY, MOTIONS, Mode, Motion, may_follow
from homebody.robot.navigation.grid import BODY_HEIGHT, Grid
from homebody.robot.wire.channels import COMMANDS, ODOMETRIES, RESPONSES, TEMPERATURES, WATCHDOG_S
from homebody.robot.wire.memory import AnyWire
from homebody.robot.wire.messages import (
    ALL_FEET,
    MOTOR_HEALTHY,
    MotorTemperature,
    Odometry,
    RobotCommand,
    RobotResponse,
    SwitchStatus,
)
from homebody.robot.wire.side_channels import BATTERY, RANGES, Battery, Ranges

STEP_S = 0.02
HEIGHTS = {"limp": 0.1, "lie": 0.1, "emergency_stop": 0.1}
STANDING = 0.25
RAYS = 36
FAR = 6.0


@dataclass(slots=True, kw_only=True)
class Faked:
    """What tests turn. ``deaf`` answers yes and does nothing; ``silent`` says nothing at all."""

    battery: float = 80.0
    celsius: float = 40.0
    deaf: bool = False
    silent: bool = False
    fallen: bool = False


def solid(layout: FloorLayout, standing: Sequence[Point] = ()) -> Callable[[Point], bool]:
    """What is solid at the height of the dog on a floor: walls, furniture, and whoever is ``standing``."""
    grid = Grid(layout)
    boxes = [thing.outline for thing in layout.furniture if thing.underside < BODY_HEIGHT]

    def blocked(point: Point) -> bool:
        if any(distance(point, person) < 0.2 for person in standing):
            return True
        near = grid.drawn_near(point)
        return near < 0.15 and (near < 0.05 or any(contains(box, point) for box in boxes))

    return blocked


class KinematicDog:
    """``step`` it every ``STEP_S``. ``position``, ``heading`` and ``motion`` are the truth."""

    def __init__(
        self,
        wire: AnyWire,
        *,
        position: Point = (0.0, 0.0),
        heading: float = 0.0,
        blocked: Callable[[Point], bool] = lambda _: False,
        anchored: bool = False,
    ) -> None:
        """``anchored``: its odometry counts from where it stands now, as a real one's does; else it is the
        plan's own."""
        self._origin = (position, heading) if anchored else ((0.0, 0.0), 0.0)
        self.position = position
        self.heading = heading
        self.motion: Motion = MOTIONS["lie"]
        self.faked = Faked()
        self.done: list[str] = []
        """Motions that began, in order."""
        self._wire = wire
        self._blocked = blocked
        self._velocity = (0.0, 0.0, 0.0)
        self._attitude = (0.0, 0.0, 0.0)
        self._height = 0.1
        self._began = self._packet_at = self.now = 0.0
        self._life: int | None = None
        self._status = SwitchStatus.DONE
        self._silence = wire.hear(COMMANDS, self._on_command)

    def close(self) -> None:
        self._silence()

    def _on_command(self, command: RobotCommand) -> None:
        self._packet_at = self.now
        if command.life_count == self._life:
            return
        self._life = command.life_count
        wanted = BY_KEY.get((command.mode, command.gait_id))
        if self.faked.deaf:
            self.motion = wanted or self.motion
            return
        if wanted is None or not may_follow(self.motion.mode, wanted):
            self._status = SwitchStatus.BANNED
            return
        self._status = SwitchStatus.DONE
        if wanted is not self.motion:
            self.motion, self._began = wanted, self.now
            self.done.append(wanted.id)
        if wanted.id == "recover":
            self.faked.fallen = False
        self._attitude = command.attitude if wanted.kind == "pose" else (0.0, 0.0, 0.0)
        self._velocity = command.velocity if wanted.kind == "gait" else (0.0, 0.0, 0.0)
        if wanted.id == "sit":
            self._attitude = (0.0, -0.6, 0.0)

    def step(self) -> None:
        """One ``STEP_S`` on."""
        self.now += STEP_S
        if self.now - self._packet_at > WATCHDOG_S and self.motion.mode not in (Mode.OFF, Mode.DAMPING):
            self.motion, self._velocity, self._life = MOTIONS["limp"], (0.0, 0.0, 0.0), None
        forward, left, turn = self._velocity
        cos, sin = math.cos(self.heading), math.sin(self.heading)
        x = self.position[0] + (cos * forward - sin * left) * STEP_S
        y = self.position[1] + (sin * forward + cos * left) * STEP_S
        if not self._blocked((x, y)):
            self.position = (x, y)
        self.heading = math.remainder(self.heading + turn * STEP_S, math.tau)
        goal = HEIGHTS.get(self.motion.id, STANDING)
        if not self.faked.deaf:
            self._height += max(-0.01, min(0.01, goal - self._height))
        if not self.faked.silent:
            self._tell()

    @property
    def progress(self) -> int:
        lasts = self.motion.lasts_s
        return 100 if lasts <= 0 else min(100, round(100 * (self.now - self._began) / lasts))

    def _tell(self) -> None:
        # a trick is seen by the body's moving: it nods in time
        sway = 0.15 * math.sin(6 * self.now) if self.motion.kind == "trick" and self.progress < 100 else 0.0
        roll, pitch, yaw = self._attitude
        (x0, y0), turned_by = self._origin
        x, y = self.position[0] - x0, self.position[1] - y0
        self._wire.publish(
            RESPONSES,
            RobotResponse(
                mode=int(self.motion.mode),
                gait_id=self.motion.gait,
                contact=ALL_FEET,
                progress=self.progress,
                switch_status=int(self._status),
                motor_error=(MOTOR_HEALTHY,) * 12,
            ),
        )
        self._wire.publish(
            ODOMETRIES,
            Odometry(
                position=(*turned((x, y), -turned_by), self._height),
                attitude=(
                    2.8 if self.faked.fallen else roll,
                    pitch + sway,
                    math.remainder(self.heading - turned_by + yaw, math.tau),
                ),
                body_velocity=self._velocity,
                timestamp_ns=round(self.now * 1e9),
            ),
        )
        if round(self.now / STEP_S) % 5 == 0:
            self._wire.publish(RANGES, self._ranges())
            self._wire.publish(BATTERY, Battery(percent=self.faked.battery))
            self._wire.publish(TEMPERATURES, MotorTemperature(celsius=(self.faked.celsius,) * 12))

    def _ranges(self) -> Ranges:
        step = math.tau / RAYS
        distances = tuple(self._ray(self.heading + number * step) for number in range(RAYS))
        return Ranges(count=RAYS, step=step, distances=distances)

    def _ray(self, bearing: float) -> float:
        cos, sin = math.cos(bearing), math.sin(bearing)
        steps = round(FAR / 0.05)
        for number in range(1, steps):
            along = number * 0.05
            if self._blocked((self.position[0] + cos * along, self.position[1] + sin * along)):
                return along
        return math.inf
