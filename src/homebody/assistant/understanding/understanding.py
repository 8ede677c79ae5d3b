"""Grammar first; the model where the grammar is not sure; always a plan."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, Plan, Problem
from homebody.assistant.turn import Progress, Understood, Utterance
from homebody.assistant.understanding import modelled
from homebody.assistant.understanding.answers import Told, claims_a_deed, whole
from homebody.assistant.understanding.asking import Left, left_to_model
from homebody.assistant.understanding.grammar import Grammar, Reading, States
from homebody.assistant.understanding.mentions import Mentions, mentions
from homebody.assistant.understanding.modelled import Offer, Proposal
from homebody.assistant.understanding.normalise import normalise
from homebody.assistant.understanding.retrieval import everything, nearest
from homebody.assistant.understanding.support import unsupported
from homebody.assistant.understanding.trust import ACT, sureness
from homebody.core.clock import Clock
from homebody.core.errors import ModelError
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Value
from homebody.language.model import Completion, LanguageModel

MODEL_DEADLINE_S = 6.0


class Understanding:
    """Reads sentences about one home.

    ``states`` gives the last known state of a device; ``model`` gives a loaded model, or None while there is
    none. Where there is none, and where it is late, fails or abstains, the grammar's plan stands as it is.
    """

    def __init__(
        self,
        home: Home,
        clock: Clock,
        *,
        states: States = lambda _: {},
        model: Callable[[], LanguageModel | None] = lambda: None,
        showing: modelled.Showing = modelled.SHOWING,
        deadline_s: float = MODEL_DEADLINE_S,
    ) -> None:
        """``showing`` is what the model gets to see, ``deadline_s`` how long it may take."""
        self.grammar = Grammar(home)
        self._clock = clock
        self._states = states
        self._model = model
        self._showing = showing
        self._deadline_s = deadline_s

    def read(self, text: str, context: Context | None = None) -> Reading:
        """The grammar alone, with its reasons."""
        return self.grammar.parse(text, context=context, states=self._states, now=self._clock.now())

    def left_to_model(self, reading: Reading) -> Left:
        """What a model may do about a sentence that was read so."""
        return left_to_model(reading, self._said(reading))

    async def understand(
        self, utterance: Utterance, context: Context, on_progress: Progress | None = None
    ) -> Understood:
        reading = self.read(utterance.text, context)
        plan = reading.plan
        ms = {"grammar": plan.ms}
        model = self._model()
        if model is None or (left := self.left_to_model(reading)) == "nothing":
            return Understood(plan=plan, ms=ms)
        started = time.perf_counter()
        said = self._said(reading)
        offer = self._offer(said, context, left)
        told = Told(on_progress, modelled.SAY) if on_progress else None
        try:
            answer = await self._complete(model, offer, plan, told)
        except ModelError:
            return Understood(plan=plan, ms=ms | {"model": _since(started)})
        modelled_plan = self._judged(plan, offer, answer, said, context)
        if told and modelled_plan.say and modelled_plan.source == "model":
            told.finish(modelled_plan.say)
        return Understood(
            plan=replace(modelled_plan, ms=plan.ms + _since(started)),
            tokens_in=answer.prompt_tokens,
            tokens_cached=answer.cached_tokens,
            tokens_out=answer.output_tokens,
            ms=ms | {"model": _since(started)},
        )

    def _said(self, reading: Reading) -> Mentions:
        return mentions(normalise(reading.plan.text), self.grammar.vocabulary)

    def _offer(self, said: Mentions, context: Context, left: Left) -> Offer:
        home = self.grammar.home
        things = nearest(said, home, context) if self._showing.nearest else everything(home)
        return Offer(tuple(things), said.numbers, may_act=left == "change")

    async def _complete(
        self, model: LanguageModel, offer: Offer, plan: Plan, told: Told | None
    ) -> Completion:
        return await model.complete(
            modelled.prompt(offer.message(plan.text, plan.language), self._showing).text,
            grammar=offer.grammar(),
            max_tokens=modelled.MAX_TOKENS,
            deadline_s=self._deadline_s,
            on_text=told,
        )

    def _judged(self, plan: Plan, offer: Offer, answer: Completion, said: Mentions, context: Context) -> Plan:
        """The plan that the model's answer becomes; the grammar's where it is not to be trusted."""
        proposal = offer.proposal(answer.text)
        sure = sureness(answer.probabilities)
        if proposal.say and not claims_a_deed(proposal.say):
            words = whole(proposal.say) if answer.stopped_by == "length" else proposal.say
            return replace(plan, source="model", confidence=sure, problems=(), say=words)
        if proposal.thing is None or proposal.change is None or sure < ACT:
            return plan
        if unsupported(proposal.thing.device, proposal.change, said, context):
            return plan
        return self._changed(plan, proposal.thing.device, proposal, sure)

    def _changed(self, plan: Plan, device: Device, proposal: Proposal, sure: float) -> Plan:
        """What a device cannot do becomes a problem, as if a person had said it in plain words."""
        assert proposal.change is not None
        change, function, words = proposal.change, proposal.change.function, plan.text.strip()
        value = change.value
        if change.delta is not None:
            value = _moved(function, self._states(device.id).get(function.id), change.delta)
        elif function.reject(change.action, value):
            problem = Problem(kind="out_of_range", words=words, device=device.id, function=function.id,
                              min=function.min, max=function.max, unit=function.unit)  # fmt: skip
            return replace(plan, source="model", confidence=sure, problems=(problem,))
        unit = function.unit if change.action is Action.SET and isinstance(value, int | float) else ""
        step = Command(device=device.id, function=function.id, action=change.action, value=value, unit=unit,
                       delta=change.delta, words=words)  # fmt: skip
        return replace(plan, source="model", confidence=sure, steps=(step,), problems=())


def _moved(function: Function, present: Value | None, delta: float) -> Value | None:
    """A relative change against the last known state, as far as the bounds allow; None if that is unknown."""
    if isinstance(present, bool) or not isinstance(present, int | float):
        return None
    value = function.fit(present + delta)
    return int(value) if value == int(value) else value


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
