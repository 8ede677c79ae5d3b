"""The door for sound on a real port: real sockets and clients that behave well or badly; words are given."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import websockets
from websockets.asyncio.client import ClientConnection, connect

from homebody.assistant.assembly import assemble
from homebody.assistant.voice.shared import Loaded
from homebody.core.errors import EngineError, InputError
from homebody.core.gate import Gate, installed
from homebody.core.settings import load_settings
from homebody.server import voice as voice_module
from homebody.server.app import Server
from homebody.server.voice import MAX_PIECE, MOST, read_command
from homebody.speech.audio import HEARING_HZ, Audio, joined, silence
from homebody.speech.scripted import LoudIsSpeech, ScriptedRecogniser, ScriptedSynthesiser, speech

pytestmark = pytest.mark.asyncio(loop_scope="module")
LAMP = "living_room.floor_lamp"
Load = Callable[[], Loaded]


class Words:
    """What the recogniser of a test will hear."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.gate: threading.Event | None = None
        self.missing = False

    def load(self) -> Loaded:
        if self.missing:
            raise EngineError("There is no model for hearing", hint="homebody models pull whisper-base")
        return Loaded(
            recogniser=ScriptedRecogniser(self.texts, gate=self.gate),
            synthesiser=ScriptedSynthesiser(),
            new_activity=LoudIsSpeech,
            new_wake=lambda: None,
        )


@pytest.fixture
def words() -> Words:
    return Words()


@pytest_asyncio.fixture(loop_scope="module")
async def server(tmp_path: Path, words: Words) -> AsyncIterator[Server]:
    with installed(Gate()) as gate:
        settings = load_settings(overrides={"data_dir": tmp_path, "model": "none", "port": 0}, environ={})
        assistant = assemble(settings, gate=gate, journal=False)
        await assistant.start()
        try:
            async with Server(assistant, speech=words.load) as running:
                yield running
        finally:
            await assistant.close()


def dial(server: Server, query: str = "?visit=tab", **options: Any) -> connect:
    assert server.door is not None
    return connect(server.door.url.replace("http", "ws") + "/voice" + query, proxy=None, **options)


async def say(socket: ClientConnection, *sounds: Audio, rate: int = HEARING_HZ) -> None:
    await socket.send(json.dumps({"do": "begin", "rate": rate}))
    pcm = joined(sounds).to_pcm16()
    for start in range(0, len(pcm), 3200):
        await socket.send(pcm[start : start + 3200])
        await asyncio.sleep(0.01)


async def until(socket: ClientConnection, key: str) -> tuple[dict[str, Any], list[dict[str, Any]], int]:
    """The first message with this key, all that came before it, and how many bytes of sound."""
    before: list[dict[str, Any]] = []
    sound = 0
    async with asyncio.timeout(20):
        async for message in socket:
            if isinstance(message, bytes):
                sound += len(message)
                continue
            told = json.loads(message)
            if key in told:
                return told, before, sound
            before.append(told)
    raise AssertionError(f"the socket closed before {key}; it said {before}")


def lamp(server: Server) -> object:
    return server.assistant.registry.state(LAMP).values.get("on_off")


@pytest.mark.parametrize("rate", [8_000, 16_000, 48_000, 96_000])
async def test_sound_of_any_rate_switches_the_lamp_and_sound_comes_back(
    server: Server, words: Words, rate: int
) -> None:
    words.texts = ["打开落地灯"]
    async with dial(server) as socket:
        ready, _, _ = await until(socket, "ready")
        assert ready["ready"] == {"schema": "homebody.voice/1", "rate": HEARING_HZ}
        await say(socket, silence(0.2, rate), speech(1.0, rate), silence(1.2, rate), rate=rate)
        told, before, sound = await until(socket, "spoken")
    assert lamp(server) is True
    assert told["spoken"]["text"] == "打开落地灯" and told["spoken"]["schema"] == "homebody.spoken/1"
    assert {"heard": "打开落地灯", "final": True} in before
    assert any("clause" in each for each in before) and sound > 0.3 * 2 * HEARING_HZ


async def test_the_button_ends_it_and_a_cancel_forgets_it(server: Server, words: Words) -> None:
    words.texts = ["打开落地灯"]
    async with dial(server) as socket:
        await say(socket, speech(1.0))
        await socket.send('{"do": "cancel"}')
        await say(socket, speech(1.0))
        await socket.send('{"do": "end"}')
        told, _, _ = await until(socket, "spoken")
    assert told["spoken"]["by"] == "button" and lamp(server) is True


@pytest.mark.parametrize(
    "bad",
    ["", "[]", "hello", '{"do": "dance"}', '{"do": "begin", "rate": 7}', '{"do": "begin", "rate": "x"}',
     '{"do": "begin", "rate": true}', '{"do": "begin", "rate": 1e999}', b"\x00", b"\x00" * (MAX_PIECE + 2)],
    ids=str,
)  # fmt: skip
async def test_what_is_no_sound_and_no_message_is_told_and_ends_the_socket(
    server: Server, bad: str | bytes
) -> None:
    async with dial(server) as socket:
        await socket.send(bad)
        told, _, _ = await until(socket, "error")
        assert told["error"]
        with pytest.raises(websockets.ConnectionClosed):
            async with asyncio.timeout(10):
                while True:
                    await socket.recv()


async def test_missing_models_are_told_and_looked_for_again_the_next_time(
    server: Server, words: Words
) -> None:
    words.missing = True
    async with dial(server) as socket:
        told, _, _ = await until(socket, "error")
    assert told == {"error": "There is no model for hearing", "hint": "homebody models pull whisper-base"}
    words.missing, words.texts = False, ["打开落地灯"]
    async with dial(server) as socket:
        await until(socket, "ready")


async def test_one_microphone_too_many_is_told_and_its_place_comes_back(server: Server) -> None:
    sockets = [await dial(server) for _ in range(MOST)]
    for socket in sockets:
        await until(socket, "ready")
    async with dial(server) as late:
        told, _, _ = await until(late, "error")
        assert "microphones are open" in told["error"]
    await sockets[0].close()
    async with asyncio.timeout(10):
        while True:  # the place comes back as soon as the server has seen the end
            async with dial(server) as again:
                first = json.loads(str(await again.recv()))
                if "ready" in first:
                    break
    for socket in sockets:
        await socket.close()


async def test_two_at_once_are_each_answered(server: Server, words: Words) -> None:
    words.texts = ["打开落地灯", "打开落地灯"]
    async with dial(server, "?visit=a") as first, dial(server, "?visit=b") as second:
        await asyncio.gather(*(say(each, speech(1.0), silence(1.2)) for each in (first, second)))
        told = await asyncio.gather(until(first, "spoken"), until(second, "spoken"))
    assert all(each[0]["spoken"]["text"] == "打开落地灯" for each in told)


async def test_a_client_that_stops_reading_is_let_go(
    server: Server, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_module, "SEND_S", 0.2)
    words.texts = ["打开落地灯"] * 50
    released = asyncio.Event()
    serve = voice_module.VoiceDoor.serve

    async def watched(self: Any, socket: Any) -> None:
        try:
            await serve(self, socket)
        finally:
            released.set()

    monkeypatch.setattr(voice_module.VoiceDoor, "serve", watched)

    async def stuck(self: Any, data: bytes) -> None:
        await asyncio.Event().wait()  # a client whose buffers are full, and stay full

    async with dial(server) as socket:
        await until(socket, "ready")
        monkeypatch.setattr("starlette.websockets.WebSocket.send_bytes", stuck)
        await say(socket, speech(1.0), silence(1.2))
        await asyncio.wait_for(released.wait(), timeout=15)
    assert lamp(server) is True  # what was said was done all the same


async def test_a_client_that_vanishes_leaves_nothing_behind(server: Server, words: Words) -> None:
    words.gate = threading.Event()
    words.texts = ["打开落地灯"]
    async with dial(server) as socket:
        await until(socket, "ready")
        await say(socket, speech(1.0), silence(0.4))
        socket.transport.abort()
    words.gate.set()
    async with dial(server) as socket:
        await until(socket, "ready")


async def test_another_site_may_not_listen(server: Server) -> None:
    with pytest.raises(websockets.InvalidStatus) as caught:
        async with dial(server, origin="https://evil.example"):
            pass
    assert caught.value.response.status_code == 403


async def test_messages_are_read_strictly() -> None:
    assert read_command('{"do": "begin"}') == ("begin", HEARING_HZ)
    with pytest.raises(InputError, match="no message"):
        read_command("{}")
