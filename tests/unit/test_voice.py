"""When a turn is over, what was meant, and what is only an echo."""

from __future__ import annotations

import numpy as np
import pytest

from homebody.assistant.plan import Plan
from homebody.assistant.understanding.grammar import Grammar
from homebody.assistant.voice import readings
from homebody.assistant.voice.ear import KEPT_S, LEAD_S, TAIL_S, Ear
from homebody.assistant.voice.echoes import is_echo
from homebody.assistant.voice.endpoint import (
    BEGIN_S,
    END_S,
    FRAME_S,
    LONGEST_S,
    PAUSE_S,
    Endpoint,
    Event,
)  # fmt: skip
from homebody.assistant.voice.whole import is_whole
from homebody.home.file import default_home
from homebody.speech.audio import HEARING_HZ, silence
from homebody.speech.recognition import Hypothesis
from homebody.speech.scripted import LoudIsSpeech, speech


def frames(seconds: float) -> int:
    return round(seconds / FRAME_S)


def told(endpoint: Endpoint, *stretches: tuple[float, float]) -> list[Event]:
    """What it tells of (probability, seconds) one after the other."""
    events = [endpoint.feed(p) for p, seconds in stretches for _ in range(frames(seconds))]
    return [event for event in events if event is not None]


def test_speech_begins_pauses_and_ends() -> None:
    events = told(Endpoint(), (0.0, 1.0), (0.9, 1.0), (0.0, 1.5))
    assert [event.kind for event in events] == ["began", "paused", "ended"]
    began, paused, ended = events
    assert began.start_s == pytest.approx(1.0, abs=FRAME_S)
    assert paused.end_s == ended.end_s == pytest.approx(2.0, abs=2 * FRAME_S)


def test_a_pause_that_was_none_is_taken_back() -> None:
    events = told(Endpoint(), (0.9, 0.5), (0.0, 0.4), (0.9, 0.5), (0.0, 1.0))
    assert [event.kind for event in events] == ["began", "paused", "resumed", "paused", "ended"]
    assert events[-1].start_s == pytest.approx(0.0, abs=FRAME_S)
    assert events[-1].end_s == pytest.approx(1.4, abs=2 * FRAME_S)


def test_a_click_is_no_speech_and_a_breath_is_no_pause() -> None:
    assert told(Endpoint(), (0.9, FRAME_S), (0.0, 1.0), (0.9, FRAME_S), (0.0, 1.0)) == []
    events = told(Endpoint(), (0.9, 0.5), (0.0, PAUSE_S - 2 * FRAME_S), (0.9, 0.5))
    assert [event.kind for event in events] == ["began"]


def test_between_the_thresholds_it_stays_what_it_was() -> None:
    assert told(Endpoint(), (0.42, 2.0)) == []
    assert [event.kind for event in told(Endpoint(), (0.9, BEGIN_S), (0.42, 2.0))] == ["began"]


def test_an_end_is_forced_on_who_never_pauses() -> None:
    events = told(Endpoint(), (0.9, LONGEST_S + 1))
    assert [event.kind for event in events] == ["began", "ended", "began"]
    assert events[1].too_long


def test_an_hour_of_silence_is_nothing() -> None:
    assert told(Endpoint(), (0.0, 3600.0)) == []


def test_a_button_ends_it() -> None:
    endpoint = Endpoint()
    assert endpoint.cut() is None
    told(endpoint, (0.9, 1.0))
    event = endpoint.cut()
    assert event is not None and event.kind == "ended"
    assert not endpoint.speaking


# the ear


def test_the_ear_gives_the_speech_with_a_little_around_it() -> None:
    ear = Ear(LoudIsSpeech())
    ear.feed(silence(1.0).samples)
    ear.feed(speech(1.0).samples)
    events = ear.feed(silence(END_S + 0.2).samples)
    ended = events[-1]
    assert ended.kind == "ended"
    sound = ear.sound(ended.start_s, ended.end_s)
    assert sound.seconds == pytest.approx(1.0 + LEAD_S + TAIL_S, abs=4 * FRAME_S)
    later = ear.sound(ended.start_s, ended.end_s, not_before_s=1.5)
    assert later.seconds == pytest.approx(0.5 + TAIL_S, abs=4 * FRAME_S)


def test_the_ear_forgets_what_is_old() -> None:
    ear = Ear(LoudIsSpeech())
    for _ in range(200):
        ear.feed(silence(1.0).samples)
    assert ear.now_s == pytest.approx(200.0)
    assert ear._kept <= (KEPT_S + 1) * HEARING_HZ
    assert ear.sound(0.0, 5.0).seconds <= 5.0 and not np.any(ear.sound(190.0, 195.0).samples)


# whole


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(default_home())


def plan_of(grammar: Grammar, text: str) -> Plan:
    return grammar.parse(text).plan


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("打开客厅的灯", True),
        ("客厅的灯", False),
        ("打开客厅的灯和", False),
        ("打开客厅的灯，然后", False),
        ("把客厅的", False),
        ("turn on the floor lamp", True),
        ("turn on the", False),
        ("turn on the floor lamp and", False),
        ("turn on the floor lamp in the", False),
        ("几点了", True),
        ("打开月球的灯", False),
        ("", False),
    ],
)
def test_whole_commands_and_those_that_go_on(grammar: Grammar, text: str, whole: bool) -> None:
    assert is_whole(text, plan_of(grammar, text)) is whole


# echoes


@pytest.mark.parametrize(
    ("heard", "said", "echo"),
    [
        ("客厅灯打开了", "好的，客厅灯打开了。", True),
        ("客厅登打开乐", "好的，客厅灯打开了。", True),  # as recognition may write it
        ("关掉卧室的空调", "好的，客厅灯打开了。", False),
        ("the living room light is on", "Done: the living room light is on.", True),
        ("turn it off again", "Done: the living room light is on.", False),
        ("", "好的", False),
        ("停", "", False),
    ],
)
def test_our_own_words_are_known_by_their_sound(heard: str, said: str, echo: bool) -> None:
    assert is_echo(heard, said) is echo


# readings


def hypotheses(*texts: str, step: float = -0.1) -> list[Hypothesis]:
    return [Hypothesis(text=text, score=index * step) for index, text in enumerate(texts)]


def test_the_reading_that_this_home_can_do_is_taken(grammar: Grammar) -> None:
    choice = readings.choose(hypotheses("打开客听的等噢", "打开客厅的灯"), lambda t: plan_of(grammar, t))
    assert choice is not None and choice.text == "打开客厅的灯" and choice.other is None


def test_two_readings_that_differ_in_effect_are_asked_about(grammar: Grammar) -> None:
    choice = readings.choose(
        hypotheses("把客厅空调调到十四度", "把客厅空调调到二十四度", "打开客厅空调"),
        lambda t: plan_of(grammar, t),
    )
    assert choice is not None and choice.other is not None
    asked = readings.question(choice, "zh")
    assert choice.text in asked and choice.other in asked
    assert readings.answer("第二个", choice.text, choice.other) == choice.other
    assert readings.answer("the first one", "a", "b") == "a"
    assert readings.answer("打开电视", choice.text, choice.other) is None


def test_readings_of_the_same_effect_are_not_asked_about(grammar: Grammar) -> None:
    choice = readings.choose(hypotheses("打开客厅的灯", "打开客厅灯"), lambda t: plan_of(grammar, t))
    assert choice is not None and choice.other is None


def test_a_reading_that_was_heard_much_worse_is_no_rival(grammar: Grammar) -> None:
    heard = hypotheses("打开客厅的灯", "打开卧室的灯", step=-1.0)
    choice = readings.choose(heard, lambda t: plan_of(grammar, t))
    assert choice is not None and choice.other is None


def test_nothing_heard_is_nothing() -> None:
    assert readings.choose(hypotheses("", "  "), lambda _: pytest.fail("nothing to read")) is None
