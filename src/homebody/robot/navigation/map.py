"""The dog's map: the plan of its floor, which doors are shut, and what was seen that no plan shows.

Odometry counts from where it began; ``Anchor`` lays that onto the plan.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from homebody.core.floor_plan import FloorLayout
from homebody.core.plane import Point, distance, turned
from homebody.robot.navigation.following import Posture
from homebody.robot.navigation.grid import BODY_RADIUS, CELL_M, Grid
from homebody.robot.navigation.path import find_path
from homebody.robot.senses import Range

BELIEVED_S = 12.0
"""What was seen stands there for so long after it was seen last; people walk on."""
TRUSTED_M = 2.5
"""Rays that end farther away are not drawn: at that distance a small error of the heading counts."""
KNOWN_M = 0.25
"""Rays that end so near to something drawn have hit that."""


HEAP_M = 0.6
"""What was seen nearer together counts as one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where on the plan the odometry began, and how it was turned."""

    position: Point = (0.0, 0.0)
    heading: float = 0.0

    def placed(self, position: Point, heading: float) -> Posture:
        """A pose of the odometry on the plan."""
        x, y = turned(position, self.heading)
        return Posture(
            (self.position[0] + x, self.position[1] + y),
            math.remainder(self.heading + heading, math.tau),
        )


class Map:
    """One floor's. Times are seconds of one clock."""

    def __init__(self, layout: FloorLayout) -> None:
        self.layout = layout
        self._shut: frozenset[str] = frozenset()
        self._drawn = Grid(layout)
        self._seen: dict[tuple[int, int], tuple[Point, float]] = {}

    def shut(self, doors: Collection[str]) -> None:
        """Which doors are known to be closed, by id."""
        if frozenset(doors) != self._shut:
            self._shut = frozenset(doors)
            self._drawn = Grid(self.layout, shut=self._shut)

    def see(self, here: Posture, ranges: Iterable[Range], now: float) -> None:
        """Note what stands where the plan has nothing."""
        for ray in ranges:
            if not 0.1 < ray.distance < TRUSTED_M or not math.isfinite(ray.bearing):
                continue
            direction = here.heading + ray.bearing
            point = (
                here.position[0] + ray.distance * math.cos(direction),
                here.position[1] + ray.distance * math.sin(direction),
            )
            if self._drawn.drawn_near(point) > KNOWN_M:
                spot = (round(point[0] / CELL_M), round(point[1] / CELL_M))
                self._seen[spot] = (point, now + BELIEVED_S)

    def spot_in(self, area: str) -> Point | None:
        """Where to stand in a room of this floor; None if there is no such room, or no space in it."""
        return self._drawn.spot_in(area)

    def way(self, here: Point, goal: Point, now: float) -> list[Point] | None:
        """The way there around all that is known to stand there now; None if there is none."""
        return find_path(self._now(now), here, goal)

    def blocked(self, path: list[Point], now: float) -> bool:
        """Whether something that was seen stands on a way."""
        standing = [point for point, until in self._seen.values() if until > now]
        reach = BODY_RADIUS - CELL_M
        for one, other in pairwise(path):
            count = max(1, math.ceil(distance(one, other) / CELL_M))
            for number in range(count + 1):
                part = number / count
                at = (one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part)
                if any(distance(at, point) < reach for point in standing):
                    return True
        return False

    def strange(self, now: float) -> list[Point]:
        """Where things stand now that no plan shows, one point for each heap of them."""
        heaps: list[Point] = []
        for point, until in self._seen.values():
            if until > now and all(distance(point, other) > HEAP_M for other in heaps):
                heaps.append(point)
        return heaps

    def forget(self) -> None:
        """Forget what was seen."""
        self._seen.clear()

    def _now(self, now: float) -> Grid:
        self._seen = {spot: entry for spot, entry in self._seen.items() if entry[1] > now}
        return self._drawn.with_seen(point for point, _ in self._seen.values())
