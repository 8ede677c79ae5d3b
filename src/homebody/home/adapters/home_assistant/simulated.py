"""A simulated Home Assistant on loopback, for tests: its WebSocket API as far as Homebody uses it.

It has what a test gives it, does what services ask of it, and tells the changes; and as a real one does, it
answers yes to a service for an entity that it does not have. It can lie, refuse, be slow, flood, forget, and
start again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

HOST = "127.0.0.1"
VERSION = "2026.11.0"
_library = logging.getLogger(f"{__name__}.websockets")
_library.setLevel(logging.CRITICAL)  # its debugging shows every message, and so the token


@dataclass(slots=True, kw_only=True)
class Manner:
    """``lie``: it says yes and does nothing; ``refuse``: it says no; ``silent``: it answers no service;
    ``raw``: what it answers to messages of a type, whatever it is; ``without``: types it never heard of."""

    lie: bool = False
    refuse: bool = False
    silent: bool = False
    latency: float = 0.0
    raw: Mapping[str, str | bytes] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Client:
    socket: ServerConnection
    entities: dict[int, frozenset[str]] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)


class SimulatedHomeAssistant:
    """``states`` by entity: ``{"state": ..., "attributes": {...}}``; the registries are lists as told.

    ``calls`` are the services that were asked for, ``heard`` the types of all messages.
    """

    def __init__(self, token: str = "long-lived") -> None:
        self.token = token
        self.manner = Manner()
        self.states: dict[str, dict[str, Any]] = {}
        self.floors: list[dict[str, Any]] = []
        self.areas: list[dict[str, Any]] = []
        self.devices: list[dict[str, Any]] = []
        self.entities: list[dict[str, Any]] = []
        self.config: dict[str, Any] = {
            "location_name": "Home", "latitude": 31.2, "longitude": 121.5, "version": VERSION,
            "state": "RUNNING", "unit_system": {"temperature": "°C"},
        }  # fmt: skip
        self.calls: list[tuple[str, dict[str, Any], list[str]]] = []
        self.heard: list[str] = []
        self.subscribed = asyncio.Event()
        self.called = asyncio.Event()
        self.port = 0
        self._server: Server | None = None
        self._clients: list[_Client] = []

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def start(self) -> None:
        """Listen, the second time on the same port."""
        self._server = await serve(
            self._serve, HOST, self.port, compression=None, max_size=None, logger=_library
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None
        self.subscribed.clear()

    def add(self, entity: str, state: str, /, **attributes: Any) -> None:
        """An entity that stands in no registry."""
        self.states[entity] = {"state": state, "attributes": attributes}

    def register(self, entity: str, **keys: Any) -> None:
        """An entry of the entity registry, such as a real one tells it."""
        known: dict[str, Any] = {
            "id": f"{len(self.entities) + 1:032x}", "area_id": None, "device_id": None, "name": None,
            "original_name": None, "entity_category": None, "disabled_by": None, "hidden_by": None,
            "options": {}, "aliases": [],
        }  # fmt: skip
        self.entities.append({"entity_id": entity, **known, **keys})

    async def change(self, entity: str, state: str | None = None, /, **attributes: Any) -> None:
        """Something happens to an entity by itself. An attribute that is None goes."""
        known = self.states[entity]
        gone = [key for key, value in attributes.items() if value is None]
        more = {key: value for key, value in attributes.items() if value is not None}
        known["attributes"].update(more)
        for key in gone:
            known["attributes"].pop(key, None)
        if state is not None:
            known["state"] = state
        plus: dict[str, Any] = {"lc": 1.0, **({"s": known["state"]} if state is not None else {})}
        if more:
            plus["a"] = more
        await self.tell({"c": {entity: {"+": plus, **({"-": {"a": gone}} if gone else {})}}}, entity)

    async def appear(self, entity: str, state: str, /, **attributes: Any) -> None:
        self.add(entity, state, **attributes)
        await self.tell({"a": {entity: _compressed(self.states[entity])}}, entity)

    async def vanish(self, entity: str) -> None:
        del self.states[entity]
        await self.tell({"r": [entity]}, entity)

    async def tell(self, event: Any, entity: str) -> None:
        """Send an event to whoever wants to hear of this entity."""
        for client in tuple(self._clients):
            for number, wanted in tuple(client.entities.items()):
                if not wanted or entity in wanted:
                    await _send(client, {"id": number, "type": "event", "event": event})

    async def record_changed(self, kind: str = "entity_registry_updated") -> None:
        for client in tuple(self._clients):
            for number, wanted in tuple(client.events.items()):
                if wanted == kind:
                    event = {"event_type": kind, "data": {"action": "update"}}
                    await _send(client, {"id": number, "type": "event", "event": event})

    async def say(self, data: str | bytes) -> None:
        """Send anything at all to everybody."""
        for client in tuple(self._clients):
            await client.socket.send(data)

    async def _serve(self, socket: ServerConnection) -> None:
        client = _Client(socket)
        try:
            await socket.send(json.dumps({"type": "auth_required", "ha_version": VERSION}))
            said = json.loads(await socket.recv())
            if said.get("access_token") != self.token:
                await socket.send(json.dumps({"type": "auth_invalid", "message": "Invalid access token"}))
                return
            await socket.send(json.dumps({"type": "auth_ok", "ha_version": VERSION}))
            self._clients.append(client)
            last = 0
            async with asyncio.TaskGroup() as answering:
                async for data in socket:
                    message = json.loads(data)
                    if message["id"] <= last:
                        await _send(
                            client, _no(message["id"], "id_reuse", "Identifier values have to increase")
                        )
                        continue
                    last = message["id"]
                    answering.create_task(self._answer(client, message))
        except ConnectionClosed:
            return
        finally:
            if client in self._clients:
                self._clients.remove(client)

    async def _answer(self, client: _Client, message: dict[str, Any]) -> None:
        number, kind = message["id"], message["type"]
        self.heard.append(kind)
        if kind in self.manner.raw:
            await client.socket.send(self.manner.raw[kind])
            return
        if kind in self.manner.without:
            await _send(client, _no(number, "unknown_command", "Unknown command."))
            return
        listed = {
            "config/floor_registry/list": self.floors, "config/area_registry/list": self.areas,
            "config/device_registry/list": self.devices, "config/entity_registry/list": self.entities,
            "get_config": self.config,
        }  # fmt: skip
        match kind:
            case "ping":
                await _send(client, {"id": number, "type": "pong"})
            case "get_states":
                states = [{"entity_id": entity, **known} for entity, known in self.states.items()]
                await _send(client, _yes(number, states))
            case "config/entity_registry/get_entries":
                known = {entry["entity_id"]: entry for entry in self.entities}
                await _send(client, _yes(number, {each: known.get(each) for each in message["entity_ids"]}))
            case "subscribe_entities":
                await self._subscribe(client, number, frozenset(message.get("entity_ids", ())))
            case "subscribe_events":
                client.events[number] = message["event_type"]
                await _send(client, _yes(number, None))
            case "unsubscribe_events":
                client.entities.pop(message["subscription"], None)
                client.events.pop(message["subscription"], None)
                await _send(client, _yes(number, None))
            case "call_service":
                await self._serve_call(client, message)
            case _ if kind in listed:
                await _send(client, _yes(number, listed[kind]))
            case _:
                await _send(client, _no(number, "unknown_command", "Unknown command."))

    async def _subscribe(self, client: _Client, number: int, wanted: frozenset[str]) -> None:
        client.entities[number] = wanted
        await _send(client, _yes(number, None))
        told = {
            entity: _compressed(known)
            for entity, known in self.states.items()
            if not wanted or entity in wanted
        }
        await _send(client, {"id": number, "type": "event", "event": {"a": told}})
        self.subscribed.set()

    async def _serve_call(self, client: _Client, message: dict[str, Any]) -> None:
        service = f"{message['domain']}.{message['service']}"
        data, entities = message.get("service_data", {}), message.get("target", {}).get("entity_id", [])
        entities = [entities] if isinstance(entities, str) else entities
        self.calls.append((service, data, entities))
        self.called.set()
        if self.manner.silent:
            return
        await asyncio.sleep(self.manner.latency)
        if self.manner.refuse:
            await _send(client, _no(message["id"], "home_assistant_error", "The device said no"))
            return
        if not self.manner.lie:
            for entity in entities:
                if entity in self.states:
                    await self._obey(entity, service, data)
        await _send(client, _yes(message["id"], {"context": {"id": "1"}}))

    async def _obey(self, entity: str, service: str, data: Mapping[str, Any]) -> None:
        made = _EFFECTS.get(service)
        if made is None:
            return
        state, attributes = made(data)
        known = self.states[entity]
        news = {key: value for key, value in attributes.items() if known["attributes"].get(key) != value}
        changed = state if state is not None and state != known["state"] else None
        if changed is not None or news:  # a state that stays as it was is not told again
            await self.change(entity, changed, **news)


def _compressed(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"s": known["state"], "a": known["attributes"], "c": "1", "lc": 1.0}


def _yes(number: int, result: Any) -> dict[str, Any]:
    return {"id": number, "type": "result", "success": True, "result": result}


def _no(number: int, code: str, message: str) -> dict[str, Any]:
    return {"id": number, "type": "result", "success": False, "error": {"code": code, "message": message}}


async def _send(client: _Client, message: Mapping[str, Any]) -> None:
    await client.socket.send(json.dumps(message, ensure_ascii=False))


Made = tuple[str | None, dict[str, Any]]


def _same(state: str | None, keys: Iterable[str] = ()) -> Callable[[Mapping[str, Any]], Made]:
    """The entity takes this state, and these keys of the service as its attributes."""
    return lambda data: (state, {key: data[key] for key in keys if key in data})


def _lit(data: Mapping[str, Any]) -> Made:
    attributes: dict[str, Any] = {}
    if "brightness_pct" in data:
        attributes["brightness"] = round(255 * data["brightness_pct"] / 100)
    if "color_temp_kelvin" in data:
        mireds = 1_000_000 // data["color_temp_kelvin"]
        attributes |= {"color_temp_kelvin": 1_000_000 // mireds, "color_mode": "color_temp"}
    if "hs_color" in data:
        attributes |= {"hs_color": data["hs_color"], "color_mode": "hs"}
    return "on", attributes


def _moved(data: Mapping[str, Any]) -> Made:
    return ("open" if data["position"] else "closed"), {"current_position": data["position"]}


_EFFECTS: Mapping[str, Callable[[Mapping[str, Any]], Made]] = {
    "light.turn_on": _lit,
    "cover.set_cover_position": _moved,
    "cover.open_cover": lambda _: ("open", {"current_position": 100}),
    "cover.close_cover": lambda _: ("closed", {"current_position": 0}),
    "lock.lock": _same("locked"),
    "lock.unlock": _same("unlocked"),
    "climate.set_temperature": _same(None, ("temperature", "target_temp_low", "target_temp_high")),
    "climate.set_hvac_mode": lambda data: (data["hvac_mode"], {}),
    "number.set_value": lambda data: (str(data["value"]), {}),
    "select.select_option": lambda data: (data["option"], {}),
    "text.set_value": lambda data: (data["value"], {}),
    "media_player.volume_set": _same(None, ("volume_level",)),
    "fan.set_percentage": lambda data: ("on" if data["percentage"] else "off", dict(data)),
    **{f"{domain}.turn_off": _same("off") for domain in ("light", "switch", "fan", "media_player")},
    **{f"{domain}.turn_on": _same("on") for domain in ("switch", "fan", "media_player")},
}
