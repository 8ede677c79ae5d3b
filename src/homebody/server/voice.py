"""The door for sound: a WebSocket at ``/voice``, one for each microphone that is open.

    in    binary           16 bit little-endian mono, at the rate that ``begin`` told (16 kHz unless it did)
          {"do": "begin", "rate": 16000}     somebody tapped, or holds the button
          {"do": "end"}                      the button was let go
          {"do": "cancel"}                   forget it, be silent
    out   {"ready": {"schema": "homebody.voice/1", "rate": 24000}}    rate of what is played
          {"state": "listening"}             asleep, listening, hearing, thinking, speaking
          {"heard": "打开灯", "final": false}  the words so far, and those that were taken
          {"earcon": "listening"}            listening, gave_up
          {"clause": "灯开了。"}, binary …     the next clause, and its sound, 16 bit mono
          {"hush": true}                     throw away what is not played yet
          {"spoken": {…}}                    homebody.spoken/1: when each thing happened
          {"error": "…", "hint": "…"}        and the socket closes

The turn itself appears in the conversation of the page (``?visit=``). Nothing is kept of the sound.
Every wait is bounded: a client that stops reading, or sends what is no sound, is let go.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from homebody.assistant.voice.answering import Answer
from homebody.assistant.voice.phrases import phrases_of_home
from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.assistant.voice.session import Engines, Session, State
from homebody.assistant.voice.shared import SharedSpeech
from homebody.core.errors import HomebodyError, InputError
from homebody.home.label import Language
from homebody.speech.audio import HEARING_HZ, Audio, Resampler, Samples, from_pcm16

if TYPE_CHECKING:
    from homebody.server.web.hub import Hub

_log = logging.getLogger(__name__)

SCHEMA = "homebody.voice/1"
MOST = 4
"""Microphones that may be open at one time."""
SEND_S = 5.0
"""Seconds after which a client that does not read is let go."""
RATES = range(8_000, 96_001)
MAX_PIECE = 256 * 1024
"""Bytes of one piece of sound: more than two seconds at the highest rate."""
TOO_MANY, WRONG, FAILED, SLOW = 4008, 4000, 4001, 4002


class _GoneError(HomebodyError):
    """The client is not there any more, or does not read."""


@dataclass(slots=True)
class _Client:
    """The other end, as the session sees it: a loudspeaker, and a screen that nothing waits for."""

    socket: WebSocket
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _shown: asyncio.Queue[dict[str, Any]] = field(default_factory=lambda: asyncio.Queue(maxsize=256))

    async def play(self, audio: Audio, text: str) -> None:
        await self.drain()
        if text:
            await self.send({"clause": text})
        await self._within(self.socket.send_bytes(audio.to_pcm16()))

    async def hush(self) -> None:
        await self.send({"hush": True})

    def state(self, state: State) -> None:
        self._show({"state": state})

    def heard(self, text: str, *, final: bool) -> None:
        self._show({"heard": text, "final": final})

    def spoken(self, receipt: SpokenReceipt) -> None:
        self._show({"spoken": receipt.to_json()})

    def earcon(self, name: Literal["listening", "gave_up"]) -> None:
        self._show({"earcon": name})

    def _show(self, message: dict[str, Any]) -> None:
        if self._shown.full():  # a client that reads nothing loses the oldest, and soon its place
            self._shown.get_nowait()
        self._shown.put_nowait(message)

    async def show(self) -> None:
        """Send what is shown, as it comes, until the client is gone."""
        while True:
            await self.send(await self._shown.get())

    async def drain(self) -> None:
        """What was shown before a sound is sent before it."""
        while not self._shown.empty():
            await self.send(self._shown.get_nowait())

    async def send(self, message: dict[str, Any]) -> None:
        await self._within(self.socket.send_text(json.dumps(message, ensure_ascii=False)))

    async def _within(self, sending: Any) -> None:
        try:
            async with asyncio.timeout(SEND_S):
                await sending
        except (TimeoutError, WebSocketDisconnect, RuntimeError) as error:
            self.gone.set()
            raise _GoneError("The client does not read what it is sent") from error


class VoiceDoor:
    """Serves the microphones of one hub."""

    def __init__(self, hub: Hub, room: SharedSpeech) -> None:
        self._hub = hub
        self._room = room
        self._open = 0

    def close(self) -> None:
        self._room.close()

    async def serve(self, socket: WebSocket) -> None:
        """One microphone, from its first sound to its last."""
        await socket.accept()
        client = _Client(socket)
        try:
            if self._open >= MOST:
                await self._refuse(
                    client, TOO_MANY, f"{MOST} microphones are open already", "Close one of them."
                )
                return
            self._open += 1
            try:
                await self._serve(client)
            finally:
                self._open -= 1
        except _GoneError:
            pass
        except WebSocketDisconnect:
            pass

    async def _serve(self, client: _Client) -> None:
        try:
            session = await self._session(client)
        except HomebodyError as error:
            await self._refuse(client, FAILED, error.message, error.hint)
            return
        forget = self._hub.assistant.subscribe(lambda notice: session.notify(notice.text, notice.language))
        hearing = asyncio.create_task(session.run(self._sound(client.socket, session)))
        others = (asyncio.create_task(client.show()), asyncio.create_task(client.gone.wait()))
        try:
            await asyncio.wait((hearing, *others), return_when=asyncio.FIRST_COMPLETED)
            if hearing.done():
                await hearing
            else:
                await client.socket.close(SLOW)
        except InputError as error:
            await self._refuse(client, WRONG, error.message, error.hint)
        finally:
            forget()
            for task in (hearing, *others):
                task.cancel()
            await asyncio.gather(hearing, *others, return_exceptions=True)
            await session.close()

    async def _session(self, client: _Client) -> Session:
        loaded = await self._room.loaded()
        hub, assistant = self._hub, self._hub.assistant
        visit = hub.visit(client.socket.query_params.get("visit", "")[:64] or "voice")
        conversation = visit.conversation

        async def ask(text: str, language: Language) -> Answer | None:
            turn = await hub.hear(visit, text, language)
            return None if turn is None else Answer.of(turn)

        session = Session(
            engines=Engines(
                recogniser=loaded.recogniser,
                synthesiser=loaded.synthesiser,
                activity=loaded.new_activity(),
            ),
            workers=self._room.workers,
            clock=assistant.clock,
            read=lambda text: (
                assistant.understanding.read(text, conversation.context(None), spoken=True).plan
            ),
            ask=ask,
            output=client,
            told=client,
            phrases=phrases_of_home(assistant.home),
            language="en" if client.socket.query_params.get("language") == "en" else "zh",
        )
        await client.send({"ready": {"schema": SCHEMA, "rate": loaded.synthesiser.rate}})
        return session

    async def _sound(self, socket: WebSocket, session: Session) -> AsyncIterator[Samples]:
        """The pieces of sound of one socket, at the hearing rate. Raises InputError for what is none."""
        rate, resampler = HEARING_HZ, Resampler(HEARING_HZ)
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if (piece := message.get("bytes")) is not None:
                if len(piece) > MAX_PIECE:
                    raise InputError(
                        f"A piece of sound has {len(piece):,} bytes", hint=f"Send at most {MAX_PIECE:,}."
                    )
                yield resampler.feed(from_pcm16(piece, rate).samples)
                continue
            match read_command(message.get("text") or ""):
                case ("begin", new_rate):
                    if new_rate != rate:
                        rate, resampler = new_rate, Resampler(new_rate)
                    session.begin()
                case ("end", _):
                    session.end()
                case _:
                    session.cancel()

    async def _refuse(self, client: _Client, code: int, error: str, hint: str) -> None:
        await client.drain()
        await client.send({"error": error, "hint": hint})
        if client.socket.client_state is WebSocketState.CONNECTED:
            await client.socket.close(code)


def read_command(text: str) -> tuple[Literal["begin", "end", "cancel"], int]:
    """What a client's message asks, and the rate of the sound to come. Raises InputError."""
    try:
        told = json.loads(text)
        do, rate = told["do"], told.get("rate", HEARING_HZ)
    except (ValueError, TypeError, KeyError, AttributeError):
        do, rate = None, HEARING_HZ
    if do not in ("begin", "end", "cancel"):
        raise InputError(
            f"{text[:60]!r} is no message of {SCHEMA}", hint='Send {"do": "begin"}, "end" or "cancel".'
        )
    if isinstance(rate, bool) or not isinstance(rate, int) or rate not in RATES:
        raise InputError(f"{rate!r:.40} is no rate of sound", hint="Send a whole number from 8000 to 96000.")
    return do, rate
