"""``homebody listen``: talk to this machine's own microphone, and hear the answer from its loudspeaker."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from homebody.assistant.assembly import assemble, home_of
from homebody.assistant.plan import Plan
from homebody.assistant.turn import SPOKEN, Utterance
from homebody.assistant.understanding.understanding import Understanding
from homebody.assistant.voice.answering import Answer, Ask
from homebody.assistant.voice.loading import load_speech, wake_phrases
from homebody.assistant.voice.phrases import phrases_of_home
from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.assistant.voice.session import Engines, Session, State
from homebody.assistant.voice.shared import SharedSpeech
from homebody.core.clock import SystemClock
from homebody.core.errors import EngineError
from homebody.core.gate import install_gate
from homebody.core.instance import InstanceLock
from homebody.core.settings import Settings
from homebody.home.device import Home
from homebody.home.label import Language
from homebody.server.door import Door, DoorError, ask_through, read_door
from homebody.speech.audio import Audio
from homebody.speech.echo import EchoCanceller, NoCanceller, WebRtcCanceller
from homebody.speech.sound_card import SoundCard

_log = logging.getLogger(__name__)

CONVERSATION = "microphone"
Tell = Callable[[str], None]


class _Screen:
    """The terminal: what was heard and what was said, and the receipt of each turn."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def state(self, state: State) -> None:
        if state in ("asleep", "listening"):
            self._tell(f"[{state}]")

    def heard(self, text: str, *, final: bool) -> None:
        if final:
            self._tell(f"> {text}")

    def spoken(self, receipt: SpokenReceipt) -> None:
        times = ", ".join(
            f"{name} {value:.0f}"
            for name in ("recognised", "acted", "first_audio", "last_audio")
            if (value := getattr(receipt, name)) is not None
        )
        self._tell(f"  ms after the last word: {times}")

    def earcon(self, name: Literal["listening", "gave_up"]) -> None:
        """The terminal has none: the states say as much."""


class _Aloud:
    """The loudspeaker, with the words in the terminal."""

    def __init__(self, card: SoundCard, tell: Tell) -> None:
        self._card = card
        self._tell = tell

    async def play(self, audio: Audio, text: str) -> None:
        if text:
            self._tell(text)
        await self._card.play(audio, text)

    async def hush(self) -> None:
        await self._card.hush()


async def listen(settings: Settings, tell: Tell) -> None:
    """Until the sound ends or somebody stops it. Raises HomebodyError: no sound device, no model."""
    card = SoundCard(canceller=_canceller(tell))
    shared = SharedSpeech(lambda: load_speech(settings, install_gate()))
    async with card, _brain(settings) as brain:
        tell("Loading speech")
        loaded = await shared.loaded()
        wake = loaded.new_wake()
        session = Session(
            engines=Engines(
                recogniser=loaded.recogniser,
                synthesiser=loaded.synthesiser,
                activity=loaded.new_activity(),
                wake=wake,
            ),
            workers=shared.workers,
            clock=SystemClock(),
            read=brain.read,
            ask=brain.ask,
            output=_Aloud(card, tell),
            told=_Screen(tell),
            phrases=phrases_of_home(brain.home),
        )
        phrases = " or ".join(wake_phrases(settings))
        tell(f"Say {phrases}, and what you want. ctrl-c ends it.")
        forget = brain.subscribe(session)
        try:
            await session.run(card.sound())
        finally:
            forget()
            shared.close()


def _canceller(tell: Tell) -> EchoCanceller:
    try:
        return WebRtcCanceller()
    except EngineError as error:
        tell(f"{error.message}: its own voice may wake it; keep the loudspeaker low. {error.hint}")
        return NoCanceller()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Brain:
    """The home, who answers, and its grammar; ``subscribe`` has a session say what happens by itself."""

    home: Home
    ask: Ask
    read: Callable[[str], Plan]
    subscribe: Callable[[Session], Callable[[], None]] = lambda _: lambda: None


@asynccontextmanager
async def _brain(settings: Settings) -> AsyncIterator[_Brain]:
    """Of the Homebody that runs here, else of one of our own."""
    door = read_door(settings.data_dir)
    if door is not None:
        home = home_of(settings)
        grammar = Understanding(home, SystemClock())
        yield _Brain(
            home=home, ask=_through(door, settings), read=lambda text: grammar.read(text, spoken=True).plan
        )
        return
    with InstanceLock(settings.data_dir):
        assistant = assemble(settings)
        await assistant.start()
        try:
            conversation = assistant.conversation()

            async def ask(text: str, language: Language) -> Answer | None:
                said = Utterance(text=text, language=language, channel=SPOKEN)
                turn = await assistant.turn(said, conversation)
                return Answer.of(turn)

            def read(text: str) -> Plan:
                return assistant.understanding.read(text, conversation.context(None), spoken=True).plan

            def subscribe(session: Session) -> Callable[[], None]:
                return assistant.subscribe(lambda notice: session.notify(notice.text, notice.language))

            yield _Brain(home=assistant.home, ask=ask, read=read, subscribe=subscribe)
        finally:
            await assistant.close()


def _through(door: Door, settings: Settings) -> Ask:
    async def ask(text: str, _language: Language) -> Answer | None:
        try:
            turn = await asyncio.to_thread(
                ask_through, door, text, area=settings.area or None, yes=False,
                timeout_s=settings.deadline_s + 30, conversation=CONVERSATION, spoken=True,
            )  # fmt: skip
        except DoorError as error:
            _log.error("%s. %s", error.message, error.hint)
            return None
        return Answer.of_json(turn)

    return ask
