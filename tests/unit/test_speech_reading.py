"""Text as it is read aloud: figures, units, times, clauses, and the sounds of words."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")  # of the speech extra

from homebody.speech.clauses import clauses, ends_sentence
from homebody.speech.reading.chinese_numbers import number as chinese_number
from homebody.speech.reading.chinese_numbers import whole as chinese_whole
from homebody.speech.reading.english_numbers import number as english_number
from homebody.speech.reading.english_numbers import ordinal, year
from homebody.speech.reading.mixed import stretches


def read(text: str) -> str:
    return "".join(stretch.text for stretch in stretches(text))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
        (1_005, "一千零五"), (2_000, "两千"), (10_000, "一万"), (20_000, "两万"), (100_005, "十万零五"),
        (120_000, "十二万"), (200_000_000, "两亿"), (-3, "负三"),
        (10**16, "一" + "零" * 16),
    ],
)  # fmt: skip
def test_whole_numbers_in_chinese(number: int, words: str) -> None:
    assert chinese_whole(number) == words


def test_figures_as_they_are_written() -> None:
    assert chinese_number("-3.50") == "负三点五零"
    assert chinese_number("1,200") == "一千二百"
    assert chinese_number("007") == "零零七"
    assert english_number("-3.5") == "minus three point five"
    assert english_number("1,205") == "one thousand two hundred and five"
    assert english_number("007") == "zero zero seven"
    assert (ordinal(21), ordinal(30), ordinal(12)) == ("twenty first", "thirtieth", "twelfth")
    assert (year(1998), year(2005), year(2026)) == (
        "nineteen ninety eight", "two thousand and five", "twenty twenty six",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("客厅现在 26℃，湿度 45%。", "客厅现在 二十六摄氏度，湿度 百分之四十五。"),
        ("外面-5°C", "外面零下五摄氏度"),
        ("明天 7:05 叫我", "明天 七点零五分 叫我"),
        ("14:00", "十四点整"),
        ("2:30", "两点三十分"),
        ("2026-11-24", "二零二六年十一月二十四日"),
        ("2盏灯在第2层", "两盏灯在第二层"),
        ("20-26度", "二十到二十六度"),
        ("亮度 2%", "亮度 百分之二"),
        ("PM2.5 是 12 µg/m³", "PM二点五 是 十二微克每立方米"),
        ("功率 1,200 W，共 2.5 kWh", "功率 一千二百瓦，共 二点五千瓦时"),
        ("拨打 13800138000", "拨打 一三八零零一三八零零零"),
        ("**重要** https://example.org 请看", "重要 请看"),
    ],
)
def test_chinese_sentences(text: str, said: str) -> None:
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is 26°C and 45%.", "It is twenty six degrees Celsius and forty five percent."),
        ("at 7:05 am or 20:30", "at seven oh five A M or twenty thirty"),
        ("at 7:00", "at seven o'clock"),
        ("on 2026-11-24", "on November twenty fourth twenty twenty six"),
        ("the 2nd of 12", "the second of twelve"),
        ("1 min, 2 min", "one minute, two minutes"),
        ("20-26 degrees", "twenty to twenty six degrees"),
        ("it costs $5, 007", "it costs five dollars, zero zero seven"),
        ("2700 K", "two thousand seven hundred kelvin"),
    ],
)
def test_english_sentences(text: str, said: str) -> None:
    assert read(text) == said


def test_a_sentence_in_both_languages_keeps_each_in_its_own() -> None:
    found = [
        (stretch.language, stretch.text.strip()) for stretch in stretches("把 TV 音量调到 15，播放 Jazz")
    ]
    assert found == [("zh", "把"), ("en", "TV"), ("zh", "音量调到 十五，播放"), ("en", "Jazz")]


def test_the_first_clause_is_short_and_the_others_are_not() -> None:
    assert list(clauses("好的，客厅的灯已经打开了。")) == ["好的，", "客厅的灯已经打开了。"]
    assert list(clauses("好，灯，窗帘，空调，都关了，加湿器也关了，扫地机器人回去充电了。晚安。")) == [
        "好，灯，",
        "窗帘，空调，都关了，加湿器也关了，扫地机器人回去充电了。",
        "晚安。",
    ]
    assert list(clauses("It is 3.5 degrees. Good.")) == ["It is 3.5 degrees.", "Good."]
    assert list(clauses("  \n ")) == []
    assert ends_sentence("好的。") and ends_sentence('"Yes."') and not ends_sentence("好的，")


def test_clauses_of_text_that_comes_in_pieces_are_those_of_the_whole() -> None:
    text = "It is 3.5 degrees, and the lights are on. 客厅的灯已经打开了，还有别的吗？Anything else..."
    for size in (1, 2, 3, 7):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        assert list(clauses(pieces)) == list(clauses(text))


def test_a_clause_comes_before_the_text_is_over() -> None:
    def endless() -> object:
        yield "客厅的灯已经打开了，"
        yield "还"
        raise AssertionError("more text was asked for than was needed")

    assert next(clauses(endless())) == "客厅的灯已经打开了，"  # type: ignore[arg-type]


def test_text_without_an_end_is_cut() -> None:
    found = list(clauses("灯" * 500))
    assert "".join(found) == "灯" * 500 and max(map(len, found)) <= 61
    words = list(clauses("light " * 100))
    assert all(clause.split() == ["light"] * len(clause.split()) for clause in words) and len(words) > 2
