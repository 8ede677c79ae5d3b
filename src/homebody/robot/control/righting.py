"""Getting up after a fall: fold the legs, roll over by swinging them, and stand up.

The swing was found by search in simulation, from a dog on its back; it is tried again from where it ends.
"""

from __future__ import annotations

import numpy as np

from homebody.robot.control.postures import LIE
from homebody.robot.control.splines import STAND_UP, Keyframe, Spline
from homebody.robot.control.state import State
from homebody.robot.dimensions import Array

_UPRIGHT = 0.82  # cosine of the tilt from which on the legs can lift the body
_FOLD = Keyframe(seconds=0.5, joints=LIE)
_ROLL_OVER = (
    _FOLD,
    Keyframe(
        seconds=0.137,
        joints=np.array(
            [[-0.57, 0.04, -0.96], [-0.28, 0.98, -1.97], [0.22, 1.48, -1.73], [0.31, 3.09, -0.65]]
        ),
    ),
    Keyframe(
        seconds=0.377,
        joints=np.array(
            [[0.34, -0.46, -1.63], [-0.03, 1.14, -1.75], [0.10, 2.68, -2.0], [0.21, 0.09, -0.88]]
        ),
    ),
    Keyframe(
        seconds=0.345,
        joints=np.array([[0.15, 0.13, -1.28], [0.56, 1.48, -2.25], [0.06, 0.79, -1.84], [0.07, 2.19, -1.03]]),
    ),
    Keyframe(seconds=0.8, joints=LIE),
)


class Righting:
    """Rolls over as often as it takes, at most ``tries`` times, then stands up."""

    def __init__(self, dt: float, *, tries: int = 8) -> None:
        self._dt = dt
        self._left = tries
        self._spline = Spline((_FOLD,), dt)
        self._rising = False

    @property
    def done(self) -> bool:
        """It stands, or has given up."""
        return self._spline.done and (self._rising or self._left == 0)

    def torques(self, state: State) -> Array:
        """Joint torques (4, 3) for this tick."""
        if self._spline.done and not self._rising:
            if state.up > _UPRIGHT:
                self._spline, self._rising = Spline(STAND_UP, self._dt), True
            elif self._left:
                self._left -= 1
                self._spline = Spline(_ROLL_OVER, self._dt)
        return self._spline.torques(state)
