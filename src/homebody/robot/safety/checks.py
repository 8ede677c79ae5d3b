"""Whether a motion may be asked for now: judged before anything is sent, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.robot.motions import Mode, Motion, may_follow
from homebody.robot.safety.faults import faults
from homebody.robot.safety.limits import BATTERY_EMPTY, BATTERY_LOW, WARM_C
from homebody.robot.senses import Senses
from homebody.robot.words import Words

UPSIDE_DOWN = 1.0
"""Roll or pitch (rad) from which the dog has fallen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why not. ``id`` for programs, ``words`` for people."""

    id: str
    words: Words


EMERGENCY = Refusal(
    id="emergency_stop",
    words=Words("急停按下了，要由人解除", "the emergency stop is pressed; a person must release it"),
)
NOT_OWNER = Refusal(id="not_owner", words=Words("机器狗正由别人指挥", "somebody else commands the dog"))
NOT_A_NUMBER = Refusal(id="not_a_number", words=Words("速度不是数字", "that is no speed"))
FOREIGN = Refusal(
    id="foreign",
    words=Words("另有程序在指挥机器狗，先请它停下", "another program commands the dog; stop it first"),
)


def refusal(motion: Motion, senses: Senses) -> Refusal | None:
    """Why a motion is not asked for now, or None. Stopping is never refused."""
    if motion.kind == "stop":
        return None
    if not motion.possible:
        return Refusal(
            id="not_possible",
            words=Words(f"{motion.zh}我不做", f"I do not do this: {motion.en}"),
        )
    if senses.silent or senses.response is None:
        return Refusal(id="no_answer", words=Words("机器狗没有回应", "the dog does not answer"))
    if motion.kind == "rest":
        return None
    for fault in faults(senses):
        if fault.stops:
            return Refusal(id=fault.id, words=fault.words)
    if motion.mode is not Mode.RECOVERY and fallen(senses):
        return Refusal(
            id="fallen", words=Words("摔倒了，要先翻身站起来", "it has fallen and must get up first")
        )
    if motion.kind == "trick" and motion.id != "sit":
        if senses.battery is not None and not senses.battery > BATTERY_LOW:
            return Refusal(id="battery_low", words=Words("电量低，不做表演", "the battery is low: no tricks"))
        if senses.celsius is not None and not senses.celsius < WARM_C:
            return Refusal(id="warm", words=Words("电机偏热，歇一会再表演", "the motors are warm: no tricks"))
    if not may_follow(senses.response.mode, motion):
        return Refusal(
            id="not_from_here",
            words=Words(f"现在的姿势不能{motion.zh}", f"from this posture it cannot {motion.en}"),
        )
    return None


def fallen(senses: Senses) -> bool:
    """Whether the body lies on its side or back, as far as its pose is known."""
    if senses.odometry is None:
        return False
    roll, pitch, _ = senses.odometry.attitude
    return not (abs(roll) < UPSIDE_DOWN and abs(pitch) < UPSIDE_DOWN)


def must_rest(senses: Senses) -> Refusal | None:
    """Why the dog has to lie down at once, whatever it is doing."""
    if senses.battery is not None and not senses.battery > BATTERY_EMPTY:
        return Refusal(
            id="battery_empty", words=Words("电量耗尽，趴下了", "the battery is empty: it lies down")
        )
    for fault in faults(senses):
        if fault.stops and fault.id not in ("no_answer", "lifted"):
            return Refusal(id=fault.id, words=fault.words)
    return None
