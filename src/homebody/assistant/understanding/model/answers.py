"""An answer in words that a model made up: what it may not say, and where it ends.

Nothing that a model says was looked up or done. So it may not say that something was done, is being done or
will be: a deed has a receipt, and words have none. Nor that it is somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DEED_ZH = "打开|开启|关|调|设|锁|解锁|启动|停|播放|拉|切|订|拨|打电话|发|提醒|添加|完成|办好|处理好"
_DEED_EN = (
    r"(?:turn|switch|set|open|clos|lock|unlock|start|stop|adjust|dim|play|order|call|book|remind|add|send"
    r"|chang)"
)
_CLAIMS = re.compile(
    rf"已经?(?:帮|给|为|替|把|将|被|{_DEED_ZH})"
    rf"|(?:正在|马上|这就|立刻|现在就|我来|我会|我去|我将)(?:把.*|将.*)?(?:{_DEED_ZH})"
    r"|(?:正在|马上|这就|立刻|现在就|我来?|我会|我去|我将)(?:帮|给|为|替)(?:你|您|大家)"
    rf"|(?:帮|给|为|替)(?:你|您)(?:把.*)?(?:{_DEED_ZH}).{{0,6}}了"
    rf"|\bi(?:'ve| have|'ll| will|'m| am)(?: \w+){{0,2}}? {_DEED_EN}"
    rf"|^(?:ok(?:ay)?|sure|done|all right)?[,. ]*{_DEED_EN}\w*ing\b"
    rf"|\b(?:is|are|has been|have been) (?:now |being )(?:\w+ )?(?:{_DEED_EN}\w*|on|off)\b"
    rf"|\b(?:has|have) been {_DEED_EN}\w*",
    re.IGNORECASE,
)
_PRETENDS = re.compile(
    r"(?:我就?是|我叫|\bi am|\bi'm|\bmy name is)(?:一个|一名|个| an?| the)? ?"
    r"(?:真?人|人类|真的人|human|(?:real )?person|小爱|小度|小艺|小冰|天猫精灵|豆包|通义|千问|文心|siri|alexa"
    r"|cortana|bixby|google|chatgpt|gpt|qwen|claude|gemini)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\W_]+")
_ENDS = ".!?。！？…"
_PAUSES = re.compile(r"(?<=[,，;；。！？!?…])|(?<=[.] )")


def claims_a_deed(said: str) -> bool:
    """Whether words say that something was done or will be."""
    return _CLAIMS.search(said) is not None


def pretends(said: str) -> bool:
    """Whether words say that they are a person's or another assistant's: models take on any name."""
    return _PRETENDS.search(said) is not None


def echoes(said: str, text: str) -> bool:
    """Whether words only repeat what a person said."""
    return _BARE.sub("", said.lower()) in _BARE.sub("", text.lower())


def whole(said: str) -> str:
    """An answer that was cut off, up to its last sentence's end; with an ellipsis where it has none."""
    end = max(said.rfind(mark) for mark in _ENDS)
    return said[: end + 1] if end > 0 else f"{said.rstrip(' ,，、')}…"


class Told:
    """Tells an answer while it is written, part by part, and no more once it claims a deed.

    Called with the pieces of the model's line; what stands behind ``mark`` is told, nothing else.
    """

    def __init__(self, tell: Callable[[str], None], mark: str) -> None:
        self._tell = tell
        self._mark = mark
        self._written = ""
        self._told = 0

    def __call__(self, piece: str) -> None:
        self._written += piece
        if not self._written.startswith(self._mark):
            return
        said = self._written.removeprefix(self._mark).lstrip()
        parts = [match.start() for match in _PAUSES.finditer(said)]
        ready = max((part for part in parts if part <= len(said)), default=0)
        if not claims_a_deed(said):
            self._to(said, ready)

    def finish(self, said: str) -> None:
        """The whole answer stands: tell what is left of it."""
        self._to(said, len(said))

    def _to(self, said: str, ready: int) -> None:
        if ready > self._told:
            start, self._told = self._told, ready
            self._tell(said[start:ready])
