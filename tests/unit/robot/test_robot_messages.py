"""Bytes on the wire: what was published of them, and whatever else may arrive."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.robot.motions import BY_KEY, DONE, FOLLOWS, MOTIONS, Limits, Mode, may_follow
from homebody.robot.wire.channels import COMMANDS, ODOMETRIES, RESPONSES, STATE_ESTIMATES, TEMPERATURES, url
from homebody.robot.wire.codec import Codec, WireError, wire
from homebody.robot.wire.messages import (
    COMMAND,
    MOTOR_HEALTHY,
    MOTOR_TEMPERATURE,
    ODOMETRY,
    RESPONSE,
    STATE_ESTIMATE,
    RobotCommand,
    RobotResponse,
    SwitchStatus,
    next_life_count,
)

EVERY = (COMMAND, RESPONSE, ODOMETRY, STATE_ESTIMATE, MOTOR_TEMPERATURE)

int8 = st.integers(-128, 127)
int32 = st.integers(-(2**31), 2**31 - 1)
real = st.floats(width=32)


def reals(count: int) -> st.SearchStrategy[tuple[float, ...]]:
    return st.tuples(*[real] * count)


commands = st.builds(
    RobotCommand,
    mode=int8,
    gait_id=int8,
    contact=int8,
    life_count=int8,
    velocity=reals(3),
    attitude=reals(3),
    position=reals(3),
    acceleration=reals(6),
    control_point=reals(3),
    foot_pose=reals(6),
    step_height=reals(2),
    value=int32,
    duration_ms=int32,
)


def test_fingerprints_and_sizes_are_the_published_ones() -> None:
    assert COMMAND.fingerprint == 0x8ED6C3C52D5F2DEA and COMMAND.size == 124
    assert RESPONSE.fingerprint == 0x90BB53042DDB518E and RESPONSE.size == 64
    assert len({codec.fingerprint for codec in EVERY}) == len(EVERY)


def test_ports_and_channels_are_the_published_ones() -> None:
    found = [
        (channel.port, channel.name)
        for channel in (COMMANDS, RESPONSES, TEMPERATURES, ODOMETRIES, STATE_ESTIMATES)
    ]
    assert found == [
        (7671, "robot_control_cmd"),
        (7670, "robot_control_response"),
        (7670, "motor_temperature"),
        (7667, "global_to_robot"),
        (7669, "state_estimator"),
    ]
    assert url(7671, 0) == "udpm://239.255.76.67:7671?ttl=0"
    with pytest.raises(ValueError, match="time to live"):
        url(7671, 256)


def test_a_command_lies_on_the_wire_field_after_field() -> None:
    command = RobotCommand(mode=11, gait_id=27, life_count=-128, velocity=(0.5, 0, -1), duration_ms=500)
    data = COMMAND.encode(command)
    assert struct.unpack_from(">4b3f", data, 8) == (11, 27, 15, -128, 0.5, 0, -1)
    assert struct.unpack_from(">2i", data, len(data) - 8) == (0, 500)


@given(commands)
def test_every_command_comes_back_as_it_was(command: RobotCommand) -> None:
    again = COMMAND.decode(COMMAND.encode(command))
    for field in fields(command):
        ours, theirs = getattr(command, field.name), getattr(again, field.name)
        if isinstance(ours, tuple):
            pairs = list(zip(ours, theirs, strict=True))
            assert all(one == two or (math.isnan(one) and math.isnan(two)) for one, two in pairs)
        else:
            assert ours == theirs


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    for codec in EVERY:
        with pytest.raises(WireError):
            codec.decode(data)


@given(st.sampled_from(EVERY), st.integers(-30, 30).filter(bool))
def test_a_message_that_is_too_short_or_too_long_is_refused(codec: Codec[object], more: int) -> None:
    data = codec.encode(codec.message())
    with pytest.raises(WireError):
        codec.decode(data[:more] if more < 0 else data + bytes(more))


@pytest.mark.parametrize(
    "wrong",
    [
        RobotCommand(mode=128),
        RobotCommand(life_count=-129),
        RobotCommand(duration_ms=2**31),
        RobotCommand(velocity=(1e39, 0, 0)),
        RobotCommand(acceleration=(0.0,)),
    ],
)
def test_numbers_that_the_wire_cannot_hold_are_refused(wrong: RobotCommand) -> None:
    with pytest.raises(WireError):
        COMMAND.encode(wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    width: int = wire("int16_t")
    size: int = wire("int32_t")
    pixels: bytes = wire("byte", "size")
    depths: tuple[float, ...] = wire("float", "width")


@given(st.binary(max_size=300), st.lists(real.filter(math.isfinite), max_size=9))
def test_arrays_may_have_the_length_that_another_field_tells(pixels: bytes, depths: list[float]) -> None:
    codec = Codec(Picture)
    picture = Picture(width=len(depths), size=len(pixels), pixels=pixels, depths=tuple(depths))
    data = codec.encode(picture)
    assert codec.size is None and codec.decode(data) == picture
    with pytest.raises(WireError):
        codec.decode(data + b"\0")
    with pytest.raises(WireError):
        codec.encode(replace(picture, size=len(pixels) + 1))


def test_a_length_that_lies_is_refused() -> None:
    codec = Codec(Picture)
    data = bytearray(codec.encode(Picture(size=4, pixels=b"1234")))
    for length in (-1, 5, 2**31 - 1):
        data[10:14] = struct.pack(">i", length)
        with pytest.raises(WireError):
            codec.decode(bytes(data))


def test_life_counts_go_round() -> None:
    count = -128
    seen = set()
    for _ in range(256):
        seen.add(count)
        count = next_life_count(count)
    assert count == -128 and seen == set(range(-128, 128))


def test_a_status_that_nobody_documented_is_unknown() -> None:
    assert RobotResponse(switch_status=5).status is SwitchStatus.BANNED
    assert RobotResponse(switch_status=77).status is SwitchStatus.UNKNOWN
    assert struct.pack(">i", MOTOR_HEALTHY) == b"\x80\0\0\0"


def test_motions_have_names_in_both_languages_and_one_key_each() -> None:
    assert len(BY_KEY) == len(MOTIONS)
    assert all(motion.zh and motion.en for motion in MOTIONS.values())
    assert all((motion.limits is not None) == (motion.kind == "gait") for motion in MOTIONS.values())
    assert set(FOLLOWS) == set(Mode) and 0 < DONE <= 100


@given(st.integers(-128, 127), st.sampled_from(sorted(MOTIONS)))
def test_stopping_and_lying_down_may_follow_anything_of_which_the_document_does_not_say_no(
    mode: int, wanted: str
) -> None:
    motion = MOTIONS[wanted]
    if motion.kind == "stop":
        assert may_follow(mode, motion)
    if mode not in set(Mode):
        assert may_follow(mode, motion) == (motion.kind in ("stop", "rest"))


def test_walking_does_not_follow_lying() -> None:
    assert not may_follow(Mode.DAMPING, MOTIONS["trot_slow"])
    assert may_follow(Mode.STAND, MOTIONS["trot_slow"])


limits = st.builds(
    Limits, forward=st.floats(0, 9), backward=st.floats(0, 9), sideways=st.floats(0, 9), turn=st.floats(0, 9)
)


@given(limits, limits)
def test_the_least_of_two_limits_is_within_both(one: Limits, other: Limits) -> None:
    least = one.least(other)
    for name in ("forward", "backward", "sideways", "turn"):
        assert getattr(least, name) == min(getattr(one, name), getattr(other, name))
