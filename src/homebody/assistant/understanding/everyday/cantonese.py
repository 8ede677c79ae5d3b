"""Cantonese in the words of written Chinese, so that one pattern reads both: 单上仲有咩, 单上还有什么."""

from __future__ import annotations

import re

_WORDS = {
    "乜嘢": "什么", "咩嘢": "什么", "咩": "什么", "乜": "什么", "边啲": "哪些", "几多": "多少",
    "边度": "哪里", "点解": "为什么", "仲": "还", "啲": "些", "嘅": "的", "咗": "了", "唔使": "不用",
    "唔好": "不要", "唔要": "不要", "唔": "不", "冇": "没有", "喺": "在", "系": "是", "佢哋": "他们",
    "佢": "它", "我哋": "我们", "嗰": "那", "呢个": "这个", "同我": "给我", "帮我手": "帮我", "畀": "给",
    "俾": "给", "嚟": "来", "睇": "看", "听日": "明天", "今日": "今天", "落去": "下去", "入去": "进去",
    "入": "加", "买嘢": "买东西", "嘢": "东西", "剔走": "划掉", "讲": "说", "而家": "现在", "揾": "找",
    "较": "调", "校": "调", "食": "吃", "话畀": "告诉", "晒啲": "所有", "晒": "完",
}  # fmt: skip
_ANY = re.compile("|".join(sorted(_WORDS, key=lambda word: (-len(word), word))))
_PROMPTED = re.compile(r"(?<![前手])提(?:下|返|一下|个醒给|一声)?我(?=.)(?!要|想|说|的)")
"""提我食药: not Cantonese alone, and nothing else."""
_CANTONESE = re.compile("[嘅咗喺佢嗰唔冇咩乜仲啲嚟畀俾睇嘢哋晒揾]|较个|校个|闹钟[较校]")
"""Characters that only Cantonese writes: without one of them, a text is left as it is."""


def mandarin(text: str) -> str:
    """The text, word for word; as it is where it is not Cantonese."""
    text = _PROMPTED.sub("提醒我", text)
    return _ANY.sub(lambda match: _WORDS[match[0]], text) if _CANTONESE.search(text) else text
