"""How success is seen: from odometry and pose, never from what the board answers."""

from __future__ import annotations

import math

from homebody.robot.senses import Senses
from homebody.robot.wire.messages import ALL_FEET, Odometry

STANDING_M = 0.18
LYING_M = 0.15
LEVEL = 0.35
"""Roll and pitch (rad) within which it stands level."""
SAT = 0.3
MOVED_RAD = 0.06
MOVED_M = 0.015


def _pose(senses: Senses) -> Odometry | None:
    return None if senses.lost else senses.odometry


def standing(senses: Senses) -> bool:
    pose = _pose(senses)
    return pose is not None and pose.position[2] >= STANDING_M and _tilt(pose) <= LEVEL


def lying(senses: Senses) -> bool:
    pose = _pose(senses)
    return pose is not None and pose.position[2] <= LYING_M and _tilt(pose) <= 2 * LEVEL


def sitting(senses: Senses) -> bool:
    pose = _pose(senses)
    return pose is not None and SAT <= abs(pose.attitude[1]) <= 1.2 and abs(pose.attitude[0]) <= LEVEL


def still(senses: Senses) -> bool:
    pose = _pose(senses)
    if pose is None:
        return False
    return math.hypot(*pose.body_velocity[:2]) < 0.05 and abs(pose.turning[2]) < 0.15


def moved(before: Odometry, senses: Senses) -> bool:
    """Whether the body, or a paw, is not where it was."""
    pose = _pose(senses)
    if pose is None:
        return False
    turned = max(
        abs(math.remainder(one - other, math.tau))
        for one, other in zip(before.attitude, pose.attitude, strict=True)
    )
    lifted = abs(before.position[2] - pose.position[2])
    paw = senses.response is not None and 0 < senses.response.contact & ALL_FEET < ALL_FEET
    return turned > MOVED_RAD or lifted > MOVED_M or paw


def _tilt(pose: Odometry) -> float:
    return max(abs(pose.attitude[0]), abs(pose.attitude[1]))
