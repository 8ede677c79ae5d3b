"""One microphone and one loudspeaker: listen, understand, act, answer, and be interrupted.

    asleep ──wake phrase, tap──▶ listening ──words──▶ thinking ──reply──▶ speaking ──▶ listening (a while)
       ▲                          │     ▲                                   │
       └───────── nothing ────────┘     └──── somebody speaks into it: silent at once

Sound is taken as it comes and never waits: what is slow (recognising, acting, speaking) runs beside it. Words
are recognised at the first pause, and acted on at once if the grammar says that they are a whole command;
else when the silence says so.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from homebody.assistant.plan import Plan
from homebody.assistant.voice import readings
from homebody.assistant.voice.answering import Answering, Ask
from homebody.assistant.voice.ear import Ear
from homebody.assistant.voice.echoes import is_echo
from homebody.assistant.voice.endpoint import Event
from homebody.assistant.voice.hearing import Hearing
from homebody.assistant.voice.mouth import Mouth, Output
from homebody.assistant.voice.receipt import SpokenReceipt, ms_between
from homebody.assistant.voice.waker import Waker
from homebody.assistant.voice.whole import is_whole
from homebody.assistant.voice.workers import Workers
from homebody.core.clock import Clock
from homebody.core.errors import HomebodyError
from homebody.home.label import Language
from homebody.speech.audio import Samples
from homebody.speech.recognition import Hints, Recogniser, Recognition
from homebody.speech.synthesis import Synthesiser
from homebody.speech.vad import SpeechProbability
from homebody.speech.wake import WakeDetector, Woken

_log = logging.getLogger(__name__)

LISTEN_S = 8.0
"""Seconds that it listens for a beginning after it was called."""
FOLLOW_S = 6.0
"""Seconds that it listens after its answer, without being called again."""
SHORTEST_S = 0.2
"""Shorter speech is no word: the end of the wake phrase, a cough."""

State = Literal["asleep", "listening", "hearing", "thinking", "speaking"]


class Told(Protocol):
    """Whoever shows what happens. Nothing here waits for it."""

    def state(self, state: State) -> None: ...
    def heard(self, text: str, *, final: bool) -> None: ...
    def spoken(self, receipt: SpokenReceipt) -> None: ...
    def earcon(self, name: Literal["listening", "gave_up"]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What a session hears and speaks with. ``wake`` is None where it is called by a tap alone."""

    recogniser: Recogniser
    synthesiser: Synthesiser
    activity: SpeechProbability
    wake: WakeDetector | None = None


class Session:
    """``read`` is the grammar's plan of a text in this conversation; ``ask`` answers one.

    ``phrases`` are the home's own words, which recognisers hear more easily. ``language`` is what is spoken
    where nothing tells. `run` until the sound ends.
    """

    def __init__(
        self,
        *,
        engines: Engines,
        workers: Workers,
        clock: Clock,
        read: Callable[[str], Plan],
        ask: Ask,
        output: Output,
        told: Told,
        phrases: tuple[str, ...] = (),
        language: Language = "zh",
        voices: dict[Language, str] | None = None,
    ) -> None:
        self._engines = engines
        self._workers = workers
        self._clock = clock
        self._read = read
        self._told = told
        self._hints = Hints(phrases=phrases, alternatives=readings.MOST)
        self._ear = Ear(engines.activity)
        self.mouth = Mouth(engines.synthesiser, output, clock, workers.speak)
        self._answering = Answering(
            read=read,
            ask=ask,
            mouth=self.mouth,
            clock=clock,
            heard=lambda text: told.heard(text, final=True),
            show=self._show_answering,
            voices=voices or {},
            language=language,
        )
        self._waker = Waker(engines.wake, workers.hear, self._called) if engines.wake else None
        self._awake_until_s = 0.0
        self._not_before_s = 0.0
        self._woken_at: float | None = None
        self._hearing: Hearing | None = None
        self._answer: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._state: State = "asleep"
        self._over = ""
        self._last: Event | None = None

    @property
    def state(self) -> State:
        return self._state

    # what a person does

    def begin(self) -> None:
        """Somebody tapped, or holds the button: listen to what comes from now on."""
        self.mouth.stop()
        self._wake(self._ear.now_s, tapped=True)

    def end(self) -> None:
        """The button was let go: the turn is over, whatever the sound says."""
        event = self._ear.cut()
        if event is not None:
            self._ended(event, by="button")
        elif self._hearing is None or self._hearing.committed:
            self._sleep()

    def cancel(self) -> None:
        """Forget what was heard, and be silent."""
        self.mouth.stop()
        self._ear.cut()
        self._hearing = None
        self._sleep()

    # the stream

    async def run(self, sound: AsyncIterator[Samples]) -> None:
        """Hear ``sound`` (at the hearing rate, in pieces of any length) until it ends, then finish."""
        try:
            async for samples in sound:
                self.feed(samples)
                await asyncio.sleep(0)  # what was begun beside it gets its turn, also where sound never waits
            self.end()
            while self._tasks:
                await asyncio.gather(*tuple(self._tasks), return_exceptions=True)
        finally:
            await self.close()

    def feed(self, samples: Samples) -> None:
        """The next piece of sound. Voice activity is judged here, in a thousandth of the sound's time."""
        events = self._ear.feed(samples)
        if self._waker is not None:
            wanted = self._state in ("asleep", "speaking")
            if self._waker.feed(samples, wanted=wanted):
                self._spawn(self._waker.look())
        for event in events:
            self._last = event
            match event.kind:
                case "began":
                    self._began()
                case "paused":
                    self._paused(event)
                case "resumed":
                    self._resumed()
                case "ended":
                    self._ended(event, by="silence")
        if self._state == "listening" and not self._ear.speaking and self._ear.now_s > self._awake_until_s:
            self._sleep()

    async def close(self) -> None:
        """Let go of what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.mouth.close()

    # being called

    def _called(self, woken: Woken) -> None:
        self.mouth.stop()
        self._woken_at = self._clock.monotonic() - (self._ear.now_s - woken.end_s)
        self._wake(woken.end_s, tapped=False)
        if self._last is not None and self._last.kind in ("paused", "ended"):  # it was noticed late
            self._paused(self._last)
            if self._last.kind == "ended":
                self._ended(self._last, by="silence")

    def _wake(self, at_s: float, *, tapped: bool) -> None:
        self._awake_until_s = self._ear.now_s + LISTEN_S
        self._not_before_s = at_s
        if tapped:
            self._woken_at = None
        if not self._ear.speaking:
            self._told.earcon("listening")
        self._show("hearing" if self._ear.speaking else "listening")

    def _sleep(self) -> None:
        self._awake_until_s = 0.0
        self._show("speaking" if self.mouth.speaking else "thinking" if self._busy else "asleep")

    @property
    def _awake(self) -> bool:
        return self._awake_until_s > 0.0

    @property
    def _busy(self) -> bool:
        return self._answer is not None and not self._answer.done()

    # hearing

    def _began(self) -> None:
        if self.mouth.speaking and self._awake:
            self._over = self.mouth.said_lately()
            self.mouth.stop()
        if self._awake:
            self._show("hearing")

    def _paused(self, event: Event) -> None:
        """Recognise beforehand: most pauses are the end."""
        if self._is_for_us(event):
            self._hearing = self._begin_hearing(event)
            self._spawn(self._commit_if_whole(self._hearing))

    def _resumed(self) -> None:
        """It was not the end: what was recognised beforehand is of half a sentence."""
        if self._hearing is not None and not self._hearing.committed:
            self._hearing = None

    def _ended(self, event: Event, *, by: str) -> None:
        if not self._is_for_us(event):
            return
        hearing = self._hearing
        if hearing is None or hearing.event.end_s != event.end_s:
            if hearing is not None and hearing.committed:
                return
            hearing = self._hearing = self._begin_hearing(event)
        if not hearing.committed:
            self._spawn(self._commit(hearing, by=by))

    def _is_for_us(self, event: Event) -> bool:
        """Whether there are words in it that came after the call, and that were not taken already."""
        return self._awake and event.end_s - max(event.start_s, self._not_before_s) >= SHORTEST_S

    def _begin_hearing(self, event: Event) -> Hearing:
        ended_at = self._clock.monotonic() - (self._ear.now_s - event.end_s)
        sound = self._ear.sound(event.start_s, event.end_s, not_before_s=self._not_before_s)
        recognise = self._engines.recogniser.recognise
        hearing = Hearing(
            event=event,
            ended_at=ended_at,
            recognition=self._spawn(self._workers.hear(lambda: recognise(sound, self._hints))),
            over_our_words=self._over or self.mouth.said_lately(),
        )
        self._over = ""
        hearing.receipt.began = ms_between(event.end_s, event.start_s)
        if self._woken_at is not None:
            hearing.receipt.wake = ms_between(ended_at, self._woken_at)
        return hearing

    async def _commit_if_whole(self, hearing: Hearing) -> None:
        recognition = await hearing.words(self._clock)
        if recognition is None or self._hearing is not hearing or hearing.committed:
            return
        self._told.heard(recognition.text, final=False)
        choice = readings.choose(recognition.hypotheses, self._read)
        if choice is not None and choice.other is None and is_whole(choice.text, choice.plan):
            await self._commit(hearing, by="whole")

    async def _commit(self, hearing: Hearing, *, by: str) -> None:
        """The turn is over: take these words and answer them."""
        if hearing.committed:
            return
        hearing.commit(self._clock, by)
        recognition = await hearing.words(self._clock)
        self._not_before_s = max(self._not_before_s, hearing.event.end_s)
        if recognition is None:
            await self._answering.say_deaf()
        elif hearing.over_our_words and is_echo(recognition.text, hearing.over_our_words):
            _log.info("heard our own words and let them be")
        elif not recognition.text.strip():
            self._told.heard("", final=True)
            self._told.earcon("gave_up")
        else:
            if self._busy:
                self.mouth.stop()
            self._answer = self._spawn(self._answered(hearing, recognition, self._answer))
            return
        self._follow()

    # answering

    async def _answered(
        self, hearing: Hearing, recognition: Recognition, previous: asyncio.Task[None] | None
    ) -> None:
        if previous is not None:
            await asyncio.gather(previous, return_exceptions=True)
        receipt = await self._answering.answer(hearing, recognition)
        if receipt is not None:
            self._told.spoken(receipt)
        self._follow()

    def notify(self, text: str, language: Language) -> None:
        """Say something that happened by itself, after what is being said."""
        self._spawn(self._announce(text, language))

    async def _announce(self, text: str, language: Language) -> None:
        if self._busy and self._answer is not None:
            await asyncio.gather(self._answer, return_exceptions=True)
        await self._answering.say(text, language)
        self._follow()

    def _show_answering(self, state: Literal["thinking", "speaking"]) -> None:
        if state == "speaking":
            self._awake_until_s = math.inf  # it may be interrupted for as long as it speaks
        self._show(state)

    def _follow(self) -> None:
        """Listen for a while without being called."""
        self._woken_at = None
        self._awake_until_s = self._ear.now_s + FOLLOW_S
        self._show("hearing" if self._ear.speaking else "listening")

    # small things

    def _show(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self._told.state(state)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, HomebodyError):
            _log.error("a spoken turn failed", exc_info=error)
