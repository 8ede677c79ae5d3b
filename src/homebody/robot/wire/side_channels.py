"""What the robot tells by other ways than LCM (battery, ranges), carried over the same wire in simulation.

On the robot these come over ROS 2 or gRPC, which this project does not speak. They are ours, under names and
on a port that the documented protocol does not use.
"""

from __future__ import annotations

from dataclasses import dataclass

from homebody.robot.wire.channels import Channel
from homebody.robot.wire.codec import Codec, wire

PORT = 7672


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Rays in the plane of the body, ten times a second, from ``first_bearing`` on in steps of ``step``
    (rad, counter-clockwise from straight ahead); metres from the middle of the body, infinite where nothing
    is hit."""

    timestamp_ns: int = wire("int64_t")
    first_bearing: float = wire("float", default=0.0)
    step: float = wire("float", default=0.0)
    count: int = wire("int16_t")
    distances: tuple[float, ...] = wire("float", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """Once a second. ``charging`` is 0 or 1."""

    percent: float = wire("float", default=0.0)
    volts: float = wire("float", default=0.0)
    charging: int = wire("boolean")


RANGES: Channel[Ranges] = Channel(PORT, "homebody_ranges", Codec(Ranges), 10)
BATTERY: Channel[Battery] = Channel(PORT, "homebody_battery", Codec(Battery), 1)
