"""A language model that says what it was told to: for tests, examples and demonstrations without weights."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homebody.core.errors import CancelledError, EngineError, ModelError
from homebody.language.model import Completion, JsonSchema, LateError

Answer = str | ModelError
Script = Mapping[str, Answer] | Callable[[str], Answer | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What ``complete`` was asked."""

    prompt: str
    grammar: str | None
    schema: JsonSchema | None
    max_tokens: int
    stop: tuple[str, ...]
    deadline_s: float | None


class ScriptedModel:
    """Answers from a script and remembers what it was asked.

    The script is a function of the prompt, or a mapping: the answer is that of the longest key which occurs
    in the prompt. An answer that is a ModelError is raised. With no answer: ``default``, or EngineError.
    """

    def __init__(self, script: Script, *, default: Answer | None = None, delay_s: float = 0.0) -> None:
        """``delay_s``: how long each answer takes, so that deadlines and cancelling can be tried."""
        self.calls: list[Call] = []
        self._script = script
        self._default = default
        self._delay_s = delay_s

    @property
    def prompts(self) -> tuple[str, ...]:
        """Every prompt so far, oldest first."""
        return tuple(call.prompt for call in self.calls)

    async def complete(
        self,
        prompt: str,
        *,
        grammar: str | None = None,
        schema: JsonSchema | None = None,
        max_tokens: int = 256,
        stop: tuple[str, ...] = (),
        temperature: float = 0.0,  # noqa: ARG002 - part of the protocol
        deadline_s: float | None = None,
        cancel: asyncio.Event | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Completion:
        """See ``LanguageModel.complete``. A token is a character, and certain; grammars are not checked."""
        self.calls.append(
            Call(
                prompt=prompt,
                grammar=grammar,
                schema=schema,
                max_tokens=max_tokens,
                stop=stop,
                deadline_s=deadline_s,
            )
        )
        await self._wait(deadline_s, cancel)
        answer = self._answer(prompt)
        if isinstance(answer, ModelError):
            raise answer
        text = min((answer.split(word, 1)[0] for word in stop), key=len, default=answer)
        said = text[:max_tokens]
        if on_text and said:
            on_text(said)
        return Completion(
            text=said,
            stopped_by="end" if said == text else "length",
            prompt_tokens=len(prompt),
            cached_tokens=0,
            output_tokens=len(said),
            prefill_ms=0.0,
            decode_ms=self._delay_s * 1000,
            probabilities=(1.0,) * len(said),
        )

    async def _wait(self, deadline_s: float | None, cancel: asyncio.Event | None) -> None:
        late = deadline_s is not None and deadline_s < self._delay_s
        seconds = min(self._delay_s, deadline_s) if deadline_s is not None else self._delay_s
        if cancel is None:
            await asyncio.sleep(seconds)
        else:
            try:
                await asyncio.wait_for(cancel.wait(), max(seconds, 0.001))
            except TimeoutError:
                pass
            else:
                raise CancelledError("the answer was stopped")
        if late:
            raise LateError(f"no answer within {deadline_s} s", partial="")

    def _answer(self, prompt: str) -> Answer:
        found: Any
        if callable(self._script):
            found = self._script(prompt)
        else:
            key = max((key for key in self._script if key in prompt), key=len, default=None)
            found = None if key is None else self._script[key]
        if found is None:
            found = self._default
        if found is None:
            raise EngineError("the script has no answer for this prompt", hint=prompt[-200:])
        return found  # type: ignore[no-any-return]
