"""The robot dog as a device: what it tells of itself, such as its battery. It is moved by skills only.

Whoever speaks to the dog puts its values here (`Cyberdog.tell`): the home's room knows no robots.
"""

from __future__ import annotations

from collections.abc import Mapping

from homebody.core.errors import RefusedError, UnreachableError
from homebody.home.adapter import Link, Means, Push
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.outcome import Operation


class Cyberdog:
    """Remembers what was told, until it is told that the dog went away."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self._told: dict[str, Mapping[str, Value]] = {}
        self._push: Push = lambda _, __: None

    async def start(self, _: Home, push: Push) -> None:
        self._push = push

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:  # noqa: ARG002
        if device.id not in self._told:
            raise UnreachableError(f"{device.id} does not answer")
        return self._told[device.id]

    async def execute(self, device: Device, operation: Operation) -> None:  # noqa: ARG002
        raise RefusedError(f"{device.id} is told by its skills")

    def live(self, device: Device) -> bool:
        return device.id in self._told

    def link(self, device: Device) -> Link:
        return Link(protocol="LCM", problem="" if device.id in self._told else "no answer")

    async def stop(self) -> None:
        self._told.clear()

    def tell(self, device_id: str, values: Mapping[str, Value] | None) -> None:
        """What the dog tells of itself; None: it is gone."""
        if values is None:
            self._told.pop(device_id, None)
        else:
            self._told[device_id] = values
        self._push(device_id, values)


def adapter(means: Means) -> Cyberdog:
    return Cyberdog(means)
