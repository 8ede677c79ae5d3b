"""From what the encoder heard to words: the likeliest readings, kept side by side as they grow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homebody.speech.recognition import Language
from homebody.speech.whisper.phrases import Phrases, State
from homebody.speech.whisper.vocabulary import TIME_S, Vocabulary

Array = NDArray[np.float32]

_OVER_S = 1.0  # so long before the end of the sound the last word may have ended
_LONG, _TIMES_LONG, _TIMES_SHORT = 5, 2, 4  # tokens that come again so often in a row are a circle
TRIED = 40
"""So many tokens are looked at behind each reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the encoder gives of one sound."""

    cross_k: Array
    cross_v: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is known before the first word: shares of the languages (of 1), and of no speech at all."""

    languages: dict[Language, float]
    no_speech: float
    past_k: Array
    past_v: Array

    @property
    def language(self) -> Language:
        """The likeliest."""
        return max(self.languages.items(), key=lambda share: share[1])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Tokens, the sum of their log probabilities, and what expected phrases add."""

    tokens: tuple[int, ...] = ()
    log: float = 0.0
    bonus: float = 0.0
    state: State = State()  # noqa: RUF009 - a value

    @property
    def mean(self) -> float:
        """By which readings of different lengths compare; the end counts as a token."""
        return (self.log + self.bonus) / (len(self.tokens) + 1)


class Decoder:
    """The ONNX decoder."""

    def __init__(self, session: Any, vocabulary: Vocabulary, *, layers: int, heads: int, width: int) -> None:
        self._session = session
        self._vocabulary = vocabulary
        self._nothing = np.zeros((layers, 1, heads, 0, width), np.float32)

    def begin(self, heard: Heard) -> Beginning:
        """One step: which language, and whether there is speech."""
        special = self._vocabulary.special
        logits, past_k, past_v = self._step(
            np.array([[special.start]], np.int64), self._nothing, self._nothing, heard
        )
        everything = _log_softmax(logits)[0]
        names = list(special.languages)
        shares = np.exp(_log_softmax(logits[:, [special.languages[name] for name in names]])[0])
        return Beginning(
            languages=dict(zip(names, shares.tolist(), strict=True)),
            no_speech=float(np.exp(everything[special.no_speech])),
            past_k=past_k,
            past_v=past_v,
        )

    def readings(
        self,
        heard: Heard,
        beginning: Beginning,
        language: Language,
        phrases: Phrases,
        *,
        seconds: float,
        beams: int,
        longest: int,
    ) -> list[Reading]:
        """The best readings of at most ``longest`` tokens, best first; there may be fewer than ``beams``.

        ``seconds`` is where the sound ends and the silence behind it begins.
        """
        special = self._vocabulary.special
        prompt = [special.languages[language], special.transcribe, special.times]
        logits, past_k, past_v = self._step(
            np.array([prompt], np.int64), beginning.past_k, beginning.past_v, heard
        )
        alive, done = [Reading()], list[Reading]()
        for _ in range(longest):
            chosen = self._best(alive, self._speakable(_log_softmax(logits), seconds), phrases, beams)
            done += [reading for _, reading, token in chosen if token == special.end]
            going = []
            for row, reading, token in chosen:
                if token == special.end:
                    continue
                if (once := _said_once(reading.tokens)) is not None:
                    done.append(replace(reading, tokens=once))
                else:
                    going.append((row, reading))
            going = going[:beams]
            if not going or self._settled(going, done, beams):
                break
            alive = [reading for _, reading in going]
            rows = [row for row, _ in going]
            tokens = np.array([[reading.tokens[-1]] for reading in alive], np.int64)
            logits, past_k, past_v = self._step(tokens, past_k[:, rows], past_v[:, rows], heard)
        else:
            done += alive  # no end in sight: what there is
        return sorted(done, key=lambda reading: -reading.mean)[:beams]

    def _settled(self, going: list[tuple[int, Reading]], done: list[Reading], beams: int) -> bool:
        """Enough have ended, and none that goes on is likelier than the best of them."""
        if len(done) < beams:
            return False
        return max(reading.mean for _, reading in going) < max(reading.mean for reading in done)

    def _best(
        self, alive: list[Reading], logs: Array, phrases: Phrases, beams: int
    ) -> list[tuple[int, Reading, int]]:
        """The likeliest continuations of all readings: row it came from, reading, token."""
        found: list[tuple[float, int, Reading, int]] = []
        for row, reading in enumerate(alive):
            tried = min(TRIED if phrases else 2 * beams, logs.shape[1])
            for token in np.argpartition(logs[row], -tried)[-tried:].tolist():
                if logs[row, token] == -np.inf:  # there are no more than so many
                    continue
                longer = self._longer(reading, token, float(logs[row, token]), phrases)
                found.append((longer.log + longer.bonus, row, longer, token))
        found.sort(key=lambda each: -each[0])
        return [(row, reading, token) for _, row, reading, token in found[: 2 * beams]]

    def _longer(self, reading: Reading, token: int, log: float, phrases: Phrases) -> Reading:
        if token == self._vocabulary.special.end:
            return Reading(
                tokens=reading.tokens,
                log=reading.log + log,
                bonus=reading.bonus + phrases.at_end(reading.state),
                state=reading.state,
            )
        state, gain = phrases.after(reading.state, self._vocabulary.lowered[token])
        return Reading(
            tokens=(*reading.tokens, token), log=reading.log + log, bonus=reading.bonus + gain, state=state
        )

    def _speakable(self, logs: Array, seconds: float) -> Array:
        """Without the tokens that only steer, but for the end.

        The model is made to tell times, because it then knows when all was said: a time near the end of the
        sound is an end. Without that, and with little silence behind the words, it says them again.
        """
        special = self._vocabulary.special
        over = special.times + max(1, round((seconds - _OVER_S) / TIME_S))
        ends = np.concatenate([logs[:, special.end, np.newaxis], logs[:, over:]], axis=1)
        logs[:, special.end] = np.logaddexp.reduce(ends, axis=1)
        logs[:, special.end + 1 :] = -np.inf
        return logs

    def _step(
        self, tokens: NDArray[np.int64], past_k: Array, past_v: Array, heard: Heard
    ) -> tuple[Array, ...]:
        feed = {"tokens": tokens, "past_k": past_k, "past_v": past_v, "cross_k": heard.cross_k,
                "cross_v": heard.cross_v}  # fmt: skip
        return tuple(self._session.run(None, feed))


def _said_once(tokens: tuple[int, ...]) -> tuple[int, ...] | None:
    """Without what is said again at the end, where the model has begun to go round in circles."""
    for length in range(1, len(tokens) // 2 + 1):
        again = _TIMES_LONG if length >= _LONG else _TIMES_SHORT
        if len(tokens) < length * again:
            break
        block = tokens[-length:]
        if all(tokens[-length * (n + 1) : -length * n] == block for n in range(1, again)):
            return tokens[: -length * (again - 1)]
    return None


def _log_softmax(logits: Array) -> Array:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)
