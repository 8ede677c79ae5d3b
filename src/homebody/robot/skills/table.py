"""The table of skills: names in both languages, arguments with bounds, how long each may take.

What a skill needs first is always the same: somebody may command the dog, no fault stops it, and it stands
up by itself where it must. What happens on failure is the same, too: it stops where it is, and says why.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homebody.robot.motions import MOTIONS
from homebody.robot.words import Words

Argument = float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """``number`` between ``min`` and ``max`` in ``unit``; ``area`` the id of an area; ``areas`` several, with
    commas. Left out, it is ``default``; None: it must be said."""

    name: str
    type: Literal["number", "area", "areas"]
    min: float = 0.0
    max: float = 0.0
    unit: str = ""
    default: Argument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """``said`` are the words for it besides its names; ``effect`` and ``seen`` are for people. ``trick`` is
    the motion behind a trick; ``possible`` False: it is refused by name, with ``why_not``."""

    id: str
    name: Words
    said: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    effect: str
    seen: str
    at_most_s: float
    trick: str = ""
    moves: bool = True
    why_not: Words | None = None

    @property
    def possible(self) -> bool:
        return self.why_not is None


def _trick(id_: str, *said: str) -> Skill:
    motion = MOTIONS[id_]
    return Skill(
        id=id_,
        name=Words(motion.zh, motion.en),
        said=said,
        effect="it does the trick and ends upright",
        seen="the body or a paw moved while it lasted, and it is upright after it",
        at_most_s=motion.at_most_s + 15,
        trick=id_,
        why_not=None if motion.possible else Words(f"{motion.zh}我做不了", f"I cannot {motion.en}"),
    )


_TURN = Parameter(name="degrees", type="number", min=-360, max=360, unit="°", default=180.0)
_WALK = Parameter(name="metres", type="number", min=-2, max=5, unit="m", default=1.0)
_AREA = Parameter(name="area", type="area")

_SKILLS = (
    Skill(id="stop", name=Words("停下", "stop"), said=("停", "别动", "站住", "halt", "freeze", "stop moving"),
          effect="what it was doing ends; it stands still", seen="its speed is below 0.05 m/s", at_most_s=3),
    Skill(id="emergency_stop", name=Words("急停", "emergency stop"), said=("紧急停止", "emergency", "e-stop"),
          effect="its motors are cut, until a person releases them", seen="the board is in its stop",
          at_most_s=3, moves=False),
    Skill(id="release", name=Words("解除急停", "release the emergency stop"),
          said=("取消急停", "release the stop"), effect="it may be told things again",
          seen="the stop is released", at_most_s=3, moves=False),
    Skill(id="stand", name=Words("站起来", "stand up"), said=("站立", "起立", "起来", "stand", "get up"),
          effect="it stands", seen="its body is above 18 cm and level", at_most_s=25),
    Skill(id="sit", name=Words("坐下", "sit down"), said=("坐", "sit"), effect="it sits",
          seen="its body is tilted by more than 0.3 rad", at_most_s=35),
    Skill(id="lie", name=Words("趴下", "lie down"), said=("卧下", "躺下", "lay down"), effect="it lies",
          seen="its body is below 15 cm", at_most_s=12),
    Skill(id="stay", name=Words("待着别动", "stay"), said=("等着", "待着", "stay there"),
          effect="it stands still for the time", seen="it moved less than 20 cm",
          parameters=(Parameter(name="seconds", type="number", min=1, max=600, unit="s", default=10.0),),
          at_most_s=640),
    Skill(id="go_to", name=Words("去", "go to"), said=("走到", "跑到", "到", "walk to", "run to", "head to"),
          parameters=(_AREA,), effect="it is in the area", seen="its place on the plan is in the area",
          at_most_s=180),
    Skill(id="come", name=Words("过来", "come here"), said=("到我这来", "来我这里", "come to me", "come"),
          parameters=(_AREA,), effect="it is in the area in which it was called",
          seen="its place on the plan is in the area", at_most_s=180),
    Skill(id="home", name=Words("回窝", "go to your bed"),
          said=("回去", "回来", "回窝里", "come back", "go back", "go to bed", "go home"),
          effect="it is at its bed", seen="its place on the plan is within 0.5 m of its bed", at_most_s=200),
    Skill(id="walk", name=Words("走", "walk"), said=("往前走", "前进", "walk forward", "go forward"),
          parameters=(_WALK,), effect="it is so much farther on",
          seen="its place changed by that, within 20 cm", at_most_s=40),
    Skill(id="turn", name=Words("转身", "turn around"), said=("转", "掉头", "turn", "turn round"),
          parameters=(_TURN,), effect="it looks elsewhere", seen="its heading changed by that, within 10°",
          at_most_s=30),
    Skill(id="patrol", name=Words("巡逻", "patrol"), said=("巡视", "转一圈", "do the rounds"),
          parameters=(Parameter(name="areas", type="areas"),),
          effect="it was in each area that it can reach, and is back", seen="its places on the plan",
          at_most_s=900),
    Skill(id="look_around", name=Words("看看", "look around"), said=("看一看", "四处看看", "have a look"),
          effect="it turned round once and told what stands where the plan has nothing",
          seen="its heading went all the way round", at_most_s=40),
    Skill(id="battery", name=Words("还有多少电", "how is your battery"), said=("电量", "battery level"),
          effect="it tells", seen="what it measures", at_most_s=3, moves=False),
    Skill(id="where", name=Words("你在哪", "where are you"), said=(), effect="it tells",
          seen="its place on the plan", at_most_s=3, moves=False),
    Skill(id="follow", name=Words("跟着我", "follow me"), said=("跟我走", "跟我来"), effect="it walks behind",
          seen="-", at_most_s=600,
          why_not=Words("我还认不出要跟着谁", "I cannot yet tell whom to follow")),
    Skill(id="look_at", name=Words("看", "look at"), effect="it tells what it sees", seen="-", at_most_s=60,
          why_not=Words("我的摄像头还认不出东西", "my camera cannot recognise things yet")),
    _trick("shake_left", "握左爪", "左手", "give your left paw", "left paw"),
    _trick("shake_right", "握手", "握爪", "右手", "give me your paw", "shake hands", "shake a paw"),
    _trick("wag", "摇尾巴", "wag your tail"),
    _trick("head_circle", "摇头", "点头", "nod"),
    _trick("stretch", "伸个懒腰", "have a stretch"),
    _trick("push_up", "做俯卧撑", "do push-ups", "push-ups", "pushups"),
    _trick("greet", "打招呼", "拜拜", "say hello", "beg"),
    _trick("dance", "跳个舞", "do a dance"),
    _trick("backflip", "翻跟头", "do a backflip", "flip"),
    _trick("roll_over", "翻滚"),
    _trick("moonwalk"),
    _trick("ballet"),
)  # fmt: skip

SKILLS: Mapping[str, Skill] = {skill.id: skill for skill in _SKILLS}


def wrong_argument(skill: Skill, arguments: Mapping[str, object]) -> Words | None:
    """What is wrong with the arguments, or None. Areas are judged where they are looked for."""
    known = {parameter.name: parameter for parameter in skill.parameters}
    for name in arguments:
        if name not in known:
            return Words(f"{skill.name.zh}没有“{name}”", f"{skill.name.en} takes no {name}")
    for parameter in skill.parameters:
        value = arguments.get(parameter.name, parameter.default)
        if parameter.type != "number":
            if not isinstance(value, str) or not value:
                return Words("没说去哪里", "it was not said where")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return Words(f"{parameter.name}要是数字", f"{parameter.name} must be a number")
        elif not parameter.min <= value <= parameter.max:
            low, high, unit = f"{parameter.min:g}", f"{parameter.max:g}", parameter.unit
            return Words(f"只能是{low}到{high}{unit}", f"it can only be {low} to {high} {unit}")
    return None
