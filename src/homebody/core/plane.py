"""Geometry of the plane: points, segments and outlines, in metres. Pure Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Segment = tuple[Point, Point]

_NEAR = 1e-9


def distance(one: Point, other: Point) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])


def turned(point: Point, angle: float) -> Point:
    """``point`` turned about the origin by ``angle`` (rad, counter-clockwise)."""
    cos, sin = math.cos(angle), math.sin(angle)
    return (cos * point[0] - sin * point[1], sin * point[0] + cos * point[1])


def box_outline(center: Point, size: Point, turn: float) -> tuple[Point, Point, Point, Point]:
    """The corners, counter-clockwise, of a box of ``size`` along its own axes, turned by ``turn`` (rad)."""
    half_x, half_y = size[0] / 2, size[1] / 2
    corners = ((-half_x, -half_y), (half_x, -half_y), (half_x, half_y), (-half_x, half_y))
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (turned(corner, turn) for corner in corners)
    x, y = center
    return ((x + x0, y + y0), (x + x1, y + y1), (x + x2, y + y2), (x + x3, y + y3))


def edges(outline: Sequence[Point]) -> list[Segment]:
    """The sides of a closed outline; the last leads back to the first point."""
    return [(outline[index - 1], outline[index]) for index in range(1, len(outline))] + (
        [(outline[-1], outline[0])] if len(outline) > 1 else []
    )


def signed_area(outline: Sequence[Point]) -> float:
    """In square metres; above zero where the outline runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(outline)) / 2


def centroid(outline: Sequence[Point]) -> Point:
    """The centre of gravity of an outline that has an area."""
    area = signed_area(outline)
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in edges(outline)) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in edges(outline)) / (6 * area)
    return (x, y)


def contains(outline: Sequence[Point], point: Point) -> bool:
    """Whether a point lies inside an outline, by the rule of even and odd; on its edge it may be either."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in edges(outline):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def nearest_on(segment: Segment, point: Point) -> Point:
    """The point of a segment that is nearest to ``point``."""
    (x0, y0), (x1, y1) = segment
    dx, dy = x1 - x0, y1 - y0
    length2 = dx * dx + dy * dy
    if length2 <= _NEAR:
        return segment[0]
    along = min(1.0, max(0.0, ((point[0] - x0) * dx + (point[1] - y0) * dy) / length2))
    return (x0 + along * dx, y0 + along * dy)


def distance_to(segment: Segment, point: Point) -> float:
    return distance(nearest_on(segment, point), point)


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(one: Segment, other: Segment) -> bool:
    """Whether two segments cross, each going from one side of the other to its other side.

    Touching is no crossing: neither a common end nor lying on one line.
    """
    a, b = one
    c, d = other
    across_other = _side(c, d, a) * _side(c, d, b) < -_NEAR
    across_one = _side(a, b, c) * _side(a, b, d) < -_NEAR
    return across_other and across_one


def lies_along(part: Segment, whole: Segment, within: float) -> bool:
    """Whether both ends of ``part`` are no farther than ``within`` metres from ``whole``."""
    return all(distance_to(whole, end) <= within for end in part)


def without(whole: Segment, gaps: Iterable[Segment], within: float) -> list[Segment]:
    """What is left of a segment when gaps that lie along it, up to ``within`` metres away, are cut out."""
    (x0, y0), (x1, y1) = whole
    length = distance(*whole)
    if length <= _NEAR:
        return []
    spans: list[tuple[float, float]] = []
    for gap in gaps:
        if not lies_along(gap, whole, within):
            continue
        along = [((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length for x, y in gap]
        spans.append((max(0.0, min(along)), min(length, max(along))))

    def at(along: float) -> Point:
        return (x0 + (x1 - x0) * along / length, y0 + (y1 - y0) * along / length)

    left: list[Segment] = []
    reached = 0.0
    for start, end in [*sorted(spans), (length, length)]:
        if start - reached > 1e-6:
            left.append((at(reached), at(start)))
        reached = max(reached, end)
    return left
