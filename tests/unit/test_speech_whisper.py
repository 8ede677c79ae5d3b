"""Whisper's parts that need no weights: expected phrases, the search, and what the encoder hears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy", reason="the speech extra is not installed")

import numpy as np

from homebody.core.errors import EngineError
from homebody.speech.whisper.ct2 import Weights
from homebody.speech.whisper.mel import filters, log_mel
from homebody.speech.whisper.phrases import Phrases, State
from homebody.speech.whisper.search import Beginning, Decoder, Heard, Reading
from homebody.speech.whisper.vocabulary import Vocabulary

# --- phrases


def worth(phrases: Phrases, *tokens: str) -> float:
    """What a reading of these tokens gains in all."""
    state, total = State(), 0.0
    for token in tokens:
        state, gain = phrases.after(state, token.lower().encode())
        total += gain
    return total + phrases.at_end(state)


def test_a_whole_phrase_is_worth_more_and_half_of_one_nothing() -> None:
    phrases = Phrases(["卧室空调", "卧室", "living room"])
    assert worth(phrases, "打开", "卧室") > 0
    assert worth(phrases, "卧室", "空调") > worth(phrases, "卧室") > worth(phrases, "卧铺")
    assert worth(phrases, "卧铺") == pytest.approx(0)
    assert worth(phrases, "卧室", "空") == pytest.approx(
        worth(phrases, "卧室")
    )  # what was lent is taken back
    assert worth(phrases, " the", " living", " room") > 0
    assert worth(phrases, " living", " rooms") == pytest.approx(0)  # a word is not its beginning
    assert worth(phrases, " a", "living", " room") == pytest.approx(0)  # nor the middle of another
    assert worth(phrases, "Living", " Room", ".") == pytest.approx(worth(phrases, "living", " room"))
    assert worth(phrases, "客厅") == 0 and not Phrases([])


def test_a_phrase_is_followed_through_tokens_that_cut_characters() -> None:
    phrases = Phrases(["卧室"])
    whole = "卧室".encode()
    state, total = State(), 0.0
    for piece in (whole[:2], whole[2:4], whole[4:]):
        state, gain = phrases.after(state, piece)
        total += gain
    assert total + phrases.at_end(state) == pytest.approx(worth(phrases, "卧室"))


# --- the vocabulary


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = tmp_path_factory.mktemp("vocabulary") / "vocabulary.txt"
    words = ["a", "b", "Ġlight", "çģ¯", "Ð´Ð°", "[", "âĻª"]  # 灯, да, a bracket, a note
    special = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|zh|>", "<|transcribe|>",
               "<|nocaptions|>"]  # fmt: skip
    times = [f"<|{step / 50:.2f}|>" for step in range(1501)]
    path.write_text("\n".join([*words, *special, *times]), encoding="utf-8")
    return Vocabulary(path)


def test_only_the_tokens_of_two_languages_are_kept(vocabulary: Vocabulary) -> None:
    assert [word.decode() for word in vocabulary.bytes] == ["a", "b", " light", "灯"]
    assert vocabulary.special.end == 4 and vocabulary.text([0, 2, 3, 4]) == "a light灯"
    assert vocabulary.kept.tolist()[:6] == [0, 1, 2, 3, 7, 8]


def test_another_file_is_no_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("a\nb\n")
    with pytest.raises(EngineError, match="no vocabulary"):
        Vocabulary(tmp_path / "words.txt")
    (tmp_path / "model.bin").write_bytes(b"GGUF" * 100)
    with pytest.raises(EngineError, match="no CTranslate2"):
        Weights(tmp_path / "model.bin")


# --- the search


class Script:
    """A decoder whose next token depends on the last one: log probabilities by token."""

    def __init__(self, vocabulary: Vocabulary, table: dict[int, dict[int, float]]) -> None:
        self.vocabulary = vocabulary
        self.table = table
        self.steps = 0

    def run(self, _: None, feed: dict[str, Any]) -> list[Any]:
        self.steps += 1
        tokens = feed["tokens"]
        logits = np.full((len(tokens), len(self.vocabulary.kept)), -30.0, np.float32)
        for row, last in enumerate(tokens[:, -1].tolist()):
            for token, log in self.table.get(last, {}).items():
                logits[row, token] = log
        past = np.zeros((1, len(tokens), 1, feed["past_k"].shape[3] + tokens.shape[1], 1), np.float32)
        return [logits, past, past]


HEARD = Heard(cross_k=np.zeros((1, 1, 1, 1, 1), np.float32), cross_v=np.zeros((1, 1, 1, 1, 1), np.float32))


def search(
    vocabulary: Vocabulary,
    table: dict[int, dict[int, float]],
    phrases: Phrases,
    *,
    beams: int,
    longest: int = 20,
) -> list[Reading]:
    script = Script(vocabulary, table)
    decoder = Decoder(script, vocabulary, layers=1, heads=1, width=1)
    beginning = decoder.begin(HEARD)
    assert isinstance(beginning, Beginning)
    return decoder.readings(HEARD, beginning, "en", phrases, seconds=2.0, beams=beams, longest=longest)


def test_the_likeliest_words_and_the_next_best(vocabulary: Vocabulary) -> None:
    special = vocabulary.special
    table = {
        special.times: {0: -0.1, 1: -1.4},
        0: {2: 0.0},
        1: {2: 0.0},
        2: {special.end: 0.0},
    }
    (best,) = search(vocabulary, table, Phrases([]), beams=1)
    assert vocabulary.text(best.tokens) == "a light"
    texts = [vocabulary.text(each.tokens) for each in search(vocabulary, table, Phrases([]), beams=2)]
    assert texts == ["a light", "b light"]
    biased = search(vocabulary, table, Phrases(["b light"]), beams=2)
    assert vocabulary.text(biased[0].tokens) == "b light"
    assert biased[0].log < biased[1].log  # the score stays that of the sound alone


def test_a_time_near_the_end_of_the_sound_is_an_end(vocabulary: Vocabulary) -> None:
    special = vocabulary.special
    late, early = special.times + 95, special.times + 10
    again = {special.times: {2: 0.0}, 2: {late: 0.0, 2: -0.5}}
    assert [each.tokens for each in search(vocabulary, again, Phrases([]), beams=1)] == [(2,)]
    between = {special.times: {2: 0.0}, 2: {early: 0.0, 3: -0.5}, 3: {late: 0.0}}
    assert [each.tokens for each in search(vocabulary, between, Phrases([]), beams=1)] == [(2, 3)]


def test_going_round_in_circles_is_cut(vocabulary: Vocabulary) -> None:
    circle = {vocabulary.special.times: {0: 0.0}, 0: {0: 0.0}}
    (found,) = search(vocabulary, circle, Phrases([]), beams=1, longest=100)
    assert found.tokens == (0,)


def test_no_end_in_sight_gives_what_there_is(vocabulary: Vocabulary) -> None:
    table = {vocabulary.special.times: {0: 0.0}, 0: {1: 0.0}, 1: {2: 0.0}, 2: {3: 0.0}}
    (found,) = search(vocabulary, table, Phrases([]), beams=1, longest=3)
    assert found.tokens == (0, 1, 2)


# --- what the encoder hears


def test_bands_and_frames() -> None:
    bank = filters(80, 400)
    assert bank.shape == (80, 201) and (bank >= 0).all() and (bank.sum(axis=1) > 0).all()
    time = np.arange(16_000) / 16_000
    low, high = (
        log_mel((0.3 * np.sin(2 * np.pi * hertz * time)).astype(np.float32), 32_000) for hertz in (200, 4_000)
    )
    assert low.shape == (1, 80, 200) and low.dtype == np.float32
    assert low[0, :, 50].argmax() < 10 and high[0, :, 50].argmax() > 50
    assert low.max() - low.min() <= 2.0 + 1e-6  # eight decades, a quarter each
    assert (low[0, :, 150] == low.min()).all()  # the silence behind
