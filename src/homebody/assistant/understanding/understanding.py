"""Grammar first; the model where the grammar is not sure; always a plan."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, Plan, Problem
from homebody.assistant.turn import SPOKEN, Progress, Understood, Utterance
from homebody.assistant.understanding.grammar import Grammar, Reading
from homebody.assistant.understanding.model import modelled, second_look
from homebody.assistant.understanding.model.answers import Told, claims_a_deed, echoes, pretends, whole
from homebody.assistant.understanding.model.asking import left_to_model
from homebody.assistant.understanding.model.mentions import Mentions, mentions
from homebody.assistant.understanding.model.modelled import Offer
from homebody.assistant.understanding.model.retrieval import everything, nearest
from homebody.assistant.understanding.model.second_look import ACT, SAY, sureness
from homebody.assistant.understanding.model.support import unsupported
from homebody.assistant.understanding.wishes.change import Change
from homebody.assistant.understanding.wishes.states import States
from homebody.assistant.understanding.words.normalise import normalise
from homebody.core.clock import Clock
from homebody.core.errors import ModelError
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Value
from homebody.language.model import Completion, LanguageModel
from homebody.language.prompt import Prompt

MODEL_DEADLINE_S = 6.0

PREFIXES = (second_look.PREFIX, modelled.PREFIX)
"""What the prompts of every turn begin with, the most usual last; to be primed when a model is loaded."""


class _Asking:
    """One turn's questions to a model, within one deadline; what they cost."""

    def __init__(self, model: LanguageModel, deadline_s: float) -> None:
        self.answers: list[Completion] = []
        self._model = model
        self._deadline_s = deadline_s
        self._started = time.perf_counter()

    @property
    def ms(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)

    async def complete(
        self, prompt: Prompt, *, grammar: str, max_tokens: int, on_text: Progress | None = None
    ) -> Completion:
        answer = await self._model.complete(
            prompt.text,
            grammar=grammar,
            max_tokens=max_tokens,
            deadline_s=max(self._deadline_s - self.ms / 1000, 0.0),
            on_text=on_text,
        )
        self.answers.append(answer)
        return answer


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

    def warm_up(self) -> None:
        self.grammar.warm_up()

    def update(self, home: Home) -> None:
        """Understand this home from now on: the one from before, changed."""
        self.grammar.update(home)

    def read(self, text: str, context: Context | None = None, *, spoken: bool = False) -> Reading:
        """The grammar alone, with its reasons. What was ``spoken`` may have been written down wrongly."""
        return self.grammar.parse(
            text, context=context, states=self._states, now=self._clock.now(), spoken=spoken
        )

    def offer(self, reading: Reading, context: Context) -> Offer | None:
        """What a model may write about a sentence that was read so; None where it is not asked."""
        left = left_to_model(reading, said := self._said(reading))
        if left == "nothing":
            return None
        home = self.grammar.home
        things = nearest(said, home, context) if self._showing.nearest else everything(home)
        offer = Offer(tuple(things), said.numbers, may_act=left != "words", may_say=left != "change")
        return offer if offer.may_say or offer.changes() else None

    async def understand(
        self, utterance: Utterance, context: Context, on_progress: Progress | None = None
    ) -> Understood:
        reading = self.read(utterance.text, context, spoken=utterance.channel == SPOKEN)
        plan = reading.plan
        ms = {"grammar": plan.ms}
        model = self._model()
        if model is None or (offer := self.offer(reading, context)) is None:
            return Understood(plan=plan, ms=ms)
        asking = _Asking(model, self._deadline_s)
        try:
            both = await self._both(asking, offer, reading, context, on_progress)
        except ModelError:
            both = plan
        took = asking.ms
        return Understood(
            plan=replace(both, ms=plan.ms + took),
            tokens_in=sum(answer.prompt_tokens for answer in asking.answers),
            tokens_cached=sum(answer.cached_tokens for answer in asking.answers),
            tokens_out=sum(answer.output_tokens for answer in asking.answers),
            ms=ms | {"model": took},
        )

    async def _both(
        self,
        asking: _Asking,
        offer: Offer,
        reading: Reading,
        context: Context,
        on_progress: Progress | None,
    ) -> Plan:
        """The plan of both; the grammar's where the model abstains or is not to be trusted."""
        plan, said = reading.plan, self._said(reading)
        told = Told(on_progress, modelled.SAY) if on_progress else None
        answer = await asking.complete(
            modelled.prompt(offer.message(plan.text, plan.language), self._showing),
            grammar=offer.grammar(plan.language),
            max_tokens=modelled.MAX_TOKENS,
            on_text=told,
        )
        proposal = offer.proposal(answer.text)
        if proposal.say:
            if sureness(answer) < SAY or not _may_be_said(proposal.say, plan.text):
                return plan
            words = whole(proposal.say) if answer.stopped_by == "length" else proposal.say
            if told:
                told.finish(words)
            return replace(plan, source="model", confidence=sureness(answer), problems=(), say=words)
        if proposal.thing is None or proposal.change is None:
            return plan
        device, change = proposal.thing.device, proposal.change
        if sureness(answer) < ACT:
            return plan
        if unsupported(device, change, said, self.grammar.home, context):
            return plan
        change_in_words = second_look.described(device, change, plan.language)
        looked = await asking.complete(
            second_look.prompt(plan.text, change_in_words),
            grammar=second_look.GRAMMAR,
            max_tokens=second_look.MAX_TOKENS,
        )
        sure = sureness(answer, looked)
        return self._changed(plan, device, change, sure) if sure >= ACT else plan

    def _said(self, reading: Reading) -> Mentions:
        return mentions(normalise(reading.plan.text), self.grammar.vocabulary)

    def _changed(self, plan: Plan, device: Device, change: Change, sure: float) -> Plan:
        """What a device cannot do becomes a problem, as if a person had said it in plain words."""
        function, words = change.function, plan.text.strip()
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


def _may_be_said(words: str, text: str) -> bool:
    return not (claims_a_deed(words) or pretends(words) or echoes(words, text))
