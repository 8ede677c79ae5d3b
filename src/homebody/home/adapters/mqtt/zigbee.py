"""The devices of a Zigbee2MQTT bridge, from its retained list ``bridge/devices``.

A device is known by its IEEE address, which stays when it is renamed; its topics follow its name.
https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from homebody.home import controls
from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.described import ZIGBEE, Described, Presence
from homebody.home.adapters.mqtt.exposes import Expose, Reading
from homebody.home.adapters.mqtt.payload import MOST_DESCRIPTION_BYTES, Payload, PayloadError, parse
from homebody.home.adapters.mqtt.wires import Wire, is_topic
from homebody.home.adapters.mqtt.zigbee_traits import Place, trait_wires
from homebody.home.label import Label
from homebody.home.naming import free, slug, visible
from homebody.home.words import named

MOST_DEVICES = 2000
_ADDRESS = re.compile(r"0x[0-9a-f]{16}")
_NOISE = frozenset({"linkquality", "update_available", "last_seen"})
"""What is told of the network and not of the thing."""
_KINDS: Mapping[str, str] = {
    "light": "light", "lock": "lock", "fan": "fan", "cover": "curtain", "climate": "thermostat",
    "switch": "switch",
}  # fmt: skip
_SENSORS: Mapping[str, str] = {
    "contact": "contact_sensor", "leak": "leak_sensor", "smoke": "smoke_detector", "gas": "gas_detector",
    "occupancy": "motion_sensor", "motion": "motion_sensor",
}  # fmt: skip
_COVERS = (("blind", "blind"), ("shade", "blind"), ("shutter", "shutter"), ("garage", "garage_door"))


def devices_topic(base: str) -> str:
    return f"{base}/bridge/devices"


def bridge_presence(base: str) -> Presence:
    return Presence(topic=f"{base}/bridge/state", pick=_state_word, there="online", gone="offline")


def described(data: bytes, base: str) -> dict[str, Described]:
    """The devices of a bridge by IEEE address. Raises ``PayloadError`` for what is no such list.

    Entries that make no sense are left out: one hostile device does not cost the others.
    """
    entries = parse(data, MOST_DESCRIPTION_BYTES)
    if not isinstance(entries, list):
        raise PayloadError("the bridge's list of devices is no list")
    found: dict[str, Described] = {}
    for entry in entries[:MOST_DEVICES]:
        device = _device(entry, base)
        if device is not None and device.id not in found:
            found[device.id] = device
    return found


def _device(entry: Any, base: str) -> Described | None:
    if not isinstance(entry, dict) or entry.get("type") == "Coordinator" or entry.get("disabled") is True:
        return None
    address, name = entry.get("ieee_address"), entry.get("friendly_name")
    topic = f"{base}/{name}"
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return None
    if not isinstance(name, str) or not name or not is_topic(topic):
        return None
    definition = entry.get("definition")
    if not isinstance(definition, dict):
        return None  # not known to the bridge, or not yet asked
    reading = Reading()
    exposes = tuple(each for each in reading.read(definition.get("exposes")) if each.name not in _NOISE)
    wires = _wires(exposes, topic)
    description = visible(definition.get("description"), 80)
    vendor, model = visible(definition.get("vendor"), 40), visible(definition.get("model"), 40)
    shown = visible(name, 80)
    if shown == address:
        shown = description
    return Described(
        via=ZIGBEE,
        id=address,
        kind=_kind(exposes, wires, description.lower()),
        name=Label.of(shown or address),
        model=f"{vendor} {model}".strip(),
        wires=wires,
        presences=(
            bridge_presence(base),
            Presence(topic=f"{topic}/availability", pick=_state_word, there="online", gone="offline"),
        ),
        doubts=tuple(reading.doubts[:20]),
    )


def _state_word(payload: Payload) -> object:
    """``online`` or ``{"state": "online"}``: older bridges told the one, newer ones tell the other."""
    if payload.text.lstrip().startswith("{"):
        told = payload.json
        return told.get("state") if isinstance(told, dict) else None
    return payload.text.strip()


def _wires(exposes: Sequence[Expose], topic: str) -> tuple[Wire, ...]:
    wires, used = trait_wires(exposes, topic)
    taken = {wire.function.id for wire in wires}
    for index, expose in enumerate(exposes):
        if index in used:
            continue
        for wire in _control(expose, Place(topic=topic), taken):
            taken.add(wire.function.id)
            wires.append(wire)
    return tuple(wires)


def _control(expose: Expose, place: Place, taken: set[str]) -> Iterator[Wire]:
    """The control for an expose; nothing for one that can neither be told nor set."""
    if not (expose.told or expose.settable):
        return
    id_ = free(slug("_".join(expose.path)) or "control", taken)
    name = named("_".join((*expose.path[:-1], expose.name)), expose.label, expose.endpoint)
    settable, readable = expose.settable, expose.told
    match expose.type:
        case "binary":
            function = controls.switch(id_, name, settable=settable, readable=readable)
            coded: codec.Codec = codec.Pair(on=expose.on, off=expose.off)
        case "numeric":
            function = controls.number(
                id_, name, low=expose.low, high=expose.high, step=expose.step, unit=expose.unit,
                settable=settable, readable=readable,
            )  # fmt: skip
            coded = codec.Number()
        case "enum" if len(expose.values) == 1 and settable and not readable:
            function, coded = controls.action(id_, name), codec.Words()
            wire = place.wire(function, coded, expose, write=False)
            sent = place.sent(expose, expose.values[0])
            yield Wire(function=function, codec=coded, calls={function.actions[0]: sent}, source=wire.source)
            return
        case "enum" if expose.values:
            ids, choices = controls.choices_of(expose.values)
            function = controls.choice(id_, name, choices, settable=settable, readable=readable)
            coded = codec.Options(ids=ids)
        case "text":
            function = controls.text(id_, name, settable=settable, readable=readable)
            coded = codec.Words()
        case _:
            return
    if function.readable or function.writable:
        yield place.wire(function, coded, expose, write=function.writable)


def _kind(exposes: Sequence[Expose], wires: Sequence[Wire], description: str) -> str:
    # what keeps people out decides how carefully the whole device is treated
    if any(wire.function.id == "lock" for wire in wires):
        return "lock"
    withins = [expose.within for expose in exposes if expose.within in _KINDS and expose.within != "lock"]
    kind = _KINDS[withins[0]] if withins else ""
    if kind == "switch" and any(word in description for word in ("plug", "socket", "outlet")):
        return "outlet"
    if kind == "curtain":
        return next((kind for word, kind in _COVERS if word in description), "curtain")
    if kind:
        return kind
    traits = [wire.function.id for wire in wires if wire.function.trait]
    return next((_SENSORS[each] for each in traits if each in _SENSORS), "sensor")
