"""The floor plan of a home: where rooms, walls, doors, furniture, ramps and places are.

Metres; x to the right and y upward on the drawing; angles in radians, counter-clockwise from x. Every floor
has its own drawing, whose origin is anywhere. A home file gives it (key ``plan``, docs/home-file.md); the
robot plans its ways on it, and its simulated world is built from it.

What a plan does not know: stairs (a robot stays on its floor), and what stands about without being drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from homebody.core.plane import Point, Segment, box_outline, centroid, contains, distance, edges, without

WALL_THICKNESS = 0.1
"""Metres, half of it on each side of the line that is drawn."""
ON_THE_WALL = 0.06
"""Metres that a door may be drawn beside the wall that it is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The ground of an area of the home. Its outline is walled all around, except for doors."""

    area: str
    outline: tuple[Point, ...]

    @property
    def center(self) -> Point:
        return centroid(self.outline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An opening in a wall, from one post to the other. ``device`` may tell whether it is open; an opening
    without one is always passable as far as the plan knows."""

    id: str
    posts: Segment
    device: str | None = None

    @property
    def width(self) -> float:
        return distance(*self.posts)

    @property
    def center(self) -> Point:
        (x0, y0), (x1, y1) = self.posts
        return ((x0 + x1) / 2, (y0 + y1) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A box from ``underside`` to ``height`` above the floor: a table may be walked under, a sofa not."""

    id: str
    center: Point
    size: Point
    turn: float = 0.0
    height: float = 0.8
    underside: float = 0.0

    @property
    def outline(self) -> tuple[Point, ...]:
        return box_outline(self.center, self.size, self.turn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """A wedge on the floor, ``rise`` metres high at the end to which ``turn`` points."""

    id: str
    center: Point
    size: Point
    turn: float = 0.0
    rise: float = 0.1

    @property
    def outline(self) -> tuple[Point, ...]:
        return box_outline(self.center, self.size, self.turn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot with a name, such as the dog's bed, and which way one looks there."""

    id: str
    position: Point
    heading: float = 0.0
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorLayout:
    """One floor. ``partitions`` are walls besides the outlines of rooms."""

    floor: str
    rooms: tuple[Room, ...] = ()
    partitions: tuple[Segment, ...] = ()
    doors: tuple[Door, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    ramps: tuple[Ramp, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def walls(self) -> tuple[Segment, ...]:
        """All that is solid, doors cut out. Rooms side by side may give the same stretch twice."""
        drawn = [edge for room in self.rooms for edge in edges(room.outline)]
        openings = [door.posts for door in self.doors]
        return tuple(
            piece for wall in (*drawn, *self.partitions) for piece in without(wall, openings, ON_THE_WALL)
        )

    @property
    def bounds(self) -> tuple[Point, Point]:
        """The lower left and the upper right corner of all rooms and walls."""
        points = [point for room in self.rooms for point in room.outline]
        points += [point for wall in self.partitions for point in wall]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return (min(xs), min(ys)), (max(xs), max(ys))

    def room(self, area: str) -> Room | None:
        return next((room for room in self.rooms if room.area == area), None)

    def room_at(self, point: Point) -> Room | None:
        """The room in which a point lies; None outside of all."""
        return next((room for room in self.rooms if contains(room.outline, point)), None)

    def place(self, place_id: str) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPlan:
    """The floors of a home that are drawn, each once."""

    floors: tuple[FloorLayout, ...]

    def floor(self, floor_id: str) -> FloorLayout | None:
        return next((layout for layout in self.floors if layout.floor == floor_id), None)

    def floor_of(self, area: str) -> FloorLayout | None:
        """The floor on which an area is drawn."""
        return next((layout for layout in self.floors if layout.room(area)), None)
