"""Grammar first; the model where the grammar is not sure; always a plan."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, Plan
from homebody.assistant.turn import Progress, Understood, Utterance
from homebody.assistant.understanding import modelled
from homebody.assistant.understanding.grammar import Grammar, Reading, States
from homebody.assistant.understanding.normalise import normalise
from homebody.assistant.understanding.retrieval import nearest
from homebody.core.clock import Clock
from homebody.core.errors import ModelError
from homebody.home.device import Home
from homebody.language.model import Completion, LanguageModel

SURE = 0.6
"""The grammar's plan stands from this confidence on (see docs/understanding.md for how it was chosen)."""

ACT = 0.3
"""A model's change needs to be this sure (`modelled.sureness`); below it, it is not understood. Between this
and the policy's own limit a person is asked first."""

MODEL_DEADLINE_S = 6.0


class Understanding:
    """Reads sentences about one home.

    ``states`` gives the last known state of a device; ``model`` gives a loaded model, or None while there is
    none: then the grammar's plan stands as it is.
    """

    def __init__(
        self,
        home: Home,
        clock: Clock,
        *,
        states: States = lambda _: {},
        model: Callable[[], LanguageModel | None] = lambda: None,
    ) -> None:
        self.grammar = Grammar(home)
        self._clock = clock
        self._states = states
        self._model = model

    def read(self, text: str, context: Context | None = None) -> Reading:
        """The grammar alone, with its reasons."""
        return self.grammar.parse(text, context=context, states=self._states, now=self._clock.now())

    async def understand(
        self, utterance: Utterance, context: Context, on_progress: Progress | None = None
    ) -> Understood:
        reading = self.read(utterance.text, context)
        plan = reading.plan
        ms = {"grammar": plan.ms}
        model = self._model()
        if model is None or not needs_model(plan):
            return Understood(plan=plan, ms=ms)
        started = time.perf_counter()
        try:
            modelled_plan, answer = await self._ask(model, utterance, context, reading, on_progress)
        except ModelError:
            return Understood(plan=plan, ms=ms | {"model": _since(started)})
        return Understood(
            plan=replace(modelled_plan, ms=plan.ms + _since(started)),
            tokens_in=answer.prompt_tokens,
            tokens_cached=answer.cached_tokens,
            tokens_out=answer.output_tokens,
            ms=ms | {"model": _since(started)},
        )

    async def _ask(
        self,
        model: LanguageModel,
        utterance: Utterance,
        context: Context,
        reading: Reading,
        on_progress: Progress | None,
    ) -> tuple[Plan, Completion]:
        text, language = utterance.text, reading.plan.language
        shown = modelled.Shown(tuple(nearest(normalise(text), self.grammar.vocabulary, context)))
        may_act = all(note.get("mood", "command") == "command" for note in reading.explanation)
        may_act = may_act and not reading.plan.say
        answer = await model.complete(
            modelled.prompt(modelled.user_message(text, shown, language)).text,
            grammar=modelled.grammar_for(shown, may_act=may_act),
            max_tokens=modelled.MAX_TOKENS,
            deadline_s=MODEL_DEADLINE_S,
            on_text=modelled.spoken(on_progress) if on_progress else None,
        )
        sure = modelled.sureness(answer.probabilities)
        plan = modelled.plan_of(answer.text, text, language, shown, sure)
        acts = any(isinstance(step, Command) for step in plan.steps)
        if (acts and sure < ACT) or _not_understood(plan):
            return replace(reading.plan, confidence=min(reading.plan.confidence, sure)), answer
        return plan, answer


def needs_model(plan: Plan) -> bool:
    """Whether the grammar is not sure: nothing understood, or a plan below `SURE`. What it understood of a
    sentence stands, whatever else was said in it."""
    return plan.answer is None and not plan.steps and plan.confidence < SURE


def _not_understood(plan: Plan) -> bool:
    return not plan.steps and plan.say is None and all(p.kind == "not_understood" for p in plan.problems)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
