"""python-miio as a peer: in an environment and processes of its own, since its licence is not ours.

Its client and its simulator are driven over pipes; nothing of it is imported into this process. The simulator
would listen on every address, so its ``bind`` is led to one of loopback.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REQUIREMENT = "python-miio==0.6.0.dev0"
TOKEN = bytes(16)
"""What its simulator is sealed with."""
_INSTALL_S = 300
_CLIENT = """
import json, sys, time
from miio import Device
device = Device(sys.argv[1], sys.argv[2])
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    calls = json.loads(line)
    started = time.perf_counter()
    try:
        answer = [device.send(method, params) for method, params in calls]
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps({"answer": answer, "ms": (time.perf_counter() - started) * 1000}), flush=True)
"""
_SIMULATOR = """
import socket, sys
file, model, host = sys.argv[1:]
bind = socket.socket.bind
socket.socket.bind = lambda self, where: bind(self, (host, where[1]))
from miio.cli import cli
cli(["devtools", "miot-simulator", "--file", file, "--model", model], standalone_mode=False)
"""


class PeerAbsentError(Exception):
    """It is not here and could not be installed."""


def python() -> Path:
    """The interpreter that has the peer; the first call installs it. Raises ``PeerAbsentError``."""
    folder = Path(sys.prefix) / "peers" / REQUIREMENT.replace("==", "-")
    interpreter = folder / "bin" / "python"
    if _has_peer(interpreter):
        return interpreter
    try:
        subprocess.run(
            [sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True, timeout=_INSTALL_S
        )
        subprocess.run(
            [str(interpreter), "-m", "pip", "install", "-q", "--pre", REQUIREMENT],
            check=True, capture_output=True, timeout=_INSTALL_S,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise PeerAbsentError(f"{REQUIREMENT} could not be installed: {error}") from error
    if not _has_peer(interpreter):
        raise PeerAbsentError(f"{REQUIREMENT} was installed and does not start")
    return interpreter


def _has_peer(interpreter: Path) -> bool:
    if not interpreter.exists():
        return False
    return (
        subprocess.run([str(interpreter), "-c", "import miio"], capture_output=True, check=False).returncode
        == 0
    )


class Client:
    """Its client for one device. ``call`` takes methods with their params, and gives answers and the ms of
    all of them; blocking."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def call(self, *calls: tuple[str, Any]) -> tuple[Any, float]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(calls) + "\n")
        self._process.stdin.flush()
        told = self.line()
        return told["answer"], told["ms"]

    def line(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@contextmanager
def client(host: str, token: bytes) -> Iterator[Client]:
    """Its client for the device at ``host``, on the usual port: it knows no other."""
    with _process(_CLIENT, host, token.hex()) as process:
        made = Client(process)
        made.line()
        yield made


@contextmanager
def simulator(spec: Path, model: str, host: str) -> Iterator[None]:
    """Its simulator for a description, at ``host`` and the usual port. It listens a moment later."""
    with _process(_SIMULATOR, str(spec), model, host):
        yield


@contextmanager
def _process(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [str(python()), "-c", script, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
