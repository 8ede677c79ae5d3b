"""The motions of the dog: one table for the board that makes them and for the driver that asks for them.

A motion is a mode and a gait of the protocol, its names, its limits, how long it takes and what may follow.
Source: Xiaomi's "User Interface of Locomotion Module", and ``motion_id_map.toml`` and ``motion_macros.hpp``
of MiRoboticsLab/motion. What may follow recovery and the tricks of mode 62 is not documented: here it is what
may follow standing, and after a trick no walking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Kind = Literal["stop", "rest", "stand", "pose", "gait", "trick"]


class Mode(IntEnum):
    """Modes of the protocol."""

    OFF = 0
    FORCE_POSE = 3
    BACKFLIP = 5
    DAMPING = 7
    LOCOMOTION = 11
    STAND = 12
    JUMP = 16
    POSE = 21
    MOTION = 62
    TWO_LEGS = 64
    RECOVERY = 80


_UPRIGHT = frozenset((Mode.OFF, Mode.DAMPING, Mode.STAND, Mode.FORCE_POSE, Mode.POSE))
_ANY = _UPRIGHT | {Mode.LOCOMOTION, Mode.MOTION, Mode.TWO_LEGS, Mode.JUMP, Mode.BACKFLIP, Mode.RECOVERY}

FOLLOWS: Mapping[Mode, frozenset[Mode]] = {
    Mode.OFF: frozenset((Mode.OFF, Mode.STAND, Mode.DAMPING, Mode.RECOVERY)),
    Mode.DAMPING: frozenset((Mode.OFF, Mode.STAND, Mode.DAMPING, Mode.RECOVERY)),
    Mode.STAND: _ANY,
    Mode.RECOVERY: _ANY,
    Mode.POSE: _ANY,
    Mode.FORCE_POSE: _UPRIGHT | {Mode.LOCOMOTION, Mode.MOTION, Mode.BACKFLIP},
    Mode.LOCOMOTION: _UPRIGHT | {Mode.LOCOMOTION},
    Mode.JUMP: _UPRIGHT | {Mode.LOCOMOTION},
    Mode.BACKFLIP: frozenset((Mode.OFF, Mode.FORCE_POSE, Mode.STAND)),
    Mode.MOTION: frozenset((Mode.OFF, Mode.DAMPING, Mode.STAND, Mode.POSE, Mode.MOTION, Mode.RECOVERY)),
    Mode.TWO_LEGS: frozenset((Mode.OFF, Mode.DAMPING, Mode.STAND, Mode.JUMP)),
}
"""Which modes may be asked for after a mode. After an emergency stop the document advises to stand, only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Greatest speeds: ``forward``, ``backward`` and ``sideways`` in m/s, ``turn`` in rad/s. All above 0."""

    forward: float
    backward: float
    sideways: float
    turn: float

    def least(self, other: Limits) -> Limits:
        """The tighter of two in every direction."""
        return Limits(
            forward=min(self.forward, other.forward),
            backward=min(self.backward, other.backward),
            sideways=min(self.sideways, other.sideways),
            turn=min(self.turn, other.turn),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """``lasts_s`` is about how long it takes, ``at_most_s`` after how long it has failed; both 0 for what
    goes on until something else is asked for. ``possible``: the simulated body and the driver take it."""

    id: str
    mode: Mode
    gait: int
    kind: Kind
    zh: str
    en: str
    limits: Limits | None = None
    lasts_s: float = 0.0
    at_most_s: float = 0.0
    possible: bool = True

    @property
    def key(self) -> tuple[int, int]:
        """Mode and gait, as they are on the wire."""
        return (int(self.mode), self.gait)


def _gait(id_: str, gait: int, zh: str, en: str, limits: Limits, *, possible: bool = True) -> Motion:
    return Motion(
        id=id_, mode=Mode.LOCOMOTION, gait=gait, kind="gait", zh=zh, en=en, limits=limits, possible=possible
    )


def _trick(
    id_: str, mode: Mode, gait: int, zh: str, en: str, lasts_s: float, *, possible: bool = True
) -> Motion:
    return Motion(
        id=id_, mode=mode, gait=gait, kind="trick", zh=zh, en=en, lasts_s=lasts_s,
        at_most_s=lasts_s * 1.5 + 3, possible=possible,
    )  # fmt: skip


_SLOW = Limits(forward=0.6, backward=0.6, sideways=0.2, turn=1.3)
_MEDIUM = Limits(forward=1.2, backward=1.2, sideways=0.4, turn=2.25)
_FAST = Limits(forward=1.6, backward=1.2, sideways=0.55, turn=2.5)

_MOTIONS = (
    Motion(id="emergency_stop", mode=Mode.OFF, gait=0, kind="stop", zh="急停", en="emergency stop"),
    Motion(id="limp", mode=Mode.DAMPING, gait=0, kind="rest", zh="放松趴下", en="let go and sink down",
           lasts_s=3.0, at_most_s=6.0),
    Motion(id="lie", mode=Mode.DAMPING, gait=1, kind="rest", zh="趴下", en="lie down",
           lasts_s=3.0, at_most_s=6.0),
    Motion(id="stand", mode=Mode.STAND, gait=0, kind="stand", zh="站立", en="stand up",
           lasts_s=2.0, at_most_s=10.0),
    Motion(id="recover", mode=Mode.RECOVERY, gait=1, kind="stand", zh="翻身站起", en="get up after a fall",
           lasts_s=5.0, at_most_s=15.0),
    Motion(id="roll_over", mode=Mode.STAND, gait=17, kind="trick", zh="打滚", en="roll over",
           lasts_s=8.0, at_most_s=12.0, possible=False),
    Motion(id="force_pose", mode=Mode.FORCE_POSE, gait=0, kind="pose", zh="力控姿态",
           en="pose held by force"),
    Motion(id="pose", mode=Mode.POSE, gait=5, kind="pose", zh="姿态", en="pose"),
    Motion(id="pose_by", mode=Mode.POSE, gait=0, kind="pose", zh="相对姿态", en="pose relative to now"),
    Motion(id="pose_hold", mode=Mode.POSE, gait=3, kind="pose", zh="保持姿态", en="hold the pose reached"),
    Motion(id="stand_ready", mode=Mode.LOCOMOTION, gait=1, kind="stand", zh="行走间站立",
           en="stand between steps", lasts_s=1.0, at_most_s=5.0),
    _gait("trot_slow", 27, "慢走", "slow trot", _SLOW),
    _gait("trot_medium", 3, "中速小跑", "medium trot", _MEDIUM),
    _gait("trot_fast", 10, "快跑", "fast trot", _FAST),
    _gait("trot_adaptive", 26, "自变频小跑", "adaptive trot",
          Limits(forward=1.6, backward=1.2, sideways=0.6, turn=2.5)),
    _gait("bound", 7, "前后跳跑", "bound", _SLOW, possible=False),
    _gait("pronk", 2, "四足跳跑", "pronk", _SLOW, possible=False),
    _trick("jump_left", Mode.JUMP, 0, "左转跳", "jump and turn left", 1.5, possible=False),
    _trick("jump_right", Mode.JUMP, 3, "右转跳", "jump and turn right", 1.5, possible=False),
    _trick("jump_forward", Mode.JUMP, 1, "向前跳", "jump forward", 1.5, possible=False),
    _trick("jump_up", Mode.JUMP, 6, "向上跳", "jump up", 1.5, possible=False),
    _trick("backflip", Mode.BACKFLIP, 0, "后空翻", "backflip", 8.0, possible=False),
    _trick("dance", Mode.MOTION, 0, "跳舞", "dance", 12.0),
    _trick("shake_left", Mode.MOTION, 1, "握左手", "shake the left paw", 8.6),
    _trick("shake_right", Mode.MOTION, 2, "握右手", "shake the right paw", 8.6),
    _trick("sit", Mode.MOTION, 3, "坐下", "sit", 1.3),
    _trick("wag", Mode.MOTION, 4, "扭屁股", "wag", 6.0),
    _trick("head_circle", Mode.MOTION, 5, "转头", "circle with the head", 6.0),
    _trick("stretch", Mode.MOTION, 6, "伸懒腰", "stretch", 6.0),
    _trick("ballet", Mode.MOTION, 11, "芭蕾", "ballet", 12.0, possible=False),
    _trick("moonwalk", Mode.MOTION, 12, "太空步", "moonwalk", 8.0, possible=False),
    _trick("push_up", Mode.MOTION, 34, "俯卧撑", "push-up", 6.0),
    _trick("greet", Mode.TWO_LEGS, 0, "作揖", "greet", 10.0),
)  # fmt: skip

MOTIONS: Mapping[str, Motion] = {motion.id: motion for motion in _MOTIONS}
BY_KEY: Mapping[tuple[int, int], Motion] = {motion.key: motion for motion in _MOTIONS}

# What any command may ask for, whatever its motion: the documented bounds of its fields.
TILT = 0.45
"""Greatest roll, pitch and yaw of a pose, rad."""
HEIGHT = (0.1, 0.32)
"""Of the body above the ground in a pose or gait, m."""
STEP_HEIGHT = 0.06
"""Greatest clearance of a foot, m."""
DONE = 95
"""Percent of its progress from which a motion counts as done; the bar of standing stops there."""


def may_follow(mode: int, wanted: Motion) -> bool:
    """Whether the board takes a motion while it is in ``mode``. A mode of no document: stop and rest."""
    allowed = FOLLOWS.get(Mode(mode)) if mode in set(Mode) else None
    return wanted.mode in (allowed or (Mode.OFF, Mode.DAMPING))
