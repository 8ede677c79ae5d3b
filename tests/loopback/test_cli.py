"""The command line as a person uses it: in processes of its own, with good input and bad."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CONTROL = "打开客厅灯\x07\x1b[31m"


class Commands:
    """``homebody`` with a data folder and a settings folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HOMEBODY_")},
            "HOMEBODY_DATA_DIR": str(self.data),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "PYTHONWARNINGS": "default",
        }

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "homebody", *arguments],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "homebody", "run", "--no-model", *arguments],
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def door(self, process: subprocess.Popen[str], at_most_s: float = 30.0) -> dict[str, str]:
        """The address and the token, as soon as the doors are open."""
        ends = time.monotonic() + at_most_s
        path = self.data / "door.json"
        while time.monotonic() < ends:
            assert process.poll() is None, process.stdout and process.stdout.read()
            if path.exists():
                return dict(json.loads(path.read_text()))
            time.sleep(0.02)
        raise AssertionError("the doors did not open")


@pytest.fixture
def homebody(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


@pytest.fixture
def running(homebody: Commands) -> Iterator[subprocess.Popen[str]]:
    process = homebody.start("--port", "0")
    try:
        homebody.door(process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("打开客厅灯", 0),
        ("which lights are on", 0),
        ("把客厅空调调到50度", 3),
        ("打开火星上的灯", 3),
        ("unlock the front door", 3),
        ("asdf qwer zxcv", 4),
        ("🦊🦊🦊", 4),
        ("включи свет в гостиной", 4),
        ("", 2),
        ("   \n", 2),
        ("开" * 20_000, 2),
    ],
    ids=lambda value: str(value)[:12],
)
def test_ask_says_by_its_exit_code_what_became_of_it(homebody: Commands, text: str, code: int) -> None:
    done = homebody("ask", text, "--no-model")
    assert done.returncode == code, done.stdout + done.stderr
    assert (done.stderr if code == 2 else done.stdout).strip()


def test_ask_json_is_the_turn_with_its_proof(homebody: Commands) -> None:
    turn = json.loads(homebody("ask", "打开客厅灯", "--json", "--no-model").stdout)
    assert turn["schema"] == "homebody.turn/1"
    (result,) = turn["results"]
    assert result["outcome"]["status"] == "done"
    assert result["outcome"]["after"] is True
    assert result["outcome"]["evidence"] in ("read_back", "pushed")
    assert turn["receipt"]["bytes_out"] == 0


def test_a_lying_device_is_not_said_to_be_done(homebody: Commands, tmp_path: Path) -> None:
    home = tmp_path / "home.yaml"
    home.write_text(
        "schema: homebody.home/1\nname: 家\ndevices:\n"
        "  - {id: lamp, kind: light, name: 台灯, traits: {on_off: {}}, behaviour: {lie: true}}\n"
    )
    done = homebody("ask", "打开台灯", "--json", "--home", str(home))
    assert done.returncode == 3
    turn = json.loads(done.stdout)
    assert turn["status"] == "not_done"
    assert turn["results"][0]["outcome"]["status"] == "unverified"
    assert "打开了" not in turn["reply"]


def test_yes_is_said_for_what_would_be_asked(homebody: Commands) -> None:
    done = homebody("ask", "unlock the front door", "--yes", "--json", "--no-model")
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["outcome"]["after"] is False


def test_plan_reads_lines_and_does_nothing(homebody: Commands) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "homebody", "plan", "--no-model"],
        env=homebody.environment,
        input="打开客厅灯\n\nis the front door locked\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    plans = [json.loads(line) for line in done.stdout.splitlines()]
    assert [plan["schema"] for plan in plans] == ["homebody.plan/1"] * 2
    assert plans[0]["steps"][0]["device"] == "living_room.light"
    assert plans[1]["steps"][0]["do"] == "query"


def test_plan_schema_is_a_schema(homebody: Commands) -> None:
    assert "properties" in json.loads(homebody("plan", "--schema").stdout)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: homebody.home/1\nname: x\nlamps: []\n", "lamps"),
        ("schema: homebody.home/9\n", "homebody.home/1"),
        ("- just\n- a list\n", "home.yaml"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "home.yaml"),
    ],
)
def test_a_wrong_home_file_is_told(homebody: Commands, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "home.yaml"
    file.write_text(text)
    for command in ("ask", "plan"):
        done = homebody(command, "打开灯", "--home", str(file))
        assert done.returncode == 2
        assert said in done.stderr


def test_a_missing_home_file_and_a_wrong_setting(homebody: Commands) -> None:
    assert "nowhere.yaml" in homebody("ask", "hi", "--home", "nowhere.yaml").stderr
    wrong = homebody("ask", "hi", HOMEBODY_PORT="many")
    assert wrong.returncode == 2
    assert "HOMEBODY_PORT" in wrong.stderr


def test_a_data_folder_that_cannot_be_written(homebody: Commands, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = homebody("run", "--no-model", HOMEBODY_DATA_DIR=str(tmp_path / "file" / "data"))
    assert done.returncode == 2
    assert "HOMEBODY_DATA_DIR" in done.stderr


def test_a_port_in_use(homebody: Commands) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = homebody("run", "--no-model", "--port", str(port))
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "--port" in done.stderr


def test_ask_goes_to_the_homebody_that_runs(homebody: Commands, running: subprocess.Popen[str]) -> None:
    assert homebody("ask", "打开客厅灯").returncode == 0
    again = homebody("ask", "打开客厅灯")
    assert "本来就" in again.stdout  # the same home, which is lit already
    asked = homebody("ask", "unlock the front door")
    assert asked.returncode == 3
    assert homebody("ask", "yes").returncode == 0  # the same conversation
    assert homebody("ask", CONTROL).returncode in (0, 4)
    assert homebody("ask", "开" * 20_000).returncode != 0


def test_a_second_one_is_refused_and_the_first_goes_on(
    homebody: Commands, running: subprocess.Popen[str]
) -> None:
    second = homebody("run", "--no-model", "--port", "0")
    assert second.returncode == 2
    assert str(running.pid) in second.stderr
    assert homebody("ask", "现在几点").returncode == 0


def test_it_ends_cleanly(homebody: Commands) -> None:
    process = homebody.start("--port", "0")
    homebody.door(process)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 0, output
    assert "Traceback" not in output
    assert not (homebody.data / "door.json").exists()


def test_killed_it_leaves_nothing_that_stops_the_next(homebody: Commands) -> None:
    first = homebody.start("--port", "0")
    homebody.door(first)
    homebody("ask", "打开客厅灯")
    first.kill()
    first.communicate(timeout=20)
    assert homebody("ask", "打开客厅灯", "--no-model").returncode == 0  # by a home of its own now
    second = homebody.start("--port", "0")
    try:
        (homebody.data / "door.json").unlink(missing_ok=True)
        homebody.door(second)
    finally:
        second.send_signal(signal.SIGTERM)
        second.communicate(timeout=20)
