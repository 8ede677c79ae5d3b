"""The floor plan: its geometry, its values, and what a home file may say of it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.core.errors import HomeFileError
from homebody.core.floor_plan import Door, FloorLayout, FloorPlan, Furniture, Room
from homebody.core.plane import (
    box_outline,
    centroid,
    contains,
    cross,
    distance,
    nearest_on,
    signed_area,
    without,
)
from homebody.home.file import default_home, parse_home

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
coordinates = st.floats(-50, 50)
points = st.tuples(coordinates, coordinates)


@given(points, st.tuples(st.floats(0.05, 9), st.floats(0.05, 9)), st.floats(-7, 7))
def test_a_box_keeps_its_area_and_its_middle_however_it_is_turned(
    center: tuple[float, float], size: tuple[float, float], turn: float
) -> None:
    outline = box_outline(center, size, turn)
    assert signed_area(outline) == pytest.approx(size[0] * size[1], rel=1e-6)
    assert contains(outline, center)
    assert distance(centroid(outline), center) < 1e-5


@given(st.tuples(points, points), points)
def test_the_nearest_point_of_a_segment_is_nearer_than_its_ends_and_lies_on_it(
    segment: tuple[tuple[float, float], tuple[float, float]], point: tuple[float, float]
) -> None:
    nearest = nearest_on(segment, point)
    assert distance(nearest, point) <= min(distance(end, point) for end in segment) + 1e-6
    ends = distance(segment[0], nearest) + distance(nearest, segment[1])
    assert ends == pytest.approx(distance(*segment), abs=1e-4)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), max_size=5))
def test_what_is_left_of_a_wall_and_its_gaps_are_the_whole_wall(gaps: list[tuple[float, float]]) -> None:
    wall = ((0.0, 0.0), (10.0, 0.0))
    pieces = without(wall, [((start, 0.02), (end, -0.02)) for start, end in gaps], 0.05)
    solid = sum(distance(*piece) for piece in pieces)
    covered: list[float] = [0.0, 0.0]
    for start, end in sorted((min(gap), max(gap)) for gap in gaps):
        covered = [covered[0] + max(0.0, end - max(start, covered[1])), max(covered[1], end)]
    assert solid == pytest.approx(10 - covered[0], abs=1e-4)


def test_segments_that_touch_do_not_cross() -> None:
    assert cross(((0, 0), (2, 2)), ((0, 2), (2, 0)))
    assert not cross(((0, 0), (2, 0)), ((2, 0), (2, 2)))
    assert not cross(((0, 0), (2, 0)), ((1, 0), (3, 0)))


def test_a_door_is_cut_out_of_the_walls_of_both_rooms() -> None:
    beside = tuple((x + 4, y) for x, y in SQUARE)
    layout = FloorLayout(
        floor="ground",
        rooms=(Room(area="a", outline=SQUARE), Room(area="b", outline=beside)),
        doors=(Door(id="d", posts=((4.0, 1.0), (4.0, 2.0))),),
    )
    inner = [wall for wall in layout.walls if wall[0][0] == wall[1][0] == 4.0]
    assert sorted(tuple(sorted((a[1], b[1]))) for a, b in inner) == [(0, 1), (0, 1), (2, 4), (2, 4)]
    assert layout.bounds == ((0, 0), (8, 4))
    assert layout.doors[0].center == (4, 1.5) and layout.doors[0].width == 1


def test_rooms_are_found_by_area_and_by_point() -> None:
    layout = FloorLayout(floor="ground", rooms=(Room(area="a", outline=SQUARE),))
    plan = FloorPlan(floors=(layout,))
    assert plan.floor_of("a") is plan.floor("ground") is layout
    assert plan.floor_of("b") is None and plan.floor("upper") is None
    room = layout.room_at((1, 1))
    assert room is not None and room.area == "a" and room.center == (2, 2)
    assert layout.room_at((5, 5)) is None


def test_furniture_is_turned() -> None:
    outline = Furniture(id="sofa", center=(1, 1), size=(2, 1), turn=math.pi / 2).outline
    assert max(y for _, y in outline) == pytest.approx(2) and max(x for x, _ in outline) == pytest.approx(1.5)


def test_the_default_home_is_drawn_all_over() -> None:
    home = default_home()
    assert home.plan is not None
    assert {room.area for layout in home.plan.floors for room in layout.rooms} == {a.id for a in home.areas}
    ground = home.plan.floor("ground")
    assert ground is not None
    bed = ground.place("dog_bed")
    assert bed is not None and bed.en == "dog bed" and bed.heading == pytest.approx(math.radians(135))
    told = {door.device for door in ground.doors if door.device}
    assert told and all(home.device(device) for device in told)


def _home(**changes: Any) -> str:
    floor: dict[str, Any] = {
        "floor": "ground",
        "rooms": [{"area": "hall", "outline": [[0, 0], [4, 0], [4, 3], [0, 3]]}],
    }
    floor |= changes
    return json.dumps(
        {
            "schema": "homebody.home/1",
            "name": "home",
            "floors": [{"id": "ground", "name": "ground"}],
            "areas": [
                {"id": "hall", "name": "hall", "floor": "ground"},
                {"id": "den", "name": "den", "floor": "ground"},
                {"id": "garden", "name": "garden"},
            ],
            "plan": [floor],
        },
        indent=1,
    )


def _outline(*corners: tuple[float, float], area: str = "hall") -> dict[str, Any]:
    return {"area": area, "outline": [list(corner) for corner in corners]}


HALL = _outline((0, 0), (4, 0), (4, 3), (0, 3))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"floor": "cellar"}, "there is no floor 'cellar'"),
        ({"rooms": []}, "needs at least one"),
        ({"rooms": [_outline((0, 0), (4, 0))]}, "needs 3 to 100 corners"),
        ({"rooms": [{"area": "hall", "outline": [[0], [1, 1], [2, 2]]}]}, "needs two numbers"),
        ({"rooms": [_outline((0, 0), (4, 3), (4, 0), (0, 3))]}, "less than"),
        ({"rooms": [_outline((0, 0), (4, 3), (4, 0), (0, 5))]}, "crosses itself"),
        ({"rooms": [_outline((0, 0), (4, 0), (4, 3), (0, 3), area="attic")]}, "there is no area 'attic'"),
        ({"rooms": [_outline((0, 0), (4, 0), (4, 3), area="garden")]}, "is not on the floor 'ground'"),
        ({"rooms": [HALL, HALL]}, "is drawn already"),
        ({"rooms": [HALL, _outline((1, 1), (2, 1), (2, 2), area="den")]}, "overlaps with the room of 'hall'"),
        ({"rooms": [HALL, _outline((3, 1), (6, 1), (6, 2), area="den")]}, "overlaps with the room of 'hall'"),
        ({"doors": [{"id": "d", "start": [1, 1], "end": [2, 1]}]}, "stands in no wall"),
        ({"doors": [{"id": "d", "start": [1, 0], "end": [1.1, 0]}]}, "is 0.2 to 20 metres wide"),
        ({"doors": [{"id": "d", "start": [1, 0], "end": [2, 0], "device": "x"}]}, "there is no device 'x'"),
        ({"furniture": [{"id": "t", "at": [1, 1], "size": [1, 0]}]}, "needs two sides"),
        ({"furniture": [{"id": "t", "at": [1, 1], "size": [1, 1], "underside": 2}]}, "must be below"),
        ({"furniture": [{"id": "t", "at": [1, 1], "size": [1, 1]}] * 2}, "the id of another one"),
        ({"ramps": [{"id": "r", "at": [1, 1], "size": [1, 1], "rise": 0}]}, "must be above 0"),
        ({"places": [{"id": "p", "name": "there", "at": [9, 9]}]}, "lies in no room"),
        ({"places": [{"id": "p", "name": "x", "at": [1, 1], "head": 3}]}, "did you mean heading?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(HomeFileError) as caught:
        parse_home(_home(**changes), "home.yaml")
    assert said in caught.value.message
    assert caught.value.message.startswith("home.yaml:")


def test_rooms_side_by_side_do_not_overlap() -> None:
    home = parse_home(_home(rooms=[HALL, _outline((4, 0), (6, 0), (6, 3), (4, 3), area="den")]))
    assert home.plan is not None and len(home.plan.floors[0].rooms) == 2
