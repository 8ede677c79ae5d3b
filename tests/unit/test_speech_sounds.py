"""Words as phonetic letters, and texts that sound alike."""

from __future__ import annotations

import pytest

pytest.importorskip("misaki", reason="the speech extra is not installed")

from homebody.speech.likeness import Likeness
from homebody.speech.sounds import chinese
from homebody.speech.sounds.english import English
from homebody.speech.wake_by_sound import NEAREST


@pytest.fixture(scope="module")
def english() -> English:
    return English()


def test_chinese_with_its_tones() -> None:
    assert chinese.sounds("你好，打开灯。") == "ni↗xau↓, ta↓kʰai→" + chinese.sounds("灯") + ". "
    assert chinese.sounds("不是") == chinese.sounds("不")[:-1] + "↗" + chinese.sounds("是")
    assert chinese.sounds("绿") != chinese.sounds("路")


def test_a_word_is_read_as_the_word_that_it_is_in() -> None:
    assert chinese.sounds("空调")[-1] == "↗" and chinese.sounds("调到").startswith(chinese.sounds("掉"))
    assert chinese.sounds("银行").endswith(chinese.sounds("航"))


@pytest.mark.parametrize(
    ("words", "sounds"),
    [
        ("lights", "lˈIts"), ("boxes", "bˈɑksᵻz"), ("cleaned", "klˈind"), ("docked", "dˈɑkt"),
        ("dimming", "dˈɪmɪŋ"), ("the apple", "ði ˈæpᵊl"), ("the light", "ðə lˈIt"), ("TV", "tˌivˈi"),
        ("A M", "ˈA ˈɛm"), ("HomeKit", "hˈOmkˈɪt"),
    ],
)  # fmt: skip
def test_english_words(english: English, words: str, sounds: str) -> None:
    assert english.sounds(words) == sounds


def test_a_word_that_nobody_knows_is_spelt_without_the_network(english: English) -> None:
    assert english.sounds("Zzyx") == english.sounds("Z Z Y X")


@pytest.mark.parametrize(
    ("text", "phrase", "alike"),
    [
        ("小宅小宅", "小宅小宅", True),
        ("小窄小寨，打开客厅的灯", "小宅小宅", True),
        ("嗯，小宅小宅", "小宅小宅", True),
        ("晓彩小宅打开灯", "小宅小宅", True),
        ("打开客厅的灯", "小宅小宅", False),
        ("小区在哪里", "小宅小宅", False),
        ("Hey homebody turn on the light", "hey homebody", True),
        ("Hey home buddy, hello", "hey homebody", True),
        ("Nobody is at home tonight", "hey homebody", False),
        ("", "小宅小宅", False),
    ],
)
def test_a_text_that_begins_like_a_phrase(text: str, phrase: str, alike: bool) -> None:
    distance, share = Likeness().begins_with(text, phrase)
    assert (distance <= NEAREST) is alike
    assert 0 <= share <= 1


def test_the_share_says_where_the_phrase_ends() -> None:
    _, share = Likeness().begins_with("小宅小宅打开灯吧", "小宅小宅")
    assert 0.35 < share < 0.65
