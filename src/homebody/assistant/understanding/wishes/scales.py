"""Choices that go from little to much: 静音, 标准, 强力; soft, medium, firm; walk, trot, run.

Whether a function's choices are such a scale is read off their names. So 轻声点 is a step down on a vacuum's
suction, and 最大 its strongest, though neither is called so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from homebody.assistant.understanding.words.normalise import fold
from homebody.home.function import Choice, Function, Type

_ROWS = """
静 静音 安静 睡眠 最低 最小 最弱 最慢 微 silent quiet sleep lowest
低 弱 小 慢 轻 柔 细 淡 软 稀 浅 短 少 省 节能 轻柔 柔和 温和 细腻 软糯 清淡 慢走 散步 踱步
  一档 低档 弱档 文火 小火 慢火 温顺 low slow weak soft fine gentle light mild thin eco walk small short
中 标准 普通 正常 适中 均衡 中等 中档 二档 小跑 中火 一般
  normal medium standard balanced regular trot middle
高 强 大 快 重 猛 硬 粗 浓 深 长 多 强力 浓郁 偏硬 高档 强档 三档 飞奔 奔跑 快跑 武火 大火 猛火 活泼
  high strong fast hard coarse rich thick heavy firm bold run large long loud
最大 最高 最强 最快 超强 极速 狂暴 全速 max maximum turbo boost highest full
"""
_RANK_OF = {
    word: rank for rank, row in enumerate(re.split(r"\n(?! )", _ROWS.strip())) for word in row.split()
}
_LOOSE = ("偏", "较", "稍", "档", "挡", "级", "速", "度", "火", "力", "风", "量", "模式", "一点", "点")
"""What stands around such a word in a choice's name: 偏硬, 强风, 低速."""


def _rank(choice: Choice) -> int | None:
    for name in (*choice.name.all(), choice.id.replace("_", " "), *choice.aliases):
        word = fold(name)
        bare = word
        for part in _LOOSE:
            bare = bare.removeprefix(part).removesuffix(part) or bare
        if (rank := _RANK_OF.get(word, _RANK_OF.get(bare))) is not None:
            return rank
    return None


@lru_cache(maxsize=4_000)
def scale(function: Function) -> tuple[str, ...]:
    """The choices from little to much; empty where they are no scale."""
    if function.type is not Type.CHOICE or not function.writable:
        return ()
    ranked = [(rank, choice.id) for choice in function.choices if (rank := _rank(choice)) is not None]
    if len({rank for rank, _ in ranked}) < 2 or len(ranked) < len(function.choices) - 1:
        return ()
    return tuple(choice for _, choice in sorted(ranked, key=lambda pair: pair[0]))


def stepped(function: Function, present: object, steps: float) -> str:
    """The choice so many steps up (or down) from the present one; from an unknown one, the last on that
    side."""
    order = scale(function)
    if present not in order:
        return order[-1] if steps > 0 else order[0]
    place = order.index(str(present)) + (
        max(1, round(abs(steps))) if steps > 0 else -max(1, round(abs(steps)))
    )
    return order[min(max(place, 0), len(order) - 1)]


def at_level(function: Function, level: str) -> str | None:
    """The choice for the most, the least, the middle."""
    order = scale(function)
    if not order:
        return None
    if level in ("max", "high"):
        return order[-1]
    return order[0] if level in ("min", "low") else order[len(order) // 2]


def named_alike(function: Function, characters: str) -> bool:
    """Whether these characters stand in the function's name, or in that of one of its choices."""
    names = [*function.name.all(), *function.aliases]
    names += [name for choice in function.choices for name in choice.name.all()] if scale(function) else []
    return any(characters in fold(name) for name in names)
