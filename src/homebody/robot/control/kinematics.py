"""Where the feet are: forward and inverse kinematics of all four legs at once."""

from __future__ import annotations

import numpy as np

from homebody.robot.dimensions import ABAD_PLACES, HIP_OFFSET, SHANK, SIDE, THIGH, Array

_OFFSET = SIDE * HIP_OFFSET
_SHORTEST, _LONGEST = 0.07, (THIGH + SHANK) * 0.999
_EDGE = 1e-9


def feet_and_jacobians(joints: Array) -> tuple[Array, Array]:
    """Centres of the feet in the body frame (4, 3), and their derivatives by the leg's joints (4, 3, 3)."""
    abad, hip = joints[:, 0], joints[:, 1]
    sines, cosines = np.sin(joints), np.cos(joints)
    folded = hip + joints[:, 2]
    sin_folded, cos_folded = np.sin(folded) * SHANK, np.cos(folded) * SHANK
    sin_abad, cos_abad = sines[:, 0], cosines[:, 0]
    along = -THIGH * sines[:, 1] - sin_folded  # forward of the hip
    down = -THIGH * cosines[:, 1] - cos_folded  # in the plane of the leg, negative below the hip
    feet = np.empty_like(joints)
    feet[:, 0] = along
    feet[:, 1] = _OFFSET * cos_abad - down * sin_abad
    feet[:, 2] = _OFFSET * sin_abad + down * cos_abad
    jacobians = np.empty((len(abad), 3, 3))
    jacobians[:, 0, 0] = 0.0
    jacobians[:, 1, 0] = -feet[:, 2]
    jacobians[:, 2, 0] = feet[:, 1]
    jacobians[:, 0, 1] = down
    jacobians[:, 1, 1] = along * sin_abad
    jacobians[:, 2, 1] = -along * cos_abad
    jacobians[:, 0, 2] = -cos_folded
    jacobians[:, 1, 2] = -sin_folded * sin_abad
    jacobians[:, 2, 2] = sin_folded * cos_abad
    feet += ABAD_PLACES
    return feet, jacobians


def joints_for(feet: Array) -> Array:
    """Joint angles (4, 3) that put the feet there (body frame), knees bent backwards.

    A place out of reach gives the nearest reachable stretch of the leg in that direction.
    """
    reach = feet - ABAD_PLACES
    x, y, z = reach[:, 0], reach[:, 1], reach[:, 2]
    down = -np.sqrt(np.maximum(y * y + z * z - HIP_OFFSET**2, 1e-6))
    abad = np.arctan2(z, y) - np.arctan2(down, _OFFSET)
    abad = (abad + np.pi) % (2 * np.pi) - np.pi
    length = np.clip(np.hypot(x, down), _SHORTEST, _LONGEST)
    knee_cosine = (THIGH**2 + SHANK**2 - length**2) / (2 * THIGH * SHANK)
    hip_cosine = (THIGH**2 + length**2 - SHANK**2) / (2 * THIGH * length)
    knee = np.arccos(np.clip(knee_cosine, -1.0, 1.0)) - np.pi
    hip = np.arctan2(-x, -down) + np.arccos(np.clip(hip_cosine, -1.0, 1.0))
    return np.stack([abad, hip, knee], axis=1)
