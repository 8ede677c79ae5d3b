"""How a home file binds a device to an adapter, and what it tells an adapter of the home as a whole.

Each adapter has its entries here, so that a home file is judged with line and key without importing what
speaks to devices. No secrets: those are in `core.secrets`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from homebody.home.entry import Entry, Text

Host = Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9._:-]+$")]
Port = Annotated[int, Field(ge=1, le=65535)]
Topic = Annotated[str, Field(pattern=r"^[^+#\x00-\x1f$/][^+#\x00-\x1f]{0,99}$")]
Url = Annotated[
    str,
    Field(max_length=300, pattern=r"^https?://([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?$"),
]
Urn = Annotated[str, Field(max_length=200, pattern=r"^urn:[A-Za-z0-9._:-]+$")]


def _with_a_port(url: str) -> str:
    if urlsplit(url).port == 0:  # raises ValueError, with words, for one that is too great
        raise ValueError("has no port")
    return url


class MiioBinding(Entry):
    """A device of Xiaomi's miIO protocol (docs/devices.md)."""

    host: Host
    """Address of the device."""
    did: Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]
    """The device's own number, in quotes; its token is kept under it."""
    spec: Urn
    """The MIoT description that says what it can do."""
    model: Text | None = None
    """What the maker calls the model."""
    port: Port = 54321
    """UDP port of the device."""


class MqttBinding(Entry):
    """A device behind the home's MQTT broker (docs/devices.md)."""

    via: Literal["zigbee2mqtt", "discovery"]
    """Who tells what the device is: a Zigbee2MQTT bridge, or the device itself, announced for Home
    Assistant."""
    id: Text
    """What it is called there: a Zigbee address such as 0x00158d0001234567, or its first identifier."""


class HomeAssistantBinding(Entry):
    """A device that Home Assistant has (docs/devices.md)."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,255}$")]
    """What it is called there: an entity's id such as light.desk, or the number of an entity or a device,
    which stays when the entity is given another id."""


class CyberdogBinding(Entry):
    """A robot dog that speaks CyberDog 2's protocol (docs/robot.md)."""

    starts_at: Text = "dog_bed"
    """Id of the place of the floor plan where it stands when it is started."""
    ttl: Annotated[int, Field(ge=0, le=1)] = 0
    """0: the simulated dog on this machine. 1: a robot on the network at this machine's own cable."""
    first_port: Port = 7667
    """Where its ports begin."""


class MatterBinding(Entry):
    """A device that a Matter server has commissioned (docs/devices.md)."""

    node: Annotated[int, Field(ge=1, le=2**64 - 1)]
    """Its number at the server."""
    endpoint: Annotated[int, Field(ge=1, le=65535)]
    """Which part of it: 1, where it is one thing."""


class BindingEntry(Entry):
    """Exactly one adapter, with what it needs to know of this device."""

    miio: MiioBinding | None = None
    """Xiaomi devices on the local network."""
    mqtt: MqttBinding | None = None
    """Devices behind the home's MQTT broker."""
    home_assistant: HomeAssistantBinding | None = None
    """Devices that Home Assistant has."""
    cyberdog: CyberdogBinding | None = None
    """A robot dog."""
    matter: MatterBinding | None = None
    """Devices that a Matter server has commissioned."""


class MiioEntry(Entry):
    """How all devices of Xiaomi's miIO protocol are treated."""

    push: bool = True
    """Ask devices to tell of changes by themselves."""
    poll_s: Annotated[float, Field(ge=1, le=3600)] = 30.0
    """Seconds after which a device is asked for its state, though nobody needs it."""


class MqttEntry(Entry):
    """The home's MQTT broker. Its password is kept under its address."""

    host: Host
    """Address of the broker."""
    port: Port | None = None
    """Its TCP port: 1883, or 8883 with TLS."""
    username: Text | None = None
    """The name that Homebody has there."""
    tls: bool = False
    """Speak to it over TLS, and check that it is the one."""
    ca: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    """A file (PEM) with the authority that signed its certificate, where the system does not know it."""
    zigbee2mqtt: Topic = "zigbee2mqtt"
    """Base topic of the Zigbee2MQTT bridge."""
    discovery: Topic = "homeassistant"
    """Prefix of Home Assistant's discovery topics."""


class HomeAssistantEntry(Entry):
    """The home's Home Assistant. Its token is kept under its address."""

    url: Annotated[Url, AfterValidator(_with_a_port)]
    """Its address, http://homeassistant.local:8123; its port is 8123 unless said, 443 with https."""
    ca: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    """A file (PEM) with the authority that signed its certificate, where the system does not know it."""


class MatterEntry(Entry):
    """The home's Matter server, which knows no passwords: whoever reaches it commands the devices."""

    host: Host
    """Address of the server."""
    port: Port = 5580
    """Its TCP port."""


class AdaptersEntry(Entry):
    """What adapters need to know of the home as a whole, such as where a broker is."""

    miio: MiioEntry | None = None
    """Xiaomi devices on the local network."""
    mqtt: MqttEntry | None = None
    """The home's MQTT broker."""
    home_assistant: HomeAssistantEntry | None = None
    """The home's Home Assistant."""
    matter: MatterEntry | None = None
    """The home's Matter server."""


NEEDS_BINDING = frozenset(BindingEntry.model_fields)
"""Adapters that cannot do without knowing which device is meant."""

NEEDS_PLACE = frozenset({"home_assistant", "matter", "mqtt"})
"""Adapters that cannot do without their entry in ``adapters``: it says where to go."""


def chosen(entry: BindingEntry) -> tuple[str, Mapping[str, Any]] | None:
    """The adapter that is named and its keys; None unless it is exactly one."""
    named = entry.model_dump(exclude_none=True)
    return next(iter(named.items())) if len(named) == 1 else None
