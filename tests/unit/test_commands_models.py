"""``homebody models`` as a person calls it, on a store of its own. Nothing here reaches the network."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from homebody.commands import models
from homebody.commands.terminal import megabytes
from homebody.core.errors import SourceError
from homebody.core.gate import Gate, installed
from homebody.core.settings import Settings
from homebody.language.catalogue import find
from homebody.weights.progress import Progress

TRUSTED_ON_FIRST_USE = "minicpm4-0.5b"  # the catalogue has no hash of it: any file will do here
PINNED = "smollm2-135m"
HUB_MODEL = "qwen3-0.6b"  # a hub alone has it, no package
BEGINNING = bytes(range(256)) * 8192
MAIN = "from homebody.cli import main; main()"

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Folders of its own, and none of the settings of whoever runs the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HOMEBODY_", "YES"))}
    return kept | {"HOMEBODY_DATA_DIR": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.fixture
def homebody(environment: dict[str, str]) -> Command:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", MAIN, *arguments],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    file = tmp_path / "weights.gguf"
    file.write_bytes(b"GGUF and more\n" * 1000)
    return file


def test_list_shows_every_model_and_what_is_here(homebody: Command, weights: Path, tmp_path: Path) -> None:
    empty = homebody("models", "list")
    assert empty.returncode == 0, empty.stderr
    assert "qwen2.5-coder-1.5b" in empty.stdout and "whole" not in empty.stdout
    assert not (tmp_path / "data").exists()  # looking makes nothing

    assert homebody("models", "pull", TRUSTED_ON_FIRST_USE, "--from", str(weights)).returncode == 0
    row = next(
        line for line in homebody("models", "list").stdout.splitlines() if TRUSTED_ON_FIRST_USE in line
    )
    assert "whole" in row


def test_list_shows_how_much_of_a_model_has_arrived(homebody: Command, tmp_path: Path) -> None:
    part = tmp_path / "data" / "models" / "partial" / f"{PINNED}.part"
    part.parent.mkdir(parents=True)
    with part.open("wb") as file:
        file.truncate(find(PINNED).size // 2)
    row = next(line for line in homebody("models", "list").stdout.splitlines() if PINNED in line)
    assert "50% arrived" in row


def test_fit_gives_the_machine_and_its_reasons(homebody: Command) -> None:
    told = homebody("models", "fit")
    assert told.returncode == 0
    assert "This machine:" in told.stdout and "Qwen2.5-Coder 1.5B" in told.stdout


def test_pull_from_a_file_keeps_it_and_leaves_the_file(
    homebody: Command, weights: Path, tmp_path: Path
) -> None:
    told = homebody("models", "pull", TRUSTED_ON_FIRST_USE, "--from", str(weights))
    assert told.returncode == 0, told.stderr
    sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert (tmp_path / "data/models/blobs/sha256" / sha256).read_bytes() == weights.read_bytes()
    assert "is here already" in homebody("models", "pull", TRUSTED_ON_FIRST_USE).stdout


def test_pull_of_a_file_with_another_hash_says_so_and_loses_nothing(
    homebody: Command, weights: Path, tmp_path: Path
) -> None:
    part = tmp_path / "data/models/partial" / f"{PINNED}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"what had arrived")
    before = weights.read_bytes()
    told = homebody("models", "pull", PINNED, "--from", str(weights))
    assert told.returncode == 2
    assert str(find(PINNED).sha256) in told.stderr and hashlib.sha256(before).hexdigest() in told.stderr
    assert "refused" not in told.stderr  # a file was named: the network is not tried instead
    assert "Traceback" not in told.stderr
    assert weights.read_bytes() == before and part.read_bytes() == b"what had arrived"


def test_pull_from_a_file_that_is_not_there(homebody: Command, tmp_path: Path) -> None:
    told = homebody("models", "pull", PINNED, "--from", str(tmp_path / "nothing"))
    assert told.returncode == 2
    assert "No such file" in told.stderr and "Traceback" not in told.stderr


@pytest.mark.parametrize("command", ["pull", "remove"])
def test_an_unknown_model_is_named_with_those_that_there_are(homebody: Command, command: str) -> None:
    told = homebody("models", command, "gpt-9")
    assert told.returncode == 2
    assert "gpt-9" in told.stderr and PINNED in told.stderr


def test_verify_finds_a_changed_file_and_pull_mends_it(
    homebody: Command, weights: Path, tmp_path: Path
) -> None:
    assert "No model is here" in homebody("models", "verify").stdout
    homebody("models", "pull", TRUSTED_ON_FIRST_USE, "--from", str(weights))
    right = homebody("models", "verify")
    assert right.returncode == 0 and f"right  {TRUSTED_ON_FIRST_USE}" in right.stdout

    (blob,) = (tmp_path / "data/models/blobs/sha256").iterdir()
    blob.write_bytes(b"changed")
    wrong = homebody("models", "verify")
    assert wrong.returncode == 2 and f"WRONG  {TRUSTED_ON_FIRST_USE}" in wrong.stdout
    assert [file.read_bytes() for file in (tmp_path / "data/models/rejected").iterdir()] == [b"changed"]

    assert homebody("models", "pull", TRUSTED_ON_FIRST_USE, "--from", str(weights)).returncode == 0
    assert homebody("models", "verify").returncode == 0


def test_remove_deletes_and_says_when_there_was_nothing(
    homebody: Command, weights: Path, tmp_path: Path
) -> None:
    homebody("models", "pull", TRUSTED_ON_FIRST_USE, "--from", str(weights))
    assert "was deleted" in homebody("models", "remove", TRUSTED_ON_FIRST_USE).stdout
    assert list((tmp_path / "data/models/blobs/sha256").iterdir()) == []
    again = homebody("models", "remove", TRUSTED_ON_FIRST_USE)
    assert again.returncode == 0 and "was not here" in again.stdout


async def test_pull_takes_its_leave_back_also_when_it_fails(tmp_path: Path) -> None:
    """Hubs that are not there, on loopback, and no index: the purpose is allowed for that long only."""
    settings = Settings(
        data_dir=tmp_path, huggingface="http://127.0.0.1:9", modelscope="none", home_file=None
    )
    gate = Gate()
    with installed(gate), pytest.raises(SourceError, match="cannot be reached"):
        await models.pull(settings, "qwen3-4b", None)
    assert [each.purpose for each in gate.permissions()] == []


class _Stalling(BaseHTTPRequestHandler):
    """Sends the beginning of a model and then nothing more, until it is told to end."""

    enough = threading.Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(find(HUB_MODEL).size))
        self.end_headers()
        self.wfile.write(BEGINNING)
        self.wfile.flush()
        self.enough.wait(60)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def stalling_hub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stalling)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    _Stalling.enough.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_ctrl_c_keeps_what_arrived_and_the_next_pull_goes_on_there(
    environment: dict[str, str], homebody: Command, stalling_hub: str, tmp_path: Path
) -> None:
    environment |= {"HOMEBODY_HUGGINGFACE": stalling_hub, "HOMEBODY_MODELSCOPE": "none"}
    command = [sys.executable, "-c", MAIN, "models", "pull", HUB_MODEL]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert "licence Apache-2.0" in running.stdout.readline()
        assert stalling_hub in running.stdout.readline()  # something has arrived
        running.send_signal(signal.SIGINT)
        said, errors = running.communicate(timeout=180)
    assert running.returncode == 130
    assert "Traceback" not in errors
    arrived = (tmp_path / "data/models/partial" / f"{HUB_MODEL}.part").read_bytes()
    assert arrived and BEGINNING.startswith(arrived)
    assert f"{megabytes(len(arrived))} are kept" in said

    environment["HOMEBODY_HUGGINGFACE"] = "http://127.0.0.1:9"  # nobody is there
    again = homebody("models", "pull", HUB_MODEL)
    assert again.returncode == 2
    assert f"goes on after {megabytes(len(arrived))}" in again.stdout and "cannot be reached" in again.stderr


def test_progress_says_bytes_rate_time_left_and_source() -> None:
    now = Progress(model="m", source="a hub", done_bytes=250_000_000, total_bytes=1_000_000_000, rate=1e7)
    assert models.words(now) == "250 MB of 1,000 MB, 10 MB/s, 1 min 15 s left, from a hub"
    still = Progress(model="m", source="a hub", done_bytes=0, total_bytes=1_000_000_000, rate=2.0)
    assert models.words(still) == "0.0 MB of 1,000 MB, from a hub"
