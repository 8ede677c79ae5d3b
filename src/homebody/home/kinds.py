"""Kinds of things that are known by a word: what people call them, and what a word for them may mean.

One table for everybody: names for replies, words for understanding. A kind that is not here works as well:
it is called by its device's ``kind_name``, else by the word itself. A kind that stands here but not in the
home is recognised all the same, so that "there is no such thing here" can be said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homebody.home.device import Device
from homebody.home.label import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """``covers`` are further kinds of devices that a word for this one always means too: narrower ones, and
    other ids for the same thing. ``near`` are kinds that it means where there is none of its own: "curtain"
    is said of a blind."""

    id: str
    name: Label
    aliases: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.name.all(), *self.aliases)

    @property
    def own(self) -> frozenset[str]:
        """The kinds of devices that a word for this kind means."""
        return frozenset((self.id, *self.covers))

    @property
    def meant(self) -> frozenset[str]:
        """All that it may mean."""
        return self.own | frozenset(self.near)


def _kind(id_: str, zh: str, en: str, aliases: str = "", *, covers: str = "", near: str = "") -> Kind:
    """``aliases`` are separated by commas, ``covers`` and ``near`` by spaces."""
    words = tuple(word.strip() for word in aliases.split(",") if word.strip())
    return Kind(
        id=id_,
        name=Label(zh=zh, en=en),
        aliases=words,
        covers=tuple(covers.split()),
        near=tuple(near.split()),
    )


_KINDS = (
    # light and power
    _kind("light", "灯", "light",
          "灯火, 照明灯, 灯盏, "
          "电灯, 灯光, 灯具, 灯泡, 照明, lamp, lighting, bulb, light bulb",
          covers="lamp bulb light_strip ceiling_light night_light"),
    _kind("switch", "开关", "switch"),
    _kind("outlet", "插座", "outlet",
          "插头, 插线板, 接线板, 拖板, 排插板, "
          "插排, 排插, 电源插座, plug, socket, power strip, smart plug,"
                                      " power outlet",
          covers="plug socket power_strip"),
    # air and warmth
    _kind("air_conditioner", "空调", "air conditioner",
          "空调器, 中央空调, "
          "冷气, 空调机, 冷气机, AC, a/c, air conditioning, aircon, air con, hvac", covers="ac climate"),
    _kind("heater", "取暖器", "heater",
          "取暖机, 电暖炉, 油汀, 电油汀, 小太阳, 暖气片, 电热炉, 电取暖器, 电暖风, 发热器, "
          "暖气, 电暖器, 暖风机, 电暖气, 暖炉, heating, radiator, space heater",
          covers="radiator", near="floor_heating"),
    _kind("floor_heating", "地暖", "floor heating", "underfloor heating"),
    _kind("thermostat", "温控器", "thermostat", "恒温器", covers="climate", near="heater air_conditioner"),
    _kind("fireplace", "壁炉", "fireplace"),
    _kind("fan", "风扇", "fan",
          "台扇, 立扇, 风扇机, "
          "电扇, 电风扇, 吊扇, 落地扇, ceiling fan", covers="ceiling_fan"),
    _kind("fresh_air", "新风", "ventilation", "新风机, 新风系统, ventilation system"),
    _kind("exhaust_fan", "排气扇", "exhaust fan",
          "抽气扇, 排风机, 换气机, 通风扇, 抽风扇, 排气机, 排气风扇, "
          "换气扇, 排风扇, 抽风机, extractor fan, extractor,"
                                                  " ventilator"),
    _kind("air_purifier", "空气净化器", "air purifier",
          "净化机, 空气净化机, 空气清净机, 空气清洁机, "
          "净化器, 空净, 空气清新机, purifier, air cleaner"),
    _kind("humidifier", "加湿器", "humidifier",
          "增湿器, "
          "加湿机"),
    _kind("dehumidifier", "除湿机", "dehumidifier",
          "抽湿器, 吸湿机, "
          "除湿器, 抽湿机"),
    _kind("aroma_diffuser", "香薰机", "aroma diffuser",
          "扩香机, 香氛机, 香薰炉, "
          "香薰, diffuser", covers="diffuser"),
    # openings
    _kind("curtain", "窗帘", "curtain",
          "窗纱, 窗幔, 窗帘布, 布帘子, "
          "帘子, 布帘, 纱帘, drape", covers="cover",
          near="blind shade shutter"),
    _kind("blind", "百叶窗", "blind", "百叶帘, 卷帘, 遮阳帘, shade, window blind, roller blind",
          covers="shade", near="shutter curtain cover"),
    _kind("shutter", "卷帘窗", "shutter", "roller shutter", near="blind shade"),
    _kind("awning", "遮阳篷", "awning",
          "遮阳棚, 雨棚, 凉棚, 凉篷, 遮阳蓬, 遮阳布, "
          "雨篷, sunshade"),
    _kind("window", "窗户", "window", "窗, 窗子, 推窗器"),
    _kind("door", "门", "door", "房门, 大门", near="lock garage_door"),
    _kind("garage_door", "车库门", "garage door", covers="garage"),
    _kind("gate", "院门", "gate",
          "铁闸, 大铁门, "
          "铁门, 大闸, 闸门", near="garage_door"),
    _kind("lock", "门锁", "lock",
          "指纹锁, 密码锁, 电子锁, "
          "锁, 智能锁, door lock, smart lock, deadbolt",
          covers="door_lock smart_lock"),
    _kind("valve", "阀门", "valve", "阀", covers="gas_valve water_valve"),
    _kind("gas_valve", "燃气阀", "gas valve",
          "煤气总阀, 燃气总阀, 煤气阀门, 天然气阀门, 气阀, 煤气开关, 燃气开关, 煤气总闸, "
          "天然气, 燃气总闸, 煤气闸, "
          "煤气阀, 天然气阀, 燃气阀门, 煤气, 燃气, gas"),
    _kind("water_valve", "水阀", "water valve",
          "水总阀, 自来水阀, 水闸, 总水闸, 自来水总阀, 水阀门, "
          "总水阀, main water valve"),
    _kind("doorbell", "门铃", "doorbell"),
    # cleaning, kitchen, water
    _kind("vacuum", "扫地机器人", "vacuum",
          "扫拖机, 扫拖一体机, 擦地机, 扫地机械人仔, 扫地的机器人, 拖地机器人, 拖扫机器人, "
          "扫地机, 扫地机械人, 扫拖机器人, 吸尘器, 吸尘机, 吸尘机器人, 拖地机, robot vacuum,"
          " vacuum cleaner, hoover, "
          "roomba, robot cleaner, cleaning robot"),
    _kind("mower", "割草机", "mower", "割草机器人, lawn mower, lawnmower, robot mower", covers="lawn_mower"),
    _kind("washing_machine", "洗衣机", "washing machine",
          "洗衫机, 滚筒洗衣机, "
          "washer"),
    _kind("dryer", "烘干机", "dryer",
          "烘衣机, 烘干器, "
          "干衣机, tumble dryer"),
    _kind("drying_rack", "晾衣架", "drying rack",
          "晾衣杆, 晒衣架, 晾衫架, 晾衣竿, 晾衣架子, "
          "晾衣机, clothes rack", covers="clothes_rack"),
    _kind("dishwasher", "洗碗机", "dishwasher",
          "洗碗柜"),
    _kind("fridge", "冰箱", "fridge",
          "电冰箱, "
          "雪柜, refrigerator"),
    _kind("freezer", "冰柜", "freezer",
          "冷冻柜, "
          "冷柜"),
    _kind("oven", "烤箱", "oven"),
    _kind("microwave", "微波炉", "microwave", "microwave oven"),
    _kind("stove", "灶具", "stove", "炉灶, 电磁炉, cooker, hob, cooktop"),
    _kind("range_hood", "油烟机", "range hood",
          "排烟机, 烟机, 抽烟机, 排油烟机, "
          "抽油烟机, 吸油烟机, cooker hood, extractor hood, hood"),
    _kind("rice_cooker", "电饭煲", "rice cooker",
          "电锅, "
          "电饭锅, 饭煲, 饭锅"),
    _kind("kettle", "电水壶", "kettle",
          "电热壶, 水煲, 电水煲, "
          "水壶, 热水壶, 烧水壶, 电热水壶"),
    _kind("coffee_machine", "咖啡机", "coffee machine", "coffee maker"),
    _kind("water_heater", "热水器", "water heater",
          "热水炉, 电热水器, 燃气热水器, 热水机, "
          "boiler, geyser"),
    _kind("water_purifier", "净水器", "water purifier",
          "滤水器, 纯水机, 滤水机, "
          "净水机"),
    _kind("towel_warmer", "毛巾架", "towel warmer",
          "电热毛巾架, 毛巾杆, "
          "towel rail"),
    _kind("toilet", "马桶", "toilet",
          "坐便器, 坐厕, 马桶盖, 智能坐便器, 坐便, "
          "智能马桶, smart toilet"),
    _kind("irrigation", "浇花器", "irrigation",
          "浇水器, 浇灌器, 浇花机, 浇水机, 灌溉器, "
          "灌溉, 洒水器, 喷灌, sprinkler", covers="sprinkler"),
    # sound and picture
    _kind("media_player", "播放器", "media player", "媒体播放器, 音乐, music, player, media",
          near="speaker tv projector"),
    _kind("tv", "电视", "TV",
          "彩电, 大电视, "
          "电视机, television, telly", covers="television"),
    _kind("speaker", "音箱", "speaker",
          "小音箱, 扬声器, 音响设备, "
          "音响, 喇叭, 智能音箱, smart speaker, soundbar, stereo"),
    _kind("projector", "投影仪", "projector", "投影机, 投影"),
    _kind("camera", "摄像头", "camera",
          "监控头, 监控摄像头, "
          "监控, 摄像机, security camera, webcam"),
    # what notices things
    _kind("sensor", "传感器", "sensor", "感应器",
          covers="contact_sensor motion_sensor leak_sensor smoke_detector gas_detector"),
    _kind("contact_sensor", "门窗传感器", "contact sensor", "门磁, door sensor, window sensor"),
    _kind("motion_sensor", "人体传感器", "motion sensor", "移动传感器, 人在传感器, presence sensor,"
                                                          " motion detector"),
    _kind("smoke_detector", "烟雾报警器", "smoke detector", "烟感, smoke alarm"),
    _kind("gas_detector", "燃气报警器", "gas detector", "gas alarm"),
    _kind("leak_sensor", "水浸传感器", "leak sensor", "漏水传感器, leak detector"),
    _kind("button", "按钮", "button"),
    _kind("remote", "遥控器", "remote"),
    _kind("alarm", "警报器", "alarm", "安防, 警笛, siren, security system",
          covers="siren alarm_panel security security_system"),
    # living with us
    _kind("robot", "机器人", "robot", near="robot_dog vacuum"),
    _kind("robot_dog", "机器狗", "robot dog", "机械狗, 狗狗, robodog"),
    _kind("pet_feeder", "喂食器", "pet feeder",
          "喂食机, 投食机, 投食器, "
          "宠物喂食器"),
    _kind("aquarium", "鱼缸", "aquarium",
          "水族缸, 鱼缸子, "
          "水族箱, fish tank"),
    _kind("bed", "床", "bed", "智能床, 电动床"),
    _kind("desk", "升降桌", "desk",
          "升降台, 电动桌, 升降书桌, "
          "standing desk"),
    _kind("massage_chair", "按摩椅", "massage chair",
          "按摩沙发"),
    _kind("electric_blanket", "电热毯", "electric blanket",
          "电褥子, 电毯, 电暖毯, 电热褥, 热毯, "
          "heated blanket", covers="heating_blanket"),
    _kind("charger", "充电桩", "charger",
          "充电站, 汽车充电桩, "
          "car charger"),
    _kind("computer", "电脑", "computer", "PC"),
    _kind("printer", "打印机", "printer"),
    _kind("router", "路由器", "router"),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _KINDS}


def kind_name(device: Device) -> Label:
    """What people call things like this one: the home file's word, else the table's, else the kind itself."""
    if device.kind_name:
        return device.kind_name
    known = KINDS.get(device.kind)
    return known.name if known else Label.of(device.kind.replace("_", " "))
