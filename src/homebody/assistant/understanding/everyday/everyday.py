"""What is asked of the assistant itself: timers, reminders, lists, announcements, what is scheduled.

These wishes carry free text (what to be reminded of, what to buy), so they are read by their frame before
the home's words are looked for inside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from homebody.assistant.plan import NOW, Query, Reminder, Routine, Step
from homebody.assistant.understanding.everyday.announcing import announcement
from homebody.assistant.understanding.everyday.cantonese import mandarin
from homebody.assistant.understanding.everyday.chinese_lists import chinese_list
from homebody.assistant.understanding.everyday.english_everyday import english_everyday, english_notice
from homebody.assistant.understanding.everyday.phrases import END
from homebody.assistant.understanding.everyday.timers import timer_of
from homebody.assistant.understanding.times.in_text import without_moments

_MAYBE = re.compile(
    r"提醒|告诉|该|count down|待办|代办|购物单|采购单|[菜餸]单|单[子上里]|购物车|备忘|任务|[要得该没]买|的事|"
    r"[记写].{0,4}买|叫|喊|吆喝|吼|响|[了完光冇][,]?.{0,4}[记写]|划掉|勾掉|打勾|[掐卡读数].{0,7}[表时点秒]|"
    r"remind|wake (?:me|us)|shout|a (?:ring|buzz|ping|yell)|let (?:me|us) know|(?:tell|ping|alert|warn) "
    r"(?:me|us)|forget|remember|nudge|prompt me|let every|inform|notify|planned|plans?\b|lined up"
    r"|memory|"
    r"timer|countdown|计时|计个时|倒数|定时|闹钟|预约|安排|alarm|清单|列表|list\b"
    r"|广播|播报|通知|宣布|[说讲]|broadcast|announce|tell every|日程|计划|schedule|自动化|routine|automation"
    r"|[定设约][好下]?[了的]|提.{0,2}我|番茄[钟时]|到[点钟]|[掐卡记].?一下"
)
"""No such sentence is without one of these words."""
MAX_LENGTH = 400
"""Longer texts are not read for these: nobody says them in one breath."""

_POLITE = re.compile(
    r"^(?:(?:can|could|would|will) you |please |i'd like you to )+|[ ,]*(?:please|thanks|thank you)$"
)

# --- reminders, lists, announcements

_LEFT_ALONE = r"(?:[都先也])?(?:别|不要|不用|甭|唔好)(?:给我)?(?:关|停|删|撤|取消|动)[掉了除]?[吧啊哦]?$"
_REMIND_ZH = re.compile(
    rf"^(?P<before>.*?)(?:提醒(?:一下|一声)?(?:我们?|咱们|大家)?(?:一声|一下)?"
    rf"(?!(?:我们?|咱们|大家)?(?:一声|一下)?(?:吧|啊)?{END})(?!响|了|已|没|音|铃|功能|{_LEFT_ALONE})(?P<text>.+?)"
    rf"|(?:提醒(?:一下|一声)?(?:我们?|咱们|大家)|(?:叫醒?|喊醒?)(?:一下|一声)?我们?)"
    rf"(?:一声|一下)?(?P<call>.*?)){END}"
)
_NOTICE = re.compile(
    r"^(?:就|请|你|要|再|及时|马上|立刻|赶紧|记得|麻烦|帮我|到时候?)*"
    r"(?:提醒|告诉|通知|告知|叫|喊|呼叫|报告|知会|话)(?:一下|一声|一句)?(?:给?我们?|大家)?(?:知|一声|一下|一句|知道)?"
    r"(?P<text>.*?)"
    + END
    + r"|^(?:就|请|你|要|再|及时|马上|立刻)*(?:跟|给|和|同|对|向)(?:我们?|大家)(?:说|讲|报告|发|推送?"
    r"|提个?醒|打)"
    r"(?:一?声|一?下|个?通知|个?消息|个?信息|条?消息|个?电话)?(?P<said>.*?)"
    + END
    + r"|^(?:就|请|再|马上|立刻)*(?:发|推送|弹)(?:个|条|一个|一条)?(?:通知|消息|提醒"
    r"|警报)(?:给我)?(?P<sent>.*?)" + END
)
"""What is told when a condition holds."""
_NO_WISH = re.compile(
    r"(?:忘了?|谢谢你?|感谢|多谢|刚才|已经|昨[天晚]|上次|为什么|怎么|谁|[没不]|幸好|多亏)(?!.*忘)$|记得$"
)
_NO_TEXT = re.compile(r"^(?:过|得|了|你)|[吗么?]$")
"""What was reminded of, or is thanked for, is no wish."""
_TOLD = re.compile(r"(?:[他她它谁]们?|妈妈?|爸爸?|老师|别人|有人|老板|医生|客人)$|^(?:他|她|谁)|[不别没]")
"""Before 叫我, 喊我: somebody else did that."""
_SETS = re.compile(r"[定设上调开较校拨]|加[一个]|来[一个]")
_PART = re.compile(r"[早晚夜午晨]|\d[::]\d|分钟|小时|钟头|后|秒")
_WAKING = re.compile(r"[叫喊]醒|起床")
_NOWHERE: Mapping[str, str] = MappingProxyType({})

# --- what is scheduled

_TASK = r"(?:定时任务|计划任务|定时|任务|预约|日程|提醒|计划|自动化|安排|闹钟)"
_SCHEDULED = re.compile(
    rf"(?:什么|哪些|哪几个|啥|有没有|几个|多少个?|查看|看一?看|列一?下|列出|念一?下).{{0,6}}{_TASK}"
    rf"|{_TASK}(?:都|还|里)*有(?:什么|哪些|哪几个|啥|没有|吗|多少)|我?都?(?:定|设|预约|预定|安排|约)(?:好|下)?了?(?:些|点|几个)?(?:什么|哪些|啥|乜)"
)
_CANCEL_SCHEDULE = re.compile(
    r"^(?:取消|删除|清除|cancel|delete|clear|forget)(?P<all>所有|全部| all| everything)?(?: the|"
    r" my)?(?: that is)?(?:的)?\s?"
    r"(?:定时任务|计划任务|日程|schedules?|scheduled(?: (?:task|thing)s?)?|routines?|reminders?|提醒|计划)"
    + END
)
_CANCEL = r"(?:取消|删除|删|清空|清除|清|撤销|撤|去|停|关|作废|不要|不用|别执行|别)(?:掉|了|干净)*"
_EVERY = r"所有的?|全部的?|一切|每个|统统|通通|全都?|都"
_CANCEL_ZH = re.compile(
    rf"^(?:请|帮我|把|将)*(?P<all>{_EVERY})?(?P<name>.{{0,10}}?)的?{_TASK}"
    rf"(?P<all2>{_EVERY})?(?:给我)?{_CANCEL}吧?{END}"
    rf"|^(?:请|帮我)*(?:取消|删除|删掉?|清空|清除|撤销|不要)(?P<all3>{_EVERY})?(?P<name2>.{{0,10}}?)的?{_TASK}了?{END}"
    rf"|^(?:请|帮我|把|将)*(?P<all4>{_EVERY})?(?:刚才|刚刚|刚|之前|先前|我|你)*"
    rf"(?:预定|预约|安排|[定设约排])(?:好|下|过)?了?的(?:那些|那几个|那个|东西|事情?|活)?(?P<all5>{_EVERY})?(?:给我)?{_CANCEL}吧?{END}"
)
"""取消所有定时, 把那个任务删了, 取消关灯的定时."""
_RUN_ROUTINE = re.compile(
    r"^(?:please |let's |it's time to |time to )*(?:run|start|execute|trigger|activate|begin|do|play"
    r"|kick off|fire up"
    r"|launch|set off|go through|use|put on|initiate|it's time for|time for)(?: the| my| our)?"
    r" (?P<en>[\w' ]{1,30}?) "
    r"(?:routine|automation)(?: please| now)?"
    + END
    + r"|^(?:请|帮我)?(?:执行|运行|启动|开始)(?P<zh>.{1,12}?)(?:例程|自动化|流程)"
    + END
)


def everyday(text: str, words: str, now: datetime, places: Mapping[str, str] = _NOWHERE) -> list[Step]:
    """The steps of such a sentence or clause (``text``, normalised; ``words`` as they were said), or none.

    ``places`` are the normal forms of areas' names, with their ids.
    """
    text = mandarin(_POLITE.sub("", text.strip()))
    if len(text) > MAX_LENGTH or not _MAYBE.search(text):
        return []
    if text.isascii() and (steps := english_everyday(text, words, now)):
        return steps
    if item := chinese_list(text, words):
        return [item]
    if match := _CANCEL_SCHEDULE.search(text):
        return [Routine(action="cancel_all" if match["all"] else "cancel", words=words)]
    if (cancelled := _cancelled(text, words)) is not None:
        return [cancelled]
    if match := _RUN_ROUTINE.search(text):
        return [Routine(action="run", name=(match["en"] or match["zh"]).strip(), words=words)]
    if _SCHEDULED.search(text):
        return [Query(what="scheduled", words=words)]
    if reminder := _reminder(text, words, now):
        return [reminder]
    if alarm := _alarm(text, words, now):
        return [alarm]
    if timer := timer_of(text, words):
        return [timer]
    if said := announcement(text, words, now, places):
        return [said]
    return []


def notice(text: str, words: str) -> Reminder | None:
    """告诉我, 通知我一声, behind a condition. Its text is empty where that is told which holds."""
    match = _NOTICE.search(text.strip(" ,"))
    if match is None:
        return english_notice(text, words)
    said = (match["text"] or match["said"] or match["sent"] or "").strip(" ,:去要")
    return Reminder(text=said, when=NOW, words=words)


def _cancelled(text: str, words: str) -> Routine | None:
    """Something that was scheduled is to be forgotten; alarms are timers."""
    match = _CANCEL_ZH.search(text)
    if match is None or re.search("闹钟|定时器|计时", text):
        return None
    name = re.sub(
        r"^(?:(?:那|这)个|刚才|刚刚|我|定好|设好|之前|的)+", "", match["name"] or match["name2"] or ""
    )
    every = any(match[group] for group in ("all", "all2", "all3", "all4", "all5"))
    return Routine(action="cancel_all" if every else "cancel", name=name, words=words)


def _alarm(text: str, words: str, now: datetime) -> Reminder | None:
    """定一个明早七点的闹钟: an alarm at a time of the day is a reminder; one after a while is a timer."""
    if "闹钟" not in text or not _SETS.search(text):
        return None
    when, _ = without_moments(text if _PART.search(text) else "早上" + text, now)
    return Reminder(text="闹钟", when=when, words=words) if when.kind in ("at", "every") else None


def _reminder(text: str, words: str, now: datetime) -> Reminder | None:
    match = _REMIND_ZH.search(text)
    if not match or ("提醒" not in text and _TOLD.search(match["before"])):
        return None
    if "提醒" in text and _NO_WISH.search(match["before"].replace("别忘了", "").replace("不要忘了", "")):
        return None
    said = match["text"] or (match["call"] if "call" in match.groupdict() else "") or ""
    free = f"{match['before']} {said}"
    woken = _WAKING.search(text) and not _PART.search(text)
    when, rest = without_moments("早上" + free if woken else free, now)  # people get up in the morning
    rest = re.sub(
        r"^(?:请|帮我|记得|别忘了|麻烦|到点|到时候?|please|can you|could you)+\s?", "", rest.strip()
    )
    rest = re.sub(r"^(?:to|that|about|我|去|要|一下)\s?(?=\S)", "", rest).strip(" ,")
    rest = rest or said.strip() or ("起床" if _WAKING.search(text) else "")
    called = "提醒" not in text and match.re is _REMIND_ZH
    if when == NOW and (called or not rest or _NO_TEXT.search(rest)):
        return None
    return Reminder(text=rest or "时间到了", when=when, words=words)
