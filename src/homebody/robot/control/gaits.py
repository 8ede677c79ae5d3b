"""When each foot stands: gaits as tables, and the clock that runs through them.

A leg's phase goes from 0 to 1: it touches down at 0, lifts at ``stance`` and is in the air until 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homebody.robot.control.state import Flags
from homebody.robot.dimensions import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Gait:
    name: str
    period: float  # s of a whole cycle
    stance: float  # share of it that a foot stands
    offsets: tuple[float, float, float, float]  # phases of FR, FL, RR, RL at the start
    clearance: float = 0.05  # m by which a foot is lifted
    fastest: tuple[float, float, float]  # |vx|, |vy| m/s, |turning| rad/s

    @property
    def stance_s(self) -> float:
        return self.period * self.stance

    @property
    def swing_s(self) -> float:
        return self.period * (1.0 - self.stance)


_DIAGONAL = (0.0, 0.5, 0.5, 0.0)
STANDING = Gait(name="stand", period=0.32, stance=1.0, offsets=_DIAGONAL, fastest=(0.0, 0.0, 0.0))
WALK = Gait(name="walk", period=0.60, stance=0.75, offsets=(0.0, 0.5, 0.75, 0.25), fastest=(0.35, 0.15, 0.8))
SLOW_TROT = Gait(name="slow trot", period=0.36, stance=0.5, offsets=_DIAGONAL, fastest=(0.66, 0.2, 1.3))
MEDIUM_TROT = Gait(name="medium trot", period=0.32, stance=0.5, offsets=_DIAGONAL, fastest=(1.2, 0.4, 2.25))
FAST_TROT = Gait(name="fast trot", period=0.28, stance=0.5, offsets=_DIAGONAL, fastest=(1.6, 0.55, 2.5))


class GaitClock:
    """Runs through a gait, and changes to another where all its feet are due to stand the same way."""

    def __init__(self, gait: Gait) -> None:
        self.gait = gait
        self._cycles = 0.0
        self._offsets = np.array(gait.offsets)
        self.phases: Array = self._offsets % 1.0

    def change(self, gait: Gait) -> None:
        """Go on in this gait from the same share of the cycle."""
        self.gait = gait
        self._offsets = np.array(gait.offsets)
        self.phases = (self._cycles + self._offsets) % 1.0

    def advance(self, dt: float) -> None:
        self._cycles = (self._cycles + dt / self.gait.period) % 1.0
        self.phases = (self._cycles + self._offsets) % 1.0

    @property
    def standing(self) -> Flags:
        return self.phases < self.gait.stance

    def schedule(self, steps: int, dt: float) -> Flags:
        """Which feet stand at the middle of each of so many steps to come, (steps, 4)."""
        ahead = (np.arange(steps)[:, None] + 0.5) * (dt / self.gait.period)
        return (self.phases[None, :] + ahead) % 1.0 < self.gait.stance
