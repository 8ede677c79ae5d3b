"""What is published of a device: one discovery message for each component, and topics for its state.

One message a component, and not one a device, so that Home Assistants from before 2024.11 understand it too.
https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from homebody import __version__
from homebody.home.adapters.mqtt.announcements import OURS
from homebody.home.device import Area, Device
from homebody.home.function import Function, Type, Value
from homebody.home.label import Language

ONLINE, OFFLINE = "online", "offline"
_CLASSES: Mapping[str, str] = {
    "temperature": "temperature", "humidity": "humidity", "illuminance": "illuminance",
    "power_draw": "power", "battery": "battery", "pm25": "pm25", "co2": "carbon_dioxide",
    "contact": "opening", "motion": "motion", "occupancy": "occupancy", "smoke": "smoke", "gas": "gas",
    "leak": "moisture",
}  # fmt: skip
_COVERS: Mapping[str, str] = {
    "curtain": "curtain", "blind": "blind", "shutter": "shutter", "awning": "awning", "window": "window",
    "door": "door", "garage_door": "garage", "gate": "gate",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Under ``homebody/INSTANCE``; ``prefix`` is where discovery messages go."""

    prefix: str
    instance: str

    @property
    def base(self) -> str:
        return f"homebody/{self.instance}"

    @property
    def status(self) -> str:
        """Whether Homebody is there at all: its last will."""
        return f"{self.base}/status"

    @property
    def commands(self) -> str:
        return f"{self.base}/+/+/set"

    def state(self, device: Device) -> str:
        return f"{self.base}/{safe(device.id)}/state"

    def presence(self, device: Device) -> str:
        return f"{self.base}/{safe(device.id)}/presence"

    def outcome(self, device: Device) -> str:
        """What became of the last command, not kept by the broker."""
        return f"{self.base}/{safe(device.id)}/outcome"

    def command(self, device: Device, function: Function) -> str:
        return f"{self.base}/{safe(device.id)}/{safe(function.id)}/set"

    def config(self, platform: str, device: Device, id_: str) -> str:
        return f"{self.prefix}/{platform}/{self.instance}_{safe(device.id)}/{safe(id_)}/config"

    def is_config(self, topic: str) -> bool:
        """Whether this is a discovery message of this very Homebody."""
        return topic.startswith(f"{self.prefix}/") and f"/{self.instance}_" in topic


def safe(id_: str) -> str:
    """An id of letters, digits and underscores; whatever else it held is told apart by its hash."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", id_)[:40]
    return plain if plain == id_ else f"{plain}_{hashlib.sha256(id_.encode()).hexdigest()[:8]}"


def state_of(values: Mapping[str, Value]) -> str:
    """All that is known of a device, by function."""
    return json.dumps(dict(values), ensure_ascii=False)


def announced(
    device: Device, area: Area | None, topics: Topics, language: Language
) -> Iterator[tuple[str, str]]:
    """Topics and messages, to be kept by the broker."""
    about: dict[str, Any] = {
        "identifiers": [f"{topics.instance}_{device.id}"], "name": device.name.text(language),
        "manufacturer": OURS, "model": device.kind,
    }  # fmt: skip
    if area is not None:
        about["suggested_area"] = area.name.text(language)
    presence = [{"topic": topics.status}, {"topic": topics.presence(device)}]
    for platform, id_, name, keys in _components(device, topics, language):
        message = {
            "name": name, "unique_id": f"{topics.instance}_{safe(device.id)}_{safe(id_)}", **keys,
            "availability": presence, "availability_mode": "all", "device": about,
            "origin": {"name": OURS, "sw_version": __version__},
        }  # fmt: skip
        yield topics.config(platform, device, id_), json.dumps(message, ensure_ascii=False)


Component = tuple[str, str, str | None, dict[str, Any]]
"""Platform, id, name (None: the device's own) and keys."""


def _components(device: Device, topics: Topics, language: Language) -> Iterator[Component]:
    used: set[str] = set()
    if device.kind in ("light", "lamp", "bulb") and device.function("on_off") is not None:
        yield _light(device, topics)
        used = {"on_off", "brightness", "color_temperature"}
    for function in device.functions:
        if function.id not in used and (component := _component(device, function, topics)) is not None:
            platform, keys = component
            yield platform, function.id, function.name.text(language), keys


def _told(device: Device, function: Function, topics: Topics) -> dict[str, Any]:
    if not function.readable:
        return {}
    return {"state_topic": topics.state(device), "value_template": _member(function)}


def _member(function: Function) -> str:
    return f"{{{{ value_json[{json.dumps(function.id)}] }}}}"


def _is(function: Function, yes: str, no: str) -> str:
    return f"{{{{ '{yes}' if value_json[{json.dumps(function.id)}] else '{no}' }}}}"


def _light(device: Device, topics: Topics) -> Component:
    keys: dict[str, Any] = {}
    for function in device.traits:
        where, state = topics.command(device, function), topics.state(device)
        match function.id:
            case "on_off":
                keys |= {"command_topic": where, "state_topic": state,
                         "state_value_template": _is(function, "ON", "OFF")}  # fmt: skip
            case "brightness":
                keys |= {"brightness_command_topic": where, "brightness_state_topic": state,
                         "brightness_scale": 100, "on_command_type": "first",
                         "brightness_value_template": _member(function)}  # fmt: skip
            case "color_temperature":
                mireds = f"{{{{ (1000000 / value_json[{json.dumps(function.id)}]) | round(0) }}}}"
                keys |= {"color_temp_command_topic": where, "color_temp_state_topic": state,
                         "color_temp_value_template": mireds,
                         "color_temp_command_template": "{{ (1000000 / value) | round(0) }}",
                         "min_mireds": math.ceil(1e6 / function.max),
                         "max_mireds": math.floor(1e6 / function.min)}  # fmt: skip
    return "light", "on_off", None, keys


def _component(device: Device, function: Function, topics: Topics) -> tuple[str, dict[str, Any]] | None:
    told, where = _told(device, function, topics), {"command_topic": topics.command(device, function)}
    if not function.writable:
        return _sensor(function, told) if told else None
    match function.id if function.trait else "":
        case "lock":
            return "lock", {**told, **where, "value_template": _is(function, "LOCKED", "UNLOCKED")}
        case "valve":
            return "valve", {**told, **where, "value_template": _is(function, "open", "closed")}
        case "position":
            place = {"position_topic": told["state_topic"], "position_template": told["value_template"],
                     "set_position_topic": where["command_topic"]}  # fmt: skip
            kind = {"device_class": _COVERS[device.kind]} if device.kind in _COVERS else {}
            return "cover", {**where, **place, **kind}
    match function.type:
        case Type.BOOL:
            return "switch", {
                **told,
                **where,
                **({"value_template": _is(function, "ON", "OFF")} if told else {}),
            }
        case Type.NUMBER:
            bounds: dict[str, Any] = {"min": function.min, "max": function.max, "mode": "slider"}
            if function.step:
                bounds["step"] = max(function.step, 0.001)
            return "number", {**told, **where, **bounds, **_unit(function)}
        case Type.CHOICE:
            return "select", {**told, **where, "options": [choice.id for choice in function.choices]}
        case Type.TEXT:
            return "text", {**told, **where, "max": min(function.max_length, 255)}
        case Type.ACTION:
            return "button", where


def _sensor(function: Function, told: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    kind = {"device_class": _CLASSES[function.id]} if function.trait and function.id in _CLASSES else {}
    if function.type is Type.BOOL:
        return "binary_sensor", {**told, **kind, "value_template": _is(function, "ON", "OFF")}
    return "sensor", {**told, **kind, **_unit(function)}


def _unit(function: Function) -> dict[str, Any]:
    return {"unit_of_measurement": function.unit} if function.unit else {}


def reachable(there: bool) -> str:
    return ONLINE if there else OFFLINE
