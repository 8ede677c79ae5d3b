"""The closed table of traits: functions that everybody knows, in human units.

A home file or an adapter names a trait and may narrow its bounds, its step or its choices; everything else
stands here. The vocabulary follows Matter and Home Assistant where they agree. Words by which people call
a trait belong to `assistant.understanding`, except the plain name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from homebody.home.function import Action, Choice, Function, Type
from homebody.home.label import Label

A = Action


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


def _choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(id=id_, name=_label(zh, en)) for id_, zh, en in rows)


def _switch(
    id_: str, name: Label, on: Action = A.ON, off: Action = A.OFF, *more: tuple[Action, bool]
) -> Function:
    return Function(
        id=id_,
        name=name,
        type=Type.BOOL,
        actions=(on, off, *(action for action, _ in more), *((A.TOGGLE,) if on is A.ON else ())),
        effects=((on, True), (off, False), *more),
        trait=True,
    )


def _number(id_: str, name: Label, low: float, high: float, step: float, unit: str) -> Function:
    return Function(
        id=id_, name=name, type=Type.NUMBER, actions=(A.SET,), min=low, max=high, step=step, unit=unit,
        trait=True,
    )  # fmt: skip


def _measure(id_: str, name: Label, unit: str) -> Function:
    return Function(id=id_, name=name, type=Type.NUMBER, actions=(), unit=unit, trait=True)


def _sign(id_: str, name: Label) -> Function:
    return Function(id=id_, name=name, type=Type.BOOL, actions=(), trait=True)


_COLORS = _choices(
    ("red", "红色", "red"), ("orange", "橙色", "orange"), ("yellow", "黄色", "yellow"),
    ("green", "绿色", "green"), ("cyan", "青色", "cyan"), ("blue", "蓝色", "blue"),
    ("purple", "紫色", "purple"), ("pink", "粉色", "pink"), ("white", "白色", "white"),
)  # fmt: skip

_TRAITS = (
    # what can be changed
    _switch("on_off", _label("开关", "power")),
    _number("brightness", _label("亮度", "brightness"), 1, 100, 1, "%"),
    _number("color_temperature", _label("色温", "color temperature"), 2000, 6500, 50, "K"),
    Function(id="color", name=_label("颜色", "color"), type=Type.CHOICE, actions=(A.SET,), choices=_COLORS,
             trait=True),
    _number("thermostat", _label("设定温度", "target temperature"), 16, 30, 0.5, "°C"),
    Function(id="mode", name=_label("模式", "mode"), type=Type.CHOICE, actions=(A.SET,), trait=True,
             choices=_choices(("auto", "自动", "auto"), ("cool", "制冷", "cool"), ("heat", "制热", "heat"),
                              ("dry", "除湿", "dry"), ("fan_only", "送风", "fan only"))),
    _number("fan_speed", _label("风速", "fan speed"), 0, 100, 1, "%"),
    Function(id="position", name=_label("开合度", "position"), type=Type.NUMBER,
             actions=(A.OPEN, A.CLOSE, A.STOP, A.SET), effects=((A.OPEN, 100.0), (A.CLOSE, 0.0)),
             min=0, max=100, step=1, unit="%", trait=True),
    _switch("valve", _label("阀门", "valve"), A.OPEN, A.CLOSE),
    _switch("lock", _label("锁", "lock"), A.LOCK, A.UNLOCK),
    _number("volume", _label("音量", "volume"), 0, 100, 1, "%"),
    _switch("mute", _label("静音", "mute")),
    Function(id="playback", name=_label("播放", "playback"), type=Type.CHOICE, trait=True,
             actions=(A.PLAY, A.PAUSE, A.STOP, A.NEXT, A.PREVIOUS),
             effects=((A.PLAY, "playing"), (A.PAUSE, "paused"), (A.STOP, "stopped")),
             choices=_choices(("playing", "播放中", "playing"), ("paused", "已暂停", "paused"),
                              ("stopped", "已停止", "stopped"))),
    Function(id="cleaning", name=_label("清扫", "cleaning"), type=Type.CHOICE, trait=True,
             actions=(A.START, A.PAUSE, A.STOP, A.DOCK),
             effects=((A.START, "cleaning"), (A.PAUSE, "paused"), (A.STOP, "stopped"), (A.DOCK, "docked")),
             choices=_choices(("cleaning", "清扫中", "cleaning"), ("paused", "已暂停", "paused"),
                              ("stopped", "已停止", "stopped"), ("docked", "在充电座", "docked"))),
    # what is measured: percent, °C, lux, W, µg/m³, ppm
    _measure("temperature", _label("温度", "temperature"), "°C"),
    _measure("humidity", _label("湿度", "humidity"), "%"),
    _measure("illuminance", _label("光照", "illuminance"), "lx"),
    _measure("power_draw", _label("功率", "power draw"), "W"),
    _measure("battery", _label("电量", "battery"), "%"),
    _measure("pm25", _label("PM2.5", "PM2.5"), "µg/m³"),
    _measure("co2", _label("二氧化碳", "CO2"), "ppm"),
    # what is signalled: true is the first word of each pair
    _sign("contact", _label("开合", "opening")),  # true: open
    _sign("motion", _label("有人移动", "motion")),
    _sign("occupancy", _label("有人", "occupancy")),
    _sign("smoke", _label("烟雾", "smoke")),
    _sign("gas", _label("燃气泄漏", "gas leak")),
    _sign("leak", _label("漏水", "water leak")),
)  # fmt: skip

TRAITS: Mapping[str, Function] = {function.id: function for function in _TRAITS}


def trait(
    trait_id: str,
    *,
    min: float | None = None,  # the field's own word
    max: float | None = None,
    step: float | None = None,
    choices: tuple[Choice, ...] = (),
) -> Function:
    """A trait of one device: the table's entry, narrowed. Raises KeyError for an unknown id.

    An opening function whose range is narrowed opens to its own maximum.
    """
    base = TRAITS[trait_id]
    low = base.min if min is None else min
    high = base.max if max is None else max
    effects = base.effects
    if trait_id == "position":
        effects = ((A.OPEN, high), (A.CLOSE, low))
    return replace(
        base,
        min=low,
        max=high,
        step=base.step if step is None else step,
        choices=choices or base.choices,
        effects=effects,
    )
