"""``homebody devices`` against simulated devices in processes of their own."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.loopback.test_cli import Commands

from homebody.home.file import load_home

TOKEN = "00112233445566778899aabbccddeeff"
HOME = """\
schema: homebody.home/1
name: mine  # with a remark
areas: [{id: den, name: den}]
devices:
    # my own
    - {id: old, kind: light, name: old lamp, area: den, traits: {on_off: {}}}
people: [{id: lan, name: Lan}]
"""


@pytest.fixture
def homebody(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


def simulate(homebody: Commands, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "homebody", "devices", "simulate", *arguments],
        env={**homebody.environment, "PYTHONUNBUFFERED": "1"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@pytest.fixture
def lamp(homebody: Commands) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A simulated lamp and its port."""
    process = simulate(homebody, "lamp", "--port", "0", "--token", TOKEN, "--did", "77")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"listens on 127\.0\.0\.1:(\d+), number 77", line)
        assert found, line
        yield process, int(found[1])
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        assert process.returncode == 0


def add(
    homebody: Commands, port: int, *arguments: str, token: str = TOKEN
) -> subprocess.CompletedProcess[str]:
    command = ["devices", "add", "miio", "127.0.0.1", "--port", str(port), *arguments]
    return subprocess.run(
        [sys.executable, "-m", "homebody", *command],
        env=homebody.environment, input=f"{token}\n", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_device_is_added_listed_and_commanded(
    homebody: Commands, lamp: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    process, port = lamp
    home = tmp_path / "home.yaml"
    home.write_text(HOME, encoding="utf-8")
    done = add(homebody, port, "--home", str(home), "--id", "desk", "--name", "台灯", "--area", "den")
    assert done.returncode == 0, done.stderr
    text = home.read_text(encoding="utf-8")
    assert "name: mine  # with a remark" in text and "    # my own\n    - {id: old" in text
    assert [device.id for device in load_home(home).devices] == ["desk", "old"]
    secrets = homebody.data / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert TOKEN in secrets.read_text(encoding="utf-8")
    assert TOKEN not in text + done.stdout + done.stderr

    listed = homebody("devices", "list", "--home", str(home))
    assert listed.returncode == 0 and "2 of 2 devices answer" in listed.stdout
    row = next(line for line in listed.stdout.splitlines() if "desk" in line)
    assert "miIO" in row and f"127.0.0.1:{port}" in row and " ms" in row and "on_off no" in row

    asked = homebody("ask", "打开台灯", "--home", str(home), "--no-model")
    assert asked.returncode == 0, asked.stderr + asked.stdout
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    assert next(line for line in lines if " is " in line and " now" in line) == "2.1 is True now\n"


def test_without_a_home_file_the_entry_is_printed(
    homebody: Commands, lamp: tuple[subprocess.Popen[str], int]
) -> None:
    done = add(homebody, lamp[1])
    assert done.returncode == 0, done.stderr
    printed = done.stdout.split("under devices:\n")[1]
    [entry] = yaml.safe_load(printed)
    assert entry["adapter"]["miio"]["did"] == "77" and entry["traits"]["on_off"] == {}


@pytest.mark.parametrize(
    ("token", "said"),
    [("f" * 32, "is the token right?"), ("123", "This is no token"), ("", "This is no token")],
)
def test_a_wrong_token_adds_nothing(
    homebody: Commands, lamp: tuple[subprocess.Popen[str], int], tmp_path: Path, token: str, said: str
) -> None:
    home = tmp_path / "home.yaml"
    home.write_text(HOME, encoding="utf-8")
    done = add(homebody, lamp[1], "--home", str(home), token=token)
    assert done.returncode == 2 and said in done.stderr
    assert home.read_text(encoding="utf-8") == HOME
    assert not (homebody.data / "secrets.json").exists()


def test_discover_meets_what_answers(homebody: Commands) -> None:
    process = simulate(homebody, "fan", "--host", "127.81.0.1", "--did", "4242")
    try:
        assert process.stdout is not None
        assert "listens on 127.81.0.1:54321" in process.stdout.readline()
        done = homebody("devices", "discover", "127.81.0.0/30")
        assert done.returncode == 0, done.stderr
        assert "4242" in done.stdout and "127.81.0.1" in done.stdout and "1 devices answered" in done.stdout
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


def test_discover_refuses_what_is_no_network(homebody: Commands) -> None:
    done = homebody("devices", "discover", "10.0.0.0/8")
    assert done.returncode == 2 and "10.0.0.0/8 has more than" in done.stderr


def test_simulate_refuses_what_is_no_description(homebody: Commands, tmp_path: Path) -> None:
    wrong = tmp_path / "spec.json"
    wrong.write_text("[]", encoding="utf-8")
    done = homebody("devices", "simulate", "--spec", str(wrong))
    assert done.returncode == 2 and "no MIoT description" in done.stderr
