"""A wire within one process: driver and board in tests, without sockets. Messages go through the codec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from homebody.robot.wire.channels import Channel

Message = TypeVar("Message")


class AnyWire(Protocol):
    """What `transport.Wire` and `MemoryWire` have in common."""

    def publish(self, channel: Channel[Message], message: Message) -> None: ...

    def hear(self, channel: Channel[Message], heard: Callable[[Message], None]) -> Callable[[], None]: ...

    def attach(self) -> None: ...

    def close(self) -> None: ...


class MemoryWire:
    """Everybody who holds it hears what is published, at once."""

    def __init__(self) -> None:
        self._heard: list[tuple[str, Callable[[Any], None]]] = []

    def publish(self, channel: Channel[Message], message: Message) -> None:
        data = channel.codec.encode(message)
        for name, heard in list(self._heard):
            if name == channel.name:
                heard(channel.codec.decode(data))

    def hear(self, channel: Channel[Message], heard: Callable[[Message], None]) -> Callable[[], None]:
        entry = (channel.name, heard)
        self._heard.append(entry)

        def stop() -> None:
            if entry in self._heard:
                self._heard.remove(entry)

        return stop

    def attach(self) -> None:
        """Nothing arrives from elsewhere."""

    def close(self) -> None:
        self._heard.clear()
