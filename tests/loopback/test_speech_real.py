"""Real models and real sound: what is said is heard again, in both languages, by several voices, in noise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sherpa_onnx", reason="the speech extra is not installed")

import numpy as np

from homebody.speech import files
from homebody.speech.audio import HEARING_HZ, Audio, joined, silence
from homebody.speech.catalogue import STANDARD
from homebody.speech.reading import chinese, english
from homebody.speech.recognition import Hints
from homebody.speech.room import SpeechRoom
from homebody.speech.speaker import Roster
from homebody.weights.store import Store

pytestmark = pytest.mark.model

CHINESE = (
    "打开客厅的灯",
    "明天早上七点叫我起床",
    "关闭厨房的窗帘",
    "现在几点了",
    "十分钟后提醒我关火",
    "今天天气怎么样",
)
ENGLISH = ("turn on the living room light", "what time is it now", "close the kitchen curtains",
           "turn the volume down a little", "remind me to turn off the stove in ten minutes")  # fmt: skip
WORDS = ("客厅", "厨房", "窗帘", "打开", "灯", "living room", "kitchen", "curtains", "stove", "light")
VOICES = {"zh": ("zf_xiaoxiao", "zm_yunxi"), "en": ("af_heart", "am_michael")}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechRoom]:
    """The room with the models of this machine, converted anew. Absent: skipped, or a failure if required."""
    data = Path(os.environ.get("HOMEBODY_DATA_DIR") or Path.home() / ".local/share/homebody")
    store = Store(data / "models", sources=())
    if lacking := [model.id for model in STANDARD if store.path(model) is None]:
        reason = f"no {', '.join(lacking)} in {store.root}: homebody models pull speech"
        if os.environ.get("HOMEBODY_TEST_REQUIRE_MODELS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield SpeechRoom(store, tmp_path_factory.mktemp("speech"), recogniser="whisper-base")


def spoken(room: SpeechRoom, text: str, voice: str) -> Audio:
    return joined(clause.audio for clause in room.synthesiser().say(text, voice=voice)).at(HEARING_HZ)


def noisy(audio: Audio, decibels: float) -> Audio:
    """With noise that falls off like that of a room, so many decibels below the speech."""
    random = np.random.default_rng(7)
    spectrum = np.fft.rfft(random.normal(size=len(audio.samples)))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    noise = np.fft.irfft(spectrum, len(audio.samples))
    level = np.sqrt(np.mean(audio.samples**2) / np.mean(noise**2)) * 10 ** (-decibels / 20)
    return Audio(samples=(audio.samples + level * noise).astype(np.float32), rate=audio.rate)


def echoing(audio: Audio) -> Audio:
    """As across a room: the sound and its echoes, gone after 0.3 s."""
    random = np.random.default_rng(11)
    time = np.arange(round(0.3 * audio.rate)) / audio.rate
    room = random.normal(size=len(time)) * np.exp(-time / 0.06) * 0.06
    room[0] = 1.0
    heard = np.convolve(audio.samples, room)
    return Audio(samples=(heard / np.abs(heard).max() * 0.7).astype(np.float32), rate=audio.rate)


def letters(text: str, language: str) -> list[str]:
    """What counts when texts are compared: characters, or words; figures as words."""
    if language == "zh":
        return re.findall(r"[\u4e00-\u9fff]", chinese.read(text))
    return re.findall(r"[a-z]+", english.read(text).lower())


def errors(said: str, heard: str, language: str) -> tuple[int, int]:
    """Edits from what was heard to what was said, and the length of that."""
    wanted, found = letters(said, language), letters(heard, language)
    row = list(range(len(found) + 1))
    for number, letter in enumerate(wanted, 1):
        above, row[0] = row[0], number
        for place, other in enumerate(found, 1):
            edit = above + (letter != other)
            above = row[place]
            row[place] = min(edit, above + 1, row[place - 1] + 1)
    return row[-1], len(wanted)


@pytest.fixture(scope="module")
def commands(room: SpeechRoom) -> list[tuple[str, str, Audio]]:
    """Language, text and sound of every sentence by every voice."""
    return [
        (language, text, spoken(room, text, voice))
        for language, texts in (("zh", CHINESE), ("en", ENGLISH))
        for voice in VOICES[language]
        for text in texts
    ]


def share(room: SpeechRoom, sounds: list[tuple[str, str, Audio]], hints: Hints) -> dict[str, float]:
    """The share of characters or words that were wrong, by language."""
    counted = {"zh": [0, 0], "en": [0, 0]}
    for language, text, audio in sounds:
        heard = room.recogniser().recognise(audio, hints)
        assert heard.language == language, (text, heard)
        wrong, length = errors(text, heard.text, language)
        counted[language][0] += wrong
        counted[language][1] += length
    return {language: wrong / length for language, (wrong, length) in counted.items()}


def test_what_is_said_is_heard(room: SpeechRoom, commands: list[tuple[str, str, Audio]]) -> None:
    plain = share(room, commands, Hints())
    assert plain["zh"] < 0.25 and plain["en"] < 0.1, plain
    expected = share(room, commands, Hints(phrases=WORDS))
    assert expected["zh"] <= plain["zh"] and expected["en"] <= plain["en"], (plain, expected)


@pytest.mark.parametrize("spoil", [lambda audio: noisy(audio, 10), echoing], ids=["noise", "echo"])
def test_it_is_heard_in_noise_and_across_a_room(
    room: SpeechRoom, commands: list[tuple[str, str, Audio]], spoil: object
) -> None:
    spoilt = [(language, text, spoil(audio)) for language, text, audio in commands]  # type: ignore[operator]
    wrong = share(room, spoilt, Hints(phrases=WORDS))
    assert wrong["zh"] < 0.35 and wrong["en"] < 0.25, wrong


def test_figures_are_read_so_that_they_are_heard(room: SpeechRoom) -> None:
    heard = room.recogniser().recognise(spoken(room, "It is 20:30, and 23.5°C.", "af_heart")).text
    assert "23.5" in heard and re.search(r"20:?30", heard)
    heard = room.recogniser().recognise(spoken(room, "现在湿度 45%。", "zm_yunxi"), Hints(language="zh")).text
    assert "45" in heard


def test_sound_without_words_gives_none(room: SpeechRoom) -> None:
    for audio in (silence(2.0), silence(0.0), silence(0.05)):
        heard = room.recogniser().recognise(audio)
        assert heard.text == "" and heard.hypotheses == () and heard.no_speech > 0.5
    hiss = Audio(
        samples=np.random.default_rng(3).normal(0, 0.01, 3 * HEARING_HZ).astype(np.float32), rate=HEARING_HZ
    )
    assert room.detector().feed(hiss.samples) + room.detector().flush() == []


def test_readings_come_best_first_and_once(room: SpeechRoom, commands: list[tuple[str, str, Audio]]) -> None:
    heard = room.recogniser().recognise(commands[0][2], Hints(alternatives=4))
    texts = [each.text for each in heard.hypotheses]
    assert 1 < len(texts) <= 4 and len(set(texts)) == len(texts)
    assert heard.language_share > 0.8 and heard.no_speech < 0.5


def test_speech_is_cut_where_people_pause(room: SpeechRoom, commands: list[tuple[str, str, Audio]]) -> None:
    first, second = commands[0][2], commands[1][2]
    sound = joined([silence(1.0), first, silence(1.5), second, silence(1.0)]).samples
    detector = room.detector()
    found = [
        each for start in range(0, len(sound), 1_000) for each in detector.feed(sound[start : start + 1_000])
    ]
    assert len(found) == 2 and detector.flush() == []
    assert found[0].start_s == pytest.approx(0.9, abs=0.3)
    assert found[1].start_s == pytest.approx(2.4 + first.seconds, abs=0.4)


def test_clauses_come_one_by_one_and_stop_when_nobody_listens(room: SpeechRoom) -> None:
    clauses = room.synthesiser().say("好的，客厅的灯已经打开了。还有什么要帮忙的吗？")
    first = next(clauses)
    assert first.text == "好的，" and 0.2 < first.audio.seconds < 1.5 and first.audio.rate == 24_000
    assert 0.1 < first.audio.peak <= 1.0
    clauses.close()  # type: ignore[attr-defined]  # a generator
    assert list(clauses) == []


def test_a_wake_phrase_wakes_and_other_speech_does_not(
    room: SpeechRoom, commands: list[tuple[str, str, Audio]]
) -> None:
    wake = room.wake(["小宅小宅"])
    pause = silence(0.6)
    for voice in VOICES["zh"]:
        sound = joined([pause, spoken(room, "小宅小宅，打开客厅的灯", voice), pause])
        (woken,) = wake.feed(sound.samples)
        assert woken.phrase == "小宅小宅" and woken.end_s > 0.5
        wake.reset()
    for _, _, audio in commands[:8]:
        assert wake.feed(joined([pause, audio, pause]).samples) == []


def test_an_english_wake_word_has_a_model_of_its_own(room: SpeechRoom) -> None:
    wake = room.wake(["okay nabu"])
    pause = silence(1.0)
    heard = [
        bool(wake.feed(joined([pause, spoken(room, text, voice), pause]).samples))
        for voice in ("af_heart", "am_michael", "bf_emma")
        for text in ("okay nabu.", "turn on the lights.")
    ]
    assert sum(heard[::2]) >= 2 and not any(heard[1::2])


def test_people_are_told_apart_and_strangers_stay_strangers(room: SpeechRoom) -> None:
    voices = ("zf_xiaoxiao", "zm_yunjian", "af_bella")
    enrolling = ("打开客厅的灯，然后把窗帘关上。", "今天晚上我想早一点睡觉。", "明天早上七点叫我起床。")
    roster = Roster(room.voice_print())
    for voice in voices[:2]:
        roster.enrol(voice, [spoken(room, text, voice) for text in enrolling])
    for voice in voices[:2]:
        assert roster.guess(spoken(room, "请把卧室的空调调到二十六度。", voice)).person == voice
    assert roster.guess(spoken(room, "Please turn on the living room light now.", voices[2])).person is None


def test_the_commands(room: SpeechRoom, tmp_path: Path) -> None:
    """``homebody say`` and ``homebody transcribe`` as a person calls them."""

    def homebody(*arguments: str) -> subprocess.CompletedProcess[str]:
        script = "from homebody.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    sound, quiet, text = tmp_path / "a.mp3", tmp_path / "quiet.wav", tmp_path / "text.wav"
    told = homebody("say", "Turn on the living room light.", "--voice", "bm_george", "--out", str(sound))
    assert told.returncode == 0, told.stderr
    files.write(quiet, silence(2.0))
    text.write_text("no sound at all")
    told = homebody("transcribe", str(sound), "--json")
    document = json.loads(told.stdout)
    assert told.returncode == 0 and document["schema"] == "homebody.transcript/1"
    assert [each["language"] for each in document["segments"]] == ["en"]
    assert "living room light" in document["segments"][0]["text"].lower()
    told = homebody("transcribe", str(quiet))
    assert told.returncode == 4 and "silent" in told.stderr
    told = homebody("transcribe", str(sound), str(text))
    assert told.returncode == 2 and "text file" in told.stderr and "living room" in told.stdout.lower()
    told = homebody("say", "hello", "--voice", "nobody", "--out", str(sound))
    assert told.returncode == 2 and "af_heart" in told.stderr
