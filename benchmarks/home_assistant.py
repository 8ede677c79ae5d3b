"""Home Assistant as a peer: a real one, in an environment and a process of its own, with its demo devices.

It is installed once, beside this environment, which takes some minutes. Set up without a browser: the first
user, and a long-lived token for Homebody. It listens on loopback only; where one of its requirements is
missing, it would start in a recovery mode that listens on every address, which is noticed and ended.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

REQUIREMENT = "homeassistant==2024.3.3"
HOST = "127.0.0.1"
_INSTALL_S = 900
_START_S = 90
_COMPONENTS = (
    "http", "api", "websocket_api", "auth", "onboarding", "config", "demo", "frontend", "file_upload",
    "backup", "recorder", "camera", "stream", "ffmpeg", "tts", "stt", "assist_pipeline", "media_source",
)  # fmt: skip
_CONFIGURATION = """\
http:
  server_host: {host}
  server_port: {port}
api:
websocket_api:
auth:
onboarding:
config:
demo:
"""
_READY = "homebody-ready"
"""A file in the peer's environment: its installation came to its end."""
_REQUIREMENTS = """
import json, pathlib, sys
import homeassistant.components
root = pathlib.Path(homeassistant.components.__file__).parent
waiting, seen, wanted = sys.argv[1:], set(), set()
while waiting:
    if (name := waiting.pop()) not in seen and (root / name / "manifest.json").exists():
        seen.add(name)
        manifest = json.loads((root / name / "manifest.json").read_text())
        wanted.update(manifest.get("requirements", []))
        waiting += manifest.get("dependencies", [])
print(json.dumps([sorted(wanted), str(root.parent / "package_constraints.txt")]))
"""


class PeerAbsentError(Exception):
    """It is not here and could not be installed."""


def python() -> Path:
    """The interpreter that has the peer; the first call installs it. Raises ``PeerAbsentError``."""
    folder = Path(sys.prefix) / "peers" / REQUIREMENT.replace("==", "-")
    interpreter = folder / "bin" / "python"
    if (folder / _READY).exists():
        return interpreter
    pip = [str(interpreter), "-m", "pip", "install", "-q"]
    try:
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([*pip, REQUIREMENT])
        wanted, constraints = json.loads(_run([str(interpreter), "-c", _REQUIREMENTS, *_COMPONENTS]))
        _run([*pip, *wanted, "josepy<2", "-c", constraints])
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise PeerAbsentError(f"{REQUIREMENT} could not be installed: {error}") from error
    (folder / _READY).touch()
    return interpreter


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_INSTALL_S)
    return done.stdout


@dataclass
class HomeAssistant:
    """``token`` is a long-lived one, there after `set_up`; ``port`` stays the same when it starts again."""

    folder: Path
    port: int = 0
    token: str = ""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Returns when it answers on its port. Raises ``RuntimeError``."""
        if not self.port:
            with socket.socket() as free:
                free.bind((HOST, 0))
                self.port = free.getsockname()[1]
        configuration = _CONFIGURATION.format(host=HOST, port=self.port)
        (self.folder / "configuration.yaml").write_text(configuration, encoding="utf-8")
        log = self.folder / "peer.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [str(python()), "-m", "homeassistant", "-c", str(self.folder), "--skip-pip"],
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        ends = time.monotonic() + _START_S
        while not self._answers():
            told = log.read_text(encoding="utf-8", errors="replace")
            if "recovery mode" in told or self._process.poll() is not None or time.monotonic() > ends:
                self.stop()
                raise RuntimeError(f"Home Assistant did not start:\n{told[-4000:]}")
            time.sleep(0.1)  # there is nothing to wait for but that it answers

    def stop(self) -> None:
        """As its own restart does: with a word to everybody."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def kill(self) -> None:
        """At once, without a word to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def set_up(self) -> None:
        """Its first user, and a token for us."""
        client = f"{self.url}/"
        owner = {"client_id": client, "name": "Owner", "username": "owner", "password": "a-long-password",
                 "language": "en"}  # fmt: skip
        code = self._post("/api/onboarding/users", json.dumps(owner).encode())["auth_code"]
        form = {"grant_type": "authorization_code", "code": code, "client_id": client}
        access = self._post("/auth/token", urllib.parse.urlencode(form).encode(), form=True)["access_token"]
        wish = {"type": "auth/long_lived_access_token", "client_name": "Homebody", "lifespan": 365}
        [self.token] = asyncio.run(self.ask(wish, token=access))

    async def ask(self, *wishes: dict[str, Any], token: str = "") -> list[Any]:
        """What it answers to messages over a WebSocket of our own. Raises ``RuntimeError``."""
        async with connect(f"ws://{HOST}:{self.port}/api/websocket", max_size=None, proxy=None) as socket_:
            await socket_.recv()
            await socket_.send(json.dumps({"type": "auth", "access_token": token or self.token}))
            if (said := json.loads(await socket_.recv()))["type"] != "auth_ok":
                raise RuntimeError(f"it does not take the token: {said}")
            answers = []
            for number, wish in enumerate(wishes, 1):
                await socket_.send(json.dumps({"id": number, **wish}))
                answer = json.loads(await socket_.recv())
                if not answer["success"]:
                    raise RuntimeError(f"{wish}: {answer}")
                answers.append(answer["result"])
            return answers

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/manifest.json", timeout=1) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def _post(self, path: str, body: bytes, *, form: bool = False) -> Any:
        headers = {"Content-Type": "application/x-www-form-urlencoded" if form else "application/json"}
        request = urllib.request.Request(f"{self.url}{path}", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())


@contextmanager
def running(folder: Path) -> Iterator[HomeAssistant]:
    """A Home Assistant that is set up, for the length of the block. Raises ``PeerAbsentError``."""
    python()
    peer = HomeAssistant(folder)
    try:
        peer.start()
        peer.set_up()
        yield peer
    finally:
        peer.stop()
