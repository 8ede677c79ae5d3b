"""From words to speech: voices, spoken clauses, and what every synthesiser does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from homebody.speech.recognition import Language

if TYPE_CHECKING:  # numpy is of an extra
    from homebody.speech.audio import Audio


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice that can be chosen. It may read the other language too, with an accent."""

    id: str
    language: Language
    title: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """One clause as sound. ``text`` is what it says, as it was written; ``ms`` what making it took.

    The clauses of one text are gapless: played one after the other they are the whole.
    """

    text: str
    audio: Audio
    ms: float


class Synthesiser(Protocol):
    """Reads text aloud. Used from one thread at a time; each step of the iterator blocks for one clause."""

    @property
    def voices(self) -> tuple[Voice, ...]: ...

    @property
    def rate(self) -> int:
        """Samples a second of everything that it says."""

    def say(
        self, text: str | Iterable[str], *, voice: str | None = None, speed: float = 1.0
    ) -> Iterator[Spoken]:
        """Clause by clause, each as soon as it is made. Closing the iterator stops it.

        ``text`` may come in pieces, as a language model writes it: a clause is spoken when its end is seen.
        ``voice`` is the id of one, None for the one that suits the language of the text. ``speed`` is from
        0.5 to 2. Raises InputError for a voice that there is not, EngineError where the engine fails.
        """
