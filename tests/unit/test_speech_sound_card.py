"""This machine's microphone and loudspeaker, with a PortAudio that does as a test says."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from homebody.core.errors import EngineError
from homebody.speech import sound_card
from homebody.speech.audio import HEARING_HZ, Audio
from homebody.speech.scripted import speech
from homebody.speech.sound_card import BLOCK, MOST_BLOCKS, SoundCard


class PortAudioError(Exception):
    pass


class Stream:
    def __init__(self, card: Card, *, callback: Any, **how: Any) -> None:
        assert (how["samplerate"], how["channels"], how["dtype"]) == (HEARING_HZ, 1, "float32")
        self.callback = callback
        self.closed = False
        card.streams.append(self)

    def start(self) -> None: ...

    def close(self) -> None:
        self.closed = True


class Card:
    """A `sounddevice` whose microphone and loudspeaker are driven by hand."""

    PortAudioError = PortAudioError

    def __init__(self, *, devices: bool = True) -> None:
        self.devices = devices
        self.streams: list[Stream] = []

    def InputStream(self, **how: Any) -> Stream:
        if not self.devices:
            raise PortAudioError("Error querying device -1")
        return Stream(self, **how)

    OutputStream = InputStream

    def bring(self, samples: Any) -> None:
        self.streams[0].callback(samples.reshape(-1, 1), len(samples), None, None)

    def take(self, frames: int = BLOCK) -> Any:
        block = np.ones((frames, 1), np.float32)
        self.streams[1].callback(block, frames, None, None)
        return block[:, 0]


async def test_what_the_microphone_brings_is_heard() -> None:
    card = Card()
    async with SoundCard(library=card) as used:
        sound = speech(0.02).samples
        card.bring(sound)
        assert np.array_equal(await anext(aiter(used.sound())), sound)
    assert all(stream.closed for stream in card.streams)


async def test_what_is_played_comes_out_in_order_and_silence_after_it() -> None:
    card = Card()
    async with SoundCard(library=card) as used:
        played = Audio(samples=np.linspace(0.1, 0.2, BLOCK + 10, dtype=np.float32), rate=HEARING_HZ)
        await used.play(played, "")
        assert np.array_equal(card.take(), played.samples[:BLOCK])
        rest = card.take()
        assert np.array_equal(rest[:10], played.samples[BLOCK:]) and not rest[10:].any()


async def test_hush_silences_at_once() -> None:
    card = Card()
    async with SoundCard(library=card) as used:
        await used.play(speech(5.0), "")
        assert card.take().any()
        await used.hush()
        assert not card.take().any()


async def test_sound_of_another_rate_is_resampled_without_seams() -> None:
    card = Card()
    async with SoundCard(library=card) as used:
        whole = speech(1.0, 24_000)
        for start in range(0, 24_000, 6_000):
            await used.play(Audio(samples=whole.samples[start : start + 6_000], rate=24_000), "")
        heard = np.concatenate([card.take() for _ in range(40)])
        steps = np.abs(np.diff(heard[HEARING_HZ // 10 : HEARING_HZ // 2]))
        usual = np.abs(np.diff(whole.at(HEARING_HZ).samples[HEARING_HZ // 10 : HEARING_HZ // 2]))
        assert steps.max() <= usual.max() * 1.2


async def test_who_does_not_listen_loses_the_oldest_and_memory_is_bounded() -> None:
    card = Card()
    async with SoundCard(library=card) as used:
        for number in range(MOST_BLOCKS + 5):
            card.bring(np.full(BLOCK, number / 1000, np.float32))
        await asyncio.sleep(0)
        assert used.lost == 5
        first = await anext(aiter(used.sound()))
        assert first[0] == pytest.approx(5 / 1000)


async def test_a_microphone_that_vanishes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_card, "QUIET_S", 0.01)
    async with SoundCard(library=Card()) as used:
        with pytest.raises(EngineError, match="microphone is gone") as caught:
            await anext(aiter(used.sound()))
    assert "Plug it in again" in caught.value.hint


async def test_a_machine_without_devices_says_what_to_do() -> None:
    with pytest.raises(EngineError, match="no microphone") as caught:
        async with SoundCard(library=Card(devices=False)):
            pass
    assert "homebody pair" in caught.value.hint


async def test_what_is_played_reaches_the_canceller_and_what_it_leaves_is_heard() -> None:
    told: list[int] = []
    canceller = SimpleNamespace(
        played=lambda samples: told.append(len(samples)), heard=lambda samples: samples * 0
    )
    card = Card()
    async with SoundCard(library=card, canceller=canceller) as used:
        card.take()
        card.bring(speech(0.02).samples)
        assert not (await anext(aiter(used.sound()))).any()
    assert told == [BLOCK]
