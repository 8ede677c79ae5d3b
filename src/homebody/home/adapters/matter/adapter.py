"""The devices of a home that a Matter server has: one connection, and an endpoint for each device.

The server keeps a subscription to every node and tells each change as it comes. A command is sent, and
believed when the attribute is reported; a device that shall be read is asked, past what the server remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homebody.core.errors import InputError, RefusedError, UnreachableError
from homebody.home.adapter import Link, Means, Push
from homebody.home.adapters.matter.connection import Connection, connected
from homebody.home.adapters.matter.mapping import describe
from homebody.home.adapters.matter.nodes import Endpoint, Node, node_of, nodes_of
from homebody.home.adapters.matter.wires import Invoke, Wire
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.network.contact import Contact
from homebody.home.network.keeper import Keeper
from homebody.home.outcome import Operation

PORT = 5580


class Matter:
    """Devices by node, so that an event finds those that it concerns."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._host, self._port = "", PORT
        self._push: Push = lambda _device, _values: None
        self._bound: dict[str, tuple[Device, int, int]] = {}
        self._contacts: dict[str, Contact] = {}
        self._nodes: dict[int, Node] = {}
        self._connection: Connection | None = None
        self._keeper: Keeper | None = None

    async def start(self, home: Home, push: Push) -> None:
        settings = home.adapters.get("matter")
        if settings is None:
            raise InputError("The home file does not say where the Matter server is",
                             hint="homebody devices add matter HOST")  # fmt: skip
        self._host, self._port, self._push = settings["host"], settings.get("port", PORT), push
        self._means.may_reach([self._host])
        for device in home.devices:
            if device.adapter == self._means.name:
                bound = home.bindings[device.id]
                self._bound[device.id] = (device, bound["node"], bound["endpoint"])
                self._contacts[device.id] = Contact(
                    protocol="Matter", address=f"node {bound['node']}", clock=self._means.clock
                )
        self._keeper = Keeper(self._hold, self._means.clock, name="the Matter server", lost=self._lost)
        self._keeper.start()

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:
        connection, endpoint = await self._reached(device)
        wires = [wire for wire in self._wires(device, endpoint) if only in (None, wire.function.id)]
        paths = sorted({endpoint.path(*each) for wire in wires for each in wire.read})
        started = self._means.clock.monotonic()
        try:
            told = await connection.request("read_attribute", node_id=endpoint.node.id, attribute_path=paths)
        except RefusedError as error:
            raise UnreachableError(str(error)) from error
        if isinstance(told, Mapping):
            endpoint.node.attributes.update((path, told[path]) for path in paths if path in told)
        self._answered(device, started)
        return _values(wires, endpoint)

    async def execute(self, device: Device, operation: Operation) -> None:
        connection, endpoint = await self._reached(device)
        wires = {wire.function.id: wire for wire in self._wires(device, endpoint)}
        wire = wires.get(operation.function)
        asked = wire.asked(operation.action, operation.value, endpoint) if wire else None
        if asked is None:
            raise RefusedError(
                f"the Matter server has no way to {operation.action.value} {operation.function}"
            )
        started, node = self._means.clock.monotonic(), endpoint.node.id
        if isinstance(asked, Invoke):
            timed = {} if asked.timed_ms is None else {"timed_request_timeout_ms": asked.timed_ms}
            await connection.request(
                "device_command", node_id=node, endpoint_id=endpoint.number, cluster_id=asked.cluster,
                command_name=asked.command, payload=dict(asked.payload), **timed,
            )  # fmt: skip
        else:
            path = endpoint.path(asked.cluster, asked.attribute)
            await connection.request("write_attribute", node_id=node, attribute_path=path, value=asked.value)
        self._answered(device, started)

    def live(self, device: Device) -> bool:
        _, node, endpoint = self._bound[device.id]
        known = self._nodes.get(node)
        return self._connection is not None and known is not None and known.there(endpoint)

    def link(self, device: Device) -> Link:
        if (contact := self._contacts.get(device.id)) is not None:
            return contact.link()
        return Link(protocol="Matter", problem="not started")

    async def stop(self) -> None:
        if self._keeper is not None:
            await self._keeper.stop()

    # the connection

    async def _hold(self, up: Callable[[], None]) -> None:
        async with connected(self._host, self._port, self._means, self._heard) as connection:
            self._nodes = {node.id: node for node in nodes_of(await connection.request("start_listening"))}
            self._connection = connection
            up()
            for device_id in self._bound:
                self._tell(device_id)
            await connection.ended()

    def _lost(self, reason: str) -> None:
        self._connection = None
        self._nodes = {}
        for device_id, contact in self._contacts.items():
            contact.failed(reason)
            self._push(device_id, None)

    def _heard(self, event: str, data: Any) -> None:
        """What is not as it should be is left alone."""
        match event, data:
            case "attribute_updated", [int(number), str(path), value] if number in self._nodes:
                self._nodes[number].attributes[path] = value
                self._tell_node(number, path)
            case (("node_added" | "node_updated"), _) if (node := node_of(data)) is not None:
                self._nodes[node.id] = node
                self._tell_node(node.id)
            case "node_removed", int(number):
                self._nodes.pop(number, None)
                self._tell_node(number)

    def _tell_node(self, number: int, path: str | None = None) -> None:
        for device_id, (_, node, _endpoint) in self._bound.items():
            if node == number:
                self._tell(device_id, path)

    def _tell(self, device_id: str, path: str | None = None) -> None:
        """What is known of a device now; of one attribute, only what looks at it."""
        device, number, at = self._bound[device_id]
        node, contact = self._nodes.get(number), self._contacts[device_id]
        if node is None or not node.there(at):
            contact.failed("the Matter server does not know it" if node is None else "it does not answer")
            self._push(device_id, None)
            return
        endpoint = node.of(at)
        wires = self._wires(device, endpoint)
        if path is not None and not path.startswith(f"{at}/57/"):
            wires = [wire for wire in wires if any(endpoint.path(*each) == path for each in wire.read)]
            if not wires:
                return
        contact.answered()
        self._push(device_id, _values(wires, endpoint))

    # devices

    async def _reached(self, device: Device) -> tuple[Connection, Endpoint]:
        """Raises ``UnreachableError``."""
        if self._keeper is None or device.id not in self._bound:
            raise UnreachableError("the adapter is not started")
        await self._keeper.reached()
        _, number, at = self._bound[device.id]
        node = self._nodes.get(number)
        if self._connection is None or node is None:
            raise UnreachableError("the Matter server does not know it")
        if not node.there(at):
            raise UnreachableError("the Matter server says that it does not answer")
        return self._connection, node.of(at)

    def _wires(self, device: Device, endpoint: Endpoint) -> list[Wire]:
        own = {function.id: function.type for function in device.functions}
        wires = describe(endpoint).wires
        return [wire for wire in wires if own.get(wire.function.id) is wire.function.type]

    def _answered(self, device: Device, started: float) -> None:
        took = round((self._means.clock.monotonic() - started) * 1000, 2)
        self._contacts[device.id].answered(took)


def _values(wires: list[Wire], endpoint: Endpoint) -> dict[str, Value]:
    told = ((wire.function.id, wire.told(endpoint)) for wire in wires)
    return {id_: value for id_, value in told if value is not None}
