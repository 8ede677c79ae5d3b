"""``homebody robot``: a simulated dog in a process of its own, told over LCM from another one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.loopback.test_cli import Commands

pytest.importorskip("lcm")

EXAMPLE = Path(__file__).parents[2] / "examples/homes/with-a-dog.yaml"


@pytest.fixture
def home(tmp_path: Path, first_port: int) -> Path:
    file = tmp_path / "home.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    file.write_text(text.replace("{starts_at: dog_bed}", f"{{first_port: {first_port}}}"), encoding="utf-8")
    return file


@pytest.fixture
def homebody(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


@pytest.fixture
def dog(homebody: Commands, home: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "homebody", "robot", "sim", "--home", str(home)],
        env={**homebody.environment, "PYTHONUNBUFFERED": "1"},
        text=True,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert "on the wire" in process.stdout.readline()
    yield process
    process.terminate()
    assert process.wait(10) == 0
    process.stdout.close()


def test_a_skill_is_done_by_the_dog_of_another_process(
    homebody: Commands, home: Path, dog: subprocess.Popen[str]
) -> None:
    done = homebody("robot", "do", "walk", "metres=0.4", "--home", str(home), "--json")
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["schema"] == "homebody.skill/1" and outcome["status"] == "done"
    assert outcome["evidence"]["walked"] == pytest.approx(0.4, abs=0.2)
    told = homebody("robot", "do", "where", "--home", str(home))
    assert told.returncode == 0 and "living_room" in told.stdout


def test_what_is_not_there_or_not_possible_is_said(homebody: Commands, home: Path) -> None:
    silent = homebody("robot", "do", "stand", "--home", str(home))
    assert silent.returncode == 3 and "does not answer" in silent.stdout
    assert homebody("robot", "do", "fly", "--home", str(home)).returncode == 2
    assert homebody("robot", "do", "walk", "far=1", "--home", str(home)).returncode == 2
    assert homebody("robot", "do", "stand").returncode == 2  # the built-in home has no dog
    assert "shake_left" in homebody("robot", "skills").stdout
