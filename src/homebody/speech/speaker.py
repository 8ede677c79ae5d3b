"""Who speaks: a voice as a vector, people who were enrolled, and an honest "nobody that I know"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from homebody.core.errors import InputError
from homebody.speech.audio import Audio

Vector = NDArray[np.float32]
"""Of length one."""

SENTENCES = 3
"""So many sentences enrol a person."""


class VoicePrint(Protocol):
    """Turns speech into a vector: near for the same person, far for others."""

    @property
    def threshold(self) -> float:
        """The cosine from which on two vectors are taken to be of one person."""

    @property
    def shortest_s(self) -> float:
        """Speech shorter than this says too little."""

    def vector(self, audio: Audio) -> Vector:
        """Of any rate. Raises InputError for speech that is too short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """``person`` is None for a stranger; ``likeness`` is the cosine with the nearest enrolled person."""

    person: str | None
    likeness: float


class Roster:
    """People and their voices. A guess greets somebody by name; it never permits anything by itself."""

    def __init__(self, print_: VoicePrint, enrolled: Mapping[str, Sequence[float]] | None = None) -> None:
        """``enrolled`` as ``export`` gave it."""
        self._print = print_
        self._people = {who: np.asarray(vector, np.float32) for who, vector in (enrolled or {}).items()}

    def enrol(self, person: str, sentences: Sequence[Audio]) -> None:
        """Learn a voice from at least three sentences; what was known of the person is replaced.

        Raises InputError for fewer sentences, too short ones, or sentences that are not of one voice.
        """
        if len(sentences) < SENTENCES:
            raise InputError(f"A voice is learnt from {SENTENCES} sentences, and here are {len(sentences)}")
        vectors = np.stack([self._print.vector(sentence) for sentence in sentences])
        middle = _unit(vectors.mean(axis=0))
        if float((vectors @ middle).min()) < self._print.threshold:
            raise InputError(
                "These sentences do not sound like one person",
                hint="say them again in a quiet room, one person alone",
            )
        self._people[person] = middle

    def forget(self, person: str) -> None:
        self._people.pop(person, None)

    def guess(self, audio: Audio) -> Guess:
        """Who this is. Raises InputError for speech that is too short."""
        if not self._people:
            return Guess(person=None, likeness=0.0)
        vector = self._print.vector(audio)
        likeness = {who: float(vector @ known) for who, known in self._people.items()}
        nearest = max(likeness, key=likeness.__getitem__)
        known = likeness[nearest] >= self._print.threshold
        return Guess(person=nearest if known else None, likeness=likeness[nearest])

    def export(self) -> dict[str, list[float]]:
        """To be kept: person and vector."""
        return {who: vector.tolist() for who, vector in self._people.items()}


def _unit(vector: Vector) -> Vector:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)
