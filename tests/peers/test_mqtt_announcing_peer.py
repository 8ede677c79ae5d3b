"""Our own devices at a real broker: seen, told of, commanded, and not opened without a yes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("aiomqtt")

import aiomqtt
from tests.loopback.mqtt import Mosquitto, client
from tests.loopback.registry_bench import LONGEST_S

from homebody.assistant.assembly import assemble, means_of
from homebody.assistant.assistant import Assistant
from homebody.core.gate import Gate, installed
from homebody.core.settings import load_settings
from homebody.home.outcome import Operation
from homebody.server.announcing.door import AnnouncingDoor

pytestmark = pytest.mark.peer
HOME = """\
schema: homebody.home/1
name: x
areas: [{id: hall, name: hall}]
adapters: {mqtt: {host: 127.0.0.1, port: PORT}}
devices:
  - id: hall.light
    kind: light
    name: {zh: 玄关灯, en: hall light}
    area: hall
    traits: {on_off: {}, brightness: {}}
  - {id: door, kind: lock, name: front door, area: hall, traits: {lock: {}}, state: {lock: true}}
"""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    made = Mosquitto(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
async def door(broker: Mosquitto, tmp_path: Path) -> AsyncIterator[AnnouncingDoor]:
    file = tmp_path / "home.yaml"
    file.write_text(HOME.replace("PORT", str(broker.port)), encoding="utf-8")
    with installed(Gate()) as gate:
        settings = load_settings(
            overrides={"data_dir": tmp_path / "data", "model": "none", "home_file": file}, environ={}
        )
        assistant = assemble(settings, gate=gate)
        await assistant.start()
        made = AnnouncingDoor(assistant, means_of(settings, gate, assistant.clock)("mqtt"))
        made.start()
        yield made
        await made.stop()
        await assistant.close()


def _is_presence(topic: str) -> bool:
    return topic.endswith("/presence")


class Other:
    """Somebody else at the broker, who hears everything."""

    def __init__(self, connected: aiomqtt.Client) -> None:
        self.client = connected
        self.latest: dict[str, str] = {}

    async def until(self, holds: Callable[[dict[str, str]], bool]) -> None:
        async with asyncio.timeout(LONGEST_S):
            while not holds(self.latest):
                message = await anext(aiter(self.client.messages))
                assert isinstance(message.payload, bytes)
                self.latest[message.topic.value] = message.payload.decode()

    def ending(self, end: str) -> str:
        return next((text for topic, text in self.latest.items() if topic.endswith(end)), "")

    def said(self, end: str) -> dict[str, Any]:
        return dict(json.loads(self.ending(end) or "{}"))

    @property
    def complete(self) -> bool:
        """Whether it was told of both devices."""
        return self.ending("/status") == "online" and sum(map(_is_presence, self.latest)) == 2

    def topic(self, end: str) -> str:
        return next(topic for topic in self.latest if topic.endswith(end))


@pytest.fixture
async def other(broker: Mosquitto, door: AnnouncingDoor) -> AsyncIterator[Other]:
    async with client(broker.port) as connected:
        await connected.subscribe("#", qos=1)
        made = Other(connected)
        await made.until(lambda _: made.complete)
        yield made


async def test_devices_are_seen_and_commanded(door: AnnouncingDoor, other: Other) -> None:
    config = other.said("/on_off/config")
    assert config["device"]["name"] == "hall light" and config["device"]["suggested_area"] == "hall"
    await other.client.publish(config["brightness_command_topic"], "40")
    await other.until(lambda _: other.said(config["state_topic"]).get("brightness") == 40)
    await other.until(lambda _: "done" in other.ending("/outcome"))


async def test_a_lock_is_not_opened_without_a_yes(door: AnnouncingDoor, other: Other) -> None:
    config = other.said("/lock/config")
    await other.client.publish(config["command_topic"], "UNLOCK")
    await other.until(lambda _: bool(other.ending("door/outcome")))
    outcome = other.said("door/outcome")
    assert outcome["status"] == "refused" and "confirmed" in outcome["why"]
    assert other.said("door/state")["lock"] is True
    await other.client.publish(config["command_topic"], "LOCK")
    await other.until(lambda _: other.said("door/outcome").get("status") == "done")


async def test_nonsense_is_refused_and_kept_commands_are_nothing(
    door: AnnouncingDoor, other: Other, broker: Mosquitto
) -> None:
    config = other.said("/on_off/config")
    await other.client.publish(config["brightness_command_topic"], "9" * 500)
    await other.until(lambda _: "refused" in other.ending("/outcome"))
    before = other.said(config["state_topic"])
    await door.stop()
    await other.until(lambda _: other.ending("/status") == "offline")  # it says so when it leaves
    await other.client.publish(config["command_topic"], "ON", qos=1, retain=True)
    again = AnnouncingDoor(door.assistant, door.means)
    again.start()
    await other.until(lambda _: other.ending("/status") == "online")
    await other.client.publish(config["brightness_command_topic"], "55")  # what came before it is looked at
    await other.until(lambda _: "done" in other.ending("/outcome"))
    await again.stop()
    assert before["on_off"] is False
    history = simulated(door.assistant)
    assert [each.function for each in history] == ["brightness"]


def simulated(assistant: Assistant) -> list[Operation]:
    assert assistant.simulated is not None
    return list(assistant.simulated.history)


async def test_the_broker_restarts_and_a_device_that_is_no_more_is_taken_back(
    door: AnnouncingDoor, other: Other, broker: Mosquitto
) -> None:
    stale = other.topic("/lock/config").replace("door", "shed")
    await other.client.publish(stale, other.ending("/lock/config"), retain=True)
    await other.until(lambda _: other.latest.get(stale) == "")
    broker.kill()
    with pytest.raises(aiomqtt.MqttError):
        await other.until(lambda _: False)
    broker.start()
    async with client(broker.port) as connected:
        await connected.subscribe("#", qos=1)
        fresh = Other(connected)
        await fresh.until(lambda _: fresh.complete)
        assert fresh.said("door/state")["lock"] is True
