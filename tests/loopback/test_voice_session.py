"""A session on scripted speech: real endpointing, real grammar, real home; only the words are given."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
import pytest_asyncio

from homebody.assistant.assembly import assemble
from homebody.assistant.assistant import Assistant
from homebody.assistant.turn import Utterance
from homebody.assistant.voice import answering
from homebody.assistant.voice import session as session_module
from homebody.assistant.voice.answering import OPENING, Answer
from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.assistant.voice.session import Engines, Session, State
from homebody.assistant.voice.workers import Workers
from homebody.core.gate import Gate, installed
from homebody.core.settings import load_settings
from homebody.home.label import Language
from homebody.speech.audio import HEARING_HZ, Audio, Samples, joined, silence
from homebody.speech.recognition import Hypothesis
from homebody.speech.scripted import (
    LoudIsSpeech,
    ScriptedRecogniser,
    ScriptedSynthesiser,
    ScriptedWake,
    speech,
)  # fmt: skip

LAMP = "living_room.floor_lamp"
PIECE = 512


@dataclass(slots=True)
class Room:
    """Keeps what a session did."""

    states: list[State] = field(default_factory=list)
    texts: list[tuple[str, bool]] = field(default_factory=list)
    receipts: list[SpokenReceipt] = field(default_factory=list)
    earcons: list[str] = field(default_factory=list)
    played: list[tuple[str, float]] = field(default_factory=list)
    hushed: int = 0
    speaking: asyncio.Event = field(default_factory=asyncio.Event)

    def state(self, state: State) -> None:
        self.states.append(state)

    def heard(self, text: str, *, final: bool) -> None:
        self.texts.append((text, final))

    def spoken(self, receipt: SpokenReceipt) -> None:
        self.receipts.append(receipt)

    def earcon(self, name: Literal["listening", "gave_up"]) -> None:
        self.earcons.append(name)

    async def play(self, audio: Audio, text: str) -> None:
        self.played.append((text, audio.seconds))
        self.speaking.set()

    async def hush(self) -> None:
        self.hushed += 1

    @property
    def said(self) -> str:
        return "".join(text for text, _ in self.played)


@dataclass(slots=True, kw_only=True)
class Bench:
    assistant: Assistant
    session: Session
    room: Room
    recogniser: ScriptedRecogniser
    synthesiser: ScriptedSynthesiser
    workers: Workers

    def lamp(self) -> object:
        return self.assistant.registry.state(LAMP).values.get("on_off")


@pytest_asyncio.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    with installed(Gate()) as gate:
        settings = load_settings(overrides={"data_dir": tmp_path, "model": "none"}, environ={})
        made = assemble(settings, gate=gate, journal=False)
        await made.start()
        yield made
        await made.close()


def bench(
    assistant: Assistant,
    *texts: str | list[Hypothesis],
    wake: ScriptedWake | None = None,
    gate: threading.Event | None = None,
    deaf: bool = False,
    mute: bool = False,
    ask: Any = None,
) -> Bench:
    room, workers = Room(), Workers()
    recogniser = ScriptedRecogniser(texts, fails=deaf, gate=gate)
    synthesiser = ScriptedSynthesiser(fails=mute)
    conversation = assistant.conversation()

    async def turn(text: str, language: Language) -> Answer:
        said = Utterance(text=text, language=language, channel="voice")
        made = await assistant.turn(said, conversation)
        return Answer.of(made)

    session = Session(
        engines=Engines(recogniser=recogniser, synthesiser=synthesiser, activity=LoudIsSpeech(), wake=wake),
        workers=workers,
        clock=assistant.clock,
        read=lambda text: assistant.understanding.read(text, conversation.context(None)).plan,
        ask=ask or turn,
        output=room,
        told=room,
        phrases=("落地灯",),
    )
    return Bench(
        assistant=assistant,
        session=session,
        room=room,
        recogniser=recogniser,
        synthesiser=synthesiser,
        workers=workers,
    )


async def stream(*sounds: Audio, pace: float = 0.0) -> AsyncIterator[Samples]:
    """Pieces of 32 ms; ``pace`` is the part of real time that each takes."""
    whole = joined(sounds).samples
    for start in range(0, len(whole), PIECE):
        yield whole[start : start + PIECE]
        await asyncio.sleep(PIECE / HEARING_HZ * pace)


def sounds(*stretches: float) -> Iterable[Audio]:
    """Speech of so many seconds where positive, silence where negative."""
    return [speech(each) if each > 0 else silence(-each) for each in stretches]


async def settle(bench: Bench, *stretches: float, pace: float = 0.2) -> None:
    """Tap, hear these stretches, and wait for all that follows."""
    bench.session.begin()
    await bench.session.run(stream(*sounds(*stretches), pace=pace))


async def test_a_spoken_command_switches_the_lamp_and_is_answered_aloud(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯")
    await settle(made, -0.3, 1.0, -1.2)
    assert made.lamp() is True
    assert made.room.said == "".join(made.synthesiser.said) and "落地灯" in made.room.said
    (receipt,) = made.room.receipts
    assert receipt.text == "打开落地灯" and receipt.turn
    assert receipt.began is not None and receipt.began < 0
    order = [receipt.recognised, receipt.committed, receipt.acted, receipt.first_audio, receipt.last_audio]
    assert None not in order and order == sorted(order, key=lambda ms: ms or 0.0)
    assert made.recogniser.hints[0].phrases == ("落地灯",)
    for state in ("listening", "hearing", "thinking", "speaking"):
        assert state in made.room.states


@pytest.mark.parametrize(("before", "text", "opens"), [
    ("", "打开落地灯", True),
    ("打开落地灯", "打开落地灯", False),  # it was on already
    ("", "落地灯开着吗", False),
    ("", "打开阁楼的灯", False),
])  # fmt: skip
async def test_a_reply_opens_with_a_word_made_beforehand_where_something_was_done(
    assistant: Assistant, before: str, text: str, opens: bool
) -> None:
    if before:
        said = Utterance(text=before, language="zh", channel="voice")
        await assistant.turn(said, assistant.conversation())
    made = bench(assistant, text)
    await settle(made, -0.3, 1.0, -1.2)
    assert made.room.said and made.room.said.startswith(OPENING["zh"]) is opens


async def test_a_whole_command_does_not_wait_for_the_silence(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯")
    await settle(made, 1.0, -3.0, pace=1.0)
    (receipt,) = made.room.receipts
    assert receipt.by == "whole"


async def test_half_a_command_waits_for_the_rest(assistant: Assistant) -> None:
    made = bench(assistant, "把落地灯", "把落地灯打开")
    await settle(made, 0.8, -0.4, 0.8, -1.2, pace=0.5)
    assert made.lamp() is True
    assert [text for text, final in made.room.texts if final] == ["把落地灯打开"]
    assert made.recogniser.heard[1].seconds > made.recogniser.heard[0].seconds + 0.8


async def test_words_that_lead_nowhere_wait_for_the_silence_and_are_answered(assistant: Assistant) -> None:
    made = bench(assistant, "嗯那个")
    await settle(made, 0.8, -1.2, pace=0.5)
    (receipt,) = made.room.receipts
    assert receipt.by == "silence" and made.room.said


async def test_a_button_that_is_let_go_ends_the_turn_at_once(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯")
    await settle(made, 1.0)  # no silence at all: the sound ends with the word
    (receipt,) = made.room.receipts
    assert receipt.by == "button" and made.lamp() is True


async def test_nobody_listens_to_who_did_not_call(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯")
    await made.session.run(stream(*sounds(1.0, -1.2)))
    assert made.recogniser.heard == [] and made.lamp() is not True
    assert made.room.states == []


async def test_the_wake_phrase_needs_no_pause_after_it(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯", wake=ScriptedWake(1.0))
    await made.session.run(stream(*sounds(-0.2, 2.0, -1.2), pace=0.5))
    assert made.lamp() is True
    (sound,) = made.recogniser.heard
    assert sound.seconds == pytest.approx(1.2 + 0.1, abs=0.15)  # from the end of the phrase on
    (receipt,) = made.room.receipts
    assert receipt.wake is not None and receipt.wake < 0


async def test_the_wake_phrase_alone_opens_the_ear(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯", wake=ScriptedWake(1.0))
    await made.session.run(stream(*sounds(1.0, -1.5, 1.0, -1.2), pace=0.5))
    assert made.lamp() is True and len(made.recogniser.heard) == 1
    assert made.room.earcons == [] or made.room.earcons[0] == "listening"


async def test_a_wake_phrase_that_was_noticed_late_loses_no_command(assistant: Assistant) -> None:
    class Late(ScriptedWake):
        def feed(self, samples: Samples) -> Any:
            return [
                type(woken)(phrase=woken.phrase, end_s=0.8, delay_s=woken.end_s - 0.8)
                for woken in super().feed(samples)
            ]

    made = bench(assistant, "打开落地灯", wake=Late(3.5))
    await made.session.run(stream(*sounds(2.0, -3.0), pace=0.5))
    assert made.lamp() is True


async def test_after_the_answer_it_listens_without_being_called(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯", "关掉它")
    made.session.begin()
    running = asyncio.create_task(made.session.run(stream(*sounds(1.0, -4.0, 1.0, -1.2), pace=1.0)))
    await running
    assert made.lamp() is not True
    assert [text for text, final in made.room.texts if final] == ["打开落地灯", "关掉它"]


async def test_it_goes_to_sleep_when_nobody_follows(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "LISTEN_S", 0.5)
    made = bench(assistant)
    await settle(made, -2.0)
    assert made.session.state == "asleep" and made.room.receipts == []


async def test_speaking_into_the_reply_stops_it_within_two_tenths_of_a_second(assistant: Assistant) -> None:
    async def long(text: str, language: Language) -> Answer:
        return Answer(id="turn", reply="这是一句很长的回答，" * 20, ms={})

    made = bench(assistant, "打开落地灯", "停", ask=long)
    pieces_until_hushed = 0

    async def heard() -> AsyncIterator[Samples]:
        nonlocal pieces_until_hushed
        async for piece in stream(*sounds(1.0, -1.0), pace=0.5):
            yield piece
        await asyncio.wait_for(made.room.speaking.wait(), timeout=10)
        async for piece in stream(*sounds(1.0, -1.2), pace=1.0):
            pieces_until_hushed += made.room.hushed == 0
            yield piece

    made.session.begin()
    await made.session.run(heard())
    assert made.room.receipts[0].stopped and made.room.hushed == 1
    assert pieces_until_hushed * PIECE / HEARING_HZ <= 0.2


async def test_the_replys_own_words_are_nobodys_command(assistant: Assistant) -> None:
    async def reply(text: str, language: Language) -> Answer:
        return Answer(id="turn", reply="我可以打开落地灯。" * 8, ms={})

    made = bench(assistant, "你能做什么", "打开落地灯", ask=reply)
    made.session.begin()
    await made.session.run(stream(*sounds(1.0, -1.2, 1.0, -1.2), pace=1.0))
    assert len(made.room.receipts) == 1 and made.lamp() is not True


async def test_two_readings_that_differ_are_asked_about_and_the_answer_counts(assistant: Assistant) -> None:
    rivals = [
        Hypothesis(text="把客厅空调调到二十四度", score=-0.1),
        Hypothesis(text="把客厅空调调到二十七度", score=-0.12),
    ]
    made = bench(assistant, rivals, "第二个")
    made.session.begin()
    await made.session.run(stream(*sounds(1.0, -4.5, 0.6, -1.2), pace=1.0))
    assert "还是" in made.synthesiser.said[0]
    assert [text for text, final in made.room.texts if final] == ["把客厅空调调到二十七度"]


async def test_a_recogniser_that_fails_is_told_aloud(assistant: Assistant) -> None:
    made = bench(assistant, deaf=True)
    await settle(made, 1.0, -1.2)
    assert "听不了" in made.room.said


async def test_a_voice_that_fails_does_not_stop_the_deed(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯", mute=True)
    await settle(made, 1.0, -1.2)
    assert made.lamp() is True and made.room.receipts[0].first_audio is None


async def test_noise_without_words_is_let_be(assistant: Assistant) -> None:
    made = bench(assistant, "")
    await settle(made, 1.0, -1.2)
    assert made.room.receipts == [] and "gave_up" in made.room.earcons


async def test_an_answer_that_takes_long_is_announced(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "WORKING_S", 0.05)
    go = asyncio.Event()

    async def slow(text: str, language: Language) -> Answer:
        await go.wait()
        return Answer(id="turn", reply="落地灯开了。", ms={})

    made = bench(assistant, "打开落地灯", ask=slow)
    made.session.begin()
    running = asyncio.create_task(made.session.run(stream(*sounds(1.0, -1.2))))
    await asyncio.wait_for(made.room.speaking.wait(), timeout=10)
    go.set()
    await running
    assert "我还在想" in made.synthesiser.said[0] and "落地灯" in made.synthesiser.said[1]


async def test_a_session_that_is_closed_leaves_nothing_running(assistant: Assistant) -> None:
    gate = threading.Event()
    made = bench(assistant, "打开落地灯", gate=gate)
    made.session.begin()
    for sound in sounds(1.0, -0.4):
        made.session.feed(sound.samples)
    await asyncio.sleep(0)
    gate.set()
    await made.session.close()
    made.workers.close()
    assert made.room.receipts == []


async def test_cancelling_forgets_what_was_heard(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯")
    made.session.begin()
    made.session.feed(speech(1.0).samples)
    made.session.cancel()
    await made.session.run(stream(*sounds(-1.2)))
    assert made.lamp() is not True and made.session.state == "asleep"


async def test_what_happens_by_itself_is_said_after_the_answer(assistant: Assistant) -> None:
    made = bench(assistant, "打开落地灯")
    made.session.begin()
    running = asyncio.create_task(made.session.run(stream(*sounds(1.0, -3.0), pace=0.5)))
    await asyncio.wait_for(made.room.speaking.wait(), timeout=10)
    made.session.notify("水开了。", "zh")
    await running
    assert made.synthesiser.said[-1] == "水开了。" and len(made.synthesiser.said) == 2
