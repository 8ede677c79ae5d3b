"""What is said of a drill, in both languages, wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from homebody.assistant.drill.harmless import Spared
from homebody.core.fence import Kind
from homebody.home.label import Label


def _(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


CUT: Mapping[Kind, Label] = {
    "no_route": _("这台电脑所在的网络没有通往互联网的路由：内核这么说，试发一个数据包也被挡回。",
                  "This machine's network had no route to the internet: the kernel says so, and a trial was "
                  "turned away."),
    "packet_filter": _("内核拒绝了这个进程发往局域网以外的一切：试发的数据包被挡下，也计了数。"
                       "这台电脑上的其他程序没有断网。",
                       "The kernel refused whatever this process sent beyond the LAN: a trial was refused, "
                       "and counted. Other programs on this machine were not cut off."),
    "gate": _("只有宅家自己的门拦着，内核没有参与：这只证明宅家没有去找互联网。"
              "这台电脑上的其他程序没有断网。",
              "Homebody's own gate alone refused what goes beyond the LAN; the kernel was not involved. It "
              "shows that Homebody did not turn to the internet, and no more. Other programs on this machine "
              "were not cut off."),
}  # fmt: skip

LINE: Mapping[bool, Label] = {
    False: _("设备自己没有断网。想连它们一起试，先拔掉路由器的外网线，再加 --unplugged 运行。",
             "The devices themselves were not cut off. To try that too, unplug the router's line to the "
             "internet and run it with --unplugged."),
    True: _("运行的人说，家里的外网线当时拔掉了，设备自己也上不了网。这是人说的，程序看不到。",
            "Whoever ran it said that the home's line was unplugged, so that the devices had no internet "
            "either. That is their word: the drill cannot see it."),
}  # fmt: skip
"""By whether the line was said to be unplugged."""

SPARED: Mapping[Spared, Label] = {
    "notices": _("只读：它没有可以设的", "only read: it has nothing to set"),
    "guards": _("只读：锁、门、阀门和警报不拿来演练",
                "only read: locks, doors, valves and alarms are left alone"),
    "moves": _("只读：会动、会投喂、会出水的不拿来演练",
               "only read: what moves, feeds or waters is left alone"),
    "heats": _("只读：加热、制冷、做饭、洗衣的不拿来演练",
               "only read: what heats, cools, cooks or washes is left alone"),
    "sensitive": _("只读：家里设了操作前要确认", "only read: it is set to be confirmed first"),
    "unknown": _("只读：不知道动它有没有害处", "only read: whether commanding it is harmless is not known"),
    "nothing": _("只读：没有可以放心动的功能", "only read: it has nothing that is harmless to set"),
    "unsure": _("只读：不知道原来的状态，没法恢复",
                "only read: its state is not known, so it could not be put back"),
}  # fmt: skip

SIMULATED = _("{n} 个设备是宅家自己模拟的，不在任何网络上。",
              "{n} of them are simulated within Homebody, on no network.")  # fmt: skip
