"""Rotation matrices, quaternions (w, x, y, z) and roll, pitch, yaw, for single bodies.

Scalars are plain floats: for three numbers they are several times faster than arrays.
"""

from __future__ import annotations

import math

import numpy as np

from homebody.robot.dimensions import Array

Quaternion = tuple[float, float, float, float]


def matrix(quaternion: Quaternion) -> Array:
    """Body to world, (3, 3); the quaternion has length one."""
    w, x, y, z = quaternion
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def roll_pitch_yaw(quaternion: Quaternion) -> tuple[float, float, float]:
    """Angles of z-y-x order, in radians."""
    w, x, y, z = quaternion
    return (
        math.atan2(2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
        -math.asin(max(-1.0, min(1.0, 2 * (x * z - w * y)))),
        math.atan2(2 * (x * y + w * z), 1 - 2 * (y * y + z * z)),
    )


def quaternion_of(roll: float, pitch: float, yaw: float) -> Quaternion:
    cr, sr = math.cos(roll / 2), math.sin(roll / 2)
    cp, sp = math.cos(pitch / 2), math.sin(pitch / 2)
    cy, sy = math.cos(yaw / 2), math.sin(yaw / 2)
    return (
        cr * cp * cy + sr * sp * sy,
        sr * cp * cy - cr * sp * sy,
        cr * sp * cy + sr * cp * sy,
        cr * cp * sy - sr * sp * cy,
    )


def turned(quaternion: Quaternion, x: float, y: float, z: float) -> Quaternion:
    """The quaternion after a small turn by (x, y, z) radians, in the body's own frame; of length one."""
    qw, qx, qy, qz = quaternion
    x, y, z = x / 2, y / 2, z / 2
    w = qw - qx * x - qy * y - qz * z
    x, y, z = (
        qx + qw * x + qy * z - qz * y,
        qy + qw * y + qz * x - qx * z,
        qz + qw * z + qx * y - qy * x,
    )
    scale = 1.0 / math.sqrt(w * w + x * x + y * y + z * z)
    return (w * scale, x * scale, y * scale, z * scale)


def wrapped(angle: float) -> float:
    """The same angle within -pi..pi."""
    return (angle + math.pi) % (2 * math.pi) - math.pi


def skew(vectors: Array) -> Array:
    """(..., 3) to the matrices (..., 3, 3) whose product with b is the cross product with b."""
    made = np.zeros((*vectors.shape, 3))
    made[..., 0, 1], made[..., 0, 2] = -vectors[..., 2], vectors[..., 1]
    made[..., 1, 0], made[..., 1, 2] = vectors[..., 2], -vectors[..., 0]
    made[..., 2, 0], made[..., 2, 1] = -vectors[..., 1], vectors[..., 0]
    return made
