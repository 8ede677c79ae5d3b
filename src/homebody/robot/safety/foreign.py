"""Noticing a second master: packets on the command channel that we did not send.

The robot's own computer goes on sending its last command at 20 Hz once it has sent any, so two masters take
turns and the dog twitches between them. Whoever publishes hears itself, too: own packets are told by being
among those that were sent lately.
"""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 64
FORGOTTEN_S = 5.0


class ForeignWatch:
    """``count`` packets of others were heard; ``last`` when."""

    def __init__(self) -> None:
        self._own: OrderedDict[bytes, None] = OrderedDict()
        self.count = 0
        self.last: float | None = None

    def sent(self, packet: bytes) -> None:
        self._own.pop(packet, None)
        self._own[packet] = None
        while len(self._own) > REMEMBERED:
            self._own.popitem(last=False)

    def heard(self, packet: bytes, now: float) -> bool:
        """Whether this packet is somebody else's."""
        if packet in self._own:
            return False
        self.count += 1
        self.last = now
        return True

    def alarm(self, now: float) -> bool:
        """Whether somebody else has commanded the dog lately."""
        return self.last is not None and now - self.last < FORGOTTEN_S
