"""Xiaomi devices on the local network: miIO datagrams, MIoT messages, and descriptions of models.

``packet`` (framing), ``message`` with ``lenient`` (what is said) and ``connection`` (asking until it is
answered) are the protocol. ``spec``, ``codec``, ``wires``, ``traits`` and ``mapping`` turn a model's
description into traits and controls; ``specs`` keeps descriptions. ``session`` is one device, ``adapter`` all
of a home, ``discovery`` looks for more and ``adding`` asks one who it is. ``simulator`` is devices for tests
and rehearsals, each with a ``body``.

Not tried on a real device: what is known here of the protocol was tested against the simulator and, in both
directions, against python-miio as a peer.
"""

from __future__ import annotations

from homebody.home.adapter import Means
from homebody.home.adapters.miio.adapter import Miio
from homebody.home.adapters.miio.discovery import discover

__all__ = ["adapter", "discover"]


def adapter(means: Means) -> Miio:
    return Miio(means)
