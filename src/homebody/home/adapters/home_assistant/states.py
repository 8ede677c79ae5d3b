"""What Home Assistant tells of its entities, kept as far as it is of use and understood as far as it can be.

Its subscription (``subscribe_entities``) tells all states once, under ``a``, then additions and changes:
``{"c": {"light.desk": {"+": {"s": "on", "a": {"brightness": 102}}, "-": {"a": ["effect"]}}}}``, and under
``r`` what was removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.home.naming import number_of

MOST_WORDS = 200
"""Of a list of choices."""
_MOST_TEXT = 255  # no state of Home Assistant is longer
_ENTITY = re.compile(r"[a-z0-9_]{1,64}\.[a-z0-9_]{1,190}")
_KEPT = frozenset({
    "device_class", "supported_features", "assumed_state", "unit_of_measurement", "state_class",
    "friendly_name",
    # lights
    "brightness", "color_mode", "supported_color_modes", "color_temp_kelvin", "min_color_temp_kelvin",
    "max_color_temp_kelvin", "hs_color", "effect", "effect_list",
    # covers, locks
    "current_position", "current_tilt_position", "code_format",
    # climate, fans, humidifiers, water heaters
    "hvac_modes", "min_temp", "max_temp", "target_temp_step", "temperature", "target_temp_low",
    "target_temp_high", "current_temperature", "min_humidity", "max_humidity", "humidity",
    "current_humidity", "fan_mode", "fan_modes", "preset_mode", "preset_modes", "swing_mode", "swing_modes",
    "percentage", "percentage_step", "oscillating", "direction", "available_modes", "mode", "operation_list",
    # players, vacuums
    "volume_level", "is_volume_muted", "source", "source_list", "sound_mode", "sound_mode_list", "shuffle",
    "media_title", "fan_speed", "fan_speed_list", "battery_level",
    # numbers, choices, texts
    "min", "max", "step", "options", "pattern",
})  # fmt: skip
"""Attributes that somebody here looks at; no others are kept."""


def is_entity(value: object) -> bool:
    return isinstance(value, str) and _ENTITY.fullmatch(value) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One entity as it was told last. Attributes are whatever was told, and looked at through the methods."""

    entity: str
    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def there(self) -> bool:
        return self.state != "unavailable"

    @property
    def assumed(self) -> bool:
        """Home Assistant cannot hear what the device does: its state is only what was asked of it."""
        return self.attributes.get("assumed_state") is True

    @property
    def features(self) -> int:
        told = self.attributes.get("supported_features")
        return told if isinstance(told, int) and not isinstance(told, bool) else 0

    def can(self, feature: int) -> bool:
        return bool(self.features & feature)

    def number(self, key: str) -> float | None:
        return number_of(self.attributes.get(key))

    def text(self, key: str) -> str:
        told = self.attributes.get(key)
        return told[:_MOST_TEXT] if isinstance(told, str) else ""

    def words(self, key: str) -> tuple[str, ...]:
        """A list of different texts; whatever else stands in it is left out."""
        told = self.attributes.get(key)
        if not isinstance(told, list):
            return ()
        texts = (each for each in told if isinstance(each, str) and 0 < len(each) <= _MOST_TEXT)
        return tuple(dict.fromkeys(texts))[:MOST_WORDS]


class States:
    """The entities that were asked for, by id."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}
        self._expected: frozenset[str] = frozenset()

    def expect(self, entities: Iterable[str]) -> None:
        """Take in these from now on, and forget all others."""
        self._expected = frozenset(entities)
        self._states = {entity: state for entity, state in self._states.items() if entity in self._expected}

    def get(self, entity: str) -> State | None:
        return self._states.get(entity)

    def apply(self, event: Mapping[str, Any]) -> Iterator[str]:
        """Take in one event; gives the ids of what it tells of, each after it was taken in."""
        for entity, told in _items(event.get("a")):
            state = state_of(entity, told.get("s"), told.get("a"))
            if entity in self._expected and state is not None:
                self._states[entity] = state
                yield entity
        for entity, change in _items(event.get("c")):
            if (before := self._states.get(entity)) is not None:
                self._states[entity] = _changed(before, change)
                yield entity
        removed = event.get("r")
        for entity in removed if isinstance(removed, list) else ():
            if isinstance(entity, str) and self._states.pop(entity, None) is not None:
                yield entity


def state_of(entity: str, state: object, attributes: object) -> State | None:
    """None for what is no state."""
    if not isinstance(state, str):
        return None
    return State(entity=entity, state=state[:_MOST_TEXT], attributes=_kept(attributes))


def _changed(before: State, change: Mapping[str, Any]) -> State:
    more, less = change.get("+"), change.get("-")
    attributes, state = dict(before.attributes), before.state
    if isinstance(more, dict):
        attributes.update(_kept(more.get("a")))
        if isinstance(more.get("s"), str):
            state = more["s"][:_MOST_TEXT]
    gone = less.get("a") if isinstance(less, dict) else None
    for key in gone if isinstance(gone, list) else ():
        if isinstance(key, str):
            attributes.pop(key, None)
    return State(entity=before.entity, state=state, attributes=attributes)


def _kept(attributes: object) -> dict[str, Any]:
    return {key: value for key, value in _pairs(attributes) if key in _KEPT}


def _pairs(value: object) -> Iterator[tuple[str, Any]]:
    return iter(value.items()) if isinstance(value, dict) else iter(())


def _items(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((key, each) for key, each in _pairs(value) if isinstance(each, dict))
