"""Reading a case as the assistant would: at a fixed time, in its home's state, after what was said before.

Earlier turns are understood by the grammar and taken as carried out: their commands change the state, and
what policy would ask about is asked, so that "yes" has something to answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from homebody.assistant.context import Context, Conversation, Pending
from homebody.assistant.plan import Command, Plan
from homebody.assistant.policy import decide_plan
from homebody.assistant.turn import Receipt, StepResult, Turn, Understood, Utterance
from homebody.assistant.understanding.model.modelled import SHOWING, Showing
from homebody.assistant.understanding.understanding import MODEL_DEADLINE_S, Understanding
from homebody.core.clock import ManualClock
from homebody.home.device import Home
from homebody.home.function import Action, Value
from homebody.lab.expectation import Case
from homebody.language.model import LanguageModel

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))
"""When all cases are said: a Wednesday."""
SHANGHAI = (31.23, 121.47)
"""Where all homes stand: latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The plan of the grammar, its milliseconds; and where there is a model, the plan of both together.

    ``asked`` is what asking the model gave and cost; None where it was not asked.
    """

    plan: Plan
    ms: float
    together: Plan | None = None
    together_ms: float = 0.0
    asked: Understood | None = None


class HomeReader:
    """Reads sentences said in one home. Building it builds the home's vocabulary, once."""

    def __init__(
        self,
        home: Home,
        model: Callable[[], LanguageModel | None] = lambda: None,
        *,
        showing: Showing = SHOWING,
        deadline_s: float = MODEL_DEADLINE_S,
    ) -> None:
        self.home = replace(home, location=SHANGHAI)
        self._clock = ManualClock(NOW)
        self._state: dict[str, dict[str, Value]] = {}
        self._model = model
        self._understanding = Understanding(
            self.home,
            self._clock,
            states=lambda device: self._state.get(device, {}),
            model=model,
            showing=showing,
            deadline_s=deadline_s,
        )

    def read(self, case: Case) -> Read:
        """By the grammar alone."""
        plan = self._understanding.read(case.say, self._context(case)).plan
        return Read(plan=plan, ms=plan.ms)

    async def read_with_model(self, case: Case) -> Read:
        """By the grammar alone, and by the model where the grammar leaves it something."""
        context = self._context(case)
        reading = self._understanding.read(case.say, context)
        alone = reading.plan
        if self._model() is None or self._understanding.offer(reading, context) is None:
            return Read(plan=alone, ms=alone.ms, together=alone, together_ms=alone.ms)
        both = await self._understanding.understand(Utterance(text=case.say), context)
        return Read(
            plan=alone, ms=alone.ms, together=both.plan, together_ms=sum(both.ms.values()), asked=both
        )

    def leaves(self, case: Case) -> bool:
        """Whether the grammar leaves something of a case to a model."""
        context = self._context(case)
        return self._understanding.offer(self._understanding.read(case.say, context), context) is not None

    def _context(self, case: Case) -> Context:
        """The home as the case has it, and what the conversation remembers when its sentence is said."""
        self._state = {device: dict(state) for device, state in self.home.state.items()}
        for device, state in case.state.items():
            self._state.setdefault(device, {}).update(state)
        conversation = Conversation(self._clock, area=case.area)
        for text in case.after:
            self._earlier(text, conversation)
        return conversation.context()

    def _earlier(self, text: str, conversation: Conversation) -> None:
        plan = self._understanding.read(text, conversation.context()).plan
        decisions = decide_plan(plan, self.home)
        asked = [decision.verdict == "confirm" for decision in decisions]
        for step, waits in zip(plan.steps, asked, strict=True):
            if isinstance(step, Command) and not waits:
                self._carry_out(step)
        waiting = tuple(step for step, waits in zip(plan.steps, asked, strict=True) if waits)
        unclear = next((problem for problem in plan.problems if len(problem.candidates) > 1), None)
        if waiting:
            conversation.ask(Pending(kind="confirm", plan=replace(plan, steps=waiting, problems=())))
        elif unclear is not None:
            conversation.ask(
                Pending(kind="choose", plan=plan, candidates=unclear.candidates, words=unclear.words)
            )
        results = tuple(
            StepResult(step=step, decision=decision)
            for step, decision in zip(plan.steps, decisions, strict=True)
        )
        turn = Turn(
            id="earlier", at=NOW.isoformat(), utterance=Utterance(text=text), plan=plan, results=results,
            reply="", status="done", receipt=Receipt(),
        )  # fmt: skip
        conversation.remember(turn, self.home)

    def _carry_out(self, command: Command) -> None:
        device = self.home.device(command.device)
        function = device.function(command.function) if device else None
        if device is None or function is None or command.when.kind != "now":
            return
        state: dict[str, Value] = self._state.setdefault(device.id, {})
        target = function.target(command.action, command.value)
        if command.action is Action.TOGGLE:
            target = not state.get(function.id, False)
        if target is not None:
            state[function.id] = target
