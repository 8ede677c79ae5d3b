"""Where the middle of the body may be: the floor plan as a grid of cells, with what was seen added to it.

Solid things are widened by the body's radius. A cell costs more the nearer something is, so that ways keep to
the middle of corridors and doors where they can.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from homebody.core.floor_plan import WALL_THICKNESS, FloorLayout
from homebody.core.plane import Point, Segment, contains, distance, distance_to, edges

Cell = tuple[int, int]

CELL_M = 0.1
BODY_RADIUS = 0.22
"""Metres that the middle of the body keeps from solid things: a little more than half its width, since it
walks through doors lengthwise."""
COMFORT_M = 0.25
"""Within so many metres beyond that, cells cost more."""
BODY_HEIGHT = 0.36
"""What is higher above the ground is walked under."""


class Grid:
    """Cells of one floor, by column and row. ``near`` is metres to the nearest solid thing, per cell."""

    def __init__(self, layout: FloorLayout, *, shut: Collection[str] = ()) -> None:
        """``shut`` are ids of doors that are known to be closed."""
        (left, low), (right, high) = layout.bounds
        margin = 1.0
        self._origin = (left - margin, low - margin)
        self.columns = math.ceil((right - left + 2 * margin) / CELL_M)
        self.rows = math.ceil((high - low + 2 * margin) / CELL_M)
        self._near = [0.0] * (self.columns * self.rows)
        self._layout = layout
        for room in layout.rooms:  # the dog stays where somebody drew a room
            self._fill(room.outline, math.inf)
        reach = BODY_RADIUS + COMFORT_M
        walls = [*layout.walls, *(door.posts for door in layout.doors if door.id in shut)]
        for wall in walls:
            self._draw(wall, WALL_THICKNESS / 2, reach)
        for thing in layout.furniture:
            if thing.underside < BODY_HEIGHT:
                for edge in edges(thing.outline):
                    self._draw(edge, 0.0, reach)
                self._fill(thing.outline, 0.0)

    def cell(self, point: Point) -> Cell:
        return (
            math.floor((point[0] - self._origin[0]) / CELL_M),
            math.floor((point[1] - self._origin[1]) / CELL_M),
        )

    def center(self, cell: Cell) -> Point:
        return (self._origin[0] + (cell[0] + 0.5) * CELL_M, self._origin[1] + (cell[1] + 0.5) * CELL_M)

    def free(self, cell: Cell) -> bool:
        """Whether the middle of the body may be there. Outside of all rooms it may not."""
        return self._inside(cell) and self._near[self._index(cell)] >= BODY_RADIUS

    def spot_in(self, area: str) -> Point | None:
        """Where to stand in a room: near its middle, and not squeezed in. None: no such room, or no space."""
        room = self._layout.room(area)
        if room is None:
            return None
        cells = ((column, row) for column in range(self.columns) for row in range(self.rows))
        spots = [self.center(cell) for cell in cells if self.free(cell)]
        return min(
            (spot for spot in spots if contains(room.outline, spot)),
            key=lambda spot: distance(spot, room.center) + self.cost(self.cell(spot)) - 1.0,
            default=None,
        )

    def cost(self, cell: Cell) -> float:
        """What a metre costs there: 1, and up to 4 right beside something."""
        spare = self._near[self._index(cell)] - BODY_RADIUS
        return 1.0 if spare >= COMFORT_M else 1.0 + 3.0 * (1.0 - max(0.0, spare) / COMFORT_M)

    def drawn_near(self, point: Point) -> float:
        """Metres to the nearest solid thing that is known, infinite if that is far."""
        cell = self.cell(point)
        return self._near[self._index(cell)] if self._inside(cell) else math.inf

    def with_seen(self, points: Iterable[Point]) -> Grid:
        """A copy in which something stands at these points."""
        grid = object.__new__(Grid)
        grid._origin, grid.columns, grid.rows = self._origin, self.columns, self.rows
        grid._layout, grid._near = self._layout, list(self._near)
        for point in points:
            grid._draw((point, point), 0.0, BODY_RADIUS + COMFORT_M)
        return grid

    def _inside(self, cell: Cell) -> bool:
        return 0 <= cell[0] < self.columns and 0 <= cell[1] < self.rows

    def _index(self, cell: Cell) -> int:
        return cell[1] * self.columns + cell[0]

    def _draw(self, segment: Segment, thickness: float, reach: float) -> None:
        reach += thickness
        xs, ys = (segment[0][0], segment[1][0]), (segment[0][1], segment[1][1])
        low = self.cell((min(xs) - reach, min(ys) - reach))
        high = self.cell((max(xs) + reach, max(ys) + reach))
        for row in range(max(0, low[1]), min(self.rows, high[1] + 1)):
            for column in range(max(0, low[0]), min(self.columns, high[0] + 1)):
                index = row * self.columns + column
                away = max(0.0, distance_to(segment, self.center((column, row))) - thickness)
                self._near[index] = min(self._near[index], away)

    def _fill(self, outline: tuple[Point, ...], near: float) -> None:
        low = self.cell((min(x for x, _ in outline), min(y for _, y in outline)))
        high = self.cell((max(x for x, _ in outline), max(y for _, y in outline)))
        for row in range(max(0, low[1]), min(self.rows, high[1] + 1)):
            for column in range(max(0, low[0]), min(self.columns, high[0] + 1)):
                if contains(outline, self.center((column, row))):
                    self._near[row * self.columns + column] = near
