"""From a way and a pose to a velocity: look a little ahead, turn there, walk, slow down before the end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from homebody.core.plane import Point, Segment, distance, nearest_on
from homebody.robot.safety.limits import STILL, Velocity

LOOK_AHEAD_M = 0.45
SPEED = 0.5
"""Metres a second where the way is straight."""
TURN_GAIN = 2.0
TURN_FIRST = 0.9
"""Radians off the way from which the dog turns on the spot before it walks."""
SLOWING = 0.5
"""Deceleration before the end, m/s²."""


@dataclass(frozen=True, slots=True)
class Posture:
    """Where the middle of the body is on the plan (m), and which way it looks (rad)."""

    position: Point
    heading: float


def ahead_on(path: Sequence[Point], position: Point, look_ahead: float = LOOK_AHEAD_M) -> Point:
    """The point of the way that lies ``look_ahead`` beyond the one nearest to ``position``."""
    if len(path) == 1:
        return path[0]
    legs: list[Segment] = list(pairwise(path))
    nearest = min(range(len(legs)), key=lambda index: distance(nearest_on(legs[index], position), position))
    at, left = nearest_on(legs[nearest], position), look_ahead
    for _, end in legs[nearest:]:
        away = distance(at, end)
        if away >= left and away > 0:
            part = left / away
            return (at[0] + (end[0] - at[0]) * part, at[1] + (end[1] - at[1]) * part)
        at, left = end, left - away
    return path[-1]


def velocity_along(path: Sequence[Point], here: Posture, *, speed: float = SPEED) -> Velocity:
    """The velocity, in body axes, that follows the way."""
    target = ahead_on(path, here.position)
    to_end = distance(here.position, path[-1])
    off = bearing(here, target)
    turn = max(-1.2, min(1.2, TURN_GAIN * off))
    if abs(off) > TURN_FIRST:
        return (0.0, 0.0, turn)
    pace = min(speed, math.sqrt(2 * SLOWING * max(to_end, 0.02))) * max(0.2, math.cos(off) ** 2)
    return (pace, 0.0, turn)


def bearing(here: Posture, target: Point) -> float:
    """How far to turn left (rad) to look at a point."""
    direction = math.atan2(target[1] - here.position[1], target[0] - here.position[0])
    return math.remainder(direction - here.heading, math.tau)


def turning_to(heading: float, here: Posture) -> Velocity:
    """The velocity that turns on the spot to look in a direction of the plan."""
    off = math.remainder(heading - here.heading, math.tau)
    return STILL if abs(off) < 0.01 else (0.0, 0.0, max(-1.0, min(1.0, TURN_GAIN * off)))
