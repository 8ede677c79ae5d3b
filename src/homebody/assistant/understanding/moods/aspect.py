"""Signs by which Chinese tells, or asks, without any word that says so: complements, aspect, clefts,
alternatives.

车库门关不上 complains, 扫完了 reports, 灯是我开的 explains, 制冷还是制热 asks. None of them wishes that the
verb in it were done. They are looked for in the clause's text, with names of the home's things put out of
sight, so that no name is taken for grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from homebody.assistant.understanding.words.token import Token

_NAME = "◇"
"""Stands for every name of a thing or a place."""
_TELLING = re.compile(
    # what cannot be done: 关不上, 打不开, 连不了; but 能不能, 用不着, 受不了
    r"(?<![要能可是会用该需对差来受忍等顾])[\u4e00-\u9fff]不(?:了|上|下|开|动|住|到|着|起|掉|完|出|进|过|亮|灭|严|紧)"
    # what came to its end, or was done before: 扫完了, 已经喂过了
    r"|[\u4e00-\u9fff](?:完|过)[了咗啦]?[吧呢啊呀]?$"
    # what goes on: 在制热, 一直在闪, 正在扫
    rf"|(?:{_NAME}|正|一直|还|又|老|总|总是|老是|好像)在(?![\u4e00-\u9fff]?{_NAME})(?![家外哪这那])"
    # who did it, or when: 灯是我开的, 是上个月买的
    rf"|{_NAME}.{{0,3}}是(?!要)[^的]{{2,}}的[吧呢啊呀]?$"
    # how it was done, and what was heard of it
    r"|[\u4e00-\u9fff]得(?:太|很|真|挺|好|有点)?(?:早|晚|快|慢|久|勤|对|不错)"
    r"|有.{1,8}的(?:声音|动静|味道|习惯)|听[见到说]"
    # who does not want to, what came to be, who does it alone
    r"|不(?:肯|愿意?|听|敢|爱|让|理|给面子)|拒绝|懒得"
    rf"|^{_NAME}(?:里面?|的.{{1,3}})?[已都也经]{{0,2}}[\u4e00-\u9fff]{{1,2}}[好满开干熟透空光净](?:水|电|衣服|饭|菜)?了[吧啊呀]?$"
    r"|^我(?:来|去|自己|待会儿?|等下|等会儿?|一会儿?|马上|这就)(?!.*(?:帮我|你))"
    rf"|{_NAME}.{{0,2}}自己"
    # what was remembered or supposed, and for how long it was so: 我记得灯关了, 灯开了一宿
    r"|^我?(?:还|就|明明)?(?:记得|以为|猜|估计|怀疑|听说|据说|幸好|幸亏|难怪|怪不得|早知道)(?!要|把|帮).+[了的过着][呀啊吧呢]?$"
    rf"|{_NAME}.{{0,3}}[\u4e00-\u9fff]了(?:[一半好老大整快几两三四五六七八九十\d]|很)+个?"
    r"(?:宿|天|夜|晚上?|上午|下午|小时|钟头?|分钟|久|阵子?|会儿|年|月)(?:了|也|还|都|才|$)"
    # it does not do what it should: 空调不制冷了, 灯不亮
    rf"|{_NAME}[的都也又怎么]{{0,2}}不(?:制|亮|灵|响|转|动|热|冷|凉|出|工作|听|走|通|行|好使|管用|加湿|送)"
)
_CAUSED = re.compile(r"(?<=[^请你帮要想不别])(?:让|叫|催|逼|求)(?:我们?|他们?|她们?|大家)(?!.*你)")
"""老师让我们关灯: another person had somebody do it."""
_AILING = re.compile(
    r"坏[了掉]|卡(?:住|死|壳)|死机|断(?:网|线)|停电|跳闸|短路|失灵|罢工|故障|毛病|掉线|离线|没反应"
    r"|(?:弄|搞|摔|打|碰|撞|踢|玩|踩|扯)(?:坏|丢|脏|碎|断|破)|修[好过理]|找不[到着见]|不见了|没(?:水|油|墨|信号)了?$"
    rf"|{_NAME}.{{0,4}}(?:烧|爆|裂|丢|掉|松|歪|堵|破|碎|锈|脏|旧|老化|空|瘪|皱)了$"
    rf"|{_NAME}.{{0,4}}(?:滴水|冒水|漏风|抖|晃|响个不停|异响|有问题|不对劲|怪怪的|该[换修洗]了)"
    rf"|{_NAME}.{{0,3}}(?:有[点些]|好像|似乎)(?:卡|松|抖|歪|旧|漏|怪|脏|坏)"
    rf"|{_NAME}.{{0,3}}(?:挺|真|太|很|最).{{1,6}}的$"
    rf"|^(?:我|我们|咱们|咱|这|那|家里|屋里).{{0,3}}有[一两三四五六七八九十几\d]+[盏台个把扇间].*{_NAME}$"
)
"""What is wrong with a thing, or what it is like: nothing that could be done about it is said."""
_ALTERNATIVE = re.compile(r"(?<=[^,吧了])还是(?=[^,])")
_ASKING = re.compile(
    r"(?<![十好没])几(?:秒|块|分|元|次|天|点|层|遍|步|瓦|年|岁|毛|角|成|倍|克|升|斤|公斤|米|度)|对.{1,6}好(?:不好|吗)"
    r"|什么(?!都)|谁|咋|啥(?!都)|哪[里儿个些种]|多久|为何|^你会.+吗|费(?:多少|几)"
)
"""Words that ask, wherever they stand."""
_SUPPOSING = re.compile(
    r"(?:(?<!还)是|没|没有|应该|已经|早就)[^把]{1,6}吧\?*$|(?:(?<!还)是|没"
    r"|没有)[^把]{1,6}[的着]吧"
)
"""燃气阀是关着的吧, 门没锁吧: said to be confirmed."""
_OPINION = re.compile(r"(?:好不好|行不行|可以吗|好吗)\??$")


def masked(content: Sequence[Token]) -> str:
    """The clause's text, with a sign in the place of each name."""
    named = ("device", "area", "room", "floor", "kind")
    return "".join(_NAME if t.is_(*named) and not t.is_("verb") else t.text for t in content)


def tells(content: Sequence[Token]) -> bool:
    """Whether a clause tells how something is, was, or cannot be."""
    if any(t.is_("need", "lack", "enough") for t in content):
        return False
    text = masked(content)
    if _AILING.search(text):
        return True
    if _done_by(content):
        return True
    other = content[0].is_("subject", "person") or not content[0].known
    if other and _CAUSED.search(text):
        return True
    return "把" not in text and "将" not in text and _TELLING.search(text) is not None


def _done_by(content: Sequence[Token]) -> bool:
    """门锁让豆豆给反锁了: done by somebody, who is named behind 让, 叫, 被 or 给."""
    if not content[0].is_("device", "kind", "area") or not content[-1].text.endswith(("了", "咗", "啦")):
        return False
    return any(
        before.text in ("让", "叫", "被", "给") and token.is_("person", "subject")
        for before, token in pairwise(content)
    )


def granted(content: Sequence[Token]) -> bool:
    """给关了, 帮我开着: said right behind a word of asking, a verb or a state is a wish, whatever follows."""
    for before, token in pairwise(content):
        if before.text in _GIVE and token.is_("verb", "state") and not before.is_("device", "kind"):
            return not any(
                t.is_("already", "person", "subject", "negation", "question", "ask") for t in content
            )
    return False


_GIVE = frozenset({"给", "给我", "帮我", "帮", "替我", "帮忙", "同我", "畀我"})


def asks(content: Sequence[Token]) -> bool:
    """Whether a clause asks which of two, for an opinion, or to have something confirmed."""
    text = masked(content)
    if _SUPPOSING.search(text) or _ASKING.search(text):
        return True
    alternative = next((i for i, t in enumerate(content) if t.text == "还是"), None)
    if alternative and _ALTERNATIVE.search(text) and not text.endswith(("吧", "算了")):
        return _alike(content[:alternative], content[alternative + 1 :])
    return _OPINION.search(text) is not None and any(t.text.endswith("着") for t in content)


def _alike(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Words of one sort on both sides: 制冷还是制热, 开着还是关着, 开空调还是开风扇."""
    sorts = ("choice", "verb", "state", "change", "kind", "device", "area")
    return any(any(t.is_(sort) for t in before) and any(t.is_(sort) for t in after) for sort in sorts)
