"""Going to places of the floor plan: to an area, home to the bed, round on patrol."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.core.plane import Point, distance
from homebody.robot.navigation.following import velocity_along
from homebody.robot.navigation.map import Map
from homebody.robot.safety.checks import fallen
from homebody.robot.skills.moves import STUCK_S, TICK_S, Body, can_walk, halt, ready, turn_by
from homebody.robot.skills.outcome import SkillFailedError
from homebody.robot.words import Words

ARRIVED_M = 0.15
BESIDE_M = 0.5
REPLAN_S = 1.0
NO_PLAN = Words("没有户型图，我不认路", "the home file draws no floor plan, so I do not know the way")
NO_WAY = Words("过不去，路被挡住了", "I cannot get there: no way leads there now")
BED = "dog_bed"


def chart_of(body: Body) -> Map:
    if body.chart is None:
        raise SkillFailedError(NO_PLAN, "refused")
    return body.chart


async def go_to_area(body: Body, area: str) -> dict[str, float | str]:
    chart = chart_of(body)
    room = chart.layout.room(area)
    if room is None:
        raise SkillFailedError(
            Words("那里不在我这层的户型图上", "that is not on the plan of my floor"), "unreachable"
        )
    spot = chart.spot_in(area)
    if spot is None:
        raise SkillFailedError(Words("那里没有地方站", "there is no space to stand there"), "unreachable")
    here = chart.layout.room_at(body.here.position)
    if here is None or here.area != area or distance(body.here.position, spot) > 1.0:
        await go(body, spot)
    arrived = chart.layout.room_at(body.here.position)
    if arrived is None or arrived.area != area:
        raise SkillFailedError(Words("没走到", "it did not get there"))
    return {"area": area, **_at(body)}


async def go_home(body: Body) -> dict[str, float | str]:
    chart = chart_of(body)
    bed = chart.layout.place(BED)
    if bed is None:
        raise SkillFailedError(
            Words("户型图上没有狗窝", "the plan of this floor has no dog bed"), "unreachable"
        )
    await go(body, bed.position)
    if distance(body.here.position, bed.position) > 0.5:
        raise SkillFailedError(Words("没走到", "it did not get there"))
    return _at(body)


async def go(body: Body, goal: Point) -> None:
    """Walk there, around what is seen; ends by arriving, or by saying that no way leads there.

    Where something keeps it from the very spot, beside it will do.
    """
    chart = chart_of(body)
    await ready(body)
    clock = body.clock
    way = chart.way(body.here.position, goal, clock.monotonic())
    planned = marked = clock.monotonic()
    if way is None:
        raise SkillFailedError(NO_WAY, "unreachable")
    mark = body.here.position
    while distance(body.here.position, way[-1]) > ARRIVED_M:
        now = clock.monotonic()
        here, senses = body.here, body.driver.senses
        if distance(here.position, mark) > 0.3:
            mark, marked = here.position, now
        chart.see(here, senses.ranges, now)
        if fallen(senses) or not can_walk(senses):
            await ready(body)  # it fell, or let itself down: up, and on
            continue
        stuck = now - marked > STUCK_S
        if stuck and distance(here.position, way[-1]) < BESIDE_M:
            break
        if now - planned > REPLAN_S and (stuck or chart.blocked(way, now)):
            other = chart.way(here.position, goal, now)
            planned = now
            if other is None or now - marked > 3 * STUCK_S:
                await halt(body)
                raise SkillFailedError(NO_WAY, "unreachable")
            way = other
        body.drive(velocity_along(way, here))
        await body.until(lambda _: False, TICK_S)
    await halt(body)


async def patrol(body: Body, areas: Sequence[str]) -> dict[str, float | str]:
    """Each area in turn, and back to where it began. What cannot be reached is told, the rest is done."""
    chart = chart_of(body)
    start = body.here.position
    reached: list[str] = []
    missed: list[str] = []
    for area in areas:
        try:
            await go_to_area(body, area)
            reached.append(area)
        except SkillFailedError as error:
            if error.status != "unreachable":
                raise
            missed.append(area)
    if not reached:
        raise SkillFailedError(NO_WAY, "unreachable")
    await go(body, start)
    strange = chart.strange(body.clock.monotonic())
    return {"reached": ",".join(reached), "missed": ",".join(missed), "strange": len(strange)}


async def look_around(body: Body) -> dict[str, float | str]:
    chart = body.chart
    found: dict[str, float | str] = dict(await turn_by(body, 180))
    if chart:
        chart.see(body.here, body.driver.senses.ranges, body.clock.monotonic())
    await turn_by(body, 180)
    if chart:
        chart.see(body.here, body.driver.senses.ranges, body.clock.monotonic())
        found["strange"] = len(chart.strange(body.clock.monotonic()))
    return found | where(body)


def where(body: Body) -> dict[str, float | str]:
    room = body.chart.layout.room_at(body.here.position) if body.chart else None
    return {**({"area": room.area} if room else {}), **_at(body)}


def _at(body: Body) -> dict[str, float | str]:
    x, y = body.here.position
    return {"x": round(x, 2), "y": round(y, 2)}
