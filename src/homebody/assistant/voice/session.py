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
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from homebody.assistant.plan import Plan
from homebody.assistant.voice import readings
from homebody.assistant.voice.ear import Ear
from homebody.assistant.voice.echoes import is_echo
from homebody.assistant.voice.endpoint import Event
from homebody.assistant.voice.mouth import Mouth, Output
from homebody.assistant.voice.receipt import SpokenReceipt
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
WORKING_S = 2.5
"""Seconds without an answer after which it says that it is still working on it."""

SHORTEST_S = 0.2
"""Shorter speech is no word: the end of the wake phrase, a cough."""

State = Literal["asleep", "listening", "hearing", "thinking", "speaking"]

_WORKING = {"zh": "稍等，我还在想。", "en": "One moment, I'm still working on it."}
_UNHEARD = {"zh": "我没听清，请再说一遍。", "en": "I didn't catch that. Please say it again."}
_FAILED = {"zh": "我现在听不了，请打字。", "en": "I cannot hear right now. Please type it."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a session needs of a turn: its id, what to say, and the milliseconds of its stages."""

    id: str
    reply: str
    ms: Mapping[str, float]


class Ask(Protocol):
    """Answers a sentence; never raises. None where that failed."""

    def __call__(self, text: str, language: Language, /) -> Awaitable[Answer | None]: ...


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


@dataclass(slots=True, kw_only=True)
class _Hearing:
    """One utterance on its way from sound to words."""

    event: Event
    ended_at: float
    """Monotonic time of the acoustic end, so far."""
    recognition: asyncio.Task[Recognition] | None = None
    receipt: SpokenReceipt = field(default_factory=SpokenReceipt)
    over_our_words: str = ""
    committed: bool = False


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
        self._ask = ask
        self._told = told
        self._hints = Hints(phrases=phrases, alternatives=readings.MOST)
        self._language: Language = language
        self._voices = voices or {}
        self._ear = Ear(engines.activity)
        self.mouth = Mouth(engines.synthesiser, output, clock, workers.speak)
        self._waker = Waker(engines.wake, workers.hear, self._called) if engines.wake else None
        self._awake_until_s = 0.0
        self._not_before_s = 0.0
        self._woken_at: float | None = None
        self._hearing: _Hearing | None = None
        self._answering: asyncio.Task[None] | None = None
        self._choice: readings.Choice | None = None
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
        self.mouth.stop()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

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
        return self._answering is not None and not self._answering.done()

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

    def _begin_hearing(self, event: Event) -> _Hearing:
        now, now_s = self._clock.monotonic(), self._ear.now_s
        ended_at = now - (now_s - event.end_s)
        hearing = _Hearing(
            event=event, ended_at=ended_at, over_our_words=self._over or self.mouth.said_lately()
        )
        self._over = ""
        hearing.receipt.began = _ms(ended_at, ended_at - (event.end_s - event.start_s))
        if self._woken_at is not None:
            hearing.receipt.wake = _ms(ended_at, self._woken_at)
        sound = self._ear.sound(event.start_s, event.end_s, not_before_s=self._not_before_s)
        recognise = self._engines.recogniser.recognise
        hearing.recognition = self._spawn(self._workers.hear(lambda: recognise(sound, self._hints)))
        return hearing

    async def _words(self, hearing: _Hearing) -> Recognition | None:
        assert hearing.recognition is not None
        try:
            recognition = await asyncio.shield(hearing.recognition)
        except HomebodyError:
            _log.exception("speech could not be recognised")
            return None
        if hearing.receipt.recognised is None:
            hearing.receipt.recognised = _ms(hearing.ended_at, self._clock.monotonic())
            hearing.receipt.recognition_ms = recognition.ms
        return recognition

    async def _commit_if_whole(self, hearing: _Hearing) -> None:
        recognition = await self._words(hearing)
        if recognition is None or self._hearing is not hearing or hearing.committed:
            return
        self._told.heard(recognition.text, final=False)
        choice = readings.choose(recognition.hypotheses, self._read)
        if choice is not None and choice.other is None and is_whole(choice.text, choice.plan):
            await self._commit(hearing, by="whole")

    async def _commit(self, hearing: _Hearing, *, by: str) -> None:
        """The turn is over: take these words and answer them."""
        if hearing.committed:
            return
        hearing.committed = True
        hearing.receipt.by = by
        hearing.receipt.committed = _ms(hearing.ended_at, self._clock.monotonic())
        recognition = await self._words(hearing)
        self._not_before_s = max(self._not_before_s, hearing.event.end_s)
        if recognition is None:
            await self._speak(_FAILED[self._language], hearing.receipt, hearing)
            self._follow()
            return
        if hearing.over_our_words and is_echo(recognition.text, hearing.over_our_words):
            _log.info("heard our own words and let them be")
            self._follow()
            return
        if not recognition.text.strip():
            self._told.heard("", final=True)
            self._told.earcon("gave_up")
            self._follow()
            return
        self._language = recognition.language
        previous = self._answering
        if previous is not None and not previous.done():
            self.mouth.stop()
        self._answering = self._spawn(self._answer(hearing, recognition, previous))

    # answering

    async def _answer(
        self, hearing: _Hearing, recognition: Recognition, previous: asyncio.Task[None] | None
    ) -> None:
        if previous is not None:
            await asyncio.gather(previous, return_exceptions=True)
        choice = readings.choose(recognition.hypotheses, self._read)
        assert choice is not None, "empty words were let be"
        pending, self._choice = self._choice, None
        if pending is not None and pending.other is not None:
            text = readings.answer(choice.text, pending.text, pending.other) or choice.text
        elif choice.other is not None:
            self._choice = choice
            await self._speak(readings.question(choice, recognition.language), hearing.receipt, hearing)
            self._follow()
            return
        else:
            text = choice.text
        self._told.heard(text, final=True)
        self._show("thinking")
        receipt = hearing.receipt
        receipt.text = text
        asked = asyncio.ensure_future(self._ask(text, recognition.language))
        turn = await self._turn(asked, recognition.language)
        answered_at = self._clock.monotonic()
        if turn is not None:
            receipt.turn = turn.id
            ms = turn.ms
            total = ms.get("total", 0.0)
            before = ms.get("grammar", 0.0) + ms.get("model", 0.0)
            done = _ms(hearing.ended_at, answered_at)
            receipt.understood = round(done - total + before, 1)
            receipt.acted = round(done - ms.get("reply", 0.0), 1)
        reply = turn.reply if turn is not None else _UNHEARD[recognition.language]
        await self._speak(reply, receipt, hearing)
        self._told.spoken(receipt)
        self._follow()

    async def _turn(self, asked: asyncio.Future[Answer | None], language: Language) -> Answer | None:
        """The answer; meanwhile, if it takes long, a word that it is being worked on."""
        sleep = asyncio.ensure_future(self._clock.sleep(WORKING_S))
        await asyncio.wait((asked, sleep), return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            await self._say(_WORKING[language], language)
        sleep.cancel()
        return await asked

    async def _speak(self, text: str, receipt: SpokenReceipt, hearing: _Hearing) -> None:
        said = await self._say(text, self._language)
        if said is not None:
            receipt.stopped = said.stopped
            if said.first_at is not None and said.last_at is not None:
                receipt.first_audio = _ms(hearing.ended_at, said.first_at)
                receipt.last_audio = _ms(hearing.ended_at, said.last_at)

    async def _say(self, text: str, language: Language) -> Any:
        self._awake_until_s = self._ear.now_s + LISTEN_S + 600  # it may be interrupted while it speaks
        self._show("speaking")
        try:
            return await self.mouth.say(text, voice=self._voices.get(language))
        except HomebodyError:
            _log.exception("the reply could not be spoken")
            return None

    async def announce(self, text: str, language: Language) -> None:
        """Say something that happened by itself, after what is being said."""
        if self._busy and self._answering is not None:
            await asyncio.gather(self._answering, return_exceptions=True)
        await self._say(text, language)
        self._follow()

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


def _ms(since: float, moment: float) -> float:
    return round((moment - since) * 1000, 1)
