"""What is said on the wire, as values. Metres, radians, seconds unless a field says otherwise.

Body axes: x forward, y to the left, z up. Legs in the order front right, front left, rear right, rear left,
each with its abad, hip and knee joint. Source: Xiaomi's "User Interface of Locomotion Module" (MiRoboticsLab
blogs), chapter 2, and the .lcm files of cyberdog_locomotion.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from homebody.robot.wire.codec import Codec, wire

Three = tuple[float, float, float]

MOTOR_HEALTHY = -0x8000_0000
"""``motor_error`` of a joint without errors and warnings: its motor's mode (bits 30 and 31), nothing else."""
ALL_FEET = 0x0F

LIFE_COUNTS = range(-128, 128)


class SwitchStatus(IntEnum):
    """What became of the latest wish to change the motion."""

    DONE = 0
    TRANSITIONING = 1
    EMERGENCY_STOP = 2
    DAMPING = 3
    LIFTED = 4
    BANNED = 5
    OVERHEATED = 6
    LOW_BATTERY = 7
    UNKNOWN = 127

    @classmethod
    def _missing_(cls, _: object) -> SwitchStatus:
        return cls.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotCommand:
    """A wish. It acts only if its ``life_count`` differs from the one before; else it only keeps alive.

    ``duration_ms`` 0: until another comes, and in place of what waits; else it waits its turn.
    """

    mode: int = wire("int8_t")
    gait_id: int = wire("int8_t")
    contact: int = wire("int8_t", default=ALL_FEET)
    life_count: int = wire("int8_t")
    velocity: Three = wire("float", 3, name="vel_des", default=0.0)
    """Forward and left (m/s), turning left (rad/s)."""
    attitude: Three = wire("float", 3, name="rpy_des", default=0.0)
    """Roll, pitch, yaw."""
    position: Three = wire("float", 3, name="pos_des", default=0.0)
    """Offset of the body; its third is the height above the ground where a gait or pose takes one."""
    acceleration: tuple[float, ...] = wire("float", 6, name="acc_des", default=0.0)
    control_point: Three = wire("float", 3, name="ctrl_point", default=0.0)
    foot_pose: tuple[float, ...] = wire("float", 6, default=0.0)
    step_height: tuple[float, float] = wire("float", 2, default=0.0)
    """Of front and rear feet."""
    value: int = wire("int32_t")
    duration_ms: int = wire("int32_t", name="duration")


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotResponse:
    """What the board does just now, 50 times a second."""

    mode: int = wire("int8_t")
    gait_id: int = wire("int8_t")
    contact: int = wire("int8_t")
    """Feet on the ground: bit 0 front right, 1 front left, 2 rear right, 3 rear left."""
    progress: int = wire("int8_t", name="order_process_bar")
    """Percent."""
    switch_status: int = wire("int8_t")
    ori_error: int = wire("int8_t")
    footpos_error: int = wire("int16_t")
    motor_error: tuple[int, ...] = wire("int32_t", 12)

    @property
    def status(self) -> SwitchStatus:
        return SwitchStatus(self.switch_status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Odometry:
    """Where the body is in the frame in which its odometry began, 50 times a second."""

    position: Three = wire("float", 3, name="xyz", default=0.0)
    velocity: Three = wire("float", 3, name="vxyz", default=0.0)
    attitude: Three = wire("float", 3, name="rpy", default=0.0)
    """Roll, pitch, yaw."""
    turning: Three = wire("float", 3, name="omegaBody", default=0.0)
    """Angular velocity in body axes, rad/s."""
    body_velocity: Three = wire("float", 3, name="vBody", default=0.0)
    """Velocity in body axes, m/s."""
    timestamp_ns: int = wire("int64_t", name="timestamp")


@dataclass(frozen=True, slots=True, kw_only=True)
class StateEstimate:
    """The whole of what the board's estimator knows, 50 times a second."""

    position: Three = wire("float", 3, name="p", default=0.0)
    velocity: Three = wire("float", 3, name="vWorld", default=0.0)
    body_velocity: Three = wire("float", 3, name="vBody", default=0.0)
    absolute_position: Three = wire("float", 3, name="p_abs", default=0.0)
    absolute_velocity: Three = wire("float", 3, name="vWorld_abs", default=0.0)
    absolute_body_velocity: Three = wire("float", 3, name="vBody_abs", default=0.0)
    remote_velocity: Three = wire("float", 3, name="vRemoter", default=0.0)
    attitude: Three = wire("float", 3, name="rpy", default=0.0)
    body_turning: Three = wire("float", 3, name="omegaBody", default=0.0)
    turning: Three = wire("float", 3, name="omegaWorld", default=0.0)
    quaternion: tuple[float, float, float, float] = wire("float", 4, name="quat", default=0.0)
    body_acceleration: Three = wire("float", 3, name="aBody", default=0.0)
    acceleration: Three = wire("float", 3, name="aWorld", default=0.0)
    contact: tuple[float, float, float, float] = wire("float", 4, name="contactEstimate", default=0.0)
    timestamp_ns: int = wire("int64_t", name="timestamp")


@dataclass(frozen=True, slots=True, kw_only=True)
class MotorTemperature:
    """Degrees Celsius of the twelve motors, once a second."""

    celsius: tuple[float, ...] = wire("float", 12, name="motor_temperature", default=0.0)


COMMAND = Codec(RobotCommand)
RESPONSE = Codec(RobotResponse)
ODOMETRY = Codec(Odometry)
STATE_ESTIMATE = Codec(StateEstimate)
MOTOR_TEMPERATURE = Codec(MotorTemperature)


def next_life_count(life_count: int) -> int:
    """The one after, from -128 to 127 and round again."""
    return life_count + 1 if life_count < LIFE_COUNTS[-1] else LIFE_COUNTS[0]
