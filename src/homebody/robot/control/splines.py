"""Motions that are told by joint angles: from keyframe to keyframe, smoothly, by a spring at each joint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homebody.robot.control.postures import LIE, STAND
from homebody.robot.control.state import State
from homebody.robot.dimensions import Array

_STIFFNESS, _DAMPING = 80.0, 2.0  # N·m/rad, N·m·s/rad


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyframe:
    """``joints`` (4, 3) are reached after ``seconds`` from the keyframe before."""

    seconds: float
    joints: Array


STAND_UP = (Keyframe(seconds=0.6, joints=LIE), Keyframe(seconds=1.0, joints=STAND))
LIE_DOWN = (Keyframe(seconds=1.2, joints=LIE),)


class Spline:
    """Goes through its keyframes from wherever the joints are, then holds the last."""

    def __init__(self, keyframes: Sequence[Keyframe], dt: float) -> None:
        self._keyframes = tuple(keyframes)
        self._dt = dt
        self._from: Array | None = None
        self._index = 0
        self._elapsed = 0.0

    @property
    def done(self) -> bool:
        return self._index == len(self._keyframes) - 1 and self._elapsed >= self._keyframes[-1].seconds

    def torques(self, state: State) -> Array:
        """Joint torques (4, 3) for this tick."""
        if self._from is None:
            self._from = state.joints.copy()
        frame = self._keyframes[self._index]
        if self._elapsed >= frame.seconds and self._index + 1 < len(self._keyframes):
            self._from, self._elapsed = frame.joints, 0.0
            self._index += 1
            frame = self._keyframes[self._index]
        share = min(self._elapsed / frame.seconds, 1.0)
        share = share * share * (3.0 - 2.0 * share)
        self._elapsed += self._dt
        wanted = (1.0 - share) * self._from + share * frame.joints
        torques: Array = _STIFFNESS * (wanted - state.joints) - _DAMPING * state.speeds
        return torques
