"""Shopping lists and things to do, in Chinese: which list, what is done with it, and which item.

A sentence about a list names it (购物清单, 待办), has one verb for it, and what is left is the item, in any
order: 往清单里加盐, 把盐加到清单, 盐买好了，从清单里划掉. The list's name is replaced by a sign before the
orders are tried. Without a list's name, 记一下要买盐 is for the shopping list.
"""

from __future__ import annotations

import re
from typing import cast

from homebody.assistant.plan import ListAction, ListItem

_LIST = re.compile(
    r"(?:我们?的?|咱们的?|我家的?|那个|这个)?(?P<name>(?:(?![把将往在从到进入给里的要记看念读加清空建删打开查移除完成标取消勾,])[\u4e00-\u9fff]){0,4}?)"
    r"(?:(?:清单|列表|购物单|采购单|买[菜餸]单|单子|(?<![账订菜])单(?=[上里])|购物车|备忘录)|(?P<todo>待办|代办)(?:事项|清单|列表|任务|事)?"
    r"|(?P<todo2>(?:还|今天|明天)?(?:要|得|该|需要|没)(?:去)?[做办干]的(?:事情?|活儿?)?)"
    r"|(?:还|今天|明天)?(?:要|得|该|需要|没)(?:去)?买的(?:东西|菜|那些|那几样)?)"
    r"(?:里面|里头|里边|里|中|上面|上头|上(?!个?月|周))?"
)
_SHOPPING = frozenset({"购物", "买菜", "采购", "买东西", "购买", ""})
_NO_ITEM = frozenset({"都", "全", "全都", "全部", "所有", "它", "这个", "那个"})
_L = "¶"
_POLITE = r"^(?:请|你|帮我|给我|麻烦|帮忙|唔该|顺便|再|,|:)*"
_END = r"(?:吧|啊|呀|啦|哦|呗|一下|[\s.!,?])*$"
_ADD = r"(?:增加|添加|加|添|补|记|写|放|列|存|录|塞|排)(?:上去|进去|进来|进|入|上|下来?|一下|一笔)?"
_REMOVE = (
    r"(?:给我|帮我|给|都)?(?:删(?:除|掉|去|了)?|移除|移走|移出|去掉|去除|拿掉|抹掉|减掉|清掉|取消"
    r"|不要了?|不用买了?|不买了?)"
)
_CROSS = (
    r"(?:给我|帮我|给|都)?(?:划(?:掉|去|了)|勾(?:选|掉|上|了)?|打[了个]?勾|标记?(?:为|成)?(?:已?完成|已?买)?)"
)
_DONE = (
    r"(?:已经|都|全|也|给)*(?:(?:买|做|办|弄|取|拿|交|处理|搞|洗|修|寄|订|打|写|看|送)(?:好|完|到|齐|成|定|妥|过|掉)了?"
    r"|完成了?|搞定了?|买了|做了|办了)"
)
_WHAT = r"(?:什么|哪些|哪几|啥|几[样项件条个]|多少)"
_READ = (
    r"(?:(?:念|读|报|讲|说|看|查|列|显示|打开)(?:一[念读看查下遍]|[念读看查]|出来|给我(?:听听?|看看?)|一?遍"
    r"|一下)*|查看|给我看|让我看看)"
)
_ORDERS: tuple[tuple[ListAction, re.Pattern[str]], ...] = tuple(
    (cast("ListAction", action), re.compile(pattern))
    for action, pattern in (
        ("read", rf"{_L}(?:都|还|现在|一共)*[有剩差缺是写记加列添放](?:了|着)?(?:些|点)?{_WHAT}.{{0,6}}$"),
        ("read", rf"{_L}有没有.+$|^(?:看看|查查|查一下)?{_L}(?:里)?有.+[吗没]{_END}"),
        ("complete", rf"{_POLITE}(?:把|将|在)?{_L}的?(?P<item>.+?)(?:{_DONE}|{_CROSS}){_END}"),
        ("complete", rf"{_POLITE}(?P<item>.+?){_DONE}[,:]?(?:请|帮我|把它|就|可以)*(?:从|在"
            rf"|把)?{_L}(?:{_CROSS}"
            rf"|{_REMOVE})?{_END}"),
        ("complete", rf"{_POLITE}(?:把|将)?(?P<item>.+?)(?:从|在){_L}(?:{_CROSS}|(?:标记)?完成)了?{_END}"),
        ("complete", rf"{_POLITE}(?:把|将|在)?{_L}的?(?P<item>.+?)已[买做办]了?{_END}"),
        ("complete", rf"{_POLITE}(?:把|将|在)?(?:{_CROSS}|完成){_L}的?(?P<item>.+?){_END}"),
        ("complete", rf"{_POLITE}(?:把|将|在)?{_L}的?(?:{_CROSS}|完成)(?P<item>.+?){_END}"),
        ("remove", rf"{_POLITE}(?:把|将)?(?P<item>.+?)从{_L}{_REMOVE}{_END}"),
        ("remove", rf"{_POLITE}(?:从|在|把|将)?{_L}{_REMOVE}(?P<item>.+?){_END}"),
        ("remove", rf"{_POLITE}{_REMOVE}{_L}的?(?P<item>.+?){_END}"),
        ("remove", rf"{_POLITE}(?:从|在|把|将)?{_L}的?(?P<item>.+?)(?:给|也|都)?{_REMOVE}{_END}"),
        ("add", rf"{_POLITE}(?:在|往|给|到|把)?{_L}[,:]?(?:再|也|还|多|给我|帮我|要)*"
            rf"{_ADD}[,:]?(?P<item>.+?){_END}"),
        ("add", rf"{_POLITE}(?:把|将)?(?P<item>.+?)(?:再|也|都|给)?{_ADD}(?:到|进|入|至|在|往"
            rf"|去)*(?:我的?)?{_L}{_END}"),
        ("add", rf"{_POLITE}{_ADD}(?P<item>.+?)(?:到|进|至|去|入|在)+{_L}{_END}"),
        ("read", rf"{_POLITE}(?:把|将)?{_READ}?{_L}{_READ}?{_END}"),
    )
)  # fmt: skip
_COUNT = re.compile(
    r"^(?:[一两二三四五六七八九十半几\d]+)?(?:个|条|把|瓶|盒|袋|包|斤|颗|些|下|件|份|箱|支|罐|点儿?|桶|提|卷|公斤|千克|克|升|只|块|"
    r"串|打|板|根|双|本|张|项|样|笔)(?=..)|^(?:一下|上)(?=.)"
)
_NOTE = re.compile(
    r"^(?:请|你|帮我|给我|麻烦)*(?:记|写)(?:一?下来?|着|住|个|上)*[,:]?(?:我|我们|家里)?(?:还|明天|今天|晚上)?(?:要|得|该|需要|想)?"
    rf"买(?P<item>.+?){_END}"
)
_GONE = (
    r"(?:也|都|快|又|要|就|已经?|全|家里|不多|好像)*(?:没(?:有|货)?了|(?:用|吃|喝|使|烧|花)(?:完|光|没|尽)[了啦]?|不(?:太|大)?够(?:了|用)?"
    r"|不多了?|见底[了啦]?|空[了啦]|断货[了啦]?|冇[咗晒了]?|剩(?:得)?不多了?)"
)
"""What is used up is to be bought."""
_RUN_OUT = re.compile(
    rf"^(?:家里的?|冰箱里的?)?(?P<item>[^,]{{1,10}}?){_GONE}[,]?(?:你|请|帮我|给我|麻烦|替我|先)*"
    rf"(?:记|写)(?:一?下来?|着|住|上|一笔|一笔账)?{_END}"
)
_BOUGHT = re.compile(
    rf"^(?P<item>[^,]{{1,10}}?){_DONE}[,]?(?:帮我|给我|请|可以|就|把它)*(?:划掉|勾掉|打勾){_END}"
)
_TO_BUY = re.compile(r"^(?:我|我们|家里)?(?:还|都|今天|明天)*(?:要|得|该|需要)(?:去)?买(?:些|点)?(?:什么"
    r"|啥|哪些).{0,3}$"
                     r"|^(?:还)?有(?:什么|啥|哪些)(?:东西)?(?:要|没)买的?.{0,2}$")  # fmt: skip


def chinese_list(text: str, words: str) -> ListItem | None:
    """What a (normalised) sentence asks of a list; None where it is about none."""
    if match := _NOTE.search(text):
        return ListItem(action="add", list="shopping", item=_bare(match["item"]), words=words)
    if match := _RUN_OUT.search(text):
        return ListItem(action="add", list="shopping", item=_bare(match["item"]), words=words)
    if match := _BOUGHT.search(text):
        return ListItem(action="complete", list="shopping", item=_bare(match["item"]), words=words)
    if _TO_BUY.search(text):
        return ListItem(action="read", list="shopping", words=words)
    named = None if "意思" in text else _LIST.search(text)
    if named is None:
        return None
    signed = text[: named.start()] + _L + text[named.end() :]
    name = "待办" if named["todo"] or named["todo2"] else named["name"]
    for action, pattern in _ORDERS:
        if match := pattern.search(signed):
            item = _bare(match["item"]) if "item" in match.groupdict() else ""
            if item in _NO_ITEM:
                return None
            title = "shopping" if name in _SHOPPING else name
            return ListItem(action=action, list=title, item=item, words=words)
    return None


def _bare(item: str) -> str:
    """An item without its count, and without the words that only point at it."""
    item = re.sub(r"(?:这|那)一?(?:件事|条|项|个)$", "", item.strip(" ,.!?:"))
    item = re.sub(r"^(?:给我|帮我|上)(?=.)", "", item)
    item = re.sub(rf"(?<=.){_GONE}[,]?(?:把它|把这个|给我|帮我|请|麻烦)*$", "", item)
    return _COUNT.sub("", item).strip(" ,.!?:")
