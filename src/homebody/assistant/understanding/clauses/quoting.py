"""What a song, a book, a sign or a film says, in Chinese: 歌词是这样的：关上灯. Nobody wishes it."""

from __future__ import annotations

import re

_SOURCES = (
    "歌词 歌里 歌名 台词 旁白 剧本 标题 题目 书上 书里 书名 小说 课文 诗里 诗句 成语 谚语 俗话 老话 "
    "古话 口号 标语 广告 新闻 报纸 报道 短信 微信 邮件 群里 群消息 朋友圈 字条 纸条 便签 便条 牌子 "
    "海报 公告 告示 说明书 电影里 电视里 电视上 电视剧 动画片 故事里 故事书 日记 作文 句子 一句话 "
    "这句话 那句话 系统消息 系统提示 弹幕 评论 歌 戏里"
)
_SPEAKS = re.compile(
    rf"(?:{'|'.join(_SOURCES.split())})[^,.!?:]{{0,8}}?(?:是|写|唱|说|讲|叫|念|喊|问|道|提示|:)"
)
_ASKED_FOR = re.compile(r"^(?:请|帮我|给我|把|将|放|播|打开|搜|查|念|读|写|来|我想听|我要听)")


def speech_from(text: str) -> int | None:
    """Where, in a normalised text, the words of another begin; None where it quotes nothing."""
    if _ASKED_FOR.search(text):
        return None
    match = _SPEAKS.search(text)
    return match.start() if match else None
