"""The parts of the voice measurement that need no model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from homebody.assistant.plan import Plan
from homebody.assistant.understanding.understanding import Understanding
from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.core.clock import ManualClock
from homebody.home.file import default_home
from homebody.home.label import Language
from homebody.lab.reading import NOW
from homebody.lab.suite import LANGUAGES, load_suites
from homebody.lab.voice.clips import VOICES, Clips
from homebody.lab.voice.conditions import CLEAN, CONDITIONS, ECHO_DB, NOISY, ROOM, heard
from homebody.lab.voice.listeners import Homebody, Plain
from homebody.lab.voice.report import VoiceReport, to_markdown
from homebody.lab.voice.run import run, units
from homebody.lab.voice.selection import KINDS, commands
from homebody.lab.voice.waking import SPEEDS, Waking, measure, phrases_said
from homebody.speech.audio import silence
from homebody.speech.recognition import Hypothesis
from homebody.speech.scripted import ScriptedRecogniser, ScriptedSynthesiser, ScriptedWake, speech

ONE = """
schema: homebody.suite/1
home: default
cases:
  - {say: 打开客厅的落地灯, class: plain, steps: ["living_room.floor_lamp on_off on"]}
"""


def power(samples: object) -> float:
    return float(np.mean(np.asarray(samples, np.float64) ** 2))


def test_noise_is_as_loud_as_it_says() -> None:
    clean, noisy = heard(speech(2.0), CLEAN, 1), heard(speech(2.0), NOISY, 1)
    ratio = 10 * np.log10(power(clean.samples) / power(noisy.samples - clean.samples))
    assert ratio == pytest.approx(10.0, abs=0.5)


def test_a_room_echoes_as_much_as_it_says() -> None:
    click = silence(1.0)
    click.samples[100] = 0.5
    echoed = heard(click, type(ROOM)(id="room", title="", room=True), 1).samples
    direct, echoes = echoed[100] ** 2, power(echoed[101:]) * len(echoed[101:])
    assert 10 * np.log10(echoes / direct) == pytest.approx(ECHO_DB, abs=0.5)


def test_the_same_seed_is_the_same_sound() -> None:
    first, again, other = (heard(speech(0.5), ROOM, seed).samples for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    assert np.abs(first).max() <= 1.0


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [
        ("把空调调到26度。", "把空调调到二十六度", "zh"),
        ("set it to 21 degrees", "Set it to twenty-one degrees!", "en"),
        ("亮度50%", "亮度百分之五十", "zh"),
    ],
)
def test_figures_and_words_are_the_same(first: str, second: str, language: Language) -> None:
    assert units(first, language) == units(second, language) != []


def test_the_sentences_are_many_of_several_kinds_and_always_the_same() -> None:
    suites, _ = load_suites()
    for language in LANGUAGES:
        chosen = commands(suites, language, 60)
        assert len({command.case.say for command in chosen}) >= 59
        assert {command.case.class_ for command in chosen} == set(KINDS)
        assert chosen == commands(suites, language, 60)


def test_a_clip_is_made_once(tmp_path: Path) -> None:
    synthesiser = ScriptedSynthesiser()
    clips = Clips(tmp_path, synthesiser)
    first = clips.get("打开灯", "tone")
    assert np.allclose(first.samples, clips.get("打开灯", "tone").samples, atol=1e-3)
    clips.get("打开灯", "tone", 1.2)
    assert len(synthesiser.said) == 2


def test_every_clip_is_heard_by_everybody_and_judged_by_its_plan(tmp_path: Path) -> None:
    suite = tmp_path / "suites" / "zh" / "one.yaml"
    suite.parent.mkdir(parents=True)
    suite.write_text(ONE, encoding="utf-8")
    (command,) = commands(load_suites(tmp_path / "suites")[0], "zh", 1)
    understanding = Understanding(default_home(), ManualClock(NOW))

    def read(text: str) -> Plan:
        return understanding.read(text).plan

    right = [Hypothesis(text=command.case.say, score=0.0)]
    count = len(CONDITIONS) * len(VOICES["zh"])
    ours = Homebody(recogniser=ScriptedRecogniser([right] * count), read=read, phrases=())
    deaf = Plain(recogniser=ScriptedRecogniser(["嗯"] * count), read=read)
    results = list(run([command], Clips(tmp_path, ScriptedSynthesiser()), CONDITIONS, [ours, deaf]))
    assert len(results) == 2 * count
    for result in results:
        assert result.right is (result.listener == ours.title) and not result.acted_wrong
        assert (result.distance == 0) is result.right


def test_false_wakes_and_misses_are_counted(tmp_path: Path) -> None:
    said = list(phrases_said([("小宅小宅", "zh")], Clips(tmp_path, ScriptedSynthesiser()), (CLEAN,)))
    assert len(said) == len(VOICES["zh"]) * len(SPEEDS)
    ends = iter([(0.5,), (), *[(0.5,)] * len(said)])
    found = measure("scripted", lambda: ScriptedWake(*next(ends)), said, [silence(30.0), silence(30.0)])
    assert (found.phrases, found.missed) == (len(said), 1)
    assert (found.minutes, found.false) == (1.0, 1)


def test_the_report_says_that_the_speech_is_synthetic_and_names_no_sentence() -> None:
    receipt = SpokenReceipt(by="whole", recognised=400.0, committed=410.0, acted=430.0, first_audio=900.0)
    report = to_markdown(
        VoiceReport(
            models="Heard by nobody",
            results=[],
            wakings=[Waking(engine="sound", minutes=30.0, false=1, phrases=208, missed=9)],
            receipts=[receipt],
            barge_ins_ms=[120.0],
            load_s=3.0,
            memory_mb=800.0,
        )
    )
    assert "synthetic" in report and "| sound | 30.0 | 1 | 208 | 9 |" in report
    assert "| deed read back | 430 | 430 |" in report
