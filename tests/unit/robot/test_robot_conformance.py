"""The documented rules of the protocol, each a test, against a board over the wire.

Numbers are the chapters of Xiaomi's "User Interface of Locomotion Module".
"""

from __future__ import annotations

import pytest

from homebody.robot.kinematic import STEP_S, KinematicDog
from homebody.robot.motions import FOLLOWS, MOTIONS, Mode
from homebody.robot.wire.channels import COMMANDS, ODOMETRIES, RESPONSES, TEMPERATURES, WATCHDOG_S
from homebody.robot.wire.codec import WireError
from homebody.robot.wire.memory import MemoryWire
from homebody.robot.wire.messages import (
    COMMAND,
    MotorTemperature,
    Odometry,
    RobotCommand,
    RobotResponse,
    SwitchStatus,
)


class Bench:
    """A board, and a client that speaks the protocol by hand."""

    def __init__(self) -> None:
        self.wire = MemoryWire()
        self.board = KinematicDog(self.wire)
        self.responses: list[RobotResponse] = []
        self.odometry: list[Odometry] = []
        self.temperatures: list[MotorTemperature] = []
        self.wire.hear(RESPONSES, self.responses.append)
        self.wire.hear(ODOMETRIES, self.odometry.append)
        self.wire.hear(TEMPERATURES, self.temperatures.append)
        self.life = 0

    def send(self, motion: str, *, again: bool = False, **more: object) -> None:
        if not again:
            self.life = self.life + 1 if self.life < 127 else -128
        mode, gait = MOTIONS[motion].key
        self.wire.publish(
            COMMANDS,
            RobotCommand(mode=mode, gait_id=gait, life_count=self.life, **more),  # type: ignore[arg-type]
        )

    def wait(self, seconds: float, *, keep: str = "") -> RobotResponse:
        """Let time pass; with ``keep`` the last command is sent again at 20 Hz."""
        for number in range(round(seconds / STEP_S)):
            if keep and number % 2 == 0:
                self.send(keep, again=True)
            self.board.step()
        return self.responses[-1]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_2_1_a_command_acts_when_its_life_count_differs(bench: Bench) -> None:
    bench.send("stand")
    assert bench.wait(0.1).mode == Mode.STAND
    bench.send("sit", again=True)
    assert bench.wait(0.1).mode == Mode.STAND
    bench.send("sit")
    assert bench.wait(0.1).mode == Mode.MOTION


def test_2_1_the_life_count_goes_round(bench: Bench) -> None:
    bench.life = 126
    for motion, mode in (("stand", Mode.STAND), ("sit", Mode.MOTION), ("stand", Mode.STAND)):
        bench.send(motion)
        assert bench.wait(0.1).mode == mode
    assert bench.life == -127


def test_2_1_without_a_packet_for_half_a_second_it_lies_down(bench: Bench) -> None:
    bench.send("stand")
    assert bench.wait(3 * WATCHDOG_S, keep="stand").mode == Mode.STAND
    assert bench.wait(WATCHDOG_S + 0.1).mode == Mode.DAMPING


def test_2_1_any_packet_keeps_it_awake(bench: Bench) -> None:
    bench.send("stand")
    bench.wait(0.1)
    bench.send("trot_slow", velocity=(0.3, 0.0, 0.0))
    response = bench.wait(2.0, keep="trot_slow")
    assert response.mode == Mode.LOCOMOTION and bench.odometry[-1].position[0] > 0.4


@pytest.mark.parametrize("mode", [Mode.DAMPING, Mode.STAND, Mode.LOCOMOTION, Mode.MOTION, Mode.OFF])
def test_2_3_what_may_not_follow_is_refused_with_its_status(bench: Bench, mode: Mode) -> None:
    before = {"DAMPING": "lie", "STAND": "stand", "LOCOMOTION": "trot_slow", "MOTION": "sit",
              "OFF": "emergency_stop"}[mode.name]  # fmt: skip
    for wanted in MOTIONS.values():
        trial = Bench()
        trial.send("stand")
        trial.wait(0.1)
        trial.send(before)
        assert trial.wait(0.1).mode == mode
        trial.send(wanted.id)
        response = trial.wait(0.1)
        if wanted.mode in FOLLOWS[mode]:
            assert (response.mode, response.status) == (wanted.mode, SwitchStatus.DONE), wanted.id
        else:
            assert (response.mode, response.status) == (mode, SwitchStatus.BANNED), wanted.id


def test_2_3_the_emergency_stop_wins_over_everything(bench: Bench) -> None:
    for motion in ("stand", "trot_slow", "stand", "sit"):
        bench.send(motion)
        bench.wait(0.1)
        bench.send("emergency_stop")
        assert bench.wait(STEP_S).mode == Mode.OFF
        bench.send("stand")
        bench.wait(0.1)


def test_2_3_progress_ends_at_a_hundred(bench: Bench) -> None:
    bench.send("stand")
    bench.wait(0.1)
    bench.send("sit")
    early = bench.wait(0.2).progress
    assert 0 <= early < bench.wait(2.0, keep="sit").progress == 100


def test_2_3_rates_of_what_it_tells(bench: Bench) -> None:
    bench.wait(2.0)
    assert len(bench.responses) == len(bench.odometry) == 100
    assert bench.temperatures and len(bench.temperatures[-1].celsius) == 12


def test_bytes_with_another_fingerprint_are_no_command() -> None:
    data = bytearray(COMMAND.encode(RobotCommand(mode=12)))
    data[0] ^= 1
    with pytest.raises(WireError, match="fingerprint"):
        COMMAND.decode(bytes(data))
