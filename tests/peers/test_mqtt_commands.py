"""``homebody devices`` with a real broker: named, asked what is behind it, a device added and commanded."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("aiomqtt")

from tests.loopback.mqtt import HOST, Mosquitto, MqttBench
from tests.loopback.test_cli import Commands

from homebody.home.file import load_home

pytestmark = pytest.mark.peer
HOME = "schema: homebody.home/1\nname: mine  # with a remark\nareas: [{id: den, name: den}]\n"


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[MqttBench]:
    folder = tmp_path / "broker"
    folder.mkdir()
    broker = Mosquitto(folder)
    broker.start()
    made = MqttBench(folder, broker)
    made.bridge.add("lamp", "客厅主灯", state={"state": "OFF", "brightness": 254})
    await made.start_bridge()
    yield made
    await made.stop()


async def homebody(commands: Commands, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """In a thread: the bridge runs here."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "homebody", *arguments],
        env={**commands.environment, "COLUMNS": "200"},
        input=given, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


async def test_from_the_broker_to_a_command(bench: MqttBench, tmp_path: Path) -> None:
    commands = Commands(tmp_path)
    file = tmp_path / "home.yaml"
    file.write_text(HOME, encoding="utf-8")
    home = ("--home", str(file))
    joined = await homebody(commands, "devices", "broker", HOST, "--port", str(bench.broker.port), *home)
    assert joined.returncode == 0, joined.stderr
    assert "name: mine  # with a remark" in file.read_text(encoding="utf-8")

    found = await homebody(commands, "devices", "discover", "127.0.0.1", *home)
    assert found.returncode == 0, found.stderr
    assert "客厅主灯" in found.stdout and "0x0000000000000001" in found.stdout

    added = await homebody(
        commands, "devices", "add", "mqtt", "客厅主灯", *home, "--id", "main", "--area", "den"
    )
    assert added.returncode == 0, added.stderr
    device = load_home(file).device("main")
    assert device is not None and device.kind == "light" and device.area == "den"

    absent = await homebody(commands, "devices", "add", "mqtt", "toaster", *home)
    assert absent.returncode == 2 and "客厅主灯 (0x0000000000000001)" in absent.stderr

    listed = await homebody(commands, "devices", "list", *home)
    assert listed.returncode == 0 and "1 of 1 devices answer" in listed.stdout
    assert "Zigbee2MQTT" in listed.stdout and "brightness 100%" in listed.stdout

    asked = await homebody(commands, "ask", "打开客厅主灯", *home, "--no-model")
    assert asked.returncode == 0, asked.stderr + asked.stdout
    assert bench.bridge.devices["客厅主灯"].state["state"] == "ON"


async def test_a_broker_that_refuses_us_is_not_written_down(bench: MqttBench, tmp_path: Path) -> None:
    commands = Commands(tmp_path)
    file = tmp_path / "home.yaml"
    file.write_text(HOME, encoding="utf-8")
    bench.broker.kill()
    empty = bench.folder / "passwords"
    empty.touch()
    bench.broker.lines = ("allow_anonymous false", f"password_file {empty}")
    bench.broker.start()
    tried = await homebody(
        commands, "devices", "broker", HOST, "--port", str(bench.broker.port), "--username", "me",
        "--home", str(file), given="not it\n",
    )  # fmt: skip
    assert tried.returncode == 2 and "refuses the name or the password" in tried.stderr
    assert file.read_text(encoding="utf-8") == HOME
    secrets = commands.data / "secrets.json"
    assert not secrets.exists() or "not it" not in secrets.read_text(encoding="utf-8")
    assert "not it" not in tried.stdout + tried.stderr
