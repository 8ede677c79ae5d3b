"""Where each foot should come down next, and what the ground under the feet looks like."""

from __future__ import annotations

import math

import numpy as np

from homebody.robot.control.estimation import GRAVITY
from homebody.robot.dimensions import ABAD_PLACES, HIP_OFFSET, SIDE, Array

_UNDER_HIPS = ABAD_PLACES + np.outer(SIDE * HIP_OFFSET, (0.0, 1.0, 0.0))
_CAPTURE_S = 0.14  # how far ahead of its speed error a foot is set: near sqrt(height / gravity)
_FARTHEST = 0.17  # m that a step may reach from under its hip
_STEEPEST = 0.45
_MEMORY = 0.8


def footholds(
    *,
    position: Array,
    yaw: float,
    velocity: Array,
    wanted: Array,
    turning: float,
    height: float,
    until_landing: Array,
    stance_s: float,
) -> Array:
    """Places of the next touch-downs (4, 3) in the odometry frame; the height is left at the body's.

    A foot lands where its hip will be half a stance later, further out the more the body is faster than
    wanted (the capture point), and so that turning does not throw the body outwards. ``until_landing`` (4,)
    in seconds.
    """
    turned = yaw + turning * (until_landing + 0.5 * stance_s)
    cosine, sine = np.cos(turned), np.sin(turned)
    x, y = _UNDER_HIPS[:, 0], _UNDER_HIPS[:, 1]
    vx, vy = float(velocity[0]), float(velocity[1])
    lean = 0.5 * math.sqrt(max(height, 0.1) / GRAVITY) * turning
    step_x = 0.5 * stance_s * vx + _CAPTURE_S * (vx - float(wanted[0])) + lean * vy
    step_y = 0.5 * stance_s * vy + _CAPTURE_S * (vy - float(wanted[1])) - lean * vx
    places = np.empty((4, 3))
    places[:, 0] = position[0] + vx * until_landing + cosine * x - sine * y + _limited(step_x)
    places[:, 1] = position[1] + vy * until_landing + sine * x + cosine * y + _limited(step_y)
    places[:, 2] = position[2]
    return places


def _limited(step: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, step))


class Ground:
    """A plane through the last places of the feet: slope and height, smoothed."""

    def __init__(self) -> None:
        self._slope = np.zeros(2)

    def update(self, placed: Array) -> None:
        """Learn from where the four feet last stood, (4, 3)."""
        centred = placed - placed.mean(axis=0)
        xy = centred[:, :2]
        (a, b), (_, d) = (xy.T @ xy).tolist()
        determinant = a * d - b * b
        if determinant < 1e-5:  # the feet stand in one line
            return
        p, q = (xy.T @ centred[:, 2]).tolist()
        slope = np.array([(d * p - b * q) / determinant, (a * q - b * p) / determinant])
        self._slope = _MEMORY * self._slope + (1.0 - _MEMORY) * np.clip(slope, -_STEEPEST, _STEEPEST)

    def heights(self, placed: Array, at: Array) -> Array:
        """Height of the plane, which goes through the middle of ``placed``, at these places (n, 3)."""
        middle = placed.mean(axis=0)
        heights: Array = middle[2] + (at[:, :2] - middle[:2]) @ self._slope
        return heights

    def tilt(self, yaw: float) -> tuple[float, float]:
        """Roll and pitch of a body that lies parallel to the ground."""
        cosine, sine = math.cos(yaw), math.sin(yaw)
        ahead = cosine * self._slope[0] + sine * self._slope[1]
        left = -sine * self._slope[0] + cosine * self._slope[1]
        return math.atan(left), -math.atan(ahead)
