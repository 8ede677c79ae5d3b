"""Matter devices, through a Matter server that has commissioned them (python-matter-server's WebSocket API).

``connection`` is the protocol, ``nodes`` what the server tells, ``clusters`` turns clusters into traits with
``wires`` to attributes and commands, ``mapping`` makes a device of an endpoint, ``adapter`` is all of a home,
and ``simulated`` a server for tests.

Tested against the simulated server, which follows the documented messages of schema 11, and not yet against a
real one. Homebody commissions no devices: that is done with the server's own page.
"""

from __future__ import annotations

from homebody.home.adapter import Means
from homebody.home.adapters.matter.adapter import Matter

__all__ = ["adapter"]


def adapter(means: Means) -> Matter:
    return Matter(means)
