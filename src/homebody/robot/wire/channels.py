"""Where the messages of the protocol go: ports and channels as documented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from homebody.robot.wire.codec import Codec
from homebody.robot.wire.messages import (
    COMMAND,
    MOTOR_TEMPERATURE,
    ODOMETRY,
    RESPONSE,
    STATE_ESTIMATE,
    MotorTemperature,
    Odometry,
    RobotCommand,
    RobotResponse,
    StateEstimate,
)

GROUP = "239.255.76.67"
FIRST_PORT = 7667
"""The least of the ports; the others keep their distance from it where it is moved."""
WATCHDOG_S = 0.5
"""Without a packet for so long, the board lies down by itself."""

Message = TypeVar("Message")


@dataclass(frozen=True, slots=True)
class Channel(Generic[Message]):
    """``rate_hz``: how often messages are sent, 0 where there is no fixed rate."""

    port: int
    name: str
    codec: Codec[Message]
    rate_hz: float = 0.0


COMMANDS: Channel[RobotCommand] = Channel(7671, "robot_control_cmd", COMMAND, 20)
RESPONSES: Channel[RobotResponse] = Channel(7670, "robot_control_response", RESPONSE, 50)
TEMPERATURES: Channel[MotorTemperature] = Channel(7670, "motor_temperature", MOTOR_TEMPERATURE, 1)
ODOMETRIES: Channel[Odometry] = Channel(7667, "global_to_robot", ODOMETRY, 50)
STATE_ESTIMATES: Channel[StateEstimate] = Channel(7669, "state_estimator", STATE_ESTIMATE, 50)


def url(port: int, ttl: int, first_port: int = FIRST_PORT) -> str:
    """LCM's address of a documented port. ``ttl`` 0 keeps packets on this machine; the robot is at 1."""
    if not 0 <= ttl <= 255:
        raise ValueError(f"a time to live is 0 to 255, not {ttl}")
    return f"udpm://{GROUP}:{port - FIRST_PORT + first_port}?ttl={ttl}"
