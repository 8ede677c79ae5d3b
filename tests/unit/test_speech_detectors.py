"""Segments, wake words by sound, voices and the room, with engines that a test writes itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="the speech extra is not installed")
pytest.importorskip("misaki", reason="the speech extra is not installed")

import numpy as np

from homebody.core.errors import EngineError, InputError
from homebody.speech import catalogue
from homebody.speech.audio import HEARING_HZ, Audio, Samples, silence
from homebody.speech.recognition import NO_HINTS, Capabilities, Hints, Hypothesis, Recognition
from homebody.speech.requirements import LIBRARIES
from homebody.speech.room import SpeechRoom
from homebody.speech.silero import Segmenter
from homebody.speech.speaker import Roster, Vector
from homebody.speech.vad import FRAME
from homebody.speech.wake_by_sound import WakeBySound
from homebody.speech.wake_micro import MicroWake
from homebody.weights.store import Store

FRAME_S = FRAME / HEARING_HZ


class Loudness:
    """Speech is what is loud."""

    def __init__(self) -> None:
        self._left = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        waiting = np.concatenate([self._left, samples])
        whole = len(waiting) // FRAME * FRAME
        self._left = waiting[whole:]
        return [float(np.abs(frame).max() > 0.1) for frame in waiting[:whole].reshape(-1, FRAME)]

    def reset(self) -> None:
        self._left = self._left[:0]


def speech(seconds: float) -> Audio:
    return Audio(samples=np.full(round(seconds * HEARING_HZ), 0.5, np.float32), rate=HEARING_HZ)


def stream(*parts: Audio) -> Samples:
    return np.concatenate([part.samples for part in parts])


# --- segments


@pytest.mark.parametrize("piece", [1, 160, 512, 4_000, 1_000_000])
def test_segments_do_not_depend_on_the_pieces(piece: int) -> None:
    sound = stream(silence(1), speech(1), silence(1), speech(0.5), silence(0.2), speech(0.5), silence(1))
    detector = Segmenter(Loudness(), silence_s=0.5)
    if piece == 1:
        sound = sound[: 2 * HEARING_HZ]
    found = [
        each for start in range(0, len(sound), piece) for each in detector.feed(sound[start : start + piece])
    ]
    found += detector.flush()
    starts = [each.start_s for each in found]
    wanted = [0.8] if piece == 1 else [0.8, 2.8]
    assert starts == pytest.approx(wanted, abs=2 * FRAME_S)
    assert found[0].end_s == pytest.approx(2.2 if piece > 1 else 2.0, abs=2 * FRAME_S)


def test_a_click_is_no_speech_and_long_speech_is_cut() -> None:
    detector = Segmenter(Loudness(), shortest_s=0.1, longest_s=2.0)
    assert detector.feed(stream(silence(1), speech(0.03), silence(1))) == []
    found = detector.feed(speech(5).samples) + detector.flush()
    assert sum(each.audio.seconds for each in found) == pytest.approx(5.0, abs=0.3)
    assert max(each.audio.seconds for each in found) <= 2.0 + FRAME_S


def test_speaking_is_known_at_once() -> None:
    detector = Segmenter(Loudness())
    detector.feed(speech(0.1).samples)
    assert detector.speaking
    detector.flush()
    assert not detector.speaking


# --- wake words


class Says:
    """A recogniser that hears what the test says, in turn."""

    capabilities = Capabilities(languages=("zh", "en"))

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.heard: list[tuple[float, Hints]] = []

    def recognise(self, audio: Audio, hints: Hints = NO_HINTS, /) -> Recognition:
        self.heard.append((audio.seconds, hints))
        text = self.texts.pop(0)
        found = (Hypothesis(text=text, score=-0.2),) if text else ()
        return Recognition(hypotheses=found, language="zh", seconds=audio.seconds, ms=1.0)


def test_the_phrase_wakes_while_the_speaker_goes_on() -> None:
    recogniser = Says("小窄小寨打开")
    wake = WakeBySound(("小宅小宅",), Loudness(), recogniser)
    found = wake.feed(stream(silence(1), speech(4)))
    assert [woken.phrase for woken in found] == ["小宅小宅"]
    ((seconds, hints),) = recogniser.heard
    assert hints.phrases == ("小宅小宅",) and seconds < 2.2
    assert 1.5 < found[0].end_s < 2.7 and found[0].delay_s > 0
    assert found[0].heard == "小窄小寨打开"


def test_each_stretch_of_speech_is_looked_at_once() -> None:
    recogniser = Says("今天天气怎么样", "小宅小宅", "")
    wake = WakeBySound(("小宅小宅",), Loudness(), recogniser)
    gap = silence(0.5)
    assert wake.feed(stream(speech(3), gap)) == []
    assert [woken.phrase for woken in wake.feed(stream(speech(0.9), gap))] == ["小宅小宅"]
    assert wake.feed(stream(speech(0.5), gap)) == []
    assert wake.feed(stream(speech(0.1), gap)) == []  # too short to hold a phrase: nobody is asked
    assert len(recogniser.heard) == 3


def test_small_models_know_their_own_phrases_only() -> None:
    with pytest.raises(InputError, match="小宅"):
        MicroWake(["小宅小宅"])


# --- voices


class Print:
    """A voice is its loudness."""

    threshold, shortest_s = 0.9, 0.1

    def vector(self, audio: Audio) -> Vector:
        angle = audio.peak * np.pi / 2
        return np.array([np.cos(angle), np.sin(angle)], np.float32)


def voice(peak: float) -> Audio:
    return Audio(samples=np.full(8_000, peak, np.float32), rate=HEARING_HZ)


def test_who_speaks_and_who_nobody_knows() -> None:
    roster = Roster(Print())
    assert roster.guess(voice(0.2)).person is None
    roster.enrol("lan", [voice(0.1), voice(0.12), voice(0.11)])
    roster.enrol("wei", [voice(0.9), voice(0.88), voice(0.91)])
    assert roster.guess(voice(0.13)).person == "lan" and roster.guess(voice(0.86)).person == "wei"
    assert roster.guess(voice(0.5)).person is None
    again = Roster(Print(), roster.export())
    assert again.guess(voice(0.13)) == roster.guess(voice(0.13))
    roster.forget("lan")
    assert roster.guess(voice(0.13)).person is None


def test_enrolling_wants_three_sentences_of_one_voice() -> None:
    roster = Roster(Print())
    with pytest.raises(InputError, match="3 sentences"):
        roster.enrol("lan", [voice(0.1)] * 2)
    with pytest.raises(InputError, match="one person"):
        roster.enrol("lan", [voice(0.0), voice(0.5), voice(1.0)])


# --- the room


def empty(tmp_path: Path, recogniser: str = "auto") -> SpeechRoom:
    return SpeechRoom(Store(tmp_path / "models", sources=()), tmp_path / "cache", recogniser=recogniser)


@pytest.mark.parametrize(
    "ask",
    [
        lambda room: room.probability(),
        lambda room: room.detector(),
        lambda room: room.recogniser(),
        lambda room: room.synthesiser(),
        lambda room: room.voice_print(),
        lambda room: room.wake(["小宅小宅"]),
    ],
)
def test_what_is_missing_says_the_command_that_gets_it(
    tmp_path: Path, ask: Callable[[SpeechRoom], object]
) -> None:
    with pytest.raises(EngineError, match="is not here") as caught:
        ask(empty(tmp_path))
    assert caught.value.hint == "homebody models pull speech"
    assert not (tmp_path / "cache").exists()


def test_a_recogniser_that_was_chosen_is_missed_by_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        empty(tmp_path, "sensevoice-small").recogniser()
    assert caught.value.hint == "homebody models pull sensevoice-small"
    with pytest.raises(InputError, match="no recogniser"):
        empty(tmp_path, "kokoro-82m")


def test_the_room_knows_what_it_lacks_and_which_wake_engine_it_would_take(tmp_path: Path) -> None:
    room = empty(tmp_path)
    assert room.missing() == catalogue.STANDARD
    assert room.wake_engine(["hey jarvis"]) == "micro" and room.wake_engine(["小宅小宅"]) == "sound"
    with pytest.raises(InputError, match="no wake phrase"):
        room.wake([])


def test_what_is_of_the_extra_is_imported_when_it_is_used() -> None:
    script = (
        "import sys, homebody, homebody.cli, homebody.assistant.assembly, homebody.commands.checks\n"
        "print([name for name in sys.argv[1:] if name in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", script, *LIBRARIES], capture_output=True, text=True, check=True
    ).stdout
    assert output.strip() == "[]"


def test_every_model_of_the_catalogue_can_be_had_somewhere() -> None:
    ids: Sequence[str] = [file.id for model in catalogue.CATALOGUE for file in model.files]
    assert len(set(ids)) == len(ids)
    for model in catalogue.CATALOGUE:
        for file in model.files:
            assert file.hub or file.parts or file.address, file.id
            assert not file.parts or sum(part.size for part in file.parts) == file.size, file.id
            assert file.sha256 is None or len(file.sha256) == 64, file.id
            assert not model.standard or (file.parts and file.sha256), file.id  # pinned, and without a hub
