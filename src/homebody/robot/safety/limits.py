"""How fast the dog may go: by its gait, by where it is, by who is near, and by how it is itself."""

from __future__ import annotations

import math
from dataclasses import dataclass

from homebody.robot.motions import Limits
from homebody.robot.senses import SILENT_S, Senses

Velocity = tuple[float, float, float]
"""Forward and left (m/s), turning left (rad/s)."""
STILL: Velocity = (0.0, 0.0, 0.0)

OUTDOORS = Limits(forward=1.6, backward=0.6, sideways=0.5, turn=2.0)
INDOORS = Limits(forward=0.6, backward=0.3, sideways=0.2, turn=1.3)
PERSON_NEAR = Limits(forward=0.3, backward=0.15, sideways=0.1, turn=0.8)
BLIND = Limits(forward=0.2, backward=0.15, sideways=0.1, turn=0.6)
"""Without ranges of now."""
SPARING = Limits(forward=0.4, backward=0.2, sideways=0.1, turn=0.8)
"""With a low battery or warm motors."""

NEAR_M = 1.5
BATTERY_LOW = 20.0
BATTERY_EMPTY = 5.0
WARM_C = 74.0
"""From here on, no tricks."""
HOT_C = 82.0
"""The motors' own warning."""
TOO_HOT_C = 87.0
"""The motors' own end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of a moment and why they are what they are: ids of the reasons, the tightest not first."""

    limits: Limits
    reasons: tuple[str, ...]


def bounds(gait: Limits, senses: Senses, *, indoors: bool = True) -> Bounds:
    """The tightest of all limits that apply now."""
    found = gait.least(INDOORS if indoors else OUTDOORS)
    reasons = ["indoors"] if indoors else []
    if senses.person_m is not None and not senses.person_m > NEAR_M:
        found = found.least(PERSON_NEAR)
        reasons.append("person_near")
    if senses.ranges_age_s > SILENT_S or not senses.ranges:
        found = found.least(BLIND)
        reasons.append("blind")
    if senses.battery is not None and not senses.battery > BATTERY_LOW:
        found = found.least(SPARING)
        reasons.append("battery_low")
    if senses.celsius is not None and not senses.celsius < HOT_C:
        found = found.least(SPARING)
        reasons.append("hot")
    return Bounds(limits=found, reasons=tuple(reasons))


def clamp(wanted: Velocity, limits: Limits) -> Velocity:
    """The wanted velocity within limits; standing still if any part of it is no number or not finite."""
    if not all(math.isfinite(part) for part in wanted):
        return STILL
    forward, left, turn = wanted
    return (
        min(limits.forward, max(-limits.backward, forward)),
        min(limits.sideways, max(-limits.sideways, left)),
        min(limits.turn, max(-limits.turn, turn)),
    )
