"""What an owner may wish for: a velocity for a moment, a motion, or a pose."""

from __future__ import annotations

import math
from dataclasses import dataclass

from homebody.robot.motions import HEIGHT, MOTIONS, TILT, Motion
from homebody.robot.safety.limits import Velocity

DRIVE_S = 0.4
"""A velocity holds for so long, unless it is wished for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """Walk so for a moment. ``until`` on the driver's clock; ``indoors`` bounds it further."""

    velocity: Velocity
    until: float
    gait: str = "trot_slow"
    indoors: bool = True

    @property
    def motion(self) -> Motion:
        return MOTIONS[self.gait]


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform:
    """One motion of the table that is no gait."""

    name: str

    @property
    def motion(self) -> Motion:
        return MOTIONS[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Stand with this roll, pitch, yaw (rad) and height (m), reached within ``duration_s``."""

    attitude: tuple[float, float, float] = (0.0, 0.0, 0.0)
    height: float = 0.22
    duration_s: float = 0.5

    @property
    def motion(self) -> Motion:
        return MOTIONS["pose"]

    def within_bounds(self) -> Pose | None:
        """The pose with everything within the documented bounds; None if a part of it is no number."""
        if not all(math.isfinite(part) for part in (*self.attitude, self.height, self.duration_s)):
            return None
        roll, pitch, yaw = (min(TILT, max(-TILT, part)) for part in self.attitude)
        return Pose(
            attitude=(roll, pitch, yaw),
            height=min(HEIGHT[1], max(HEIGHT[0], self.height)),
            duration_s=min(5.0, max(0.2, self.duration_s)),
        )


Wish = Drive | Perform | Pose
