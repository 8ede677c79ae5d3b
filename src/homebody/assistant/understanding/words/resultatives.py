"""Chinese verbs with the complements that they are said with: 拧开, 关严, 点起来, 调到, 弄成.

A stem by itself says little; with its complement it says which way: 拉开 opens, 拉上 closes. So the words
are made of stems and complements instead of being listed. What has a sense of its own (升起 a blind) stands
in the `lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

# stems, then complements, for each verb of the lexicon
_FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("open_or_on", "开 打 拧 扭 扳 揭 启 弄 按 推", "开 开来 开一下 开下"),
    ("open_or_on", "开 打开 开启", "起 起来 着 住 咗 上 开 一下子"),
    ("close_or_off", "落 闩 收 关 熄", "埋 返"),
    ("close", "落 收", "晒"),
    ("open_or_on", "开 着 打开", "返"),
    ("open", "拉 拽 掀 撑 敞 展 摊 卷 扯", "开 开来 起 起来"),
    ("close", "拉 扯 拽 落 放 卷 遮 罩", "上 上来 下 下来 拢 严 严实 好 合"),
    (
        "close_or_off",
        "关 闭 合 拧 扭 关闭 闩",
        "上 紧 严 死 住 牢 好 严实 起来 掉 咗 埋 一下子",
    ),
    ("off", "灭 熄 断 关 停 断电 关机 弄 整 闩 熄灭", "掉 灭 熄 断 停 咗"),
    ("off", "灭 熄 断", "下 一下"),
    ("off", "拉 切", "闸 断 断电 掉"),
    ("on", "点 弄 打 开 擦 亮 燃", "亮 着 燃 亮起来 亮一下 着火 着咗"),
    ("on", "点 亮 开 打", "上 起 起来 上火"),
    ("on", "通 接 送 合 推", "电 上电 闸 上闸"),
    ("on", "烧 煮 炖 煲 烘 烤 蒸", "上 起来 着"),
    ("lock", "锁 反锁 上锁 扣 插", "上 好 住 紧 牢 死 严 严实 起来 起 一下 咗"),
    ("unlock", "解", "开 开来 开锁 除锁 了锁"),
    ("raise", "升 抬 举 提 推 顶 摇 吊", "起 起来 上去 上来 高 高点 高些"),
    ("lower", "降 放 落 压 垂 摇", "下 下来 下去 低 低点 低些 落"),
    ("stop", "停 打住 住", "下 下来 一停 一下 住 掉 手"),
)
_TOWARDS = "到 至 成 为 做 作 去"
_MOVERS = (
    "设 设定 设置 调 调节 调整 改 更改 变 换 切 切换 转 定 开 拉 升 降 提 提高 加 减 拧 扭 抬 放 打 弄 整 搞 "
    "压 推 按 拨 旋 涨 调高 调低 调大 调小 调亮 调暗 升高 降低 增加 减少 增 缩 较 校 摇 滑 移 收 伸 展 烧 "
    "加热 升温 降温 保持 维持 上升 下降 拉高 拉低 调校 转换 变更 恢复 减小 增大 加大"
)


_UPWARDS, _DOWNWARDS = "上高大亮前快强", "下低小暗后回慢弱"
_SHIFTED = "调 拉 放 移 走 挪 推 拧 打 拨 摇 校 来 扭 弄 整 摆 转 滑 压"
_UP, _DOWN = f"提 升 抬 开 加 {_SHIFTED}", f"落 降 收 减 缩 关 退 {_SHIFTED}"
"""往上提, 往回收, 往下压一压: which way, and how it is moved."""


@cache
def resultatives() -> dict[str, tuple[str, ...]]:
    """The words for each verb, in the lexicon's names of verbs."""
    found: dict[str, dict[str, None]] = {}
    for verb, stems, complements in _FAMILIES:
        for stem in stems.split():
            for complement in complements.split():
                found.setdefault(verb, {})[stem + complement] = None
    for verb, ways, moves in (("raise", _UPWARDS, _UP), ("lower", _DOWNWARDS, _DOWN)):
        made = (f"{to}{way}{move}{again}" for to in "往向朝" for way in ways for move in moves.split()
                for again in ("", f"一{move}", move, "一下", "下"))  # fmt: skip
        found.setdefault(verb, {}).update(dict.fromkeys(made))
    found["set"] = dict.fromkeys(stem + towards for stem in _MOVERS.split() for towards in _TOWARDS.split())
    return {verb: tuple(words) for verb, words in found.items()}


def entries() -> Iterator[tuple[str, str]]:
    """(word, verb), each word once: the first family that makes it."""
    seen: set[str] = set()
    for verb, words in resultatives().items():
        for word in words:
            if word not in seen:
                seen.add(word)
                yield word, verb
