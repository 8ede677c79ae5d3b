"""What a Home Assistant has, over its WebSocket API: states in, services out.

``place`` and ``connection`` are the protocol, ``states`` and ``registries`` what it tells. ``mapping`` turns
entities into traits and controls, each kind in its own file (``lights``, ``openings``, ``air``, ``players``,
``plain``), with ``wires`` to states and services. ``thing`` is one device, ``adapter`` all of a home,
``importing`` makes a home of what there is, and ``simulated`` is a Home Assistant for tests.

Tested against a real Home Assistant 2024.3 with its demo devices, and against the simulated one, which also
has what came later: floors.
"""

from __future__ import annotations

from homebody.home.adapter import Means
from homebody.home.adapters.home_assistant.adapter import HomeAssistant

__all__ = ["adapter"]


def adapter(means: Means) -> HomeAssistant:
    return HomeAssistant(means)
