"""What common functions of devices are called, of which only an English word or none is told."""

from __future__ import annotations

from collections.abc import Mapping

from homebody.home.label import Label
from homebody.home.naming import visible

_CHINESE: Mapping[str, str] = {
    # what can be set
    "state": "开关", "switch": "开关", "brightness": "亮度", "color temp": "色温", "color": "颜色",
    "color temp startup": "上电色温", "effect": "效果", "transition": "过渡时间", "child lock": "童锁",
    "power on behavior": "上电状态", "power outage memory": "断电记忆", "sensitivity": "灵敏度",
    "motion sensitivity": "移动灵敏度", "occupancy timeout": "无人延时", "detection interval": "检测间隔",
    "led indication": "指示灯", "led disabled night": "夜间关指示灯", "indicator mode": "指示灯模式",
    "countdown": "倒计时", "backlight mode": "背光模式", "backlight": "背光", "calibration": "校准",
    "local temperature calibration": "温度校准", "temperature calibration": "温度校准",
    "humidity calibration": "湿度校准", "window detection": "开窗检测", "valve detection": "阀门检测",
    "preset": "预设", "away mode": "离家模式", "eco mode": "节能模式", "boost heating": "快速加热",
    "fan mode": "风速模式", "mode": "模式", "swing mode": "摆风", "tilt": "倾斜", "motor speed": "电机速度",
    "reverse direction": "反向", "motor reversal": "电机反转", "volume": "音量", "melody": "铃声",
    "duration": "持续时间", "alarm": "警报", "warning": "警报", "siren": "警笛", "identify": "识别",
    "frost protection": "防冻", "scale protection": "防垢", "auto lock": "自动上锁", "speed": "速度",
    "target humidity": "目标湿度", "humidity setpoint": "目标湿度", "target temperature": "目标温度",
    "restart": "重启", "reset": "重置", "update": "更新", "start": "启动", "stop": "停止", "locate": "定位",
    # what is told
    "temperature": "温度", "local temperature": "室温", "humidity": "湿度", "pressure": "气压",
    "battery": "电量", "battery low": "电量低", "battery voltage": "电池电压", "voltage": "电压",
    "current": "电流", "power": "功率", "energy": "用电量", "illuminance": "光照", "occupancy": "有人",
    "presence": "有人", "motion": "有人移动", "contact": "开合", "vibration": "振动", "tamper": "防拆",
    "smoke": "烟雾", "smoke density": "烟雾浓度", "gas": "燃气", "water leak": "漏水", "co2": "二氧化碳",
    "pm25": "PM2.5", "pm10": "PM10", "voc": "挥发性有机物", "formaldehyd": "甲醛", "formaldehyde": "甲醛",
    "soil moisture": "土壤湿度", "action": "动作", "running state": "运行状态", "position": "开合度",
    "device temperature": "设备温度", "power outage count": "断电次数", "lock state": "锁状态",
    "target distance": "目标距离", "angle": "角度", "side": "面", "moving": "移动中", "fault": "故障",
    "filter age": "滤芯已用时间", "replace filter": "更换滤芯", "air quality": "空气质量",
    # values
    "on": "开", "off": "关", "toggle": "切换", "previous": "上次状态", "restore": "恢复", "low": "低",
    "medium": "中", "middle": "中", "high": "高", "auto": "自动", "manual": "手动", "heat": "制热",
    "cool": "制冷", "dry": "除湿", "fan only": "送风", "idle": "空闲", "eco": "节能", "away": "离家",
    "home": "在家", "comfort": "舒适", "boost": "快速", "schedule": "定时", "holiday": "假日",
    "sleep": "睡眠", "smart": "智能", "none": "无", "normal": "正常", "open": "开", "close": "关",
    "blink": "闪烁", "breathe": "呼吸", "okay": "确认", "channel change": "换频道",
    "finish effect": "结束效果", "stop effect": "停止效果", "colorloop": "彩色循环",
    "stop colorloop": "停止彩色循环", "locked": "已锁", "unlocked": "未锁", "forward": "正转",
    "reverse": "反转", "single": "单击", "double": "双击", "hold": "长按", "left": "左", "right": "右",
    "up": "上", "down": "下", "burglar": "防盗", "fire": "火警", "emergency": "紧急",
}  # fmt: skip

_ENDPOINTS: Mapping[str, tuple[str, str]] = {
    "left": ("左", "left"), "right": ("右", "right"), "center": ("中", "center"), "top": ("上", "top"),
    "bottom": ("下", "bottom"),
    **{f"l{number}": (f"{number}路", str(number)) for number in range(1, 9)},
}  # fmt: skip


def named(word: str, label: str = "", endpoint: str = "") -> Label:
    """The name of a function or of a value: the maker's own if it gave one, the word itself else, and in
    Chinese where the word is a usual one."""
    if label and Label.of(label).zh:
        return Label.of(label)
    plain = " ".join(visible(word, 80).replace("_", " ").replace("-", " ").split()) or "?"
    own = Label.of(plain)
    zh = own.zh or _CHINESE.get(plain.lower(), "")
    en = own.en and (label or own.en)
    if endpoint:
        side_zh, side_en = _ENDPOINTS.get(endpoint, (endpoint, endpoint))
        zh, en = zh and f"{side_zh}{zh}", en and f"{en} {side_en}"
    return Label(zh=zh[:80], en=en[:80])
