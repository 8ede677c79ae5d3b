"""Line drawings on a 24 x 24 grid, our own: no icon font, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping

ICONS: Mapping[str, str] = {
    "brand": '<path d="M3.5 11.5 12 4l8.5 7.5"/><path d="M5.8 9.8V20h12.4V9.8"/>'
    '<rect x="9.7" y="11.8" width="4.6" height="4.6" rx="1" fill="currentColor"/>',
    # tabs
    "talk": '<path d="M4 5.5h16v10.5h-9l-4.5 3.5v-3.5H4z"/><path d="M8 9.3h8M8 12.3h5"/>',
    "home": '<path d="M3.5 11.5 12 4.5l8.5 7"/><path d="M6 10v9.5h12V10"/><path d="M10 19.5v-5h4v5"/>',
    "privacy": '<path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.3 7 9 4.1-1.7 7-4.7 7-9V6z"/>'
    '<path d="m9 11.8 2.2 2.2L15.2 10"/>',
    "drill": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c-5 4.500-5 12.500 0 17"/>'
    '<path d="m4 4 16 16"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2.5"/><path d="M11 18h2"/>',
    "models": '<rect x="6" y="6" width="12" height="12" rx="2.5"/><path d="M10 10.5h4v3.5h-4z"/>'
    '<path d="M9 3v3M15 3v3M9 18v3M15 18v3M3 9h3M3 15h3M18 9h3M18 15h3"/>',
    # things
    "thing": '<path d="M12 3.5 4.5 7.5v9L12 20.5l7.5-4v-9z"/><path d="m4.5 7.5 7.5 4 7.5-4M12 11.5v9"/>',
    "light": '<path d="M8.5 14.2a5.5 5.5 0 1 1 7 0c-.7.6-1 1.2-1 2.3h-5c0-1.1-.3-1.7-1-2.3z"/>'
    '<path d="M10 19.5h4"/>',
    "switch": '<rect x="5" y="3.5" width="14" height="17" rx="3"/><path d="M9.5 8h5v8h-5zM9.5 12h5"/>',
    "outlet": '<rect x="4" y="4" width="16" height="16" rx="4"/><path d="M9.5 10v3M14.5 10v3M12 15.5v.5"/>',
    "air_conditioner": '<rect x="3" y="5" width="18" height="7" rx="2"/>'
    '<path d="M6.5 9h7M7 15.5c0 1.5-1 2-1 3.5M12 15.5V19M17 15.5c0 1.5 1 2 1 3.5"/>',
    "heater": '<path d="M5 19V8.5M9.7 19V8.5M14.3 19V8.5M19 19V8.5M5 10.5h14M5 16.5h14"/>'
    '<path d="M9 5.5c0-1 1-1 1-2M14 5.5c0-1 1-1 1-2"/>',
    "fan": '<circle cx="12" cy="11" r="1.6"/><path d="M12 9.4c-1.5-3 .2-5.9 2.5-5.9s2.5 3.5-1 6.3'
    "M13.5 11.5c3.3-.2 5 2.7 3.8 4.7s-4.3.400-5-3.9M10.6 11.9c-1.8 2.8-5.2 2.7-6.3.700"
    's1.8-3.8 5.9-2.2M12 13v7.5M9 20.5h6"/>',
    "curtain": '<path d="M3 4h18M5 4v16h3c1-4 1.5-9 1.5-16M19 4v16h-3c-1-4-1.5-9-1.5-16"/>',
    "lock": '<rect x="5.5" y="10.5" width="13" height="9.5" rx="2.5"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0'
    'v2.5M12 14.3v2"/>',
    "valve": '<path d="M4 13.5h4.5v-2h7v2H20v6H4zM12 11.5V6M8.5 5h7"/>',
    "vacuum": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="9.5" r="2.3"/>'
    '<path d="M6 16.5c3.5-2 8.5-2 12 0"/>',
    "media_player": '<rect x="6" y="3" width="12" height="18" rx="3"/><circle cx="12" cy="14.5" r="3.2"/>'
    '<path d="M12 7.3v.1"/>',
    "tv": '<rect x="3" y="5" width="18" height="12" rx="2"/><path d="M8.5 20.5h7"/>',
    "sensor": '<circle cx="12" cy="12" r="2"/><path d="M8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1 0 8'
    'M5.3 18.7a9.5 9.5 0 0 1 0-13.4M18.7 5.3a9.5 9.5 0 0 1 0 13.4"/>',
    "camera": '<path d="M4 7.5h10.5v9H4zM14.5 11l5.5-3v8l-5.5-3"/>',
    "thermometer": '<path d="M10 13.5V5.5a2 2 0 0 1 4 0v8a4 4 0 1 1-4 0zM12 9v7"/>',
    "kettle": '<path d="M7 8.5h9.5l1.5 11H5.5zM9 8.5c0-3 5.5-3 5.5 0M17 10.5l3-2M4 9.5c0 3 1 4.5 2.5 5"/>',
    "robot": '<path d="M4 10.5h12.5l3-3.5v6h-3v6M6 13v6M9.5 15h4M4 10.5 2.5 8"/>',
    # doing
    "play": '<path d="M8 5.5v13l10.5-6.5z"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>',
    "skip": '<path d="M5.5 6v12l8-6zM17 6v12"/>',
    "mic": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>',
    "send": '<path d="M12 19.5V5M6 11l6-6 6 6"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4'
    'M5.6 18.4 7 17M17 7l1.4-1.4"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "auto": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14"/>',
    # becoming
    "done": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "asked": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M9.7 9.5c.3-3 4.8-2.7 4.6 0-.1 1.8-2.3 2-2.3 3.8M12 16.4v.1"/>',
    "doubt": '<path d="M12 4 3.5 19h17zM12 10v4M12 16.5v.1"/>',
    "refused": '<circle cx="12" cy="12" r="8.5"/><path d="m6.5 6.5 11 11"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "offline": '<path d="M3.5 9.5a13 13 0 0 1 17 0M6.8 13a8.3 8.3 0 0 1 10.4 0'
    'M10 16.5a3.4 3.4 0 0 1 4 0M4 4l16 16"/>',
}

KINDS: Mapping[str, str] = {
    "heating": "heater", "humidifier": "sensor", "window": "curtain", "blind": "curtain", "garage": "curtain",
    "door": "lock", "gas_valve": "valve", "speaker": "media_player", "television": "tv", "plug": "outlet",
    "cooker": "kettle", "rice_cooker": "kettle", "oven": "kettle", "purifier": "fan", "air_purifier": "fan",
}  # fmt: skip


def icon_for(kind: str) -> str:
    """The drawing of a kind of thing; a box for kinds that nobody has drawn."""
    name = KINDS.get(kind, kind)
    if name in ICONS:
        return name
    if name.endswith("_sensor") or name == "sensor":
        return "thermometer" if name.startswith("temperature") else "sensor"
    return "valve" if name.endswith("valve") else "thing"
