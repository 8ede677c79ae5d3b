"""What else people call a room, in Chinese: 厕所 where the home calls it 卫生间, 101室 where it is 101房.

Such a word means a room only where exactly one room of the home can be meant, and none is called just so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Area, Home

_ROWS = """
客厅 大厅 厅 厅里 起居室 起居间 会客厅 堂屋
卫生间 洗手间 浴室 厕所 盥洗室 洗漱间 洗浴间 淋浴间 沐浴间 冲凉房 洗澡间 洗澡房 茅房 厕 卫浴间
餐厅 饭厅 餐室 吃饭间 饭堂
玄关 门厅 门口 家门口 入户 入户厅 进门处 换鞋处 门廊
走廊 过道 走道 廊道 楼道
主卧 主卧室 主人房 大房 主人间 大卧室 大卧
次卧 次卧室 小卧室 小卧 侧卧
儿童房 孩子房 孩子房间 孩子的房间 孩子屋 孩子屋里 孩子那屋 小孩房
  小孩房间 小孩屋 小孩的房间 儿童间 小朋友房间 娃的房间 娃屋里 细路房 小朋友房
婴儿房 宝宝房 宝宝房间 宝宝的房间 宝宝屋
老人房 老人间 老人屋 老人房间 老人的房间
  长辈房 爷爷奶奶房 爸妈房 爸妈房间
客房 客卧 客人房 客人房间 客人间 来宾房
书房 书斋 读书房 书屋
厨房 灶房 灶间 厨间 灶屋 伙房 厨下
阳台 凉台 骑楼 晒台
车库 车房 停车房 车库房
院子 院 院儿 院里 院坝 庭院 院内 院落 小院
花园 园子 后花园
后院 后园 后花园
前院 前园
储藏室 储物间 储物室 杂物间 杂物房 库房 储藏间 贮藏室
衣帽间 更衣室 更衣间 衣帽房 衣帽室
洗衣房 洗衣间 洗衣室 洗晒间
地下室 地窖 地库 地下间
阁楼 顶楼 阁仔 阁楼间
天台 楼顶 屋顶 房顶 顶层露台 天台上
健身房 健身室 健身间 运动房
影音室 影音房 影音间 家庭影院 放映室 影院 电影房 观影室 观影房
茶室 茶房 茶间 茶屋 品茶室
办公室 办公间 办公房
保姆房 保姆间 阿姨房 工人房
护士站 护士台 护理站
大堂 前台大厅 接待厅 门堂
甲板 船甲板 甲板上
鸡舍 鸡窝 鸡棚 鸡圈
温室 暖棚 大棚 温室大棚
"""
_GROUPS = tuple(tuple(row.split()) for row in re.split(r"\n(?! )", _ROWS) if row)
_ENDS = ("房间", "房", "室", "间", "屋")
"""101房, 101室 and 101间 are one room, unless the home says otherwise."""
_WEIGHT = 0.9
Word = tuple[str, str, float]
"""A word, the id of the area that it means, and its weight."""


def place_words(home: Home) -> Iterator[Word]:
    """The other words for the rooms of a home."""
    called = {area.id: {fold(name) for name in (*area.name.all(), *area.aliases)} for area in home.areas}
    taken = {name for names in called.values() for name in names}
    taken |= {fold(n) for d in home.devices for n in (*d.name.all(), *d.aliases)}
    claims: dict[str, set[str]] = {}
    for group in _GROUPS:
        bearers = [area_id for area_id, names in called.items() if names & set(group)]
        for word in group if len(bearers) == 1 else ():
            claims.setdefault(word, set()).add(bearers[0])
    for area in home.areas:
        for word in _with_other_ends(area):
            claims.setdefault(word, set()).add(area.id)
    for word, areas in claims.items():
        if len(areas) == 1 and word not in taken:
            yield word, min(areas), _WEIGHT


def _with_other_ends(area: Area) -> Iterator[str]:
    for name in map(fold, (*area.name.all(), *area.aliases)):
        end = next((end for end in _ENDS if name.endswith(end)), None)
        if end and len(name) - len(end) >= 2:
            yield from (name.removesuffix(end) + other for other in _ENDS if other != end)
