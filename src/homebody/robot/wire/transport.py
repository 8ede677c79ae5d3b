"""Sending and receiving over LCM. Time to live is 0 unless a person wants a robot outside this machine.

LCM receives in threads of its own, in C, and says by a file descriptor that something has come. So nothing
here waits: an event loop watches the descriptors (`Wire.attach`), a control loop asks at its own pace
(`Wire.drain`). Multicast of LCM's C code is not seen by the network gate of Python: whoever opens a wire with
a time to live above 0 must have asked the gate before (`robot.driver`), and the operating system is what
keeps the promise.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

import lcm

from homebody.core.errors import UnreachableError
from homebody.robot.wire.channels import FIRST_PORT, Channel, url
from homebody.robot.wire.codec import WireError

_log = logging.getLogger(__name__)

Message = TypeVar("Message")

BURST = 200
"""Messages that are taken in one go: a flood must not hold up whoever asks."""


class Wire:
    """Channels to publish on and to hear. Not thread-safe: one loop owns it.

    ``refused`` counts what arrived and was no message of its channel, by channel.
    """

    def __init__(self, *, ttl: int = 0, first_port: int = FIRST_PORT) -> None:
        """``first_port`` moves all ports, so that several boards fit one machine."""
        self._ttl = ttl
        self._first_port = first_port
        self._sockets: dict[int, Any] = {}
        self._subscriptions: list[tuple[int, Any]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self.refused: dict[str, int] = {}

    def publish(self, channel: Channel[Message], message: Message) -> None:
        """Raises ``WireError`` if the message has no bytes, ``UnreachableError`` if nothing can be sent."""
        data = channel.codec.encode(message)
        try:
            self._socket(channel.port).publish(channel.name, data)
        except OSError as error:
            raise UnreachableError(f"Port {channel.port} takes no packets: {error}") from error

    def hear(self, channel: Channel[Message], heard: Callable[[Message], None]) -> Callable[[], None]:
        """Call ``heard`` with every message of a channel, from `drain`; returns how to stop it.

        Whoever publishes on a channel hears its own messages, too.
        """
        socket = self._socket(channel.port)

        def arrived(_: str, data: bytes) -> None:
            try:
                message = channel.codec.decode(data)
            except WireError as error:
                count = self.refused[channel.name] = self.refused.get(channel.name, 0) + 1
                if count & (count - 1) == 0:  # the 1st, 2nd, 4th, 8th …: a flood does not fill the log
                    _log.warning("Not a message of %s (%d so far): %s", channel.name, count, error)
                return
            heard(message)

        subscription = socket.subscribe(channel.name, arrived)
        subscription.set_queue_capacity(BURST)
        entry = (channel.port, subscription)
        self._subscriptions.append(entry)

        def stop() -> None:
            if entry in self._subscriptions:
                self._subscriptions.remove(entry)
                socket.unsubscribe(subscription)

        return stop

    def drain(self, port: int | None = None) -> int:
        """Hand on what has arrived, on one port or on all, at most ``BURST`` each; how many that was."""
        count = 0
        for each in [port] if port is not None else list(self._sockets):
            socket = self._sockets[each]
            taken = 0
            while taken < BURST and socket.handle_timeout(0):
                taken += 1
            count += taken
        return count

    def attach(self) -> None:
        """From now on, the running event loop calls `drain` whenever something has arrived."""
        self._loop = asyncio.get_running_loop()
        for port, socket in self._sockets.items():
            self._loop.add_reader(socket.fileno(), self.drain, port)

    def close(self) -> None:
        for port, subscription in self._subscriptions:
            self._sockets[port].unsubscribe(subscription)
        self._subscriptions.clear()
        for socket in self._sockets.values():
            if self._loop is not None:
                self._loop.remove_reader(socket.fileno())
        self._loop = None
        self._sockets.clear()  # LCM lets go of its thread and socket when its object goes

    def _socket(self, port: int) -> Any:
        if port not in self._sockets:
            address = url(port, self._ttl, self._first_port)
            try:
                self._sockets[port] = lcm.LCM(address)
            except (OSError, RuntimeError) as error:
                raise UnreachableError(
                    f"No multicast at {address}: {error}",
                    hint="Is there a route for it? On Linux: ip route add 224.0.0.0/4 dev lo",
                ) from error
            if self._loop is not None:
                self._loop.add_reader(self._sockets[port].fileno(), self.drain, port)
        return self._sockets[port]
