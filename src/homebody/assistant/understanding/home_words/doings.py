"""What bodies do, in Chinese: 坐下, 坐好 and 蹲下 ask the same of a dog, whichever it calls it.

A home's own name for a skill or a temper brings the other words of its row along.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_ROWS = """
坐下 坐好 蹲下 坐着 坐低 坐坐
站起来 起立 站好 站起身 站直 企起身 立正 起身 站立
趴下 卧倒 趴着 趴好 卧下 躺下 伏低 瞓低 趴地上
过来 来一下 快来 来我这儿 来我这里 到我这儿来 到我这里来 到我身边来 叫过来 过嚟 快过来 来这边 来这儿 来我身边
跟随 跟着我 跟我走 跟上我 跟紧我 跟住我 跟着走 跟我来 跟着
休息 歇着 歇会儿 歇一会儿 歇歇 歇一歇 歇一下 抖下 休息休息 休息会儿 打个盹
握手 握个手 握握手 伸手 伸爪 给个爪 给爪子 握下手
打滚 打个滚 翻滚 翻个滚 打个滚儿 滚一滚
转圈 转个圈 转圈圈 打转 绕圈 原地转 转个圈圈
跳舞 跳个舞 跳支舞 舞一曲 起舞 跳段舞 舞一段 扭一扭 跳一段
叫两声 叫一声 汪汪叫 叫一叫 吠两声 汪两声 叫几声 吠几声
回窝 回窝里 回自己窝 回狗窝 归窝 返窝 回窝去
看家 守家 看门 守门 警戒 警觉 戒备 机警 放哨 站岗
活泼 调皮 淘气 欢快 顽皮 闹腾 精神点
安静 温顺 文静 老实点 乖一点 乖乖的
慢走 慢慢走 散步 踱步
小跑 跑起来 小跑起来 慢跑
飞奔 快跑 狂奔 冲刺 撒开腿跑
巡逻 巡视 巡一圈 巡查 巡一巡 溜一圈 四处看看 到处看看
喂食 投喂 添食 喂饭 喂一喂 投食
归位 复位 回原位 回原处 放回去 收回去
唤醒 醒醒 醒来 起来干活
"""


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    rows = [tuple(line.split()) for line in _ROWS.split("\n") if line]
    return {word: row for row in rows for word in row}


def alike(name: str) -> Iterator[str]:
    """The other words for what a thing calls ``name`` (in its normal form)."""
    return (word for word in _rows().get(name, ()) if word != name)
