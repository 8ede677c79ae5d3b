"""Devices behind an MQTT broker: those of a Zigbee2MQTT bridge, and those that announce themselves.

``broker`` is the connection with its ``mailbox``, ``payload`` what came, within bounds. ``exposes``,
``zigbee_traits`` and ``zigbee`` turn what a bridge tells into traits and controls, each with
its ``wires`` and ``codec``; ``announced``, ``template``, ``components`` and ``announcements`` do the same for
devices that announce themselves the way that Home Assistant discovers them. ``catalogue`` follows what is
there, ``thing`` is one device, ``adapter`` all of a home, ``discovering`` looks for more, and ``simulator``
is a bridge for tests.

Tested against a real Mosquitto, with what Zigbee2MQTT's documentation says that it tells; not against a
Zigbee radio.
"""

from __future__ import annotations

from homebody.home.adapter import Means
from homebody.home.adapters.mqtt.adapter import Mqtt
from homebody.home.adapters.mqtt.discovering import discover

__all__ = ["adapter", "discover"]


def adapter(means: Means) -> Mqtt:
    return Mqtt(means)
