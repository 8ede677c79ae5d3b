"""What the dog feels, and what it makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homebody.robot.control.rotations import Quaternion
from homebody.robot.dimensions import Array

Flags = NDArray[np.bool_]
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """One sample of the sensors."""

    gyro: Vector  # rad/s, body frame
    acceleration: Vector  # specific force, m/s², body frame: at rest it points up with 9.81
    joints: Array  # (4, 3) rad
    speeds: Array  # (4, 3) rad/s
    contact: Flags  # (4,) a foot bears weight


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The body in its odometry frame, as estimated."""

    quaternion: Quaternion  # body to odometry frame
    angles: Vector  # roll, pitch, yaw
    rotation: Array  # (3, 3) body to odometry frame
    position: Array  # (3,) of the body's origin
    velocity: Array  # (3,) of the body's origin, odometry frame
    turning: Array  # (3,) rad/s, body frame
    joints: Array  # (4, 3)
    speeds: Array  # (4, 3)
    feet: Array  # (4, 3) centres of the feet, body frame
    jacobians: Array  # (4, 3, 3) of the feet by the leg's joints
    contact: Flags  # (4,)

    @property
    def up(self) -> float:
        """Cosine of the tilt: 1 upright, -1 on its back."""
        return float(self.rotation[2, 2])
