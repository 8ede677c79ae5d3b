"""What common parts of MIoT descriptions are called, where they give only English or only a type."""

from __future__ import annotations

from collections.abc import Mapping

from homebody.home.adapters.miio.spec import Option
from homebody.home.label import Label

KINDS: Mapping[str, str] = {
    "fish-tank": "aquarium", "television": "tv", "magnet-sensor": "contact_sensor",
    "motion-sensor": "motion_sensor", "submersion-sensor": "leak_sensor", "smoke-sensor": "smoke_detector",
    "gas-sensor": "gas_detector", "air-condition": "air_conditioner", "bath-heater": "bath_heater",
    "airer": "drying_rack", "window-opener": "window", "pet-feeder": "pet_feeder", "lock": "lock",
    "air-fresh": "fresh_air", "vacuum": "vacuum", "cooker": "rice_cooker", "fryer": "air_fryer",
}  # fmt: skip
"""Device types that have another word here; others keep their own."""

UNITS: Mapping[str, str] = {
    "percentage": "%", "celsius": "°C", "kelvin": "K", "seconds": "s", "minutes": "min", "hours": "h",
    "days": "d", "lux": "lx", "watt": "W", "arcdegrees": "°", "pascal": "Pa", "ppm": "ppm",
    "μg/m3": "µg/m³",
    "ug/m3": "µg/m³", "kWh": "kWh", "L": "l", "ms": "ms",
}  # fmt: skip

_CHINESE: Mapping[str, str] = {
    # services
    "light": "灯", "fan": "风扇", "air-conditioner": "空调", "fan-control": "风扇控制", "switch": "开关",
    "outlet": "插座", "fish-tank": "鱼缸", "filter": "滤芯", "battery": "电池", "alarm": "提示音",
    "indicator-light": "指示灯", "screen": "屏幕", "physical-controls-locked": "童锁",
    "physical-control-locked": "童锁", "environment": "环境", "water-pump": "水泵",
    "ambient-light": "氛围灯",
    "night-light": "夜灯", "curtain": "窗帘", "vacuum": "扫地机器人", "speaker": "音箱", "heater": "取暖器",
    "humidifier": "加湿器", "air-purifier": "空气净化器",
    # properties
    "on": "开关", "mode": "模式", "fan-level": "档位", "speed-level": "风速",
    "stepless-fan-level": "无级风速",
    "horizontal-swing": "左右摆风", "vertical-swing": "上下摆风", "horizontal-angle": "摆风角度",
    "anion": "负离子",
    "brightness": "亮度", "color-temperature": "色温", "color": "颜色", "flow": "流光",
    "target-temperature": "目标温度", "target-humidity": "目标湿度", "temperature": "温度",
    "relative-humidity": "湿度", "status": "状态", "fault": "故障", "delay": "延时",
    "delay-time": "延时时间",
    "delay-remain-time": "剩余时间", "left-time": "剩余时间", "off-delay": "延时关闭",
    "off-delay-time": "定时关闭",
    "filter-life-level": "滤芯剩余", "filter-left-time": "滤芯剩余天数", "filter-used-time": "滤芯已用时间",
    "battery-level": "电量", "charging-state": "充电状态", "volume": "音量", "mute": "静音", "eco": "节能",
    "sleep-mode": "睡眠模式", "heater-on": "电辅热", "dryer": "干燥", "uv": "杀菌", "soft-wind": "柔风",
    "water-level": "水位", "feed-protect": "喂食保护", "feeding-measure": "喂食份数", "food-left": "余粮",
    "water-temperature": "水温", "motor-reverse": "电机反转", "power-consumption": "用电量",
    "electric-power": "功率", "electric-current": "电流", "voltage": "电压",
    "default-power-on-state": "上电状态",
    # actions
    "toggle": "切换", "reset-filter-life": "重置滤芯", "pet-food-out": "喂食", "feed": "喂食",
    "brightness-up": "调亮", "brightness-down": "调暗", "identify": "识别", "start-wash": "开始清洗",
    # values
    "auto": "自动", "cool": "制冷", "heat": "制热", "dry": "除湿", "fan only": "送风", "sleep": "睡眠",
    "favorite": "最爱", "manual": "手动", "none": "无", "normal": "正常", "idle": "空闲", "low": "低",
    "medium": "中",
    "middle": "中", "high": "高", "strong": "强", "natural wind": "自然风", "straight wind": "直吹风",
    "natural": "自然", "day": "日间", "night": "夜间", "reading": "阅读", "movie": "影院", "warm": "温馨",
    "silent": "静音",
    "tv": "电视", "color mode": "彩光", "warmth": "温馨", "tv mode": "影院", "reading mode": "阅读",
    "night mode": "夜灯",
    "party": "聚会", "constant humidity": "恒湿", "no faults": "无故障", "busy": "忙碌", "off": "关",
    "left": "左", "right": "右",
}  # fmt: skip


def named(kind: str, name: Label) -> Label:
    """The name with a Chinese one, if this kind has a usual one and the description gave none."""
    if name.zh or not (chinese := _CHINESE.get(kind) or _CHINESE.get(name.en.lower())):
        return name
    return Label(zh=chinese, en=name.en)


def option_name(option: Option) -> Label:
    return named("", option.name)


def unit_of(unit: str) -> str:
    return UNITS.get(unit, unit)


def kind_of(device_type: str) -> str:
    """The word for a thing of this type: one of `home.kinds` where there is one."""
    return KINDS.get(device_type, device_type.replace("-", "_"))
