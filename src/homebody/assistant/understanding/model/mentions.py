"""What of a home a sentence speaks of, without asking what it says of it.

The model is shown what is near these mentions (`retrieval`), and what it proposes must be borne out by them
(`support`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from homebody.assistant.understanding.clauses.lattice import tokenise
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.normalise import Normalised, fold
from homebody.assistant.understanding.words.numbers import Number
from homebody.assistant.understanding.words.token import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Ids of what is named: ``devices`` by a name of theirs, ``of_kind`` by the word for their kind.

    ``verbs`` and ``questions`` are meanings of the lexicon (on, close_or_off ...; how, which ...),
    ``changes`` the directions that are said (+1, -1). ``of_home``: a thing, a place or a person of the home
    is named, or a kind of thing. ``shingles`` are the pieces by which half-said names are found.
    """

    devices: frozenset[str]
    of_kind: frozenset[str]
    areas: frozenset[str]
    functions: frozenset[str]
    choices: frozenset[tuple[str, str]]
    numbers: tuple[Number, ...]
    verbs: frozenset[str]
    changes: frozenset[int]
    questions: frozenset[str]
    of_home: bool
    shingles: frozenset[str]

    def shares(self, texts: Iterable[str]) -> int:
        """How many pieces of these names the sentence has."""
        return len(self.shingles & frozenset[str]().union(*map(_shingles, texts)))


def mentions(text: Normalised, vocabulary: Vocabulary) -> Mentions:
    tokens = tokenise(text, vocabulary)
    things = [t for t in tokens if not t.is_("area", "kind")]
    return Mentions(
        devices=frozenset(i for token in tokens for ids in token.all("device") for i in ids),
        of_kind=frozenset(
            device.id for token in tokens for kind in token.all("kind") for device in vocabulary.of_kind(kind)
        ),
        areas=frozenset(_all(tokens, "area")) | frozenset(
            area for floor in _all(tokens, "floor") for area in vocabulary.areas_of_floor[floor]
        ),
        functions=frozenset(_all(things, "function")),
        choices=frozenset(_all(tokens, "choice")),
        numbers=tuple(_all(tokens, "number")),
        verbs=frozenset(_all(tokens, "verb") + _all(tokens, "particle")),
        changes=frozenset(change[1] for change in _all(tokens, "change")),
        questions=frozenset(_all(tokens, "question")),
        of_home=any(token.is_("device", "kind", "area", "floor", "person") for token in tokens),
        shingles=_shingles(text.text),
    )  # fmt: skip


def _all(tokens: Iterable[Token], category: str) -> list[Any]:
    return [value for token in tokens for value in token.all(category)]


@lru_cache(maxsize=20_000)
def _shingles(text: str) -> frozenset[str]:
    """Latin words and pairs of Chinese characters."""
    folded = fold(text)
    words = {word for word in folded.split() if word.isascii() and len(word) > 2}
    dense = "".join(c for c in folded if not c.isascii())
    return frozenset(words | {dense[i : i + 2] for i in range(len(dense) - 1)})
