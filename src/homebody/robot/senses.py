"""What is known of the dog at one moment, each thing with its age."""

from __future__ import annotations

import math
from dataclasses import dataclass

from homebody.robot.wire.messages import Odometry, RobotResponse

SILENT_S = 0.5
"""What is older says nothing about now."""


@dataclass(frozen=True, slots=True)
class Range:
    """One ray: its ``bearing`` from straight ahead (rad, counter-clockwise) and how far the nearest thing in
    it is from the middle of the body (m, infinite where nothing is seen)."""

    bearing: float
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Senses:
    """``now`` is in seconds of a clock that only goes forward. What never came is None and infinitely old."""

    now: float
    response: RobotResponse | None = None
    response_age_s: float = math.inf
    odometry: Odometry | None = None
    odometry_age_s: float = math.inf
    celsius: float | None = None
    """Of the hottest motor."""
    battery: float | None = None
    """Percent."""
    charging: bool | None = None
    ranges: tuple[Range, ...] = ()
    ranges_age_s: float = math.inf
    person_m: float | None = None
    """How far the nearest person is, where one is seen."""

    @property
    def silent(self) -> bool:
        """Whether the board has not been heard for too long."""
        return self.response is None or self.response_age_s > SILENT_S

    @property
    def lost(self) -> bool:
        """Whether nobody knows where the body is and how it lies."""
        return self.odometry is None or self.odometry_age_s > SILENT_S
