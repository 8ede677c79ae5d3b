"""One clause while it is read: its words, what was found so far, and what still waits for its thing."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.assistant.understanding.reading.frame import Frame, Head
from homebody.assistant.understanding.words.token import Token


@dataclass(slots=True, kw_only=True)
class Clause:
    """``conditional``: one of its words marks a condition."""

    tokens: list[Token]
    frame: Frame
    conditional: bool
    pending: Head | None = None
    """Places and unknown names that wait for their thing."""
    last: Head | None = None
    """The thing or place that was named last."""
    excepting: bool = False
    """What is named now is an exception."""
    too: bool = False
    """It complains: too bright, 太亮."""
    phrasal: Token | None = None
    """Half of a verb (turn, switch) whose particle comes later."""
    odd_verb: Token | None = None
    """A word that nobody knows where a verb stands."""

    def adjacent(self, index: int, step: int) -> Token | None:
        """The word that many steps away, if there is one."""
        position = index + step
        return self.tokens[position] if 0 <= position < len(self.tokens) else None

    def near(self, index: int, step: int) -> Token | None:
        """The next word in that direction that is no filler."""
        position = index + step
        while 0 <= position < len(self.tokens):
            token = self.tokens[position]
            plain = token.is_("filler", "particle_zh") and not token.is_(
                "number", "verb", "moment", "area", "kind"
            )
            if not plain:
                return token
            position += step
        return None
