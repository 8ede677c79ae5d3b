"""A reply aloud, with an engine that takes its time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator

from homebody.assistant.voice.mouth import Mouth
from homebody.assistant.voice.workers import Workers
from homebody.core.clock import SystemClock
from homebody.speech.audio import Audio
from homebody.speech.scripted import ScriptedSynthesiser
from homebody.speech.synthesis import Spoken


class Slow(ScriptedSynthesiser):
    """Is in the middle of its second clause until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.within, self.closed = threading.Event(), False

    def say(
        self, text: str | Iterable[str], *, voice: str | None = None, speed: float = 1.0
    ) -> Iterator[Spoken]:
        try:
            for number, clause in enumerate(super().say(text, voice=voice, speed=speed)):
                if number == 1:
                    self.within.set()
                    assert self.go_on.wait(timeout=30)
                yield clause
        finally:
            self.closed = True


class Speaker:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.hushed = asyncio.Event()

    async def play(self, audio: Audio, text: str) -> None:
        self.texts.append(text)

    async def hush(self) -> None:
        self.hushed.set()


async def test_it_falls_silent_while_the_engine_is_still_in_the_middle_of_a_clause() -> None:
    engine, speaker, workers = Slow(), Speaker(), Workers()
    mouth = Mouth(engine, speaker, SystemClock(), workers.speak)
    saying = asyncio.ensure_future(mouth.say("灯开了。窗帘也拉上了。"))
    try:
        assert await asyncio.to_thread(engine.within.wait, 10)
        mouth.stop()
        said = await asyncio.wait_for(saying, timeout=10)  # the engine is not let go on before this
        assert said.stopped and speaker.hushed.is_set() and "窗帘也拉上了。" not in speaker.texts
        assert not engine.closed and not mouth.speaking
    finally:
        engine.go_on.set()
        await mouth.close()
        workers.close()
    assert engine.closed


async def test_what_is_said_next_is_heard_whole_after_a_stop() -> None:
    engine, speaker, workers = Slow(), Speaker(), Workers()
    mouth = Mouth(engine, speaker, SystemClock(), workers.speak)
    saying = asyncio.ensure_future(mouth.say("灯开了。窗帘也拉上了。"))
    try:
        assert await asyncio.to_thread(engine.within.wait, 10)
        mouth.stop()
        await saying
        engine.go_on.set()
        speaker.texts.clear()
        said = await asyncio.wait_for(mouth.say("好。停了。"), timeout=10)
        assert not said.stopped and "".join(speaker.texts) == "好。停了。"
    finally:
        await mouth.close()
        workers.close()
