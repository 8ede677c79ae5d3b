"""Slowing down and stopping before what the ranges show, in the direction in which the dog moves."""

from __future__ import annotations

import math
from collections.abc import Iterable

from homebody.robot.safety.limits import Velocity
from homebody.robot.senses import Range

HALF_LENGTH = 0.24
"""From the middle of the body to its nose, legs and paws in a step included, m."""
HALF_WIDTH = 0.17
GAP = 0.15
"""Metres that are left between the body and what stands there."""
BRAKING = 0.6
"""Deceleration that is counted on, m/s²: so fast that it can stop before the gap."""
TURNING_RADIUS = math.hypot(HALF_LENGTH, HALF_WIDTH)


def clearance(direction: float, ranges: Iterable[Range]) -> float:
    """Metres that the body can move towards ``direction`` (rad from straight ahead) before it touches
    something that the ranges show; infinite where they show nothing."""
    cos, sin = math.cos(direction), math.sin(direction)
    # the body seen from the direction in which it moves: how far it reaches ahead, and to the sides
    ahead = HALF_LENGTH * abs(cos) + HALF_WIDTH * abs(sin)
    aside = HALF_LENGTH * abs(sin) + HALF_WIDTH * abs(cos)
    free = math.inf
    for ray in ranges:
        if not math.isfinite(ray.distance) or not math.isfinite(ray.bearing):
            continue
        along = ray.distance * math.cos(ray.bearing - direction)
        across = ray.distance * math.sin(ray.bearing - direction)
        if along > 0 and abs(across) <= aside + 0.03:
            free = min(free, along - ahead)
    return free


def slowed(wanted: Velocity, ranges: Iterable[Range]) -> tuple[Velocity, bool]:
    """A finite velocity that can stop before everything that is seen, and whether it was cut down.

    Turning on the spot sweeps a circle: with something inside it, the dog turns at a third.
    """
    seen = tuple(ranges)
    forward, left, turn = wanted
    speed = math.hypot(forward, left)
    cut = False
    if speed > 0:
        free = clearance(math.atan2(left, forward), seen) - GAP
        allowed = math.sqrt(2 * BRAKING * free) if free > 0 else 0.0
        if allowed < speed:
            forward, left, cut = forward * allowed / speed, left * allowed / speed, True
    if turn and any(ray.distance < TURNING_RADIUS for ray in seen):
        turn, cut = turn / 3, True
    return (forward, left, turn), cut
