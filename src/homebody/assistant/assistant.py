"""The assistant: one turn from words to deeds to an answer, and what happens by itself in between.

Every turn ends in an answer within its deadline: what is still running then is said to be so, goes on, and is
told in a `Notice` when it ends. Nothing here understands, judges or speaks to devices; it only leads the way.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from homebody.assistant import phrases as p
from homebody.assistant import reply as replies
from homebody.assistant.context import Conversation, Pending
from homebody.assistant.dog import Dog
from homebody.assistant.execution import Execution
from homebody.assistant.models import Models
from homebody.assistant.plan import Command, Plan, Reminder, Say, Step, Timer, compact
from homebody.assistant.policy import decide, decide_plan
from homebody.assistant.schedule import Due, Schedule
from homebody.assistant.turn import (
    MAX_TEXT,
    Appointment,
    Decision,
    Progress,
    Receipt,
    Status,
    StepResult,
    Turn,
    Understanding,
    Understood,
    Utterance,
)
from homebody.assistant.waiting import wait
from homebody.assistant.wording import timer_name
from homebody.core.clock import Clock
from homebody.core.errors import RecordError
from homebody.core.gate import Gate
from homebody.core.ids import new_id
from homebody.core.journal import Journal
from homebody.core.settings import Settings
from homebody.home.adapters.simulated import Simulated
from homebody.home.device import Home
from homebody.home.label import Language, language_of
from homebody.home.outcome import Operation
from homebody.home.outcome import Status as OutcomeStatus
from homebody.home.registry import Registry

_log = logging.getLogger(__name__)

MAX_WAITING = 8
"""Utterances of one conversation that may wait for the one before."""
RESERVE_S = 0.5
"""What is kept of a turn's deadline for acting, after understanding."""

_FINE = (OutcomeStatus.DONE, OutcomeStatus.ACCEPTED)
_ALLOWED = Decision(verdict="allow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that happened by itself: a timer that ended, a reminder, a step whose time had come.

    ``at`` is a local time in ISO 8601; ``text`` is what is said.
    """

    id: str
    at: str
    text: str
    language: Language
    results: tuple[StepResult, ...] = ()

    def to_json(self) -> dict[str, Any]:
        results = [compact(asdict(result)) for result in self.results]
        return {
            "id": self.id,
            "at": self.at,
            "text": self.text,
            "language": self.language,
            "results": results,
        }


@dataclass(frozen=True, slots=True)
class _Spent:
    """What a turn costs from a moment on: time, and bytes through the gate."""

    gate: Gate
    began: float
    sent: int

    @classmethod
    def from_now(cls, gate: Gate) -> _Spent:
        return cls(gate, time.perf_counter(), gate.totals().bytes_out)

    def receipt(self, ms: Mapping[str, float]) -> Receipt:
        """``ms`` are the stages that are known; the total is added."""
        total = _ms(self.began, time.perf_counter())
        return Receipt(ms={**ms, "total": total}, bytes_out=self.gate.totals().bytes_out - self.sent)


class Assistant:
    """One home's assistant. ``start`` before the first turn, ``close`` at the end.

    ``journal`` None keeps nothing. ``simulated`` is the adapter of simulated devices, ``dog`` the
    robot, if the home has some.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        registry: Registry,
        understanding: Understanding,
        models: Models,
        gate: Gate,
        clock: Clock,
        journal: Journal | None = None,
        simulated: Simulated | None = None,
        dog: Dog | None = None,
    ) -> None:
        self.settings = settings
        self.registry = registry
        self.models = models
        self.gate = gate
        self.journal = journal
        self.simulated = simulated
        self.dog = dog
        self.schedule = Schedule(registry, clock, self._fire)
        self.understanding = understanding
        self.clock = clock
        self._execution = Execution(
            registry,
            clock,
            self.schedule,
            announce=self._announce,
            skills=dog,
            device_deadline_s=settings.device_deadline_s,
        )
        self._subscribers: dict[object, Callable[[Notice], None]] = {}
        self._late: set[asyncio.Task[None]] = set()
        self._firing: Counter[Language] = Counter()
        """How many steps, whose time has come, are being done now."""
        self._fired: dict[Language, list[StepResult]] = defaultdict(list)
        """What became of those beside which others are still being done."""

    @property
    def home(self) -> Home:
        return self.registry.home

    async def start(self) -> None:
        """Connect to the home, and load the language model behind it if it is here."""
        await self.registry.start()
        if self.dog:
            await self.dog.start()
        self.models.start(consent=self.settings.consent_download)

    async def follow(self, home: Home) -> None:
        """The home's description changed: devices came, went, or have other names. What is asked from now on
        is asked of this home; sentences in between are understood as before."""
        await self.registry.follow(home)
        self.understanding.update(home)

    async def close(self) -> None:
        """Let go of everything. What was set for later is forgotten."""
        await self.schedule.close()
        if self.dog:
            await self.dog.stop()
        for task in tuple(self._late):
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)
        await self.models.close()
        await self.registry.stop()
        if self.journal is not None:
            self.journal.close()

    def conversation(self, area: str | None = None) -> Conversation:
        """A new memory for one speaker at one door, who is in ``area`` unless an utterance says otherwise."""
        return Conversation(self.clock, area=area or self.settings.area or None)

    def subscribe(self, callback: Callable[[Notice], None]) -> Callable[[], None]:
        """Hear of what happens by itself; returns what ends it. Who subscribes can also be spoken through."""
        token = object()
        self._subscribers[token] = callback

        def unsubscribe() -> None:
            self._subscribers.pop(token, None)

        return unsubscribe

    def cancel(self, appointment_id: str) -> Appointment | None:
        """Forget something that was set for later; None if it is not there (any more)."""
        return self.schedule.drop(appointment_id)

    # one turn

    async def turn(
        self, utterance: Utterance, conversation: Conversation, on_progress: Progress | None = None
    ) -> Turn:
        """Answer one utterance. Raises nothing but cancellation.

        Utterances of one conversation are answered one after the other, those of several side by side.
        ``on_progress`` is told the pieces of an answer in words as a model writes them.
        """
        started = self.clock.monotonic()
        if conversation.waiting >= MAX_WAITING:
            spent = _Spent.from_now(self.gate)
            return self._without_plan(utterance, self._language(utterance), "busy", spent)
        conversation.waiting += 1
        try:
            async with conversation.lock:
                return await self._turn(utterance, conversation, started, on_progress)
        finally:
            conversation.waiting -= 1

    async def _turn(
        self, utterance: Utterance, conversation: Conversation, started: float, on_progress: Progress | None
    ) -> Turn:
        spent = _Spent.from_now(self.gate)
        language = self._language(utterance)
        text = utterance.text.strip()
        if not text:
            return self._without_plan(utterance, language, "empty", spent)
        if len(text) > MAX_TEXT:
            return self._without_plan(utterance, language, "too_long", spent)
        understood, problem = await self._understand(utterance, conversation, started, on_progress)
        if understood is None:
            return self._without_plan(utterance, language, problem, spent)
        plan = understood.plan
        language = self._language(utterance, plan.language)
        acting = time.perf_counter()
        if plan.answer:
            results, said = await self._answered(plan, conversation, started, language)
        else:
            decisions = decide_plan(plan, self.home)
            results = await self._carry_out(tuple(zip(plan.steps, decisions, strict=True)), started, language)
            self._wait_for_answer(plan, results, conversation)
            said = ""
        replying = time.perf_counter()
        now = self.clock.now()
        said = said or replies.reply(plan, results, self.home, now, language)
        ms = {
            **understood.ms,
            "act": _ms(acting, replying),
            "reply": _ms(replying, time.perf_counter()),
        }
        turn = Turn(
            id=new_id("turn"),
            at=now.isoformat(timespec="milliseconds"),
            utterance=utterance,
            plan=plan,
            results=results,
            reply=said,
            status=_status(plan, results),
            receipt=replace(
                spent.receipt(ms),
                tokens_in=understood.tokens_in,
                tokens_cached=understood.tokens_cached,
                tokens_out=understood.tokens_out,
            ),
        )
        conversation.remember(turn, self.home)
        return self._recorded(turn, language)

    def _language(self, utterance: Utterance, heard: Language | None = None) -> Language:
        if self.settings.language in ("zh", "en"):
            return "zh" if self.settings.language == "zh" else "en"
        return utterance.language or heard or language_of(utterance.text)

    async def _understand(
        self, utterance: Utterance, conversation: Conversation, started: float, on_progress: Progress | None
    ) -> tuple[Understood | None, str]:
        """What was understood, or None and the word of `phrases.SAYINGS` that says why."""
        context = conversation.context(utterance.area)
        work = asyncio.ensure_future(self.understanding.understand(utterance, context, on_progress))
        try:
            if not await wait((work,), self.clock, self._left(started) - RESERVE_S):
                return None, "too_slow"
            return work.result(), ""
        except Exception:  # whatever a person said, they get an answer
            _log.exception("an utterance could not be understood")
            return None, "broken"
        finally:
            work.cancel()

    def _left(self, started: float) -> float:
        """Seconds of the turn's deadline."""
        return self.settings.deadline_s - (self.clock.monotonic() - started)

    async def _carry_out(
        self,
        steps: Sequence[tuple[Step, Decision]],
        started: float,
        language: Language,
        *,
        confirmed: bool = False,
    ) -> tuple[StepResult, ...]:
        """Do what is allowed; what needs a yes is asked about, what is refused is not done."""
        go = [(step, decision) for step, decision in steps if decision.verdict == "allow"]
        tasks = self._execution.start(go, language, confirmed=confirmed)
        await wait(tasks, self.clock, max(self._left(started), 0.05))
        running = iter(tasks)
        results = []
        for step, decision in steps:
            if decision.verdict == "confirm":
                results.append(StepResult(step=step, decision=decision, asked=True))
            elif decision.verdict == "refuse":
                results.append(StepResult(step=step, decision=decision))
            else:
                task = next(running)
                results.append(
                    task.result()
                    if task.done()
                    else StepResult(step=step, decision=decision, note="still_running")
                )
        if late := [task for task in tasks if not task.done()]:
            self._tell_later(late, language)
        return tuple(results)

    def _tell_later(self, tasks: Sequence[asyncio.Task[StepResult]], language: Language) -> None:
        async def follow() -> None:
            try:
                await asyncio.wait(tasks)
            except asyncio.CancelledError:  # at the end: nobody is left who could be told
                for step in tasks:
                    step.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                raise
            results = tuple(task.result() for task in tasks)
            text = replies.sentence(replies.said_of(results, self.home, self.clock.now(), language), language)
            self._notify(p.fill(p.SAYINGS["late"], language) + text, language, results)

        task = asyncio.create_task(follow())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    # yes and no

    async def _answered(
        self, plan: Plan, conversation: Conversation, started: float, language: Language
    ) -> tuple[tuple[StepResult, ...], str]:
        """A yes or a no to what was asked before."""
        pending = conversation.take(conversation.pending)
        if pending is None:
            return (), _saying("nothing_pending", language)
        if plan.answer == "no":
            return (), _saying("let_be", language)
        if plan.source == "model":  # a yes is never guessed
            conversation.ask(pending)
            return (), _saying("yes_from_model", language)
        if pending.kind == "choose":  # yes is no answer to "which one?"
            conversation.ask(pending)
            return (), replies.reply(
                replace(pending.plan, steps=()), (), self.home, self.clock.now(), language
            )
        steps = tuple((step, _ALLOWED) for step in pending.plan.steps)
        results = await self._carry_out(steps, started, language, confirmed=True)
        said = replies.said_of(results, self.home, self.clock.now(), language)
        return results, replies.sentence(said, language)

    @staticmethod
    def _wait_for_answer(plan: Plan, results: Sequence[StepResult], conversation: Conversation) -> None:
        """Keep the question that this turn asks; whatever else was understood withdraws an older one."""
        asked = tuple(result.step for result in results if result.asked)
        open_ = next((problem for problem in plan.problems if len(problem.candidates) > 1), None)
        if asked:
            conversation.ask(Pending(kind="confirm", plan=replace(plan, steps=asked, problems=())))
        elif open_ is not None:
            conversation.ask(
                Pending(kind="choose", plan=plan, candidates=open_.candidates, words=open_.words)
            )
        elif plan.steps or plan.say or any(problem.kind != "not_understood" for problem in plan.problems):
            conversation.withdraw()

    # a hand on a switch

    async def operate(self, operation: Operation, *, confirmed: bool = False) -> StepResult:
        """Carry out what a person set by hand, on the page for instance; policy judges it like a sentence.

        ``asked`` in the result says that it needs a yes: ask, and call again with ``confirmed``.
        """
        step = Command(
            device=operation.device,
            function=operation.function,
            action=operation.action,
            value=operation.value,
        )
        decision = decide(step, self.home)
        if decision.verdict == "refuse":
            return StepResult(step=step, decision=decision)
        if decision.verdict == "confirm" and not confirmed:
            return StepResult(step=step, decision=decision, asked=True)
        outcome = await self.registry.perform(operation, self.settings.device_deadline_s)
        result = StepResult(step=step, decision=decision, outcome=outcome)
        self._record("operation", compact(asdict(result)), new_id("operation"))
        return result

    # what happens by itself

    async def _fire(self, due: Due) -> None:
        """Do a step whose time has come, and tell what became of it."""
        language, step = due.language, due.step
        if isinstance(step, Timer):
            name = timer_name(step.name, step.duration, language)
            self._notify(_saying("timer_over", language, timer=name), language)
            return
        if isinstance(step, Reminder):
            self._notify(_saying("remind", language, text=step.text), language)
            return
        self._firing[language] += 1
        decision = _ALLOWED if due.confirmed else decide(step, self.home)
        if decision.verdict == "confirm":  # nobody is there to say yes
            results: tuple[StepResult, ...] = (
                StepResult(step=step, decision=decision, note="not_confirmed"),
            )
        elif decision.verdict == "refuse":
            results = (StepResult(step=step, decision=decision),)
        else:
            results = tuple(
                await asyncio.gather(*self._execution.start([(step, decision)], language, confirmed=True))
            )
        self._fired[language] += results
        self._firing[language] -= 1
        if self._firing[language]:
            return  # what came due beside it is told with it
        together = tuple(self._fired.pop(language))
        said = replies.sentence(replies.said_of(together, self.home, self.clock.now(), language), language)
        self._notify(p.fill(p.SAYINGS["fired"], language) + said, language, together)

    def _announce(self, step: Say) -> bool:
        if not self._subscribers:
            return False
        self._notify(step.text, language_of(step.text))
        return True

    def _notify(self, text: str, language: Language, results: tuple[StepResult, ...] = ()) -> None:
        notice = Notice(
            id=new_id("notice"),
            at=self.clock.now().isoformat(timespec="milliseconds"),
            text=text,
            language=language,
            results=results,
        )
        self._record("notice", notice.to_json(), notice.id)
        for callback in tuple(self._subscribers.values()):
            try:
                callback(notice)
            except Exception:
                _log.exception("a subscriber failed on a notice")

    # records

    def _record(self, kind: str, body: Mapping[str, Any], id_: str) -> bool:
        if self.journal is None:
            return True
        try:
            self.journal.append(kind, body, id_)
        except RecordError:
            _log.exception("the journal did not take a record of kind %s", kind)
            return False
        return True

    def _recorded(self, turn: Turn, language: Language) -> Turn:
        """The turn, after it was written down; it says so where that failed."""
        if self._record("turn", turn.to_json(), turn.id):
            return turn
        return replace(turn, reply=f"{turn.reply} {_saying('not_recorded', language)}")

    def _without_plan(self, utterance: Utterance, language: Language, word: str, spent: _Spent) -> Turn:
        """A turn in which nothing was understood; ``word`` of `phrases.SAYINGS` says why."""
        text = utterance.text if len(utterance.text) <= MAX_TEXT else utterance.text[:MAX_TEXT] + "…"
        return self._recorded(
            Turn(
                id=new_id("turn"),
                at=self.clock.now().isoformat(timespec="milliseconds"),
                utterance=replace(utterance, text=text),
                plan=Plan(text=text, language=language, source="none", confidence=0.0),
                results=(),
                reply=_saying(word, language, n=MAX_TEXT),
                status="not_understood",
                receipt=spent.receipt({}),
            ),
            language,
        )


def _saying(word: str, language: Language, **parts: object) -> str:
    return replies.sentence([p.fill(p.SAYINGS[word], language, **parts)], language)


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 2)


def _status(plan: Plan, results: Sequence[StepResult]) -> Status:
    """Done only if all of it is: what was asked, answered, accepted by its device, or set for later."""
    if any(result.asked for result in results) or any(
        len(problem.candidates) > 1 for problem in plan.problems
    ):
        return "asked"
    if not results and not plan.say and all(problem.kind == "not_understood" for problem in plan.problems):
        return "done" if plan.answer else "not_understood"
    fine = all(
        result.decision.verdict != "refuse"
        and not result.note
        and (result.outcome is None or result.outcome.status in _FINE)
        and (result.skill is None or result.skill.status == "done")
        for result in results
    )
    return "done" if fine and not plan.problems else "not_done"
