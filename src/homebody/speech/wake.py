"""The wake word: what every detector takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # numpy is of an extra
    from homebody.speech.audio import Samples


SMALL = ("okay nabu", "hey jarvis", "hey mycroft", "alexa")
"""English phrases that have a small model of their own, in a library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken:
    """The wake phrase was heard.

    ``phrase`` as it was asked for; ``end_s`` when it ended, in seconds from the beginning of the stream;
    ``delay_s`` how much later it was noticed; ``heard`` the words, where the detector has any.
    """

    phrase: str
    end_s: float
    delay_s: float = 0.0
    heard: str = ""


class WakeDetector(Protocol):
    """Listens for wake phrases in a stream. Keeps a state: one for each stream."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that it listens for."""

    def feed(self, samples: Samples) -> list[Woken]:
        """Take sound at the hearing rate, in pieces of any length; the phrases that ended in it."""

    def reset(self) -> None:
        """A new stream begins."""
