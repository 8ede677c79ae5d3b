"""From speech to words: what every recogniser takes, gives, and says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:  # numpy is of an extra
    from homebody.speech.audio import Audio, Samples


Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What an engine can do.

    ``streaming``: it also gives ``Listening``. ``hotwords``: phrases are heard more easily when they are
    given. ``alternatives``: it gives more than one hypothesis. ``timestamps``: it says when each word was.
    ``detects_language``: it need not be told. ``longest_s``: the longest sound at once, None for any.
    """

    languages: tuple[Language, ...]
    streaming: bool = False
    hotwords: bool = False
    alternatives: bool = False
    timestamps: bool = False
    detects_language: bool = False
    longest_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known before listening.

    ``language``: the one that is spoken, None to find out. ``phrases``: words that are likely, such as the
    names of a home's rooms and things, in any language. ``alternatives``: how many hypotheses are wanted.
    An engine passes over what it has no use for.
    """

    language: Language | None = None
    phrases: tuple[str, ...] = ()
    alternatives: int = 1


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One reading. ``score`` is the mean natural logarithm of the probability of its tokens; 0 is certain.

    Scores of one recognition compare with each other, and not with those of another engine.
    """

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word or a character, with its time in seconds from the beginning of the sound."""

    text: str
    start_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What was heard.

    ``hypotheses`` come best first; there are none where nothing was said. ``language`` is what was spoken, by
    the engine or by the hint; ``language_share`` (0 to 1) how sure that is. ``no_speech`` (0 to 1) is how
    likely the sound holds no speech, 0 where the engine does not tell. Chinese is written in simplified
    characters. ``seconds`` is the length of the sound, ``ms`` what the recognition took.
    """

    hypotheses: tuple[Hypothesis, ...]
    language: Language
    seconds: float
    ms: float
    language_share: float = 1.0
    no_speech: float = 0.0
    words: tuple[Word, ...] = field(default=())

    @property
    def text(self) -> str:
        """The best reading; empty where nothing was said."""
        return self.hypotheses[0].text if self.hypotheses else ""


class Recogniser(Protocol):
    """Turns a stretch of speech into words. Used from one thread at a time; it blocks while it works."""

    @property
    def capabilities(self) -> Capabilities: ...

    def recognise(self, audio: Audio, hints: Hints = NO_HINTS, /) -> Recognition:
        """The words of ``audio``, of any rate. Raises EngineError where the engine fails."""


class Listening(Protocol):
    """One stream of a streaming recogniser."""

    def feed(self, samples: Samples) -> str:
        """Take sound at the hearing rate; the text so far, which may still change."""

    def finish(self) -> Recognition:
        """The stream is over: the final words."""


class StreamingRecogniser(Recogniser, Protocol):
    """Can also listen while somebody speaks; ``capabilities.streaming`` says so."""

    def listen(self, hints: Hints = NO_HINTS, /) -> Listening:
        """Begin a stream."""


def phrases_of(*groups: Sequence[str]) -> tuple[str, ...]:
    """Phrases of several lists, each once, in order: what ``Hints.phrases`` wants."""
    return tuple(dict.fromkeys(phrase.strip() for group in groups for phrase in group if phrase.strip()))
