"""What the rest of Homebody knows of a language model: a protocol, its answer, and how it fails.

``Engine`` is one, ``ScriptedModel`` the double.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from homebody.core.errors import DeadlineError

JsonSchema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """One answer, with what it cost.

    ``stopped_by`` is ``end`` (the model, the grammar or a stop word ended it) or ``length`` (``max_tokens``).
    ``prompt_tokens`` counts the whole prompt, ``cached_tokens`` those of it that needed no work; times are in
    milliseconds, ``waited_ms`` behind other requests. ``probabilities`` has one number for each token of the
    answer: how likely the model itself found it among all tokens, before the grammar took any away. A low one
    in a constrained answer says that the model wanted to write something else.
    """

    text: str
    stopped_by: Literal["end", "length"]
    prompt_tokens: int
    cached_tokens: int
    output_tokens: int
    prefill_ms: float
    decode_ms: float
    waited_ms: float = 0.0
    probabilities: tuple[float, ...] = ()

    @property
    def mean_probability(self) -> float | None:
        """Arithmetic mean, 0 to 1."""
        return sum(self.probabilities) / len(self.probabilities) if self.probabilities else None

    @property
    def min_probability(self) -> float | None:
        """The least likely token, 0 to 1."""
        return min(self.probabilities, default=None)


class LateError(DeadlineError):
    """The deadline passed; ``partial`` is the text that had come until then."""

    def __init__(self, message: str, *, partial: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.partial = partial


class LanguageModel(Protocol):
    """Completes a prompt, one request at a time."""

    async def complete(
        self,
        prompt: str,
        *,
        grammar: str | None = None,
        schema: JsonSchema | None = None,
        max_tokens: int = 256,
        stop: tuple[str, ...] = (),
        temperature: float = 0.0,
        deadline_s: float | None = None,
        cancel: asyncio.Event | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Completion:
        """Continue ``prompt`` (the raw text, with the marks of its chat format; see ``prompt``).

        ``grammar`` (GBNF) or ``schema`` (JSON Schema) limits what can be written. ``deadline_s`` counts from
        the call, waiting included. ``on_text`` gets each new piece, in the event loop. At temperature 0 the
        same call after the same calls gives the same text.

        Raises LateError (a DeadlineError, with the text so far), CancelledError, or EngineError: the model
        is not loaded, too many wait, the prompt does not fit, or the grammar is wrong.
        """
