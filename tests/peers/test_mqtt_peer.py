"""Devices behind a real Mosquitto: confirmed by what comes back, whatever happens to the broker."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ipaddress
import json
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

pytest.importorskip("aiomqtt")

from tests.loopback.mqtt import HOST, Mosquitto, MqttBench, client

from homebody.home.adapters.mqtt.announcements import Announcements
from homebody.home.adapters.mqtt.payload import Payload
from homebody.home.function import Action
from homebody.home.outcome import Status

pytestmark = pytest.mark.peer


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[MqttBench]:
    broker = Mosquitto(tmp_path)
    broker.start()
    made = MqttBench(tmp_path, broker)
    yield made
    await made.stop()


async def started(bench: MqttBench, *kinds: str, retain: bool = True) -> MqttBench:
    """One device of each kind, named after it, that all have told their state."""
    states: dict[str, dict[str, Any]] = {
        "lamp": {"state": "OFF", "brightness": 254, "color_temp": 250, "color": {"x": 0.3, "y": 0.3}},
        "curtain": {"state": "CLOSE", "position": 0},
        "door": {"contact": True, "battery": 80},
        "lock": {"state": "LOCK"},
    }
    for kind in kinds:
        bench.bridge.add(kind, kind, retain=retain, state=dict(states[kind]))
    bench.enter_zigbee()
    await bench.start_bridge()
    await bench.start()
    await bench.reached(*kinds)
    return bench


async def test_a_lamp_is_commanded_and_its_state_is_the_proof(bench: MqttBench) -> None:
    await started(bench, "lamp")
    assert bench.registry.state("lamp").values["brightness"] == 100
    outcome = await bench.perform("lamp", "brightness", Action.SET, 40)
    assert (outcome.status, outcome.evidence) == (Status.DONE, "pushed")
    assert outcome.after == pytest.approx(40, abs=0.5)
    assert bench.bridge.devices["lamp"].commands == [{"brightness": 102}]
    outcome = await bench.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.DONE and outcome.before is False and outcome.after is True
    outcome = await bench.perform("lamp", "color", Action.SET, "blue")
    assert (outcome.status, outcome.after) == (Status.DONE, "blue")
    outcome = await bench.perform("lamp", "color_temperature", Action.SET, 3000)
    assert (outcome.status, outcome.after) == (Status.DONE, 3000)
    outcome = await bench.perform("lamp", "effect", Action.SET, "blink")
    assert outcome.status is Status.ACCEPTED  # it can be said, and its state is never told


@pytest.mark.parametrize("retain", [True, False])
@pytest.mark.parametrize("was", ["ON", "OFF"])
async def test_what_the_broker_kept_is_no_proof(bench: MqttBench, retain: bool, was: str) -> None:
    """A lamp that lost its power and is believed to be there: also where it is on already, it says."""
    await started(bench, "lamp", retain=retain)
    lamp = bench.bridge.devices["lamp"]
    lamp.state["state"] = was
    await bench.bridge.tell(lamp)
    await bench.until(lambda: bench.registry.state("lamp").values.get("on_off") is (was == "ON"))
    lamp.deaf = True
    outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=1.5)
    assert outcome.status in (Status.UNVERIFIED, Status.UNREACHABLE)
    assert lamp.commands == [{"state": "ON"}]


async def test_a_lamp_that_tells_its_old_state_is_not_believed(bench: MqttBench) -> None:
    await started(bench, "lamp")
    bench.bridge.devices["lamp"].lies = True
    outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=1.0)
    assert outcome.status is Status.UNVERIFIED and outcome.after is False


async def test_the_broker_is_killed_and_comes_back(bench: MqttBench) -> None:
    await started(bench, "lamp")
    bench.broker.kill()
    await bench.until(lambda: not bench.registry.state("lamp").reachable)
    outcome = await bench.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "127.0.0.1" in outcome.evidence
    bench.broker.start()
    await bench.start_bridge()
    # a person does not wait for the end of the pause
    outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=10)
    assert outcome.status is Status.DONE
    assert bench.bridge.devices["lamp"].commands == [{"state": "ON"}]  # the first was not kept for later


async def test_killed_in_the_middle_of_a_command(bench: MqttBench) -> None:
    await started(bench, "lamp")
    bench.bridge.devices["lamp"].deaf = True
    command = asyncio.create_task(bench.perform("lamp", "on_off", Action.ON, deadline_s=1.5))
    await bench.bridge.devices["lamp"].commanded.wait()
    bench.broker.kill()
    outcome = await command
    assert outcome.status in (Status.UNVERIFIED, Status.UNREACHABLE)


async def test_the_bridge_goes_away(bench: MqttBench) -> None:
    """Its last will says so."""
    await started(bench, "lamp")
    async with client(bench.broker.port) as other:
        await other.publish("zigbee2mqtt/bridge/state", "offline", retain=True)
    await bench.until(lambda: not bench.registry.state("lamp").reachable)
    outcome = await bench.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "offline" in outcome.evidence
    assert bench.bridge.devices["lamp"].commands == []
    await bench.bridge.announce()
    await bench.reached("lamp")


async def test_a_device_that_says_it_is_offline(bench: MqttBench) -> None:
    await started(bench, "lamp", "curtain")
    await bench.bridge.publish("lamp/availability", {"state": "offline"}, retain=True)
    await bench.until(lambda: not bench.registry.state("lamp").reachable)
    assert bench.registry.link("lamp").problem == "it is offline, says the broker"
    assert bench.registry.state("curtain").reachable
    await bench.bridge.publish("lamp/availability", "online", retain=True)
    await bench.reached("lamp")


async def test_a_device_is_found_again_under_another_name(bench: MqttBench) -> None:
    await started(bench, "lamp")
    lamp = bench.bridge.devices.pop("lamp")
    lamp.name = "客厅/主灯"
    lamp.retain = False
    bench.bridge.devices["客厅/主灯"] = lamp
    await bench.bridge.announce()
    await bench.bridge.publish("客厅/主灯", {"state": "ON"})

    async def commanded() -> bool:
        outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=0.5)
        return outcome.status is Status.DONE

    async with asyncio.timeout(20):
        while not await commanded():
            pass
    assert lamp.state["state"] == "ON"


async def test_duplicates_and_what_comes_late(bench: MqttBench) -> None:
    await started(bench, "lamp")
    lamp = bench.bridge.devices["lamp"]
    lamp.state["state"] = "ON"
    await bench.bridge.tell(lamp, last_seen="2026-11-24T12:00:05+08:00")
    await bench.until(lambda: bench.registry.state("lamp").values["on_off"] is True)
    changes: list[object] = []
    forget = bench.registry.subscribe(changes.append)
    await bench.bridge.tell(lamp, last_seen="2026-11-24T12:00:05+08:00")  # twice
    await bench.bridge.tell(lamp, state="OFF", last_seen="2026-11-24T12:00:03+08:00")  # late
    await bench.bridge.tell(lamp, brightness=127, last_seen="2026-11-24T12:00:06+08:00")
    await bench.until(lambda: bench.registry.state("lamp").values["brightness"] == 50)
    forget()
    assert bench.registry.state("lamp").values["on_off"] is True
    assert len(changes) == 1


async def test_a_wrong_password_is_said(bench: MqttBench) -> None:
    await bench.stop()
    passwords = bench.folder / "passwords"
    # mosquitto_passwd's form: PBKDF2 is not needed for a name that is unknown
    passwords.write_text("", encoding="utf-8")
    bench.broker.lines = ("allow_anonymous false", f"password_file {passwords}")
    bench.broker.start()
    bench.settings, bench.password = {"username": "homebody"}, "not it, 密码"
    bench.bridge.add("lamp", "lamp")
    bench.enter_zigbee()
    await bench.start()
    outcome = await bench.perform("lamp", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE
    assert "refuses the name or the password" in outcome.evidence
    assert "not it" not in repr(outcome) and "not it" not in bench.registry.link("lamp").problem


async def test_a_flooding_device_delays_nobody(bench: MqttBench) -> None:
    await started(bench, "lamp", "curtain")
    quiet = [(await bench.perform("lamp", "brightness", Action.SET, 10 + n)).ms for n in range(20)]
    stop = asyncio.Event()

    async def flood() -> None:
        async with client(bench.broker.port) as other:
            number = 0
            while not stop.is_set():
                number += 1
                body = json.dumps({"position": number % 100, "padding": "x" * 2000})
                await other.publish("zigbee2mqtt/curtain", body)
                if number % 50 == 0:
                    await asyncio.sleep(0)

    flooding = asyncio.create_task(flood())
    await bench.until(lambda: not bench.registry.state("curtain").reachable)
    assert "too much" in bench.registry.link("curtain").problem
    outcomes = [await bench.perform("lamp", "brightness", Action.SET, 40 + n) for n in range(20)]
    stop.set()
    await flooding
    assert {outcome.status for outcome in outcomes} == {Status.DONE}
    assert sorted(each.ms for each in outcomes)[10] < 20 * sorted(quiet)[10] + 50


PLUG = {"dev": {"ids": ["plug"], "name": "plug"}, "o": {"name": "firmware"}, "avty_t": "plug/there",
        "cmps": {"relay": {"p": "switch", "stat_t": "plug/state", "cmd_t": "plug/set"}}}  # fmt: skip


async def announce(bench: MqttBench, *, retained_state: str = "", there: str = "online") -> None:
    """A plug that Home Assistant would discover; it stands in the home too."""
    made = Announcements("homeassistant")
    made.heard("homeassistant/device/plug/config", Payload(json.dumps(PLUG).encode()))
    known = made.described("plug")
    assert known is not None
    bench.enter("plug", known)
    async with client(bench.broker.port) as other:
        if retained_state:
            await other.publish("plug/state", retained_state, retain=True)
        if there:
            await other.publish("plug/there", there, retain=True)
        await other.publish("homeassistant/device/plug/config", json.dumps(PLUG), retain=True)
    await bench.start()


@contextlib.asynccontextmanager
async def plug(bench: MqttBench, *, answers: bool = True) -> AsyncIterator[list[bytes]]:
    """The plug itself: what it is told, and it tells what it became."""
    told: list[bytes] = []
    async with client(bench.broker.port) as other:
        await other.subscribe("plug/set", qos=1)

        async def live() -> None:
            async for message in other.messages:
                assert isinstance(message.payload, bytes)
                told.append(message.payload)
                if answers:
                    await other.publish("plug/state", message.payload, retain=True)

        living = asyncio.create_task(live())
        try:
            yield told
        finally:
            living.cancel()
            await asyncio.wait((living,))


async def test_a_device_that_announces_itself(bench: MqttBench) -> None:
    await announce(bench, retained_state="OFF")
    await bench.reached("plug")
    async with plug(bench) as told:
        outcome = await bench.perform("plug", "on_off", Action.ON)
        assert (outcome.status, outcome.evidence) == (Status.DONE, "pushed")
        assert told == [b"ON"]
    async with client(bench.broker.port) as other:  # it is taken back
        await other.publish("homeassistant/device/plug/config", b"", retain=True)
    async with asyncio.timeout(20):
        while (await bench.perform("plug", "on_off", Action.ON, deadline_s=0.2)).status is Status.DONE:
            pass
    assert bench.registry.link("plug").problem


@pytest.mark.parametrize("there", ["", "online"])
@pytest.mark.parametrize("was", ["ON", "OFF"])
async def test_one_that_cannot_be_asked_must_say_so_itself(bench: MqttBench, there: str, was: str) -> None:
    """What the broker kept of it counts only while it is told to be there, and says the same already."""
    await announce(bench, retained_state=was, there=there)
    await bench.reached("plug")
    async with plug(bench, answers=False) as told:
        outcome = await bench.perform("plug", "on_off", Action.ON, deadline_s=1.2)
        assert told == [b"ON"]
    if there and was == "ON":
        assert (outcome.status, outcome.detail) == (Status.DONE, "already")
    else:
        assert outcome.status is Status.UNVERIFIED


async def test_its_last_will(bench: MqttBench) -> None:
    await announce(bench, retained_state="ON", there="offline")
    outcome = await bench.perform("plug", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "offline" in outcome.evidence


def certificates(folder: Path, name: str) -> Path:
    """An authority of our own, and a broker's certificate for 127.0.0.1 signed by it. Gives the authority."""
    now = datetime.datetime.now(datetime.UTC)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{name} authority")])
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])

    def signed(whose: x509.Name, public: ec.EllipticCurvePublicKey, more: x509.ExtensionType) -> bytes:
        day = datetime.timedelta(days=1)
        builder = x509.CertificateBuilder(
            issuer, whose, public, x509.random_serial_number(), now - day, now + day
        )
        made = builder.add_extension(more, critical=True).sign(authority_key, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.PEM)

    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
    authority = folder / f"{name}-ca.pem"
    authority.write_bytes(
        signed(issuer, authority_key.public_key(), x509.BasicConstraints(ca=True, path_length=None))
    )
    (folder / f"{name}.pem").write_bytes(signed(subject, key.public_key(), address))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return authority


@pytest.mark.parametrize("known", [True, False])
async def test_tls_and_a_password(tmp_path: Path, known: bool) -> None:
    """The right name and password over TLS; and a broker whose certificate nobody vouches for is not told."""
    right, wrong = certificates(tmp_path, "right"), certificates(tmp_path, "wrong")
    passwords = tmp_path / "passwords"
    passwords.touch(mode=0o600)
    hashed = shutil.which("mosquitto_passwd") or pytest.skip("no mosquitto_passwd here (make mosquitto)")
    await asyncio.to_thread(
        subprocess.run, [hashed, "-b", str(passwords), "homebody", "密码 42"], check=True, capture_output=True
    )
    broker = Mosquitto(
        tmp_path,
        lines=("allow_anonymous false", f"password_file {passwords}", f"certfile {tmp_path / 'right.pem'}",
               f"keyfile {tmp_path / 'right.key'}"),
    )  # fmt: skip
    broker.start()
    settings = {"username": "homebody", "tls": True, "ca": str(right if known else wrong)}
    bench = MqttBench(tmp_path, broker, settings=settings, password="密码 42")
    bench.bridge.add("lamp", "lamp", state={"state": "OFF", "brightness": 254})
    bench.enter_zigbee()
    context = ssl.create_default_context(cafile=right)
    bridge = asyncio.create_task(
        bench.bridge.run(HOST, broker.port, tls_context=context, username="homebody", password="密码 42")
    )
    try:
        await bench.bridge.running.wait()
        await bench.start()
        outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=10)
        if known:
            assert outcome.status is Status.DONE
        else:
            assert outcome.status is Status.UNREACHABLE and "certificate" in outcome.evidence.lower()
            assert bench.bridge.devices["lamp"].commands == []
    finally:
        bridge.cancel()
        await asyncio.wait((bridge,))
        await bench.stop()
