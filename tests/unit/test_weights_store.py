"""The model store against a real HTTP server on loopback, which misbehaves on demand."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from homebody.core.errors import (
    CancelledError,
    DiskFullError,
    IncompleteError,
    NetworkRefusedError,
    SourceError,
    StoreError,
    WrongHashError,
)
from homebody.language.catalogue import ModelFile, Role
from homebody.weights.files import HubFile
from homebody.weights.hub import HubSource
from homebody.weights.progress import Progress
from homebody.weights.sources import PURPOSE
from homebody.weights.store import Store, default_sources

CONTENT = random.Random(1).randbytes(3_000_000)
ADDRESS = "/owner/model/resolve/main/model.gguf"


def model(*, sha256: str | None = hashlib.sha256(CONTENT).hexdigest(), size: int = len(CONTENT)) -> ModelFile:
    return ModelFile(
        id="tiny",
        title="Tiny",
        file="model.gguf",
        sha256=sha256,
        size=size,
        licence="Apache-2.0",
        parameters=1,
        context=1,
        languages=("en",),
        memory_mb=1,
        machine_mb=1,
        role=Role.TEST,
        hub=HubFile(repo="owner/model", file="model.gguf", modelscope="owner/model"),
    )


class Hub(ThreadingHTTPServer):
    """Serves ``content``; hangs up ``break_after`` bytes of an answer, is silent from ``stall_at`` on."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = CONTENT
        self.etag = '"one"'
        self.ranges = True
        self.break_after: list[int] = []  # one for each answer to come
        self.stall_at: int | None = None
        self.pause_s = 0.0
        self.release = threading.Event()
        self.requests: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        hub = self.server
        wanted = self.headers.get("Range")
        hub.requests.append((self.path, wanted))
        if self.path == "/busy" + ADDRESS:
            self.send_error(503)
            return
        if not self.path.endswith("model.gguf") or "/missing/" in self.path:
            self.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and hub.ranges else 0
        if self.headers.get("If-Range", hub.etag) != hub.etag:
            start = 0
        if start and start >= len(hub.content):
            self.send_error(416)
            return
        body = hub.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", hub.etag)
        self.end_headers()
        stop = hub.break_after.pop(0) if hub.break_after else len(body)
        with contextlib.suppress(OSError):  # the other side may have gone
            for offset in range(0, len(body), 100_000):
                if hub.stall_at is not None and start + offset >= hub.stall_at:
                    hub.release.wait(20)
                    return
                piece = body[offset : min(offset + 100_000, stop)]
                self.wfile.write(piece)
                if offset + 100_000 >= stop:
                    return
                time.sleep(hub.pause_s)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def source(hub: Hub, **options: float) -> HubSource:
    return HubSource(hub.url, pause_s=0.01, **options)  # type: ignore[arg-type]


def store(tmp_path: Path, *sources: HubSource) -> Store:
    return Store(tmp_path / "models", sources=sources)


def kept_part(tmp_path: Path) -> bytes:
    return (tmp_path / "models/partial/tiny.part").read_bytes()


async def test_a_file_arrives_is_checked_and_stays(tmp_path: Path, hub: Hub) -> None:
    seen: list[Progress] = []
    here = store(tmp_path, source(hub))
    assert here.path(model()) is None

    path = await here.pull(model(), on_progress=seen.append)

    assert path.read_bytes() == CONTENT
    assert here.path(model()) == await here.verify(model()) == path
    assert [progress.done_bytes for progress in seen] == sorted(progress.done_bytes for progress in seen)
    assert (seen[-1].done_bytes, seen[-1].total_bytes) == (len(CONTENT), len(CONTENT))
    assert [kept.file for kept in here.list()] == ["tiny"]
    assert not list((tmp_path / "models/partial").iterdir())
    await here.pull(model())
    assert len(hub.requests) == 1


async def test_a_transfer_that_breaks_off_goes_on_at_the_byte(tmp_path: Path, hub: Hub) -> None:
    hub.break_after = [1_200_000, 700_000]
    path = await store(tmp_path, source(hub)).pull(model())
    assert path.read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.requests] == [None, "bytes=1200000-", "bytes=1900000-"]


async def test_half_a_file_is_kept_and_resumed_by_the_next_pull(tmp_path: Path, hub: Hub) -> None:
    hub.break_after = [1_200_000, 0, 0]
    here = store(tmp_path, source(hub, attempts=2))
    with pytest.raises(IncompleteError, match="1,200,000 of 3,000,000"):
        await here.pull(model())
    assert kept_part(tmp_path) == CONTENT[:1_200_000]
    assert (await here.pull(model())).read_bytes() == CONTENT
    assert hub.requests[-1][1] == "bytes=1200000-"


async def test_a_server_without_ranges_starts_again(tmp_path: Path, hub: Hub) -> None:
    hub.ranges = False
    hub.break_after = [1_200_000]
    assert (await store(tmp_path, source(hub)).pull(model())).read_bytes() == CONTENT


async def test_a_silent_server_is_left(tmp_path: Path, hub: Hub) -> None:
    hub.stall_at = 500_000
    began = time.monotonic()
    with pytest.raises(IncompleteError):
        await store(tmp_path, source(hub, read_s=0.2, attempts=1)).pull(model())
    assert time.monotonic() - began < 10
    assert kept_part(tmp_path) == CONTENT[:500_000]


async def test_a_wrong_file_is_moved_aside_and_the_next_source_asked(tmp_path: Path, hub: Hub) -> None:
    hub.content = bytes(len(CONTENT))
    with pytest.raises(WrongHashError) as caught:
        await store(tmp_path, source(hub)).pull(model())
    assert hashlib.sha256(CONTENT).hexdigest() in str(caught.value)
    assert hashlib.sha256(hub.content).hexdigest() in str(caught.value)
    assert [file.read_bytes() for file in (tmp_path / "models/rejected").iterdir()] == [hub.content]
    assert store(tmp_path).path(model()) is None

    local = tmp_path / "mine.gguf"
    local.write_bytes(CONTENT)
    here = Store(tmp_path / "models", sources=[source(hub)])
    assert (await here.pull(model(), local=local)).read_bytes() == CONTENT


async def test_a_local_file_is_copied_and_a_wrong_one_left_alone(tmp_path: Path, hub: Hub) -> None:
    local = tmp_path / "mine.gguf"
    local.write_bytes(b"something else")
    path = await store(tmp_path, source(hub)).pull(model(), local=local)
    assert path.read_bytes() == CONTENT
    assert local.read_bytes() == b"something else"

    local.write_bytes(CONTENT)
    other = Store(tmp_path / "other", sources=[])
    assert (await other.pull(model(), local=local)).read_bytes() == local.read_bytes() == CONTENT


async def test_without_a_network_every_source_says_why(tmp_path: Path, hub: Hub) -> None:
    here = store(
        tmp_path,
        HubSource("http://127.0.0.1:9"),  # the discard port: nobody listens
        HubSource("http://no-such-host.invalid"),
        HubSource(hub.url + "/missing"),
    )
    began = time.monotonic()
    with pytest.raises(SourceError) as caught:
        await here.pull(model())
    assert time.monotonic() - began < 6
    assert str(caught.value).count("cannot be reached") == 2
    assert "answered 404" in str(caught.value)
    assert "mirror" in caught.value.hint


async def test_a_busy_server_is_tried_again_and_then_left(tmp_path: Path, hub: Hub) -> None:
    busy = HubSource(hub.url + "/busy", pause_s=0.01, attempts=3)
    with pytest.raises(IncompleteError, match="503"):
        await store(tmp_path, busy).pull(model())
    assert len(hub.requests) == 3


async def test_cancelling_keeps_what_arrived(tmp_path: Path, hub: Hub) -> None:
    hub.pause_s = 0.02
    cancel = asyncio.Event()
    here = store(tmp_path, source(hub))
    with pytest.raises(CancelledError):
        await here.pull(model(), on_progress=lambda progress: cancel.set(), cancel=cancel)
    arrived = kept_part(tmp_path)
    assert arrived and CONTENT.startswith(arrived)
    assert (await here.pull(model(), cancel=asyncio.Event())).read_bytes() == CONTENT


async def test_too_small_a_disk_is_said_before_anything_is_fetched(tmp_path: Path, hub: Hub) -> None:
    with pytest.raises(DiskFullError, match="MB are free"):
        await store(tmp_path, source(hub)).pull(model(size=10**15))
    assert hub.requests == []


async def test_a_disk_that_fills_up_keeps_what_fitted(tmp_path: Path, hub: Hub) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, hard))  # the system refuses to write more
    try:
        with pytest.raises(DiskFullError):
            await store(tmp_path, source(hub)).pull(model())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept_part(tmp_path) == CONTENT[:1_500_000]
    assert (await store(tmp_path, source(hub)).pull(model())).read_bytes() == CONTENT


async def test_damage_is_found_and_removed(tmp_path: Path, hub: Hub) -> None:
    here = store(tmp_path, source(hub))
    path = await here.pull(model())
    path.write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(WrongHashError):
        await here.verify(model())
    assert here.path(model()) is None
    with pytest.raises(IncompleteError, match="not here"):
        await here.verify(model())
    await here.pull(model())
    assert here.remove(model()) and not here.remove(model())


async def test_an_unpinned_hash_is_trusted_once_and_then_held_to(tmp_path: Path, hub: Hub) -> None:
    here = store(tmp_path, source(hub))
    free = model(sha256=None)
    await here.pull(free)
    here.remove(free)
    hub.content, hub.etag = CONTENT[::-1], '"two"'
    with pytest.raises(WrongHashError):
        await here.pull(free)
    here.remove(free, forget=True)
    assert (await here.pull(free)).read_bytes() == CONTENT[::-1]


async def test_two_versions_of_an_unpinned_file_are_never_mixed(tmp_path: Path, hub: Hub) -> None:
    hub.break_after = [1_200_000, 0]
    here = store(tmp_path, source(hub, attempts=1))
    with pytest.raises(IncompleteError):
        await here.pull(model(sha256=None))
    hub.content, hub.etag = CONTENT[::-1], '"two"'
    hub.break_after = []
    assert (await here.pull(model(sha256=None))).read_bytes() == CONTENT[::-1]


async def test_two_processes_pull_once(tmp_path: Path, hub: Hub) -> None:
    hub.pause_s = 0.02
    script = (
        "import asyncio, sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path\n"
        "import test_weights_store as t\n"
        "here = t.Store(Path(sys.argv[1]), sources=[t.HubSource(sys.argv[2])])\n"
        "print(asyncio.run(here.pull(t.model())))"
    )
    arguments = (script, str(tmp_path / "models"), hub.url, str(Path(__file__).parent))
    children = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    for child in children:
        output, errors = await asyncio.wait_for(child.communicate(), 60)
        assert child.returncode == 0, errors.decode()
        assert output.decode().strip() == str(store(tmp_path).path(model()))
    assert len(hub.requests) == 1


class Ledger:
    """A gate that writes down, or refuses what it is asked."""

    def __init__(self, *, refuse: bool = False) -> None:
        self.refuse = refuse
        self.asked: list[tuple[str, str]] = []
        self.records: list[tuple[str, str, int]] = []

    def using(self, purpose: str) -> AbstractContextManager[None]:
        return contextlib.nullcontext()

    def require(self, purpose: str, host: str) -> None:
        self.asked.append((purpose, host))
        if self.refuse:
            raise NetworkRefusedError(f"{purpose} may not reach {host}", hint="a person can allow it")

    def record(self, purpose: str, peer: str, *, bytes_in: int, bytes_out: int) -> None:
        self.records.append((purpose, peer, bytes_in))


async def test_the_ledger_has_every_byte(tmp_path: Path, hub: Hub) -> None:
    ledger = Ledger()
    hub.break_after = [1_000_000]
    await store(tmp_path, HubSource(hub.url, gate=ledger, pause_s=0.01)).pull(model())
    assert ledger.records == [(PURPOSE, "127.0.0.1", 1_000_000), (PURPOSE, "127.0.0.1", 2_000_000)]


async def test_a_connection_that_the_gate_refuses_is_said_as_such(tmp_path: Path) -> None:
    # As the gate does it: an audit hook that raises. Hooks stay for good, hence the child.
    script = (
        "import asyncio, sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path\n"
        "import test_weights_store as t\n"
        "def hook(event, arguments):\n"
        "    if event == 'socket.connect' and arguments[1][0] == '192.0.2.1':\n"
        "        raise t.NetworkRefusedError('the gate said no', hint='allow it')\n"
        "sys.addaudithook(hook)\n"
        "here = t.Store(Path(sys.argv[1]), sources=[t.HubSource('http://192.0.2.1')])\n"
        "try: asyncio.run(here.pull(t.model()))\n"
        "except t.NetworkRefusedError as error: print(error, error.hint)"
    )
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, str(tmp_path), str(Path(__file__).parent)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(child.communicate(), 30)
    assert "the gate said no allow it" in output.decode(), errors.decode()


async def test_a_broken_index_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text("{")
    with pytest.raises(StoreError, match=r"index\.json") as caught:
        Store(tmp_path).list()
    assert "delete" in caught.value.hint


def test_the_hubs_and_their_mirrors(hub: Hub) -> None:
    names = [one.name for one in default_sources(huggingface="http://mirror/")]
    assert names == [
        "Hugging Face (http://mirror)",
        "ModelScope (https://modelscope.cn)",
        "package parts (pip)",
        "package parts (npm)",
        "its publisher's address",
    ]
    assert [one.name for one in default_sources(huggingface="", modelscope="")] == names[2:]
    assert HubSource("http://h").address(model()) == "http://h" + ADDRESS
    scope = HubSource("http://h", modelscope=True)
    assert scope.address(model()) == "http://h/models/owner/model/resolve/master/model.gguf"
