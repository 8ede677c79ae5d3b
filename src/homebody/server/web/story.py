"""The guided story: a few chapters through the real pipeline, in the simulated home, without the model.

`chapters` says what is told; here it is played. Only one story plays at a time, because it acts in the one
home. Whatever it changed is put back at its end, however it ends.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from homebody.assistant.assistant import Assistant, Notice
from homebody.assistant.context import Conversation
from homebody.assistant.plan import Command
from homebody.assistant.turn import StepResult, Turn
from homebody.home.adapters.simulated import Behaviour, Simulated
from homebody.home.device import Device, Home
from homebody.home.function import Action, Value
from homebody.home.label import Label, Language
from homebody.home.outcome import Operation
from homebody.server.web import words
from homebody.server.web.kit import spawn
from homebody.server.web.visit import Entry, Visit

READ_S = 4.5
"""How long a person has to read what is told, and what was answered."""
GRACE_S = 10.0
"""How long the page that plays may be away (a reload, another language) before the story stops."""

Ask = Callable[[Visit, Entry, Conversation], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The storyteller says something."""

    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """Somebody says this to the assistant."""

    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Behave:
    """From now on a simulated device behaves so; None: as it did before the story."""

    device: str
    behaviour: Behaviour | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitNotice:
    """Wait until something happens by itself, at most so many seconds."""

    at_most_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Tell how many bytes left this computer since the story began: ``none``, or ``some`` with {bytes}."""

    none: Label
    some: Label


Beat = Tell | Speak | Behave | AwaitNotice | Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a chapter may choose from: only what is simulated is played with."""

    home: Home
    state: Callable[[str], Mapping[str, Value]]
    reachable: Callable[[str], bool]

    def devices(self, function_id: str, *kinds: str) -> Iterator[Device]:
        """Simulated devices that answer, with this writable function, of these kinds, called by a name that
        stands alone."""
        names = [device.name for device in self.home.devices]
        for device in self.home.devices:
            function = device.function(function_id)
            if (
                function is not None
                and function.writable
                and device.adapter == "simulated"
                and (not kinds or device.kind in kinds)
                and names.count(device.name) == 1
                and self.reachable(device.id)
            ):
                yield device


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """``cast`` makes the beats of what a home has; None where it has not what is needed, which ``lacks``
    names to follow "this home has"."""

    id: str
    title: Label
    lacks: Label
    cast: Callable[[Scene], tuple[Beat, ...] | None]


class Stage:
    """Where one story plays at a time. Subscribers are told when one begins and ends."""

    def __init__(
        self, assistant: Assistant, ask: Ask, chapters: Sequence[Chapter], *, speed: float = 1.0
    ) -> None:
        self.visit: Visit | None = None
        self._assistant = assistant
        self._ask = ask
        self._chapters = chapters
        self._speed = speed
        self._task: asyncio.Task[None] | None = None
        self._subscribers: list[Callable[[], None]] = []

    @property
    def playing(self) -> bool:
        return self.visit is not None

    @property
    def possible(self) -> bool:
        return self._assistant.simulated is not None

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def play(self, visit: Visit, language: Language) -> None:
        """Begin, unless one is playing or nothing here is simulated."""
        simulated = self._assistant.simulated
        if self.playing or simulated is None:
            return
        self.visit = visit
        self._task = spawn(self._run(visit, language, simulated))
        self._tell()

    def stop(self) -> None:
        """End it now; what it changed is put back."""
        if self._task is not None:
            self._task.cancel()

    def left(self, visit: Visit | None) -> None:
        """The page of this visit went away. If nobody watches a little later, the story stops."""
        if visit is not None and visit is self.visit:
            asyncio.get_running_loop().call_later(GRACE_S, self._stop_unwatched, visit)

    def _stop_unwatched(self, visit: Visit) -> None:
        if visit is self.visit and not visit.watched:
            self.stop()

    async def close(self) -> None:
        """Stop, and wait until everything is put back."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self, visit: Visit, language: Language, simulated: Simulated) -> None:
        player = _Player(self._assistant, self._ask, visit, language, simulated, self._speed)
        ending = "story_stopped"
        try:
            player.stage(words.text("story_begins", language))
            for chapter in self._chapters:
                await player.chapter(chapter)
            ending = "story_ends"
        except asyncio.CancelledError:
            pass  # somebody stopped it: that is how this task ends, not a failure of it
        finally:
            await player.put_back()
            player.stage(words.text(ending, language))
            self.visit, self._task = None, None
            self._tell()

    def _tell(self) -> None:
        for callback in tuple(self._subscribers):
            callback()


class _Player:
    """One playing of the story, and the list of what it has to put back."""

    def __init__(
        self,
        assistant: Assistant,
        ask: Ask,
        visit: Visit,
        language: Language,
        simulated: Simulated,
        speed: float,
    ) -> None:
        self._assistant = assistant
        self._ask = ask
        self._visit = visit
        self._language = language
        self._simulated = simulated
        self._speed = speed
        self._conversation = assistant.conversation()
        self._before = {d.id: assistant.registry.state(d.id).values for d in assistant.home.devices}
        self._behaved: dict[str, Behaviour] = {}
        self._touched: dict[str, None] = {}
        self._appointments: list[str] = []
        self._noticed = asyncio.Event()
        self._sent = self._bytes()
        self._forget = assistant.subscribe(self._hear)

    async def chapter(self, chapter: Chapter) -> None:
        registry = self._assistant.registry
        scene = Scene(
            home=self._assistant.home,
            state=lambda device: registry.state(device).values,
            reachable=lambda device: registry.state(device).reachable,
        )
        title = chapter.title.text(self._language)
        beats = chapter.cast(scene)
        if beats is None:
            lacks = chapter.lacks.text(self._language)
            self.stage(words.text("story_left_out", self._language, title=title, lacks=lacks))
            return
        for beat in beats:
            await self._play(beat)

    async def _play(self, beat: Beat) -> None:
        match beat:
            case Tell():
                self.stage(beat.text.text(self._language))
                await self._pause(READ_S)
            case Speak():
                await self._speak(beat.text.text(self._language))
                await self._pause(READ_S)
            case Behave():
                usual = self._behaved.setdefault(beat.device, self._simulated.behaviour(beat.device))
                self._simulated.set_behaviour(beat.device, beat.behaviour or usual)
            case AwaitNotice():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(beat.at_most_s):
                        await self._noticed.wait()
                await self._pause(READ_S)
            case Count():
                count = self._bytes() - self._sent
                label = beat.some if count else beat.none
                self.stage(label.text(self._language).format(bytes=words.size(count, self._language)))

    async def _speak(self, said: str) -> None:
        self._noticed.clear()
        entry = Entry(kind="said", text=said, demo=True)
        await self._ask(self._visit, entry, self._conversation)
        if entry.turn is not None:
            self._remember(entry.turn)

    def _remember(self, turn: Turn) -> None:
        self._touch(turn.results)
        for result in turn.results:
            self._appointments += [appointment.id for appointment in result.appointments]
            if result.scheduled:
                self._appointments.append(result.scheduled)

    def _hear(self, notice: Notice) -> None:
        self._touch(notice.results)
        self._noticed.set()

    def _touch(self, results: tuple[StepResult, ...]) -> None:
        for result in results:
            if isinstance(result.step, Command) and result.outcome is not None:
                self._touched[result.step.device] = None

    async def put_back(self) -> None:
        """Behaviours, what is still waiting for its time, and the state of everything that was touched."""
        self._forget()
        for device, behaviour in self._behaved.items():
            self._simulated.set_behaviour(device, behaviour)
        for appointment in self._appointments:
            self._assistant.cancel(appointment)
        for device_id in self._touched:
            await self._restore(device_id)

    async def _restore(self, device_id: str) -> None:
        device = self._assistant.home.device(device_id)
        if device is None or device.adapter != "simulated":
            return
        before, now = self._before[device_id], self._assistant.registry.state(device_id).values
        changed = {id_: value for id_, value in before.items() if now.get(id_) != value}
        if (position := changed.pop("position", None)) is not None:  # it moves, so it must be told to
            back = Operation(device=device_id, function="position", action=Action.SET, value=position)
            await self._assistant.registry.perform(back, 0.2)
        if changed:
            self._simulated.set_state(device_id, changed)

    def stage(self, text: str) -> None:
        self._visit.add(Entry(kind="stage", text=text, demo=True))

    def _bytes(self) -> int:
        return self._assistant.gate.totals().bytes_out

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)
