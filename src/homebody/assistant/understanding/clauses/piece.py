"""A piece of a sentence between two joints, and what it says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from homebody.assistant.understanding.words.token import Token

CONTENT = (
    "area", "floor", "device", "kind", "function", "choice", "number", "verb", "level", "change", "room",
    "pronoun", "state",
)  # fmt: skip
WISHING = (
    "verb", "change", "question", "level", "state", "keep", "ask", "negation", "need", "tell", "done",
    "action",
)  # fmt: skip
_TIMING = ("moment", "after", "at", "lasting", "until", "before", "filler", "separator")


@dataclass(slots=True)
class Piece:
    """Tokens between two joints, and the joint before them: strong, weak, and, next, or none.

    ``contradictory``: it says a verb and its opposite side by side (see `contradictions`).
    """

    tokens: list[Token]
    joint: str
    contradictory: bool = False

    def has(self, *categories: str) -> bool:
        return any(token.is_(*categories) for token in self.tokens)

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def target(self) -> bool:
        return self.has("area", "floor", "device", "kind", "room", "pronoun", "here", "everything") or any(
            not token.known for token in self.tokens
        )

    @property
    def condition(self) -> bool:
        return self.has("condition")

    @property
    def wish(self) -> bool:
        """Whether it says what to do, or asks: not only of what, and not only when."""
        if self.has("moment") and all(token.is_(*_TIMING) for token in self.tokens):
            return False
        for index, token in enumerate(self.tokens):
            article = index > 0 and self.tokens[index - 1].text in ("the", "my", "our", "that")
            if token.is_("device", "area", "kind") and (article or not token.is_("verb")):
                continue
            if token.is_(*WISHING):
                return True
            plain = not token.is_("device", "area", "room", "kind") and token.text not in ("one", "ones")
            if token.is_("choice", "number") and plain and not token.is_("moment"):
                return True
        return self._terse() or self._runs()

    @property
    def strange(self) -> bool:
        """Unknown words and nothing of the home: a wish for something else."""
        unknown = any(not token.known or token.is_("activity") for token in self.tokens)
        return unknown and not self.has("area", "floor", "device", "kind", "room", "except", "except_end")

    @property
    def statement(self) -> bool:
        """Somebody or something is told of, in words that the home does not know."""
        unknown = any(not token.known or token.is_("activity") for token in self.tokens)
        return (unknown and self.tokens[0].is_("subject", "person")) or (unknown and self.has("copula"))

    @property
    def particle_only(self) -> bool:
        return all(token.is_("particle") for token in self.tokens)

    def _terse(self) -> bool:
        """ "kitchen light off": a particle at an end or behind a name, or after a phrasal verb."""
        for position, (before, token) in enumerate(pairwise(self.tokens)):
            placed = token.text == "on" and _is_place(self.tokens[position + 2 :])
            if before.is_("device", "kind") and token.text in ("on", "off") and not placed:
                return True
        if any(token.get("phrasal") for token in self.tokens) and self.has("particle"):
            return True
        said = [token for token in self.tokens if not token.is_("request") or token.is_("particle")]
        if said and said[0].text == "on" and self.has("area", "floor") and not said[-1].is_("particle"):
            return False  # on the balcony, ...
        return bool(said) and (said[-1].is_("particle") or said[0].is_("particle"))

    def _runs(self) -> bool:
        return self.has("function") and not self.has("area", "device", "kind") and len(self.tokens) <= 2


def _is_place(tokens: Sequence[Token]) -> bool:
    """... on the first floor."""
    named = next((token for token in tokens if token.text not in ("the", "my", "our")), None)
    return named is not None and named.is_("area", "floor", "room", "level_of_house")
