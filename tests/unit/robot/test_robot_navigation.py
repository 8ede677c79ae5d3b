"""Ways on the floor plan of the built-in home, and on made-up floors."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homebody.core.floor_plan import Door, FloorLayout, Furniture, Room
from homebody.core.plane import Point, cross, distance
from homebody.home.file import default_home
from homebody.robot.navigation.following import Posture, ahead_on, bearing, velocity_along
from homebody.robot.navigation.grid import BODY_RADIUS, Grid
from homebody.robot.navigation.map import BELIEVED_S, Anchor, Map
from homebody.robot.navigation.path import find_path, length
from homebody.robot.safety.limits import INDOORS
from homebody.robot.senses import Range


def ground() -> FloorLayout:
    plan = default_home().plan
    assert plan is not None
    return plan.floors[0]


GROUND = ground()
GRID = Grid(GROUND)
FREE = [
    GRID.center((column, row))
    for column in range(GRID.columns)
    for row in range(GRID.rows)
    if GRID.free((column, row)) and GROUND.room_at(GRID.center((column, row)))
]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(FREE), st.sampled_from(FREE))
def test_between_all_free_spots_leads_a_way_that_crosses_no_wall(start: Point, goal: Point) -> None:
    path = find_path(GRID, start, goal)
    assert path is not None and path[0] == start and distance(path[-1], goal) < 0.1
    assert not any(cross(leg, wall) for leg in pairwise(path) for wall in GROUND.walls)
    assert length(path) >= distance(start, goal) - 1e-9


def test_every_room_is_reached_from_the_dogs_bed() -> None:
    bed = GROUND.place("dog_bed")
    assert bed is not None
    for room in GROUND.rooms:
        spot = GRID.spot_in(room.area)
        assert spot is not None
        path = find_path(GRID, bed.position, spot)
        assert path is not None and GROUND.room_at(path[-1]) == room
    assert GRID.spot_in("attic") is None


def test_it_walks_under_the_table_and_around_the_sofa() -> None:
    table, sofa = (next(t for t in GROUND.furniture if t.id == name) for name in ("dining_table", "sofa"))
    assert GRID.free(GRID.cell(table.center))
    assert not GRID.free(GRID.cell(sofa.center))


def test_a_room_behind_a_shut_door_is_out_of_reach() -> None:
    shut = Grid(GROUND, shut=["kitchen_garage"])
    assert find_path(shut, (4.7, 0.6), (10.0, 5.8)) is None
    assert find_path(GRID, (4.7, 0.6), (10.0, 5.8)) is not None


def test_there_is_no_way_to_outside() -> None:
    assert find_path(GRID, (4.7, 0.6), (50.0, 50.0)) is None


def test_a_narrow_gap_is_no_way() -> None:
    def floor(width: float) -> FloorLayout:
        return FloorLayout(
            floor="f",
            rooms=(
                Room(area="a", outline=((0, 0), (3, 0), (3, 3), (0, 3))),
                Room(area="b", outline=((3, 0), (6, 0), (6, 3), (3, 3))),
            ),
            doors=(Door(id="d", posts=((3, 1), (3, 1 + width))),),
        )

    assert find_path(Grid(floor(2 * BODY_RADIUS - 0.1)), (1, 1), (5, 1)) is None
    assert find_path(Grid(floor(0.8)), (1, 1), (5, 1)) is not None


def walk(path: list[Point], here: Posture, *, seconds: float, noise: random.Random) -> Posture:
    x, y, heading = *here.position, here.heading
    for _ in range(round(seconds / 0.05)):
        forward, left, turn = velocity_along(path, Posture((x, y), heading))
        assert left == 0 and 0 <= forward <= INDOORS.forward and abs(turn) <= INDOORS.turn
        heading += turn * 0.05 * noise.uniform(0.8, 1.2)
        x += forward * math.cos(heading) * 0.05 * noise.uniform(0.8, 1.2)
        y += forward * math.sin(heading) * 0.05 * noise.uniform(0.8, 1.2)
        if distance((x, y), path[-1]) < 0.1:
            break
    return Posture((x, y), heading)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(FREE), st.sampled_from(FREE), st.floats(-3, 3), st.integers(0, 9))
def test_following_a_way_arrives_in_about_its_time(
    start: Point, goal: Point, heading: float, seed: int
) -> None:
    path = find_path(GRID, start, goal)
    assert path is not None
    seconds = 15 + 4 * length(path)
    end = walk(path, Posture(start, heading), seconds=seconds, noise=random.Random(seed))
    assert distance(end.position, path[-1]) < 0.1


def test_looking_ahead_stays_on_the_way() -> None:
    path = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]
    assert ahead_on(path, (0.5, 0.3), 0.5) == pytest.approx((1.0, 0.0))
    assert ahead_on(path, (1.8, 0.0), 0.5) == pytest.approx((2.0, 0.3))
    assert ahead_on(path, (2.0, 1.9), 0.5) == (2.0, 2.0)
    assert bearing(Posture((0, 0), 0.0), (0.0, 1.0)) == pytest.approx(math.pi / 2)


def test_odometry_is_laid_onto_the_plan() -> None:
    here = Anchor(position=(1.0, 2.0), heading=math.pi / 2).placed((1.0, 0.0), math.pi)
    assert here.position == pytest.approx((1.0, 3.0))
    assert here.heading == pytest.approx(-math.pi / 2)


def test_what_stands_in_the_way_is_walked_around_and_forgotten_in_time() -> None:
    chart = Map(GROUND)
    here = Posture((3.8, 1.8), 0.0)
    goal = (8.4, 2.6)
    straight = chart.way(here.position, goal, 0.0)
    assert straight is not None
    chart.see(here, [Range(math.radians(angle), 1.0) for angle in range(-12, 13, 4)], 0.0)
    assert chart.blocked(straight, 0.1)
    around = chart.way(here.position, goal, 0.1)
    assert around is not None and not chart.blocked(around, 0.1) and length(around) > length(straight)
    assert not chart.blocked(straight, BELIEVED_S + 1)
    assert chart.way(here.position, goal, BELIEVED_S + 1) == straight


def test_walls_that_are_seen_are_no_news() -> None:
    chart = Map(GROUND)
    here = Posture((4.4, 3.0), math.pi / 2)
    way = chart.way(here.position, (2.7, 5.5), 0.0)
    chart.see(here, [Range(0.0, 1.6), Range(-math.pi / 2, 0.55), Range(0.3, math.inf)], 0.0)
    assert chart.way(here.position, (2.7, 5.5), 0.0) == way


def test_a_thing_in_the_only_door_makes_the_room_unreachable() -> None:
    layout = FloorLayout(
        floor="f",
        rooms=(
            Room(area="a", outline=((0, 0), (3, 0), (3, 3), (0, 3))),
            Room(area="b", outline=((3, 0), (6, 0), (6, 3), (3, 3))),
        ),
        doors=(Door(id="d", posts=((3, 1), (3, 2))),),
        furniture=(Furniture(id="chest", center=(1, 2.5), size=(0.5, 0.5)),),
    )
    chart = Map(layout)
    here = Posture((1.5, 1.5), 0.0)
    assert chart.way(here.position, (5, 1.5), 0.0) is not None
    chart.see(here, [Range(math.atan2(y, 1.75), math.hypot(y, 1.75)) for y in (-0.3, -0.1, 0.1, 0.3)], 0.0)
    assert chart.way(here.position, (5, 1.5), 1.0) is None
