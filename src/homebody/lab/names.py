"""Plausible names for rooms and things, in both languages: what shuffled homes are renamed to."""

from __future__ import annotations

from collections.abc import Mapping

Pair = tuple[str, str]
"""Chinese, English."""

ROOMS: tuple[Pair, ...] = (
    ("琴房", "music room"), ("茶室", "tea room"), ("画室", "art studio"), ("棋牌室", "games room"),
    ("健身房", "gym"), ("储藏室", "storage room"), ("客卧", "guest room"), ("老人房", "grandparents' room"),
    ("家庭影院", "home cinema"), ("工作间", "workshop"), ("阁楼", "attic"), ("地下室", "basement"),
    ("洗衣房", "laundry room"), ("阳光房", "sunroom"), ("会客厅", "parlour"), ("早餐厅", "breakfast room"),
    ("酒窖", "wine cellar"), ("电竞房", "gaming room"), ("佛堂", "shrine room"), ("衣帽间", "dressing room"),
    ("露台", "terrace"), ("保姆房", "nanny room"), ("温室", "greenhouse"), ("木屋", "cabin"),
    ("缝纫间", "sewing room"), ("舞蹈室", "dance room"), ("暗房", "darkroom"), ("陶艺间", "pottery room"),
)  # fmt: skip

THINGS: Mapping[str, tuple[Pair, ...]] = {
    "light": (
        ("云朵灯", "cloud lamp"), ("月球灯", "moon lamp"), ("蘑菇灯", "mushroom lamp"),
        ("鱼线灯", "arc lamp"), ("纸灯笼", "paper lantern"), ("水晶灯", "chandelier"),
        ("轨道灯", "track light"), ("星空灯", "galaxy lamp"), ("壁炉灯", "mantel lamp"),
        ("画框灯", "picture light"), ("竹编灯", "bamboo lamp"), ("飞碟灯", "saucer lamp"),
    ),
    "fan": (("塔扇", "tower fan"), ("循环扇", "air circulator"), ("复古扇", "vintage fan")),
    "outlet": (("工作台插座", "workbench outlet"), ("鞋柜插座", "shoe cabinet outlet")),
    "camera": (("猫眼", "peephole camera"), ("球机", "dome camera")),
}  # fmt: skip
"""By kind. Things of other kinds keep their own names, and take on those of their rooms."""
