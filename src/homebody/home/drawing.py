"""The floor plan in a home file: its entries (key ``plan``), and their judgement.

Positions are metres, angles degrees, as people write them; the values (`core.floor_plan`) are in radians.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Annotated

from pydantic import AfterValidator, Field

from homebody.core.floor_plan import ON_THE_WALL, Door, FloorLayout, FloorPlan, Furniture, Place, Ramp, Room
from homebody.core.plane import Point, Segment, contains, cross, distance, edges, lies_along, signed_area
from homebody.home.document import Path
from homebody.home.entry import Entry, Name, Number, Text

Report = Callable[[Path, str], None]

MIN_ROOM = 0.25
"""Square metres."""


def _two(value: list[float]) -> list[float]:
    if len(value) != 2:
        raise ValueError("needs two numbers: [x, y] in metres")
    return value


def _three(value: list[list[float]]) -> list[list[float]]:
    if not 3 <= len(value) <= 100:
        raise ValueError("needs 3 to 100 corners")
    return value


def _sides(value: list[float]) -> list[float]:
    if not all(0.02 <= side <= 50 for side in _two(value)):
        raise ValueError("needs two sides between 0.02 and 50 metres")
    return value


Metres = Annotated[Number, Field(ge=-1000, le=1000)]
At = Annotated[list[Metres], AfterValidator(_two)]
Size = Annotated[list[Number], AfterValidator(_sides)]
Degrees = Annotated[Number, Field(ge=-360, le=360)]
Height = Annotated[Number, Field(ge=0, le=10)]


class RoomEntry(Entry):
    area: Text
    """Id of the area whose ground this is."""
    outline: Annotated[list[At], AfterValidator(_three)]
    """Its corners, in order. All around is wall, except for doors."""


class WallEntry(Entry):
    start: At
    """One end."""
    end: At
    """The other end."""


class DoorEntry(Entry):
    id: Text
    """Unique among the doors of the floor."""
    start: At
    """One post, on the wall that the door is in."""
    end: At
    """The other post."""
    device: Text | None = None
    """Id of the device that tells whether it is open."""


class FurnitureEntry(Entry):
    id: Text
    """Unique among the furniture of the floor."""
    at: At
    """Its middle."""
    size: Size
    """Its sides."""
    turn: Degrees = 0.0
    """How it is turned, in degrees counter-clockwise."""
    height: Height = 0.8
    """Of its upper side above the floor."""
    underside: Height = 0.0
    """Of its lower side above the floor, where one can pass below."""


class RampEntry(Entry):
    id: Text
    """Unique among the ramps of the floor."""
    at: At
    """Its middle."""
    size: Size
    """Its sides: along the way up, and across."""
    turn: Degrees = 0.0
    """The direction of the way up, in degrees counter-clockwise from x."""
    rise: Annotated[Number, Field(gt=0, le=3)]
    """Metres that it rises."""


class PlaceEntry(Entry):
    id: Text
    """Unique among the places of the whole plan."""
    name: Name
    """What people call it."""
    at: At
    """Where it is."""
    heading: Degrees = 0.0
    """Which way one looks there, in degrees counter-clockwise from x."""


class FloorPlanEntry(Entry):
    floor: Text
    """Id of the floor that is drawn."""
    rooms: Annotated[list[RoomEntry], Field(min_length=1)]
    """The ground of areas."""
    walls: list[WallEntry] = []
    """Walls besides those around rooms."""
    doors: list[DoorEntry] = []
    """Openings in walls."""
    furniture: list[FurnitureEntry] = []
    """What stands about and does not move."""
    ramps: list[RampEntry] = []
    """Slopes."""
    places: list[PlaceEntry] = []
    """Spots with a name."""


def build_plan(
    entries: Sequence[FloorPlanEntry],
    floors: Set[str],
    area_floors: dict[str, str | None],
    devices: Set[str],
    report: Report,
) -> FloorPlan | None:
    """The plan that is drawn, None if none is. ``area_floors``: the floor, if any, of every area."""
    if not entries:
        return None
    drawn: set[str] = set()
    places: set[str] = set()
    for index, entry in enumerate(entries):
        path: Path = ("plan", index)
        if entry.floor not in floors:
            report((*path, "floor"), f"there is no floor {entry.floor!r}")
        if entry.floor in drawn:
            report((*path, "floor"), f"the floor {entry.floor!r} is drawn already")
        drawn.add(entry.floor)
        _rooms(entry, path, area_floors, report)
        _doors(entry, path, devices, report)
        for key in ("furniture", "ramps"):
            _once([item.id for item in getattr(entry, key)], set(), (*path, key), report)
        for number, furniture in enumerate(entry.furniture):
            if furniture.underside >= furniture.height:
                report((*path, "furniture", number, "underside"), "must be below its height")
        _once([place.id for place in entry.places], places, (*path, "places"), report)
        for number, place in enumerate(entry.places):
            if not any(contains(_points(room.outline), _point(place.at)) for room in entry.rooms):
                report((*path, "places", number, "at"), "lies in no room")
    return FloorPlan(floors=tuple(_layout(entry) for entry in entries))


def _layout(entry: FloorPlanEntry) -> FloorLayout:
    return FloorLayout(
        floor=entry.floor,
        rooms=tuple(Room(area=room.area, outline=_points(room.outline)) for room in entry.rooms),
        partitions=tuple(_segment(wall) for wall in entry.walls),
        doors=tuple(Door(id=door.id, posts=_segment(door), device=door.device) for door in entry.doors),
        furniture=tuple(
            Furniture(
                id=item.id,
                center=_point(item.at),
                size=_point(item.size),
                turn=math.radians(item.turn),
                height=item.height,
                underside=item.underside,
            )
            for item in entry.furniture
        ),
        ramps=tuple(
            Ramp(
                id=ramp.id,
                center=_point(ramp.at),
                size=_point(ramp.size),
                turn=math.radians(ramp.turn),
                rise=ramp.rise,
            )
            for ramp in entry.ramps
        ),
        places=tuple(_place(place) for place in entry.places),
    )


def _place(entry: PlaceEntry) -> Place:
    chinese, english = (
        (entry.name, entry.name)
        if isinstance(entry.name, str)
        else (entry.name.zh or entry.name.en or "", entry.name.en or entry.name.zh or "")
    )
    return Place(
        id=entry.id,
        position=_point(entry.at),
        heading=math.radians(entry.heading),
        zh=chinese,
        en=english,
    )


def _rooms(entry: FloorPlanEntry, path: Path, area_floors: dict[str, str | None], report: Report) -> None:
    outlines = [_points(room.outline) for room in entry.rooms]
    seen: set[str] = set()
    for index, (room, outline) in enumerate(zip(entry.rooms, outlines, strict=True)):
        at = (*path, "rooms", index)
        if room.area not in area_floors:
            report((*at, "area"), f"there is no area {room.area!r}")
        elif area_floors[room.area] != entry.floor:
            report((*at, "area"), f"the area {room.area!r} is not on the floor {entry.floor!r}")
        if room.area in seen:
            report((*at, "area"), f"the area {room.area!r} is drawn already")
        seen.add(room.area)
        if abs(signed_area(outline)) < MIN_ROOM:
            report((*at, "outline"), f"encloses less than {MIN_ROOM:g} square metres")
        elif any(cross(one, other) for one, other in _pairs(edges(outline))):
            report((*at, "outline"), "crosses itself")
        else:
            for number in range(index):
                if _overlap(outlines[number], outline):
                    other = entry.rooms[number].area
                    report((*at, "outline"), f"overlaps with the room of {other!r}")


def _doors(entry: FloorPlanEntry, path: Path, devices: Set[str], report: Report) -> None:
    walls = [edge for room in entry.rooms for edge in edges(_points(room.outline))]
    walls += [_segment(wall) for wall in entry.walls]
    _once([door.id for door in entry.doors], set(), (*path, "doors"), report)
    for index, door in enumerate(entry.doors):
        at = (*path, "doors", index)
        posts = _segment(door)
        if door.device is not None and door.device not in devices:
            report((*at, "device"), f"there is no device {door.device!r}")
        if not 0.2 <= distance(*posts) <= 20:
            report(at, "is 0.2 to 20 metres wide")
        elif not any(lies_along(posts, wall, ON_THE_WALL) for wall in walls):
            report(at, "stands in no wall")


def _overlap(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether two outlines have ground in common: sides that cross, or a middle that lies in both."""
    if any(cross(a, b) for a in edges(one) for b in edges(other)):
        return True
    inner = [(one, _inside(other)), (other, _inside(one))]
    return any(point is not None and contains(outline, point) for outline, point in inner)


def _inside(outline: tuple[Point, ...]) -> Point | None:
    """Some point inside an outline: the middle of the first triangle of neighbours that lies in it."""
    for index in range(len(outline)):
        a, b, c = outline[index - 2], outline[index - 1], outline[index]
        point = ((a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3)
        if contains(outline, point):
            return point
    return None


def _pairs(items: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
    return ((items[i], items[j]) for j in range(len(items)) for i in range(j))


def _once(ids: Sequence[str], seen: set[str], path: Path, report: Report) -> None:
    for index, id_ in enumerate(ids):
        if id_ in seen:
            report((*path, index, "id"), f"{id_!r} is the id of another one already")
        seen.add(id_)


def _point(value: Sequence[float]) -> Point:
    return (value[0], value[1])


def _points(values: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple(_point(value) for value in values)


def _segment(entry: WallEntry | DoorEntry) -> Segment:
    return (_point(entry.start), _point(entry.end))
