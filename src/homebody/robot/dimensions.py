"""Published figures of CyberDog 2: lengths in metres, masses in kilograms, angles in radians, torques in N·m.

Source: Xiaomi's public robot description (cyberdog_description, ``const.xacro``); figures only.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEGS: Final = ("FR", "FL", "RR", "RL")
JOINTS: Final = ("abad", "hip", "knee")
FRONT: Final = (True, True, False, False)
SIDE: Final[Array] = np.array([-1.0, 1.0, -1.0, 1.0])
"""+1 for a left leg, -1 for a right one."""

BODY_SIZE: Final = (0.236, 0.190, 0.109)
BODY_MASS: Final = 4.03
BODY_CENTRE: Final = (0.0273, 0.0, 0.0143)
BODY_INERTIA: Final = (0.0185, 0.0517, 0.0483)

ABAD_X: Final = 0.164
ABAD_Y: Final = 0.042
HIP_OFFSET: Final = 0.094
THIGH: Final = 0.120
SHANK: Final = 0.174
FOOT_RADIUS: Final = 0.019

ABAD_MASS: Final = 0.354
HIP_MASS: Final = 0.482
KNEE_MASS: Final = 0.116
ROTOR_MASS: Final = 0.0567
MASS: Final = BODY_MASS + 4 * (ABAD_MASS + HIP_MASS + KNEE_MASS + 3 * ROTOR_MASS)

GEAR: Final = 7.75
ROTOR_INERTIA: Final = 4.78e-5
TORQUE_LIMIT: Final = 12.0
SPEED_LIMIT: Final = 31.0

ABAD_RANGE: Final = (-0.68, 0.68)
FRONT_HIP_RANGE: Final = (-1.33, 2.79)
REAR_HIP_RANGE: Final = (-0.98, 3.14)
KNEE_RANGE: Final = (-2.53, -0.52)

ABAD_PLACES: Final[Array] = np.array(
    [[ABAD_X if f else -ABAD_X, s * ABAD_Y, 0.0] for f, s in zip(FRONT, SIDE, strict=True)]
)
"""Where each leg's first joint sits in the body, (4, 3)."""

JOINT_LOW: Final[Array] = np.array(
    [[ABAD_RANGE[0], (FRONT_HIP_RANGE if f else REAR_HIP_RANGE)[0], KNEE_RANGE[0]] for f in FRONT]
)
JOINT_HIGH: Final[Array] = np.array(
    [[ABAD_RANGE[1], (FRONT_HIP_RANGE if f else REAR_HIP_RANGE)[1], KNEE_RANGE[1]] for f in FRONT]
)
