"""A device as something on the broker describes it, before a person puts it into the home."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.home.adapters.mqtt.payload import Payload
from homebody.home.adapters.mqtt.wires import Pick, Wire
from homebody.home.function import Function
from homebody.home.label import Label

ZIGBEE, DISCOVERY = "zigbee2mqtt", "discovery"
"""Who describes devices: the ``via`` of a binding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Where it is told whether a device is there."""

    topic: str
    pick: Pick
    there: str
    gone: str

    def told(self, payload: Payload) -> bool | None:
        """None for a message that says neither. Raises ``PayloadError``."""
        word = self.pick(payload)
        return {self.there: True, self.gone: False}.get(word) if isinstance(word, str) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """``id`` is what ``via`` calls it, and does not change when it is given another name. ``doubts`` say in
    English what was left out, and why."""

    via: str
    id: str
    kind: str
    name: Label
    model: str = ""
    wires: tuple[Wire, ...] = ()
    presences: tuple[Presence, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def traits(self) -> tuple[Function, ...]:
        return tuple(wire.function for wire in self.wires if wire.function.trait)

    @property
    def controls(self) -> tuple[Function, ...]:
        return tuple(wire.function for wire in self.wires if not wire.function.trait)
