"""Devices that announce themselves the way that Home Assistant discovers them, gathered from their messages.

Several messages may speak of one device (each of one component), or one message of all its components. A
device is known by its first identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError, spelled
from homebody.home.adapters.mqtt.components import KINDS, as_control, kind_of, wires_of
from homebody.home.adapters.mqtt.described import DISCOVERY, Described, Presence
from homebody.home.adapters.mqtt.payload import Payload, PayloadError
from homebody.home.adapters.mqtt.wires import Wire
from homebody.home.label import Label
from homebody.home.naming import free, visible

MOST_MESSAGES, MOST_COMPONENTS, MOST_FUNCTIONS = 5000, 64, 120
OURS = "Homebody"
_OTHERS = frozenset({OURS, "Zigbee2MQTT"})
"""Who else announces what is spoken to in a better way: ourselves, and a bridge that tells its own list."""


def topics_under(prefix: str) -> list[str]:
    """What must be heard for them all."""
    return [f"{prefix}/+/+/config", f"{prefix}/+/+/+/config"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One component of a device, as a message told it."""

    device: str
    name: str
    model: str
    component: Announced


class Announcements:
    """What the messages under ``prefix`` tell now, and ``doubts`` of those that tell nothing."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._said: dict[str, tuple[_Said, ...]] = {}
        self.doubts: dict[str, str] = {}

    def are(self, topic: str) -> bool:
        """Whether such messages come under this topic."""
        return topic.startswith(f"{self._prefix}/") and topic.endswith("/config")

    def heard(self, topic: str, payload: Payload) -> set[str]:
        """Ids of the devices of which this message tells something, or took something back."""
        before = {said.device for said in self._said.pop(topic, ())}
        self.doubts.pop(topic, None)
        if not payload.data:  # how a device is taken back
            return before
        if len(self._said) >= MOST_MESSAGES:
            self.doubts[topic] = f"more than {MOST_MESSAGES} announcements"
            return before
        try:
            said = tuple(self._read(topic.removeprefix(f"{self._prefix}/").split("/"), payload.json))
        except (PayloadError, AnnouncementError) as error:
            if len(self.doubts) < MOST_MESSAGES:
                self.doubts[topic] = str(error)
            return before
        self._said[topic] = said
        return before | {each.device for each in said}

    def ids(self) -> list[str]:
        return sorted({said.device for each in self._said.values() for said in each})

    def described(self, id_: str) -> Described | None:
        """All that is told of one device; None where nothing is."""
        said = [each for topic in sorted(self._said) for each in self._said[topic] if each.device == id_]
        return _described(id_, said[:MOST_COMPONENTS]) if said else None

    def _read(self, place: Sequence[str], told: Any) -> Iterator[_Said]:
        """Of a message under ``component/[node/]object/config``, or under ``device/object/config``."""
        if not isinstance(told, dict):
            raise AnnouncementError("it is no object")
        keys = spelled(told)
        device, origin = (spelled(each) if isinstance(each := keys.pop(part, None), dict) else {}
                          for part in ("device", "origin"))  # fmt: skip
        if visible(origin.get("name"), 80) in _OTHERS:
            return
        if place[0] == "device":
            components = keys.pop("components", None)
            if not isinstance(components, dict):
                raise AnnouncementError("it has no components")
            for name, entry in list(components.items())[:MOST_COMPONENTS]:
                own = spelled(entry) if isinstance(entry, dict) else {}
                platform = visible(own.get("platform"), 40)
                if platform and len(own) > 1:  # a platform alone takes the component back
                    yield self._said_of(device, platform, visible(name, 60), {**keys, **own}, place[1])
        else:
            yield self._said_of(device, place[0], "_".join(place[1:-1])[:60], keys, place[-2])

    @staticmethod
    def _said_of(
        device: Mapping[str, Any], platform: str, id_: str, keys: Mapping[str, Any], object_id: str
    ) -> _Said:
        identifiers = device.get("identifiers")
        first = identifiers[0] if isinstance(identifiers, list) and identifiers else identifiers
        known = first if isinstance(first, str) else keys.get("unique_id") or object_id
        shown = visible(known, 81)
        if not shown or shown != known or len(shown) > 80:
            raise AnnouncementError("what it is called is no name")
        component = Announced(platform=visible(platform, 40), id=visible(id_, 60) or platform, keys=keys)
        maker, model = visible(device.get("manufacturer"), 40), visible(device.get("model"), 40)
        name = visible(device.get("name"), 80) or component.name or shown
        return _Said(device=shown, name=name, model=f"{maker} {model}".strip(), component=component)


def _described(id_: str, said: Sequence[_Said]) -> Described:
    # what a device is for comes first, so that it has the traits
    rank = {platform: index for index, platform in enumerate(KINDS)}
    ordered = sorted(said, key=lambda one: rank.get(one.component.platform, len(rank)))
    wires: list[Wire] = []
    presences: dict[str, Presence] = {}
    doubts: list[str] = []
    taken: set[str] = set()
    for each in ordered:
        component = each.component
        try:
            found = [_apart(wire, component, taken) for wire in wires_of(component)]
            presences |= {presence.topic: presence for presence in component.presences()}
        except AnnouncementError as error:
            doubts.append(f"{component.platform} {component.name or component.id}: {error}: left out")
            continue
        wires += [wire for wire in found if wire.function.readable or wire.function.writable]
    return Described(
        via=DISCOVERY,
        id=id_,
        kind=kind_of(ordered[0].component),
        name=Label.of(said[0].name),
        model=said[0].model,
        wires=tuple(wires[:MOST_FUNCTIONS]),
        presences=tuple(presences.values()),
        doubts=tuple(doubts[:20]),
    )


def _apart(wire: Wire, component: Announced, taken: set[str]) -> Wire:
    """The wire under an id of its own. Raises ``AnnouncementError``."""
    if wire.function.trait and wire.function.id in taken:
        wire = as_control(wire, component)
    if not wire.function.trait:
        wire = replace(wire, function=replace(wire.function, id=free(wire.function.id, taken)))
    taken.add(wire.function.id)
    return wire
