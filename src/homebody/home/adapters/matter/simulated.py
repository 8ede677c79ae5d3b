"""A simulated Matter server on loopback, for tests: its WebSocket API as far as Homebody uses it.

It follows the documented messages of schema 11. It can lie, refuse, keep silent, and start again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

HOST = "127.0.0.1"
_library = logging.getLogger(f"{__name__}.websockets")
_library.setLevel(logging.CRITICAL)


@dataclass(slots=True, kw_only=True)
class Manner:
    """``lie``: it says yes and does nothing; ``silent``: it answers no command; ``greeting``: what it says
    first instead of what it should."""

    lie: bool = False
    silent: bool = False
    error_code: int | None = None
    greeting: str | None = None


class SimulatedMatterServer:
    """``nodes`` by number, as they are told; ``commands`` are those that were asked of devices."""

    def __init__(self) -> None:
        self.manner = Manner()
        self.nodes: dict[int, dict[str, Any]] = {}
        self.commands: list[dict[str, Any]] = []
        self.port = 0
        self.least_schema = 9
        self._server: Server | None = None
        self._listeners: set[ServerConnection] = set()

    async def start(self) -> None:
        """Listen, the second time on the same port."""
        self._server = await serve(self._serve, HOST, self.port, compression=None, logger=_library)
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def add(self, number: int, attributes: Mapping[str, Any], *, available: bool = True) -> None:
        self.nodes[number] = {
            "node_id": number, "date_commissioned": "2026-11-01T00:00:00", "is_bridge": False,
            "last_interview": "2026-11-01T00:00:00", "interview_version": 6, "available": available,
            "attributes": dict(attributes), "attribute_subscriptions": [],
        }  # fmt: skip

    async def change(self, number: int, **attributes: Any) -> None:
        """Something happens at a node by itself. Paths are written with underscores: ``a1_6_0``."""
        for key, value in attributes.items():
            await self.report(number, key.removeprefix("a").replace("_", "/"), value)

    async def report(self, number: int, path: str, value: Any) -> None:
        self.nodes[number]["attributes"][path] = value
        await self.tell("attribute_updated", [number, path, value])

    async def set_available(self, number: int, available: bool) -> None:
        self.nodes[number]["available"] = available
        await self.tell("node_updated", self.nodes[number])

    async def tell(self, event: str, data: Any) -> None:
        for listener in tuple(self._listeners):
            await listener.send(json.dumps({"event": event, "data": data}))

    async def _serve(self, socket: ServerConnection) -> None:
        info = {"fabric_id": 1, "compressed_fabric_id": 1, "schema_version": max(11, self.least_schema),
                "min_supported_schema_version": self.least_schema, "sdk_version": "2024.11.4",
                "wifi_credentials_set": False, "thread_credentials_set": False,
                "bluetooth_enabled": False}  # fmt: skip
        try:
            await socket.send(self.manner.greeting or json.dumps(info))
            async with asyncio.TaskGroup() as answering:
                async for data in socket:
                    answering.create_task(self._answer(socket, json.loads(data)))
        except* ConnectionClosed:
            pass
        finally:
            self._listeners.discard(socket)

    async def _answer(self, socket: ServerConnection, message: dict[str, Any]) -> None:
        number, command, args = message["message_id"], message["command"], message.get("args") or {}
        result: Any = None
        match command:
            case "start_listening":
                self._listeners.add(socket)
                result = list(self.nodes.values())
            case "get_nodes":
                result = list(self.nodes.values())
            case "read_attribute":
                known = self.nodes[args["node_id"]]["attributes"]
                result = {path: known[path] for path in args["attribute_path"] if path in known}
            case "device_command" | "write_attribute":
                self.commands.append(args)
                if self.manner.silent:
                    return
                if self.manner.error_code is not None:
                    error = {"message_id": number, "error_code": self.manner.error_code, "details": "no"}
                    await socket.send(json.dumps(error))
                    return
                if not self.manner.lie:
                    await self._obey(args)
            case _:
                await socket.send(json.dumps({"message_id": number, "error_code": 9, "details": "unknown"}))
                return
        await socket.send(json.dumps({"message_id": number, "result": result}))

    async def _obey(self, args: Mapping[str, Any]) -> None:
        node = args["node_id"]
        if "attribute_path" in args:
            await self.report(node, args["attribute_path"], args["value"])
            return
        at, payload = f"{args['endpoint_id']}/{args['cluster_id']}", args["payload"]
        effects: dict[str, dict[str, Any]] = {
            "On": {f"{at}/0": True}, "Off": {f"{at}/0": False},
            "MoveToLevelWithOnOff": {f"{at}/0": payload.get("level"), f"{args['endpoint_id']}/6/0": True},
            "MoveToColorTemperature": {f"{at}/8": 2, f"{at}/7": payload.get("colorTemperatureMireds")},
            "MoveToHueAndSaturation": {f"{at}/8": 0, f"{at}/0": payload.get("hue"),
                                       f"{at}/1": payload.get("saturation")},
            "GoToLiftPercentage": {f"{at}/14": payload.get("liftPercent100thsValue")},
            "UpOrOpen": {f"{at}/14": 0}, "DownOrClose": {f"{at}/14": 10_000},
            "LockDoor": {f"{at}/0": 1}, "UnlockDoor": {f"{at}/0": 2},
        }  # fmt: skip
        if args["command_name"] in ("LockDoor", "UnlockDoor") and not args.get("timed_request_timeout_ms"):
            return  # a real lock takes no other
        for path, value in effects[args["command_name"]].items():
            await self.report(node, path, value)
