"""Words for kinds of things, and which kinds a word covers.

A kind that stands here but not in the home is recognised all the same, so that "no such device" can be
said of it; a kind that does not stand here is known by the word that the home file gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

# kind: words. The first words are the plain ones. A word may stand for several kinds.
KIND_WORDS: Mapping[str, str] = {
    "light": "灯,电灯,灯光,灯具,照明,灯泡,光,light,lamp,lighting,bulb,light bulb",
    "switch": "开关,switch",
    "outlet": "插座,插排,排插,电源插座,outlet,plug,socket,power strip,smart plug",
    "air_conditioner": "空调,冷气,空调机,冷气机,air conditioner,ac,a/c,air conditioning,aircon,air con,climate,hvac",
    "heater": "暖气,取暖器,电暖器,暖风机,地暖,暖炉,电暖气,heater,heating,radiator,space heater,floor heating,underfloor heating",
    "thermostat": "温控器,恒温器,thermostat",
    "fan": "风扇,电风扇,电扇,吊扇,落地扇,风机,fan,ceiling fan",
    "exhaust_fan": "排风扇,换气扇,抽风机,排气扇,exhaust fan,extractor fan,extractor,ventilator",
    "range_hood": "油烟机,抽油烟机,吸油烟机,range hood,cooker hood,hood",
    "curtain": "窗帘,帘子,布帘,纱帘,curtain,drape,drapes",
    "blind": "百叶窗,百叶帘,卷帘,遮阳帘,blind,shade,window blind,roller blind",
    "shutter": "卷帘窗,shutter,roller shutter",
    "awning": "遮阳篷,雨篷,awning",
    "lock": "门锁,锁,智能锁,lock,door lock,smart lock,deadbolt",
    "door": "门,大门,door",
    "window": "窗,窗户,窗子,window",
    "gate": "大闸,院门,铁门,gate",
    "garage_door": "车库门,garage door",
    "valve": "阀门,阀,水阀,valve",
    "gas_valve": "燃气阀,煤气阀,天然气阀,燃气阀门,煤气,燃气,gas valve,gas",
    "water_valve": "水阀,总水阀,water valve,main water valve",
    "vacuum": "扫地机,扫地机器人,扫地机械人,吸尘器,吸尘机,吸尘机器人,拖地机,扫拖机器人,vacuum,vacuum cleaner,robot vacuum,hoover,roomba,"
    "robot cleaner,cleaning robot",
    "mower": "割草机,割草机器人,lawn mower,mower,robot mower",
    "media_player": "播放器,音乐,media player,music,player",
    "tv": "电视,电视机,tv,television,telly",
    "speaker": "音箱,音响,喇叭,智能音箱,speaker,smart speaker,soundbar,stereo",
    "projector": "投影仪,投影机,投影,projector",
    "humidifier": "加湿器,加湿机,humidifier",
    "dehumidifier": "除湿机,除湿器,抽湿机,dehumidifier",
    "air_purifier": "空气净化器,净化器,空净,空气清新机,air purifier,purifier,air cleaner",
    "water_purifier": "净水器,净水机,water purifier",
    "water_heater": "热水器,water heater,boiler,geyser",
    "kettle": "水壶,热水壶,电水壶,烧水壶,电热水壶,kettle",
    "rice_cooker": "电饭煲,电饭锅,饭煲,饭锅,rice cooker",
    "oven": "烤箱,oven",
    "microwave": "微波炉,microwave,microwave oven",
    "dishwasher": "洗碗机,dishwasher",
    "washing_machine": "洗衣机,washing machine,washer",
    "dryer": "烘干机,干衣机,dryer,tumble dryer",
    "fridge": "冰箱,雪柜,fridge,refrigerator",
    "freezer": "冰柜,冷柜,freezer",
    "coffee_machine": "咖啡机,coffee machine,coffee maker",
    "camera": "摄像头,监控,摄像机,相机,camera,security camera",
    "doorbell": "门铃,doorbell",
    "alarm": "警报器,警报,安防,alarm,security system",
    "siren": "警笛,siren",
    "sensor": "传感器,感应器,sensor",
    "bed": "电动床,智能床,bed",
    "clothes_rack": "晾衣架,晾衣机,clothes rack,drying rack",
    "toilet": "智能马桶,马桶,smart toilet",
    "aquarium": "鱼缸,水族箱,aquarium,fish tank",
    "diffuser": "香薰机,香薰,diffuser,aroma diffuser",
    "pet_feeder": "喂食器,宠物喂食器,pet feeder",
    "router": "路由器,router",
    "computer": "电脑,computer,pc",
    "printer": "打印机,printer",
    "robot": "机器狗,机器人,狗狗,robot,robot dog,dog",
    "sprinkler": "洒水器,喷灌,sprinkler,irrigation",
    "heating_blanket": "电热毯,electric blanket",
    "fireplace": "壁炉,fireplace",
}

# A wide word covers narrower kinds.
COVERS: Mapping[str, tuple[str, ...]] = {
    "light": ("light", "lamp", "bulb", "light_strip", "ceiling_light", "night_light"),
    "curtain": ("curtain", "blind", "shade", "shutter", "cover"),
    "blind": ("blind", "shade", "shutter"),
    "media_player": ("media_player", "tv", "speaker", "projector"),
    "tv": ("tv",),
    "speaker": ("speaker",),
    "fan": ("fan", "ceiling_fan"),
    "exhaust_fan": ("exhaust_fan",),
    "valve": ("valve", "gas_valve", "water_valve"),
    "gas_valve": ("gas_valve",),
    "lock": ("lock",),
    "door": ("door", "lock", "garage_door"),
    "window": ("window",),
    "heater": ("heater", "radiator", "floor_heating"),
    "thermostat": ("thermostat", "heater", "air_conditioner"),
    "outlet": ("outlet", "plug", "socket"),
    "robot": ("robot", "robot_dog"),
    "air_conditioner": ("air_conditioner", "ac", "climate"),
    "gate": ("gate", "garage_door"),
}


def covered(kind: str) -> frozenset[str]:
    """The kinds of devices that a word for ``kind`` may mean."""
    return frozenset(COVERS.get(kind, (kind,)))
