"""Whatever is wished for, in whatever order: what goes out to the board keeps to the rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homebody.robot.driver.pilot import IDLE_S, Pilot
from homebody.robot.driver.wishes import DRIVE_S, Drive, Perform, Pose, Wish
from homebody.robot.motions import BY_KEY, MOTIONS, TILT, Mode, may_follow
from homebody.robot.safety.checks import refusal
from homebody.robot.safety.heartbeat import Heartbeat, Level
from homebody.robot.safety.lease import Lease, Owner
from homebody.robot.safety.limits import INDOORS, PERSON_NEAR, STILL, bounds, clamp
from homebody.robot.safety.obstacles import BRAKING, GAP, clearance, slowed
from homebody.robot.senses import Range, Senses
from homebody.robot.wire.messages import MOTOR_HEALTHY, Odometry, RobotCommand, RobotResponse

PERSON, ROUTINE = Owner(id="lan", person=True), Owner(id="patrol")
STAND = Perform(name="stand")
SLACK = 1e-6  # the wire's floats have 32 bits

anything = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.3, -0.3, 1e9, 1.0, 0.0])
velocities = st.tuples(anything, anything, anything)
rays = st.lists(st.builds(Range, st.floats(-math.pi, math.pi), st.floats(0, 8)), max_size=12).map(tuple)
modes = st.sampled_from([int(mode) for mode in Mode])
gaits = st.sampled_from([name for name, motion in MOTIONS.items() if motion.kind == "gait"])
motions = st.sampled_from([name for name, motion in MOTIONS.items() if motion.kind != "gait"])
wishes: st.SearchStrategy[Wish] = (
    st.builds(Drive, velocity=velocities, until=st.floats(0, 60), gait=gaits, indoors=st.booleans())
    | st.builds(Perform, name=motions)
    | st.builds(Pose, attitude=velocities, height=anything, duration_s=anything)
)


def dog(now: float = 0.0, mode: int = Mode.STAND, **more: object) -> Senses:
    response = RobotResponse(mode=mode, progress=100, motor_error=(MOTOR_HEALTHY,) * 12)
    senses = Senses(
        now=now,
        response=response,
        response_age_s=0.0,
        odometry=Odometry(position=(0, 0, 0.25)),
        odometry_age_s=0.0,
        celsius=40.0,
        battery=80.0,
        ranges=(Range(0.0, math.inf),),
        ranges_age_s=0.0,
    )
    return replace(senses, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Event:
    """Something that happens, and how many seconds after the thing before."""

    after: float
    what: str
    wish: Wish = STAND
    by: Owner = PERSON
    mode: int | None = None
    ranges: tuple[Range, ...] = ()
    battery: float = 80.0
    fallen: bool = False


events = st.builds(
    Event,
    after=st.sampled_from([0.0, 0.05, 0.05, 0.3, 1.0, 5.0, 15.0]),
    what=st.sampled_from(
        ["wish", "wish", "wish", "tick", "press", "release", "take", "leave", "beat", "foreign"]
    ),
    wish=wishes,
    by=st.sampled_from([PERSON, ROUTINE]),
    mode=modes | st.none(),
    ranges=rays,
    battery=st.sampled_from([80.0, 80.0, 15.0, 3.0, math.nan]),
    fallen=st.booleans(),
)


@settings(max_examples=300)
@given(st.lists(events, max_size=30))
def test_no_stream_of_wishes_gets_past_the_limits(stream: Sequence[Event]) -> None:
    pilot = Pilot()
    pilot.lease.take(PERSON)
    now, mode = 0.0, int(Mode.STAND)
    last: RobotCommand | None = None
    for event in stream:
        now += event.after
        mode = event.mode if event.mode is not None else mode
        attitude = (2.5, 0.0, 0.0) if event.fallen else (0.0, 0.0, 0.0)
        senses = dog(now, mode, ranges=event.ranges, battery=event.battery,
                     odometry=Odometry(position=(0, 0, 0.25), attitude=attitude))  # fmt: skip
        pressed = pilot.emergency.pressed
        match event.what:
            case "wish":
                refused = pilot.wish(event.by, event.wish, senses)
                assert refused is not None or (not pressed and pilot.lease.holds(event.by))
            case "press":
                assert pilot.press("anybody").mode == Mode.OFF
            case "release":
                pilot.emergency.release(event.by)
                assert pilot.emergency.pressed <= pressed
                if not event.by.person:
                    assert pilot.emergency.pressed == pressed
            case "take":
                pilot.lease.take(event.by)
            case "leave":
                pilot.leave(event.by, now)
            case "beat":
                pilot.beat(event.by, now)
            case "foreign":
                pilot.foreign.heard(b"not ours", now)
        packet = pilot.tick(senses)
        if packet is not None:
            judge(packet, last, pilot, senses)
        last = packet or last


def judge(packet: RobotCommand, last: RobotCommand | None, pilot: Pilot, senses: Senses) -> None:
    assert senses.response is not None
    motion = BY_KEY[(packet.mode, packet.gait_id)]
    assert motion.possible
    if pilot.emergency.pressed:
        assert packet.mode == Mode.OFF
    new = last is None or packet.life_count != last.life_count
    if not new:
        assert packet == last
    if new and motion.kind not in ("stop", "rest"):
        assert may_follow(senses.response.mode, motion) or packet.velocity == STILL
        assert pilot.heartbeat.level(senses.now) < Level.LIE
    forward, left, turn = packet.velocity
    assert all(math.isfinite(part) for part in (*packet.velocity, *packet.attitude, *packet.position))
    assert all(abs(part) <= TILT + SLACK for part in packet.attitude)
    if packet.velocity == STILL:
        return
    assert motion.limits is not None
    assert pilot.heartbeat.level(senses.now) is Level.FINE
    limits = bounds(motion.limits, senses, indoors=False).limits
    assert -limits.backward - SLACK <= forward <= limits.forward + SLACK
    assert abs(left) <= limits.sideways + SLACK and abs(turn) <= limits.turn + SLACK
    speed = math.hypot(forward, left)
    if speed:
        free = clearance(math.atan2(left, forward), senses.ranges) - GAP
        assert speed**2 / (2 * BRAKING) <= free + 1e-3
    assert senses.battery is None or senses.battery > 5


@given(velocities, rays)
def test_a_clamped_and_slowed_velocity_keeps_its_direction_and_can_stop(
    wanted: tuple[float, float, float], seen: tuple[Range, ...]
) -> None:
    within = clamp(wanted, INDOORS)
    velocity, cut = slowed(within, seen)
    assert math.hypot(*velocity[:2]) <= math.hypot(*within[:2]) + 1e-9
    assert abs(within[0] * velocity[1] - within[1] * velocity[0]) < 1e-9
    assert cut or velocity == within
    if not all(math.isfinite(part) for part in wanted):
        assert velocity == STILL


def test_something_ahead_stops_walking_ahead_and_not_walking_back() -> None:
    wall = (Range(0.0, 0.35),)
    assert slowed((0.5, 0.0, 0.0), wall) == ((0.0, 0.0, 0.0), True)
    assert slowed((-0.3, 0.0, 0.0), wall) == ((-0.3, 0.0, 0.0), False)
    assert slowed((0.5, 0.0, 0.0), (Range(math.pi / 2, 0.35),)) == ((0.5, 0.0, 0.0), False)


def test_a_person_nearby_slows_it_down() -> None:
    near = bounds(INDOORS, dog(person_m=1.0))
    assert near.limits == PERSON_NEAR and "person_near" in near.reasons
    assert bounds(INDOORS, dog(person_m=3.0)).limits == INDOORS
    assert bounds(INDOORS, dog(person_m=math.nan)).limits == PERSON_NEAR


def driving(until: float = 99.0, **more: object) -> Drive:
    return replace(Drive(velocity=(0.4, 0.0, 0.0), until=until), **more)  # type: ignore[arg-type]


def test_a_velocity_is_short_lived() -> None:
    pilot = Pilot()
    pilot.lease.take(PERSON)
    assert pilot.wish(PERSON, driving(until=DRIVE_S), dog()) is None
    moving = pilot.tick(dog(0.1, Mode.LOCOMOTION))
    assert moving is not None and moving.velocity[0] == pytest.approx(0.4)
    pilot.beat(PERSON, 0.45)
    still = pilot.tick(dog(0.45, Mode.LOCOMOTION))
    assert still is not None and still.mode == Mode.LOCOMOTION and still.velocity == STILL
    pilot.beat(PERSON, 1.5)
    stands = pilot.tick(dog(1.5, Mode.LOCOMOTION))
    assert stands is not None and stands.mode == Mode.STAND


def test_a_silent_owner_makes_it_stop_then_lie_down_then_cut() -> None:
    pilot = Pilot(heartbeat=Heartbeat(stop_s=1, lie_s=2, cut_s=3))
    pilot.lease.take(PERSON)
    pilot.wish(PERSON, driving(), dog())
    found = []
    for now in (0.5, 1.0, 2.0, 3.0):
        packet = pilot.tick(dog(now, Mode.LOCOMOTION))
        assert packet is not None
        found.append((packet.mode, packet.velocity[0] > 0))
    assert found == [(11, True), (11, False), (7, False), (0, False)]


def test_the_stop_is_repeated_with_fresh_life_counts_until_the_board_is_in_it() -> None:
    pilot = Pilot()
    counts = [pilot.press("a passer-by").life_count]
    for mode in (11, 11, 0, 0, 11):
        packet = pilot.tick(dog(0.0, mode))
        assert packet is not None and packet.mode == Mode.OFF
        counts.append(packet.life_count)
    assert counts == [1, 2, 3, 3, 3, 4]
    assert not pilot.emergency.release(ROUTINE)
    assert not pilot.emergency.release(PERSON)  # the board is not in it
    pilot.tick(dog(0.0, 0))
    assert pilot.emergency.release(PERSON) and not pilot.emergency.pressed


def test_only_a_person_takes_over() -> None:
    lease = Lease()
    assert lease.take(ROUTINE) and lease.holds(ROUTINE)
    assert not lease.take(Owner(id="another routine"))
    assert lease.take(PERSON) and lease.holds(PERSON) and lease.taken_over == 1
    assert not lease.take(ROUTINE)
    lease.give_back(ROUTINE)
    assert lease.holds(PERSON)
    lease.give_back(PERSON)
    assert lease.take(ROUTINE)


@pytest.mark.parametrize(
    ("motion", "senses", "said"),
    [
        ("backflip", dog(), "not_possible"),
        ("stand", dog(response_age_s=2.0), "no_answer"),
        ("trot_slow", dog(mode=Mode.DAMPING), "not_from_here"),
        ("shake_left", dog(battery=15.0), "battery_low"),
        ("stand", dog(battery=3.0), "battery_empty"),
        ("stretch", dog(celsius=80.0), "warm"),
        ("stand", dog(celsius=90.0), "too_hot"),
        ("stand", dog(odometry=Odometry(attitude=(3.0, 0, 0))), "fallen"),
        ("stand", dog(response=RobotResponse(mode=12, switch_status=4, motor_error=(0,) * 12)), "lifted"),
        ("stand", dog(response=RobotResponse(mode=12, motor_error=(1 << 8, *(0,) * 11))), "motor_8"),
    ],
)
def test_what_is_not_possible_now_is_refused_by_name(motion: str, senses: Senses, said: str) -> None:
    refused = refusal(MOTIONS[motion], senses)
    assert refused is not None and refused.id == said and refused.words.zh and refused.words.en


def test_getting_up_and_lying_down_are_allowed_where_standing_is_not() -> None:
    fallen = dog(mode=Mode.DAMPING, odometry=Odometry(attitude=(3.0, 0, 0)))
    assert refusal(MOTIONS["recover"], fallen) is None
    assert refusal(MOTIONS["lie"], dog(battery=1.0)) is None
    assert refusal(MOTIONS["emergency_stop"], dog(response_age_s=9.0)) is None


def test_when_nobody_wants_anything_of_it_it_lies_down() -> None:
    pilot = Pilot()
    pilot.lease.take(PERSON)
    pilot.wish(PERSON, Perform(name="stand"), dog())
    pilot.leave(PERSON, 1.0)
    stands = pilot.tick(dog(IDLE_S))
    lies = pilot.tick(dog(IDLE_S + 1.5))
    assert stands is not None and stands.mode == Mode.STAND
    assert lies is not None and lies.mode == Mode.DAMPING


def test_a_trick_wished_for_twice_is_asked_for_twice() -> None:
    pilot = Pilot()
    pilot.lease.take(PERSON)
    pilot.wish(PERSON, Perform(name="wag"), dog())
    first = pilot.tick(dog())
    assert pilot.tick(dog(0.05, Mode.MOTION)) == first
    pilot.wish(PERSON, Perform(name="wag"), dog(0.1, Mode.MOTION))
    second = pilot.tick(dog(0.1, Mode.MOTION))
    assert first is not None and second is not None and second.life_count == first.life_count + 1
