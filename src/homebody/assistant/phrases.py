"""Every sentence that Homebody says, in both languages: one table, read by `wording` and `reply`.

Only ``DONE`` and ``ALREADY`` claim that something is so, and only `reply` for ``Status.DONE`` uses them.
``{all}`` is 都 where a sentence is about several things; ``{thing}`` is a noun phrase, ``{do}`` a verb
phrase.
"""

from __future__ import annotations

from collections.abc import Mapping

from homebody.home.function import Action
from homebody.home.label import Label, Language

A = Action


def _(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


DO: Mapping[Action, Label] = {
    A.ON: _("打开{thing}", "turn on {thing}"),
    A.OFF: _("关掉{thing}", "turn off {thing}"),
    A.TOGGLE: _("切换{thing}", "toggle {thing}"),
    A.SET: _("把{thing}调到{value}", "set {thing} to {value}"),
    A.OPEN: _("打开{thing}", "open {thing}"),
    A.CLOSE: _("关上{thing}", "close {thing}"),
    A.STOP: _("停下{thing}", "stop {thing}"),
    A.LOCK: _("锁上{thing}", "lock {thing}"),
    A.UNLOCK: _("打开{thing}", "unlock {thing}"),
    A.START: _("启动{thing}", "start {thing}"),
    A.PAUSE: _("暂停{thing}", "pause {thing}"),
    A.DOCK: _("让{thing}回去充电", "send {thing} to its dock"),
    A.PLAY: _("让{thing}播放", "play {thing}"),
    A.NEXT: _("让{thing}放下一个", "skip to the next on {thing}"),
    A.PREVIOUS: _("让{thing}放上一个", "go back to the previous on {thing}"),
    A.RUN: _("执行{thing}", "run {thing}"),
}
RAISE = _("把{thing}调高{value}", "raise {thing} by {value}")
LOWER = _("把{thing}调低{value}", "lower {thing} by {value}")

DONE: Mapping[Action, Label] = {
    A.ON: _("{thing}{all}打开了", "turned on {thing}"),
    A.OFF: _("{thing}{all}关了", "turned off {thing}"),
    A.TOGGLE: _("{thing}{all}切换了", "toggled {thing}"),
    A.SET: _("{thing}{all}调到{value}了", "{thing} {was} set to {value}"),
    A.OPEN: _("{thing}{all}打开了", "opened {thing}"),
    A.CLOSE: _("{thing}{all}关上了", "closed {thing}"),
    A.STOP: _("{thing}{all}停下了", "stopped {thing}"),
    A.LOCK: _("{thing}{all}锁上了", "locked {thing}"),
    A.UNLOCK: _("{thing}{all}打开了", "unlocked {thing}"),
    A.START: _("{thing}{all}开始工作了", "started {thing}"),
    A.PAUSE: _("{thing}{all}暂停了", "paused {thing}"),
    A.DOCK: _("{thing}{all}回到充电座了", "docked {thing}"),
    A.PLAY: _("{thing}{all}开始播放了", "playing {thing}"),
    A.NEXT: _("{thing}{all}换到下一个了", "skipped to the next on {thing}"),
    A.PREVIOUS: _("{thing}{all}换到上一个了", "went back to the previous on {thing}"),
    A.RUN: _("{thing}{all}执行了", "ran {thing}"),
}
ALREADY = _("{thing}本来就{all}{state}", "{thing} {was} already {state}")

NOT_DONE: Mapping[str, Label] = {
    "accepted": _("指令发出去了：{do}，但没有状态可以核实",
                  "sent the command to {do}; it reports no state I can check"),
    "moving": _("正在{do}，还没到位", "it is on its way to {do}, and still moving"),
    "refused": _("没能{do}：设备拒绝了{detail}", "I could not {do}: refused by the device{detail}"),
    "unreachable": _("没能{do}：设备没有回应", "I could not {do}: no answer from the device"),
    "unverified": _("{thing}答应了，但读到的{still}{state}", "{thing} {say} yes, but still {read} {state}"),
    "unread": _("{thing}答应了，但读不到状态，不能确认", "{thing} {say} yes, but I could not read the state"),
    "policy": _("没有{do}：{why}", "I did not {do}: {why}"),
}  # fmt: skip

NOTES: Mapping[str, Label] = {
    "bad_time": _("没有{do}：没听懂是什么时间", "I did not {do}: I did not get the time"),
    "no_time": _("没有{do}：要在什么时间、多久？", "I did not {do}: at what time, or for how long?"),
    "past": _("没有{do}：这个时间已经过了", "I did not {do}: that time is over"),
    "too_far": _("没有{do}：最远只能定一年以内", "I did not {do}: a year ahead is the furthest"),
    "too_often": _("没有{do}：最短隔10秒", "I did not {do}: every 10 seconds is the shortest"),
    "no_location": _("没有{do}：不知道家在哪里，算不出日出日落，请在家庭文件里填上位置",
                     "I did not {do}: I need the home's location for sunrise and sunset; "
                     "put it into the home file"),
    "no_sun": _("没有{do}：那里这段时间没有日出或日落",
                "I did not {do}: the sun does not rise or set there then"),
    "full": _("没有{do}：定时的事已经太多，请先取消一些",
              "I did not {do}: too much is scheduled; please cancel something first"),
    "no_such_timer": _("没有这个计时器", "there is no such timer"),
    "several_timers": _("有好几个计时器，是哪一个？", "there are several timers: which one?"),
    "no_such_entry": _("没有定过这件事", "nothing like that is scheduled"),
    "several_entries": _("定了好几件事，是哪一件？", "several things are scheduled: which one?"),
    "unsupported": _("这个我还不会：{do}", "I cannot do that yet: {do}"),
    "nobody_listens": _("没有{do}：没有能出声的地方", "I did not {do}: there is nothing to say it with"),
    "failed": _("没能{do}：我这里出了错，已经记下来了",
                "I could not {do}: something failed in me; it is in the log"),
    "no_undo": _("但我不知道怎么恢复原样，到时候请自己来",
                 "but I know no way to undo it, so please do that yourself"),
    "condition_not_met": _("没有{do}：条件不成立，{finding}", "I did not {do}: {finding}"),
    "condition_unknown": _("没有{do}：读不到条件的状态", "I did not {do}: the condition could not be read"),
    "state_unknown": _("没有{do}：不知道现在是多少", "I did not {do}: the present state is unknown"),
    "nothing_to_read": _("没有可以读的状态", "there is no state to read"),
    "still_running": _("{do}：还在进行，结果还没出来", "still at it, without a result yet: {do}"),
    "not_confirmed": _("没有{do}：这要有人当面确认", "I did not {do}: someone has to confirm it first"),
}  # fmt: skip

PROBLEMS: Mapping[str, Label] = {
    "no_such_area": _("家里没有“{words}”这个地方", "this home has no place called “{words}”"),
    "no_such_device": _("{where}没有找到“{words}”", "I found no “{words}”{where}"),
    "no_such_function": _("{device}不能“{words}”", "{device} cannot do “{words}”"),
    "no_such_function_value": _("{device}的{function}不能“{words}”",
                                "{device} cannot do “{words}” for its {function}"),
    "out_of_range": _("{thing}只能在{min}到{max}之间", "{thing} can only be between {min} and {max}"),
    "out_of_range_low": _("{thing}最低{min}", "{thing} cannot go below {min}"),
    "out_of_range_high": _("{thing}最高{max}", "{thing} cannot go above {max}"),
    "out_of_range_unknown": _("“{words}”超出了范围", "“{words}” is out of range"),
    "ambiguous": _("“{words}”是指{candidates}？", "which one is “{words}”: {candidates}?"),
    "ambiguous_value": _("{thing}要调到多少（{min}到{max}）？", "set {thing} to what ({min} to {max})?"),
    "ambiguous_unknown": _("“{words}”具体是指什么？", "what do you mean by “{words}”?"),
    "not_understood": _("没听懂“{words}”", "I did not understand “{words}”"),
    "not_understood_all": _("没听懂，换个说法试试？",
                            "I did not understand that; could you put it another way?"),
    "unsupported": _("“{words}”我还不会", "I cannot do “{words}” yet"),
    "no_such_time": _("“{words}”里的时间不存在", "there is no such time as in “{words}”"),
    "too_many_characters": _("这句话太长了，我一次最多听{max}个字，请说短一点",
                             "that is too long for me: I read at most {max} characters at once"),
    "too_many_words": _("这句话太长了，我一次最多听{max}个词，请分开说",
                        "that is too long for me: I read at most {max} words at once"),
    "too_many_clauses": _("一下子太多事了，我一次最多听{max}件，请分开说",
                          "that is too much at once: I take at most {max} things in one sentence"),
}  # fmt: skip

SAYINGS: Mapping[str, Label] = {
    "sure": _("要{do}，确定吗？", "{do} — are you sure?"),
    "scheduled": _("好，{when}{do}", "OK, {when} I will {do}"),
    "undo_after": _("{when}恢复原样", "{when} I will put it back"),
    "reminder": _("好，{when}提醒你：{text}", "OK, {when} I will remind you: {text}"),
    "timer_set": _("好，{timer}开始了", "OK, {timer} is running"),
    "timer_cancelled": _("{timer}取消了", "cancelled {timer}"),
    "timer_paused": _("{timer}暂停了，还剩{left}", "paused {timer} with {left} left"),
    "timer_left": _("{timer}还剩{left}", "{timer} has {left} left"),
    "timer_left_paused": _("{timer}暂停着，还剩{left}", "{timer} is paused with {left} left"),
    "no_timers": _("没有计时器", "there are no timers"),
    "cancelled_entry": _("取消了：{what}", "cancelled: {what}"),
    "nothing_scheduled": _("没有定时的事", "nothing is scheduled"),
    "is_scheduled": _("定了{n}件事：{list}", "{n} scheduled: {list}"),
    "timer_over": _("{timer}到时间了", "time is up: {timer}"),
    "remind": _("提醒你：{text}", "a reminder: {text}"),
    "fired": _("到时间了：", "As planned: "),
    "late": _("刚才的事：", "About before: "),
    "announced": _("发出去了：{text}", "announced: {text}"),
    "nothing_pending": _("现在没有什么在等你回答", "nothing is waiting for an answer"),
    "yes_from_model": _("我不确定这是不是“确定”，请直接说“确定”或“取消”",
                        "I am not sure that this was a yes; please just say yes or no"),
    "let_be": _("好，没有做", "OK, I left it"),
    "nothing": _("好", "OK"),
    "empty": _("我在，想让我做什么？", "I am here. What shall I do?"),
    "too_long": _("这句话太长了，最多{n}个字，请说短一点",
                  "that is too long for me: {n} characters at most, please"),
    "busy": _("前面的话还没做完，请等一下再说", "I am still at what you said before; one moment, please"),
    "too_slow": _("我没能及时想明白，请换个说法再说一次",
                  "I could not work that out in time; please try putting it another way"),
    "broken": _("我这里出了点问题，没有听懂，请再说一次",
                "something failed in me and I did not get that; please say it again"),
    "not_recorded": _("这一条没能写进记录", "this could not be written to the record"),
}  # fmt: skip

ANSWERS: Mapping[str, Label] = {
    "is": _("{thing}{state}", "{thing} is {state}"),
    "unknown": _("不知道{thing}：没有读到", "I do not know about {thing}: nothing was read"),
    "unreachable": _("{names}没有回应，不清楚", "{names} did not answer, so I do not know"),
    "yes": _("对，{text}", "yes, {text}"),
    "no": _("不，{text}", "no, {text}"),
    "yes_all": _("是的，{all}{state}", "yes, {all} {state}"),
    "all_read": _("读到的都{state}", "all that I can read are {state}"),
    "which": _("{names}{all}{state}", "{names} {are} {state}"),
    "which_number": _("{names}的{function}{all}{state}", "{function} {state}: {names}"),
    "none": _("没有{state}的", "none is {state}"),
    "none_number": _("没有{function}{state}的", "none has {function} {state}"),
    "none_read": _("读到的里面没有{state}的", "none of those that I can read is {state}"),
    "how_many": _("{n}个{state}：{names}", "{n} {are} {state}: {names}"),
    "where": _("{thing}在{area}", "{thing} is in {area}"),
    "nowhere": _("{thing}没有说明在哪个房间", "{thing} has no room given"),
    "can": _("{thing}有：{list}", "{thing} has: {list}"),
    "time": _("现在{time}", "it is {time}"),
    "date": _("今天是{date}", "today is {date}"),
}

STATES: Mapping[str, tuple[Label, Label]] = {
    # true, false
    "on_off": (_("开着", "on"), _("关着", "off")),
    "valve": (_("开着", "open"), _("关着", "closed")),
    "lock": (_("锁着", "locked"), _("没锁", "unlocked")),
    "mute": (_("静音", "muted"), _("没静音", "not muted")),
    "contact": (_("开着", "open"), _("关着", "closed")),
    "motion": (_("有人移动", "seeing motion"), _("没有动静", "seeing no motion")),
    "occupancy": (_("有人", "occupied"), _("没人", "empty")),
    "smoke": (_("检测到烟雾", "detecting smoke"), _("没有烟雾", "clear of smoke")),
    "gas": (_("检测到燃气泄漏", "detecting gas"), _("没有燃气泄漏", "clear of gas")),
    "leak": (_("检测到漏水", "detecting a leak"), _("没有漏水", "dry")),
}
SWITCH = (_("开着", "on"), _("关着", "off"))
CLOSED, WIDE_OPEN, PART_OPEN = (
    _("关着", "closed"),
    _("全开着", "fully open"),
    _("开到{value}", "open to {value}"),
)
COMPARED: Mapping[str, Label] = {
    "is": _("是{value}", "{value}"),
    "is_not": _("不是{value}", "not {value}"),
    "above": _("高于{value}", "above {value}"),
    "below": _("低于{value}", "below {value}"),
}
DIRECT = (
    "on_off", "valve", "lock", "mute", "contact", "motion", "occupancy", "smoke", "gas", "leak", "position",
    "playback", "cleaning",
)  # fmt: skip
"""Functions that go without saying: "the lamp is on", not "the power of the lamp is on"."""

UNITS: Mapping[str, Label] = {
    "%": _("{n}%", "{n}%"),
    "°C": _("{n}度", "{n} °C"),
    "K": _("{n}K", "{n} K"),
    "lx": _("{n}勒克斯", "{n} lux"),
    "W": _("{n}瓦", "{n} W"),
    "µg/m³": _("每立方米{n}微克", "{n} µg/m³"),
    "min": _("{n}分钟", "{n} min"),
    "s": _("{n}秒", "{n} s"),
    "h": _("{n}小时", "{n} h"),
}

KINDS: Mapping[str, tuple[str, str, str]] = {
    # Chinese measure word and noun, English plural
    "light": ("盏", "灯", "lights"),
    "switch": ("个", "开关", "switches"),
    "outlet": ("个", "插座", "outlets"),
    "air_conditioner": ("台", "空调", "air conditioners"),
    "heater": ("台", "取暖器", "heaters"),
    "humidifier": ("台", "加湿器", "humidifiers"),
    "dehumidifier": ("台", "除湿机", "dehumidifiers"),
    "air_purifier": ("台", "空气净化器", "air purifiers"),
    "fan": ("台", "风扇", "fans"),
    "curtain": ("副", "窗帘", "curtains"),
    "lock": ("把", "门锁", "locks"),
    "vacuum": ("台", "扫地机", "vacuums"),
    "media_player": ("台", "播放器", "media players"),
    "television": ("台", "电视", "televisions"),
    "tv": ("台", "电视", "televisions"),
    "speaker": ("个", "音箱", "speakers"),
    "sensor": ("个", "传感器", "sensors"),
    "camera": ("个", "摄像头", "cameras"),
    "valve": ("个", "阀门", "valves"),
}
SOME_KIND = ("个", "设备", "devices")

DAYS_ZH = "一二三四五六日"
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December")  # fmt: skip


def fill(label: Label, language: Language, **parts: object) -> str:
    """The template in this language, with its gaps filled."""
    return label.text(language).format(**parts)
