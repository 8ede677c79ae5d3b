"""Misheard English: names as a whole, their numbers kept, ordinary words left alone."""

from __future__ import annotations

import pytest

from homebody.assistant.understanding.clauses.lattice import tokenise
from homebody.assistant.understanding.hearing.misheard import Misheard, sound_key
from homebody.assistant.understanding.home_words.shared_names import spelled_out
from homebody.assistant.understanding.home_words.stems import stem
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.normalise import normalise
from homebody.assistant.understanding.words.participles import gerund, participle
from homebody.home.device import Home
from homebody.home.label import Label

NAMES = frozenset({"boot room", "bedside lamp", "studio 2", "room 101", "floodlight", "curtain", "lamp"})


def first_reading(text: str) -> str | None:
    normalised = normalise(text)
    tokens = tokenise(normalised, Vocabulary(Home(name=Label(en="home"))))
    heard = next(Misheard(NAMES, frozenset({"turn", "light"})).mended(normalised, tokens), None)
    return heard.text if heard else None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("turn on the boot rum lamp", "turn on the boot room lamp"),
        ("turn on the bed side lamp", "turn on the bedside lamp"),
        ("turn on the lamp in studio to", "turn on the lamp in studio 2"),
        ("close the certain", "close the curtain"),
    ],
)
def test_names_are_heard_as_a_whole(said: str, meant: str) -> None:
    assert first_reading(said) == meant


def test_another_number_is_another_room() -> None:
    assert first_reading("turn on the lamp in room 121") is None


def test_words_that_sound_alike_have_one_key() -> None:
    assert sound_key("flood lite") == sound_key("floodlight")
    assert sound_key("write") == sound_key("right")


def test_forms_of_words() -> None:
    assert (participle("dim"), participle("close"), participle("draw")) == ("dimmed", "closed", "drawn")
    assert (gerund("open"), gerund("shut"), gerund("close")) == ("opening", "shutting", "closing")
    assert stem("rotation") == stem("rotate") == stem("rotating")


def test_shared_names_are_spelled_out() -> None:
    names = frozenset({"studio 2", "front door", "back door"})
    assert spelled_out(normalise("lights on in studios 2, 3 and 7"), names).text == (
        "lights on in studio 2, studio 3 and studio 7"
    )
    assert spelled_out(normalise("lock the front and back doors"), names).text == (
        "lock the front door and back door"
    )
