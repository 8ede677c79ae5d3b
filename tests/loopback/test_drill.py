"""``homebody devices drill`` against devices on another machine, which is a network namespace of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter
from tests.loopback.namespaces import THINGS, Machine, needs_namespaces, needs_nft, two_machines
from tests.loopback.test_cli import Commands

from homebody.assistant.drill.record import Drill, from_json, last
from homebody.core.secrets import Secret, Secrets

TOKEN = "00112233445566778899aabbccddeeff"
BEYOND = "198.51.100.7"  # TEST-NET-2: as good as a server of a maker


@pytest.fixture
def homebody(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


def lamp(id_: str, host: str, did: int) -> dict[str, Any]:
    binding = {
        "host": host,
        "did": str(did),
        "spec": "urn:miot-spec-v2:device:light:0000A001:homebody-sim1:1",
    }
    return {"id": id_, "kind": "light", "name": id_, "traits": {"on_off": {}, "brightness": {}},
            "adapter": {"miio": binding}}  # fmt: skip


@pytest.fixture
def home(homebody: Commands, tmp_path: Path) -> Path:
    from homebody.home.adapters.miio.specs import sample

    devices = [lamp("near", THINGS, 77), lamp("away", "192.168.77.9", 78), lamp("cloud", BEYOND, 79)]
    for device in devices:
        device["adapter"]["miio"]["spec"] = sample("lamp")["type"]
        Secrets(homebody.data).put(f"miio/{device['adapter']['miio']['did']}", Secret(TOKEN))
    made_up = {"kind": "lock", "name": "front door", "id": "lock", "traits": {"lock": {}}}
    file = tmp_path / "home.yaml"
    document = {"schema": "homebody.home/1", "name": "trial", "devices": [*devices, made_up]}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.fixture
def machines() -> Iterator[tuple[Machine, Machine]]:
    with two_machines(route_beyond=True) as both:
        yield both


@pytest.fixture
def simulated(homebody: Commands, machines: tuple[Machine, Machine]) -> Iterator[subprocess.Popen[str]]:
    """A simulated lamp on the other machine."""
    words = ["devices", "simulate", "lamp", "--host", THINGS, "--token", TOKEN, "--did", "77"]
    process = machines[1].start(
        [sys.executable, "-m", "homebody", *words], {**homebody.environment, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert process.stdout is not None
        assert f"listens on {THINGS}:54321" in process.stdout.readline()
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


@needs_namespaces
@needs_nft
def test_what_lives_is_commanded_behind_the_fence_and_put_back(
    homebody: Commands, home: Path, machines: tuple[Machine, Machine], simulated: subprocess.Popen[str]
) -> None:
    words = [sys.executable, "-m", "homebody", "devices", "drill", "--home", str(home)]
    done = machines[0].run(*words, "--json", environment=homebody.environment)
    assert done.returncode == 3, done.stderr  # two were not reached
    found = json.loads(done.stdout)
    assert found["schema"] == "homebody.drill/1"
    rows = {row["device"]: row for row in found["rows"]}
    assert {id_: row["fate"] for id_, row in rows.items()} == {
        "near": "lives", "away": "dies", "cloud": "dies", "lock": "answers",
    }  # fmt: skip
    asked = rows["near"]["asked"]
    assert (asked["manner"], asked["status"], asked["put_back"]) == ("changed", "done", True)
    assert asked["wanted"] != asked["before"] and asked["after"] == asked["wanted"]
    assert rows["lock"]["spared"] == "guards" and rows["lock"]["asked"] is None
    assert "confined" in rows["cloud"]["detail"] and rows["away"]["reached_before"] is False
    cut = found["cut"]
    assert cut["kind"] == "packet_filter" and cut["refused_packets"] == 1  # the trial's: the gate was first
    assert cut["lan_packets"] >= 6  # a greeting, a reading, a command, its read-back, and putting back
    assert cut["refused_attempts"] >= 1
    simulated.send_signal(signal.SIGINT)
    told, _ = simulated.communicate(timeout=10)
    values = re.findall(r"is (\S+) now", told)
    assert len(values) == 2 and values[0] != values[1]  # changed, and put back
    kept = last(homebody.data)
    assert kept is not None and kept.to_json() == found


@needs_namespaces
@needs_nft
def test_a_drill_that_is_ended_puts_back_what_it_changed(
    homebody: Commands, home: Path, machines: tuple[Machine, Machine], simulated: subprocess.Popen[str]
) -> None:
    words = [sys.executable, "-m", "homebody", "devices", "drill", "--home", str(home), "--unplugged"]
    drill = machines[0].start(words, homebody.environment)
    assert simulated.stdout is not None
    told = next(line for line in iter(simulated.stdout.readline, "") if " now" in line)
    drill.send_signal(signal.SIGTERM)
    back = next(line for line in iter(simulated.stdout.readline, "") if " now" in line)
    assert back.split()[0] == told.split()[0] and back != told
    drill.communicate(timeout=20)
    assert drill.returncode == 130
    assert not machines[0].run("nft", "list", "tables").stdout
    assert last(homebody.data) is None


def test_the_built_in_home_is_drilled(homebody: Commands) -> None:
    done = homebody("devices", "drill")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 of them are simulated within Homebody" in done.stdout
    assert "were not cut off" in done.stdout and "NOT PUT BACK" not in done.stdout
    kept = last(homebody.data)
    assert kept is not None and len(kept.rows) == 60
    document = kept.to_json()
    jsonschema.validate(document, {**TypeAdapter(Drill).json_schema(), "required": ["schema"]})
    assert from_json(document) == kept
