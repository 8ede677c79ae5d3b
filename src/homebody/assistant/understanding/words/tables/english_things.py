"""English: functions, measures and shades of light; how many of what, and pointing."""

from __future__ import annotations

from homebody.assistant.understanding.words.tables.rows import Rows

ROWS: Rows = {
    "function": {
        "brightness": "brightness, light level, intensity, dimmer level",
        "color_temperature": """
            color temperature, colour temperature, color temp, colour temp, white temperature
        """,
        "color": "color, colour",
        "thermostat": """
            temperature, temp, target temperature, setpoint, thermostat temperature, heat setting
        """,
        "temperature": """
            temperature, temp, how warm, how hot, how cold, hotter than, warmer than, colder than,
            cooler than
        """,
        "humidity": """
            humidity, how humid, how wet is the air, how damp is the air, how dry is the air,
            how moist is the air
        """,
        "illuminance": "illuminance, light level, how bright",
        "pm25": """
            pm2.5, air quality, pm25, how's the air, how is the air, what's the air like,
            what is the air like, how clean is the air, is the air clean, is the air any good,
            is the air good, is the air ok, is the air okay, how fresh is the air, how good is the air
        """,
        "co2": "co2, carbon dioxide",
        "power_draw": "power draw, power consumption, power usage, wattage",
        "battery": """
            battery, battery level, charge level, how charged, charged, how much charge, how much juice,
            how much battery, how much power left, what charge, charge left, juice left, juice,
            battery life, battery left, battery charge, battery percentage
        """,
        "mode": "mode",
        "fan_speed": "fan speed, speed, airflow, fan level",
        "position": "position",
        "volume": "volume, sound, sound level",
        "on_off": "power",
    },
    "elsewhere": {
        True: "front door, back door, side door, cellar door, patio door, safe",
    },
    "all": {
        "all": "all, all the, all of the, every, every single, each, all of, both, both of",
        "everything": """
            everything, all devices, all the devices, every device, all appliances, each device
        """,
    },
    "except": {
        True: """
            bar, barring, excepting, not including, but for, sans, omitting, except, except for, except in,
            other than in, all but, but not, apart from, other than,
            excluding, besides, aside from, but, everywhere but, everything but, everywhere except,
            with the exception of, save for, not counting, leaving out, minus
        """,
    },
    "only": {
        True: "just, only",
    },
    "other": {
        True: "other, others, rest, the rest, remaining, the rest of",
    },
    "pronoun": {
        True: "it, them, that, this, those, these, the same, that one, this one, one, ones",
    },
    "here": {
        True: "here, in here, this room, in this room, the room, my room",
    },
    "there": {
        True: "there, over there",
    },
    "home": {
        True: """
            in the house, the house, at home, everywhere, the whole house, whole house,
            the entire house, in my home, the home, house, all rooms, every room
        """,
    },
    "measure": {
        ("高", "height"): "how high, how tall",
        ("亮", "brightness", "illuminance"): "how bright",
        ("速", "speed"): "how fast",
        ("=°C", "=°F"): "how hot, how warm, how cold",
        ("湿", "humid"): "how humid, how damp",
        ("深", "水位", "depth"): "how deep",
        ("重", "weight"): "how heavy, how much does it weigh",
        ("level", "档", "级"): "which level, what level",
        ("音量", "volume"): "how loud",
    },
    "timer_word": {
        True: "timer, timers, countdown, alarm clock",
    },
    "tint": {
        1900.0: "candle light, candlelight, candle",
        2700.0: "warm white, warm light, soft white",
        4000.0: "cold white, cool white, cool light, neutral white, natural light",
        6500.0: "daylight, day light",
    },
}

MORE: Rows = {
    "function": {
        "illuminance": "darker than, brighter than, dimmer than, how dark",
        "humidity": "drier than, damper than, wetter than, more humid than, how damp",
    },
    "all": {
        "all": """
            every last, the whole lot of, all of the, all those, all these, the lot of, any and all
        """,
        "everything": "the lot, the whole lot, all of it, every last thing, everything electrical",
    },
    "except": {
        True: "save, save for, all save, other than the, with the exception of, apart from the",
    },
    "measure": {
        ("level", "full", "fill", "left", "%", "tank"): "how full, how empty",
        ("battery", "charge"): "how charged",
        ("=W", "power draw"): """
            how many watts, what wattage, how much power, how much electricity, how many kilowatts
        """,
        ("=°C", "=°F", "temperature"): "how many degrees, what temperature",
        ("=lx", "illuminance"): "how many lux",
        ("=L", "=ml"): "how many litres, how many liters",
        ("=g", "=kg"): "how many grams, how many kilos, how many kilograms",
        ("=km", "=m", "=cm"): """
            how many metres, how many meters, how many kilometres, how many centimetres
        """,
        ("=%",): "what percentage, how many percent, what percent",
        ("wind",): "how windy, how strong is the wind",
        ("moisture", "humid", "damp"): "how wet, how moist, how dry",
        ("weight", "=kg", "=g"): "how heavy, how much does it weigh, how much weigh, weigh, weighs",
    },
}
