"""One component of Home Assistant's MQTT discovery, its keys spelled out and read within bounds.

https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery. Long keys may be abbreviated, and topics may
begin or end with ``~``, which stands for the base topic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.home.adapters.mqtt.described import Presence
from homebody.home.adapters.mqtt.payload import Payload
from homebody.home.adapters.mqtt.template import Template, TemplateError, parse_template, text_of
from homebody.home.adapters.mqtt.wires import Sent, Source, Write, is_topic
from homebody.home.naming import number_of, visible

_WHOLE: Mapping[str, str] = {
    "cmps": "components", "o": "origin", "p": "platform", "ops": "options", "en": "enabled_by_default",
    "pl_ret": "payload_return_to_base", "sup_clrm": "supported_color_modes", "ids": "identifiers",
    "mf": "manufacturer", "mdl": "model", "clr_temp_k": "color_temp_kelvin", "sa": "suggested_area",
    "cmd_off_tpl": "command_off_template", "cmd_on_tpl": "command_on_template",
}  # fmt: skip
_PARTS: Mapping[str, str] = {
    "t": "topic", "tpl": "template", "cmd": "command", "stat": "state", "bri": "brightness", "scl": "scale",
    "val": "value", "clr": "color", "pl": "payload", "avty": "availability", "avail": "available",
    "pos": "position", "pct": "percentage", "curr": "current", "spd": "speed", "rng": "range",
    "mirs": "mireds", "clsd": "closed", "cls": "close", "unlk": "unlock", "prs": "press", "dev": "device",
    "cla": "class", "uniq": "unique", "meas": "measurement", "ent": "entity", "cat": "category",
    "obj": "object", "sup": "supported", "feat": "features", "strt": "start", "paus": "pause",
    "stpa": "start_pause", "k": "kelvin",
}  # fmt: skip
_TEMPERATURE_STAYS = ("min", "max", "color", "clr")  # min_temp, color_temp …


class AnnouncementError(ValueError):
    """A component that cannot be used, with words that say why."""


def spelled(keys: Mapping[str, Any]) -> dict[str, Any]:
    """With long keys."""
    return {_long(str(key)): value for key, value in keys.items()}


def _long(key: str) -> str:
    if key in _WHOLE:
        return _WHOLE[key]
    before, parts = "", []
    for part in key.split("_"):
        whole = _PARTS.get(part, part)
        if part == "temp" and before not in _TEMPERATURE_STAYS and key != "temp_step":
            whole = "temperature"
        parts.append(whole)
        before = part
    return "_".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """``id`` is unique within its device; ``keys`` are spelled out and hostile."""

    platform: str
    id: str
    keys: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        return visible(self.keys.get("name"), 80)

    def word(self, key: str, default: str) -> str:
        """A payload as the text that is sent or compared."""
        value = self.keys.get(key)
        if value is None or isinstance(value, dict | list):
            return default
        return text_of(value)[:200]

    def number(self, key: str, default: float | None = None) -> float | None:
        number = number_of(self.keys.get(key))
        return default if number is None else number

    def words(self, key: str) -> tuple[str, ...]:
        values = self.keys.get(key)
        if not isinstance(values, list):
            return ()
        plain = (text_of(each) for each in values[:100] if isinstance(each, str | int | float))
        return tuple(dict.fromkeys(each for each in plain if each and visible(each, 200) == each))

    def topic(self, key: str) -> str | None:
        """Raises ``AnnouncementError`` for a topic that is none."""
        return self._whole(self.keys.get(key), key)

    def source(self, topic: str, template: str) -> Source | None:
        """Where a state is told; None where it is not. Raises ``AnnouncementError``."""
        where = self.topic(topic)
        if where is None:
            return None
        how = self._template(template)
        return Source(topic=where, pick=how.pick if how else _text)

    def write(self, topic: str, template: str = "") -> Write | None:
        """How a value is set; None where it cannot be. Raises ``AnnouncementError``."""
        where = self.topic(topic)
        if where is None:
            return None
        how = self._template(template)

        def write(raw: Any, /) -> Sent:
            return Sent(topic=where, data=how.render(raw) if how else text_of(raw))

        return write

    def presences(self) -> tuple[Presence, ...]:
        """Raises ``AnnouncementError``."""
        told = self.keys.get("availability")
        entries = (
            [spelled(each) for each in told[:10] if isinstance(each, dict)] if isinstance(told, list) else []
        )
        if self.keys.get("availability_topic") is not None:
            keys = ("payload_available", "payload_not_available")
            single = {key: self.keys[key] for key in keys if key in self.keys}
            entries.append({"topic": self.keys["availability_topic"],
                            "value_template": self.keys.get("availability_template"), **single})  # fmt: skip
        return tuple(self._presence(entry) for entry in entries)

    def _presence(self, entry: Mapping[str, Any]) -> Presence:
        topic = self._whole(entry.get("topic"), "availability")
        if topic is None:
            raise AnnouncementError("its availability has no topic")
        how = _parsed(entry.get("value_template"))
        pick = how.pick if how else _text
        return Presence(
            topic=topic,
            pick=lambda payload: text_of(pick(payload)),
            there=text_of(entry.get("payload_available", "online"))[:200],
            gone=text_of(entry.get("payload_not_available", "offline"))[:200],
        )

    def _template(self, key: str) -> Template | None:
        return _parsed(self.keys.get(key)) if key else None

    def _whole(self, topic: object, key: str) -> str | None:
        if topic is None:
            return None
        base = self.keys.get("~")
        if isinstance(topic, str) and isinstance(base, str):
            if topic.startswith("~"):
                topic = base + topic[1:]
            elif topic.endswith("~"):
                topic = topic[:-1] + base
        if not is_topic(topic):
            raise AnnouncementError(f"its {key} is no topic")
        return str(topic)


def _parsed(template: object) -> Template | None:
    if template is None or template == "":
        return None
    if not isinstance(template, str):
        raise AnnouncementError("its template is no text")
    try:
        return parse_template(template)
    except TemplateError as error:
        raise AnnouncementError(str(error)) from error


def _text(payload: Payload) -> object:
    return payload.text
