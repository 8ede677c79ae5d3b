"""Kinds of things that are known by a word, and what people call them.

A kind that is not here works as well: it is called by its device's ``kind_name``, else by the word itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homebody.home.device import Device
from homebody.home.label import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    id: str
    name: Label
    aliases: tuple[str, ...] = ()


def _kind(id_: str, zh: str, en: str, *aliases: str) -> Kind:
    return Kind(id=id_, name=Label(zh=zh, en=en), aliases=aliases)


_KINDS = (
    # light and power
    _kind("light", "灯", "light", "电灯", "灯光", "照明", "lamp", "lights"),
    _kind("switch", "开关", "switch"),
    _kind("outlet", "插座", "outlet", "插排", "plug", "socket", "power strip"),
    # air and warmth
    _kind("air_conditioner", "空调", "air conditioner", "冷气", "AC", "air con", "aircon"),
    _kind("heater", "取暖器", "heater", "电暖器", "暖风机", "暖气", "radiator"),
    _kind("floor_heating", "地暖", "floor heating", "underfloor heating"),
    _kind("thermostat", "温控器", "thermostat"),
    _kind("fan", "风扇", "fan", "电扇", "电风扇", "吊扇"),
    _kind("fresh_air", "新风", "ventilation", "新风机", "新风系统"),
    _kind("exhaust_fan", "排气扇", "exhaust fan", "换气扇", "extractor fan"),
    _kind("air_purifier", "空气净化器", "air purifier", "净化器", "purifier"),
    _kind("humidifier", "加湿器", "humidifier"),
    _kind("dehumidifier", "除湿机", "dehumidifier", "抽湿机"),
    _kind("aroma_diffuser", "香薰机", "aroma diffuser", "diffuser"),
    # openings
    _kind("curtain", "窗帘", "curtain", "帘子", "curtains", "drapes"),
    _kind("blind", "百叶窗", "blind", "百叶帘", "卷帘", "blinds", "shade", "shutter"),
    _kind("window", "窗户", "window", "窗", "推窗器"),
    _kind("door", "门", "door"),
    _kind("garage_door", "车库门", "garage door"),
    _kind("gate", "大门", "gate"),
    _kind("lock", "门锁", "lock", "锁", "智能锁", "door lock", "smart lock"),
    _kind("valve", "阀门", "valve", "阀"),
    _kind("gas_valve", "燃气阀", "gas valve", "煤气阀"),
    _kind("doorbell", "门铃", "doorbell"),
    # cleaning, kitchen, water
    _kind("vacuum", "扫地机器人", "vacuum", "扫地机", "扫拖机器人", "吸尘器",
          "robot vacuum", "vacuum cleaner"),
    _kind("mower", "割草机", "mower", "lawn mower"),
    _kind("washing_machine", "洗衣机", "washing machine", "washer"),
    _kind("dryer", "烘干机", "dryer", "干衣机", "tumble dryer"),
    _kind("drying_rack", "晾衣架", "drying rack", "晾衣机"),
    _kind("dishwasher", "洗碗机", "dishwasher"),
    _kind("fridge", "冰箱", "fridge", "refrigerator"),
    _kind("freezer", "冰柜", "freezer"),
    _kind("oven", "烤箱", "oven"),
    _kind("microwave", "微波炉", "microwave"),
    _kind("stove", "灶具", "stove", "炉灶", "cooker", "hob"),
    _kind("range_hood", "油烟机", "range hood", "抽油烟机", "cooker hood"),
    _kind("rice_cooker", "电饭煲", "rice cooker", "电饭锅"),
    _kind("kettle", "电水壶", "kettle", "热水壶", "水壶"),
    _kind("coffee_machine", "咖啡机", "coffee machine", "coffee maker"),
    _kind("water_heater", "热水器", "water heater", "boiler"),
    _kind("water_purifier", "净水器", "water purifier"),
    _kind("towel_warmer", "毛巾架", "towel warmer", "towel rail"),
    _kind("toilet", "马桶", "toilet"),
    _kind("irrigation", "浇花器", "irrigation", "灌溉", "sprinkler"),
    # sound and picture
    _kind("media_player", "播放器", "media player"),
    _kind("tv", "电视", "TV", "电视机", "television"),
    _kind("speaker", "音箱", "speaker", "音响", "智能音箱"),
    _kind("projector", "投影仪", "projector", "投影"),
    _kind("camera", "摄像头", "camera", "监控", "摄像机"),
    # what notices things
    _kind("sensor", "传感器", "sensor", "感应器"),
    _kind("contact_sensor", "门窗传感器", "contact sensor", "门磁", "door sensor", "window sensor"),
    _kind("motion_sensor", "人体传感器", "motion sensor", "移动传感器"),
    _kind("smoke_detector", "烟雾报警器", "smoke detector", "烟感", "smoke alarm"),
    _kind("gas_detector", "燃气报警器", "gas detector", "gas alarm"),
    _kind("leak_sensor", "水浸传感器", "leak sensor", "漏水传感器"),
    _kind("button", "按钮", "button"),
    _kind("remote", "遥控器", "remote"),
    _kind("alarm", "警报器", "alarm", "siren"),
    # living with us
    _kind("robot", "机器人", "robot"),
    _kind("robot_dog", "机器狗", "robot dog", "机械狗"),
    _kind("pet_feeder", "喂食器", "pet feeder", "宠物喂食器"),
    _kind("aquarium", "鱼缸", "aquarium", "fish tank"),
    _kind("bed", "床", "bed", "智能床"),
    _kind("desk", "升降桌", "desk", "standing desk"),
    _kind("massage_chair", "按摩椅", "massage chair"),
    _kind("electric_blanket", "电热毯", "electric blanket"),
    _kind("charger", "充电桩", "charger", "car charger"),
    _kind("computer", "电脑", "computer", "PC"),
    _kind("router", "路由器", "router"),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _KINDS}


def kind_name(device: Device) -> Label:
    """What people call things like this one: the home file's word, else the table's, else the kind itself."""
    if device.kind_name:
        return device.kind_name
    known = KINDS.get(device.kind)
    return known.name if known else Label.of(device.kind.replace("_", " "))
