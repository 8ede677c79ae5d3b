"""Named ways to hold the joints, and how far the feet stand apart."""

from __future__ import annotations

from typing import Final

import numpy as np

from homebody.robot.control.kinematics import joints_for
from homebody.robot.dimensions import ABAD_PLACES, HIP_OFFSET, SIDE, Array

STAND_HEIGHT: Final = 0.25  # m of the body's origin over the floor
_FOOT_BELOW: Final = 0.019


def standing_feet(height: float = STAND_HEIGHT) -> Array:
    """Feet straight under the hips, (4, 3) in the body frame, for this height of the body over the floor."""
    feet = ABAD_PLACES.copy()
    feet[:, 1] += SIDE * HIP_OFFSET
    feet[:, 2] = _FOOT_BELOW - height
    return feet


STAND: Final[Array] = joints_for(standing_feet())
LIE: Final[Array] = np.tile([0.0, 1.40, -2.45], (4, 1))
SIT: Final[Array] = np.array([[0, 0.55, -1.0], [0, 0.55, -1.0], [0, 2.0, -2.45], [0, 2.0, -2.45]])
