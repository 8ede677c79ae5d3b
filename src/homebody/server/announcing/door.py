"""The connection over which devices of this home are announced, told of, and commanded."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable

from homebody.assistant.assistant import Assistant
from homebody.assistant.policy import why
from homebody.core.errors import HomebodyError, InputError
from homebody.core.ids import new_id
from homebody.core.private_file import write_private
from homebody.home.adapter import Means
from homebody.home.adapters.mqtt.broker import Broker, Where
from homebody.home.adapters.mqtt.payload import Payload
from homebody.home.adapters.mqtt.wires import Sent
from homebody.home.deadline import within
from homebody.home.device import Device
from homebody.home.function import Function
from homebody.home.label import Language
from homebody.home.network.keeper import Keeper
from homebody.home.registry import Change
from homebody.server.announcing.commands import operation
from homebody.server.announcing.messages import (
    OFFLINE,
    ONLINE,
    Topics,
    announced,
    reachable,
    safe,
    state_of,
)

_log = logging.getLogger(__name__)

GOODBYE_S = 1.0
MOST_COMMANDS = 64
"""At once; what comes beyond is refused."""


class AnnouncingDoor:
    """Announces the devices of an assistant's home that are not behind the broker themselves."""

    def __init__(self, assistant: Assistant, means: Means) -> None:
        settings = assistant.home.adapters.get("mqtt")
        if settings is None:
            raise InputError(
                "Devices cannot be announced: the home file names no broker",
                hint="homebody devices broker HOST",
            )
        where = Where.of(settings)
        self.assistant = assistant
        self.means = means
        self.topics = Topics(prefix=settings["discovery"], instance=_instance(means))
        self._devices = [device for device in assistant.home.devices if device.adapter != "mqtt"]
        self._commands = {
            self.topics.command(device, function): (device, function)
            for device in self._devices
            for function in device.functions
            if function.writable
        }
        self._broker = Broker(
            where, means, will=Sent(topic=self.topics.status, data=OFFLINE), flooded=self._flooded
        )
        self._keeper = Keeper(self._hold, means.clock, name=f"the broker {where.address}", lost=self._lost)
        self._configs: dict[str, str] = {}
        self._changed: set[str] = set()
        self._news = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._forget: Callable[[], None] = lambda: None

    @property
    def host(self) -> str:
        return self._broker.where.host

    def start(self) -> None:
        self.means.may_reach([self.host])
        self._forget = self.assistant.registry.subscribe(self._noted)
        self._keeper.start()

    async def stop(self) -> None:
        self._forget()
        await self._keeper.stop()
        for task in tuple(self._running):
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)

    # The connection

    async def _hold(self, up: Callable[[], None]) -> None:
        language: Language = "zh" if self.assistant.settings.language == "zh" else "en"
        home = self.assistant.home
        self._configs = {
            topic: message
            for device in self._devices
            for topic, message in announced(device, home.area(device.area), self.topics, language)
        }
        try:
            async with self._broker.connected(), asyncio.TaskGroup() as tasks:
                await self._broker.hear([self.topics.commands, f"{self.topics.prefix}/+/+/+/config"])
                for topic, message in self._configs.items():
                    await self._broker.publish(Sent(topic=topic, data=message), retain=True)
                self._changed.update(device.id for device in self._devices)
                self._news.set()
                await self._broker.publish(Sent(topic=self.topics.status, data=ONLINE), retain=True)
                up()
                tasks.create_task(self._tell())
                try:
                    async for topic, payload in self._broker.messages():
                        await self._heard(topic, payload)
                finally:
                    if self._broker.is_connected:
                        await self._say_goodbye()
        except* HomebodyError as group:
            raise group.exceptions[0] from None

    async def _say_goodbye(self) -> None:
        """A will is for those who vanish; whoever leaves says so."""
        try:
            goodbye = Sent(topic=self.topics.status, data=OFFLINE)
            await within(self.means.clock, GOODBYE_S, self._broker.publish(goodbye, retain=True))
        except (HomebodyError, TimeoutError):
            _log.info("the broker was gone before we were")

    def _lost(self, reason: str) -> None:
        _log.warning("devices are not announced for now: %s", reason)

    def _flooded(self, topic: str) -> None:
        _log.warning("more commands than anybody means come on %r: it is left for a moment", topic)

    # What is told

    def _noted(self, change: Change) -> None:
        self._changed.add(change.device)
        self._news.set()

    async def _tell(self) -> None:
        """The latest state of what changed, however often it changed meanwhile."""
        by_id = {device.id: device for device in self._devices}
        while True:
            await self._news.wait()
            self._news.clear()
            changed, self._changed = self._changed, set()
            for id_ in changed:
                if (device := by_id.get(id_)) is not None:
                    await self._tell_of(device)

    async def _tell_of(self, device: Device) -> None:
        state = self.assistant.registry.state(device.id)
        if state.values:
            body = state_of(state.values)
            await self._broker.publish(Sent(topic=self.topics.state(device), data=body), retain=True)
        there = reachable(state.reachable)
        await self._broker.publish(Sent(topic=self.topics.presence(device), data=there), retain=True)

    # What is wanted

    async def _heard(self, topic: str, payload: Payload) -> None:
        if self.topics.is_config(topic):
            if topic not in self._configs and payload.data:  # of a device that this home has no more
                await self._broker.publish(Sent(topic=topic, data=""), retain=True)
            return
        if payload.retained or topic not in self._commands:
            return  # a command that the broker kept was meant for another moment
        device, function = self._commands[topic]
        if len(self._running) >= MOST_COMMANDS:
            _log.warning("more than %d commands at once: %s is left out", MOST_COMMANDS, device.id)
            return
        task = asyncio.create_task(self._carry_out(device, function, payload))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _carry_out(self, device: Device, function: Function, payload: Payload) -> None:
        """Say what became of it, and how the device is, since whoever asked may show what was wished."""
        try:
            result = await self.assistant.operate(operation(device, function, payload))
        except InputError as error:
            said = {"function": function.id, "status": "refused", "why": str(error)}
        else:
            rule = why(result.decision.rule)
            status = result.outcome.status.value if result.outcome else "refused"
            detail = result.outcome.detail or result.outcome.evidence if result.outcome else ""
            said = {"function": function.id, "status": status, "why": rule.en if rule else detail}
        body = json.dumps(said, ensure_ascii=False)
        try:
            await self._broker.publish(Sent(topic=self.topics.outcome(device), data=body))
            await self._tell_of(device)
        except HomebodyError as error:
            _log.info("nobody can be told what became of a command on %s: %s", device.id, error)


def _instance(means: Means) -> str:
    """What tells this Homebody from another one at the same broker; it stays."""
    path = means.folder / "instance"
    try:
        known = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    if not known or safe(known) != known:
        known = new_id("homebody").replace("-", "_")
        write_private(path, known.encode())
    return known
