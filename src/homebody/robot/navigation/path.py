"""The shortest way on a grid: A* over eight neighbours, then straightened where the straight line is free."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterator
from itertools import pairwise

from homebody.core.plane import Point, distance
from homebody.robot.navigation.grid import CELL_M, Cell, Grid

_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
ESCAPE_M = 0.5
"""A start or goal where the body does not quite fit is moved by at most so much."""


def find_path(grid: Grid, start: Point, goal: Point) -> list[Point] | None:
    """Points from ``start`` to ``goal``, both included as far as the body fits there; None: no way leads
    there."""
    first, last = nearest_free(grid, start), nearest_free(grid, goal)
    if first is None or last is None:
        return None
    cells = _search(grid, first, last)
    if cells is None:
        return None
    points = _straightened(grid, cells)
    if last == grid.cell(goal):
        points[-1] = goal
    return [start, *points[1:]] if len(points) > 1 else [start, points[0]]


def nearest_free(grid: Grid, point: Point) -> Cell | None:
    """The cell of a point, or the nearest one around where the body fits; None if there is none close by."""
    start = grid.cell(point)
    seen, waiting = {start}, deque([start])
    while waiting:
        cell = waiting.popleft()
        if grid.free(cell):
            return cell
        for dx, dy in _STEPS:
            other = (cell[0] + dx, cell[1] + dy)
            if other not in seen and distance(grid.center(other), point) <= ESCAPE_M:
                seen.add(other)
                waiting.append(other)
    return None


def length(path: list[Point]) -> float:
    return sum(distance(one, other) for one, other in pairwise(path))


def _search(grid: Grid, start: Cell, goal: Cell) -> list[Cell] | None:
    best = {start: 0.0}
    came: dict[Cell, Cell] = {}
    waiting = [(_apart(start, goal), start)]
    done: set[Cell] = set()
    while waiting:
        _, cell = heapq.heappop(waiting)
        if cell == goal:
            cells = [cell]
            while cell in came:
                cell = came[cell]
                cells.append(cell)
            return cells[::-1]
        if cell in done:
            continue
        done.add(cell)
        for other, step in _neighbours(grid, cell):
            cost = best[cell] + step * (grid.cost(cell) + grid.cost(other)) / 2
            if cost < best.get(other, math.inf) - 1e-12:
                best[other] = cost
                came[other] = cell
                heapq.heappush(waiting, (cost + _apart(other, goal), other))
    return None


def _neighbours(grid: Grid, cell: Cell) -> Iterator[tuple[Cell, float]]:
    column, row = cell
    for dx, dy in _STEPS:
        other = (column + dx, row + dy)
        if not grid.free(other):
            continue
        if dx and dy and not (grid.free((column + dx, row)) and grid.free((column, row + dy))):
            continue  # no cutting of corners
        yield other, CELL_M * (math.sqrt(2) if dx and dy else 1.0)


def _apart(one: Cell, other: Cell) -> float:
    dx, dy = abs(one[0] - other[0]), abs(one[1] - other[1])
    return CELL_M * (max(dx, dy) + (math.sqrt(2) - 1) * min(dx, dy))


def _straightened(grid: Grid, cells: list[Cell]) -> list[Point]:
    """As few points as possible, each in free and cheap sight of the one before."""
    kept = [cells[0]]
    at = 0
    while at < len(cells) - 1:
        ahead = len(cells) - 1
        while ahead > at + 1 and not _sees(grid, cells[at], cells[ahead], cells[at : ahead + 1]):
            ahead -= 1
        kept.append(cells[ahead])
        at = ahead
    return [grid.center(cell) for cell in kept]


def _sees(grid: Grid, one: Cell, other: Cell, between: list[Cell]) -> bool:
    """Whether the straight line is free and does not come nearer to things than the way around does."""
    start, end = grid.center(one), grid.center(other)
    dearest = max(grid.cost(cell) for cell in between) + 0.2
    count = max(1, math.ceil(distance(start, end) / (CELL_M / 2)))
    for number in range(count + 1):
        part = number / count
        cell = grid.cell((start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part))
        if not grid.free(cell) or grid.cost(cell) > dearest:
            return False
    return True
