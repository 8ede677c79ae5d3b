"""Other names for rooms and things, and the same sentences about them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from homebody.home.device import Area, Device, Home
from homebody.home.file import default_home
from homebody.home.label import Label
from homebody.home.traits import trait
from homebody.lab.expectation import Case, Expectation
from homebody.lab.reading import HomeReader
from homebody.lab.shuffle import rename, shuffle
from homebody.lab.suite import Suite

ON_OFF = (trait("on_off"),)
HOME = Home(
    name=Label(en="test"),
    areas=(
        Area(id="study", name=Label(zh="书房", en="study"), aliases=("den",)),
        Area(id="attic", name=Label(zh="小间", en="box room")),
    ),
    devices=(
        Device(
            id="s.light", kind="light", name=Label(zh="书房灯", en="study light"), area="study", traits=ON_OFF
        ),
        Device(
            id="s.desk", kind="light", name=Label(zh="书桌灯", en="desk lamp"), area="study", traits=ON_OFF
        ),
        Device(
            id="a.desk", kind="light", name=Label(zh="书桌灯", en="desk lamp"), area="attic", traits=ON_OFF
        ),
        Device(id="s.off", kind="light", name=Label(zh="关", en="Off"), area="study", traits=ON_OFF),
        Device(id="s.fan", kind="fan", name=Label(zh="风扇", en="fan"), area="study", traits=ON_OFF),
    ),
)


def case(say: str, *devices: str, **more: Any) -> Case:
    steps = tuple({"do": "command", "device": d, "function": "on_off", "action": "on"} for d in devices)
    return Case(say=say, class_="plain", expected=(Expectation(steps=steps, say=not steps or None),), **more)


def suite(*cases: Case, home: Home = HOME) -> Suite:
    return Suite(name="s", language="en", held_out=False, home_name="h", home=home, cases=cases)


def test_shuffle_is_the_same_for_the_same_seed() -> None:
    say = case("turn on the study light", "s.light")
    assert shuffle([suite(say)], 1) == shuffle([suite(say)], 1)
    assert shuffle([suite(say)], 1).suites[0].cases != shuffle([suite(say)], 2).suites[0].cases


def test_shuffle_renames_consistently() -> None:
    home = rename(HOME, random.Random(1)).home
    study, light = home.area("study"), home.device("s.light")
    assert study is not None
    assert light is not None
    assert study.name != Label(zh="书房", en="study")
    assert study.aliases == ()
    assert light.name == Label(zh=f"{study.name.zh}灯", en=f"{study.name.en} light")
    first, second = home.device("s.desk"), home.device("a.desk")
    assert first is not None
    assert second is not None
    assert first.name == second.name != Label(zh="书桌灯", en="desk lamp")
    for kept in ("s.off", "s.fan"):  # a word of its own, and the word for all of its kind
        before, after = HOME.device(kept), home.device(kept)
        assert before is not None
        assert after is not None
        assert after.name == before.name


def test_shuffle_replaces_names_in_sentences_and_texts() -> None:
    reminder = {"do": "reminder", "text": "close the Den window"}
    told = Case(
        say="remind me to close the Den window", class_="x", expected=(Expectation(steps=(reminder,)),)
    )
    done = shuffle([suite(case("书房灯打开", "s.light"), case("den lights on", "s.light"), told)], 1)
    study = done.suites[0].home.area("study")
    assert study is not None
    zh, en, remembered = done.suites[0].cases
    assert zh.say == f"{study.name.zh}灯打开"
    assert en.say == f"{study.name.en} lights on"
    assert remembered.expected[0].steps[0]["text"] == f"close the {study.name.en} window"
    assert done.left_out == 0


def test_shuffle_leaves_out_what_names_a_thing_in_other_words() -> None:
    cases = (
        case("light in the reading room on", "s.light"),  # a synonym: nobody can rename it
        case("turn on the light here", "s.light", area="study"),
        case("all lamps on", "s.light", "a.desk"),
        case("fan on", "s.fan"),
        case("hello"),
    )
    done = shuffle([suite(*cases)], 1)
    assert [kept.say for kept in done.suites[0].cases] == [each.say for each in cases[1:]]
    assert done.left_out == 1


def test_shuffle_leaves_out_what_is_misheard() -> None:
    misheard = Case(say="turn on the steady light in the study", class_="noisy",
                    expected=case("x", "s.light").expected)  # fmt: skip
    kept = Case(say="fun on", class_="noisy", expected=case("x", "s.fan").expected)
    away = replace(HOME, devices=(replace(HOME.devices[4], area=None), *HOME.devices[:4]))
    done = shuffle([suite(misheard, kept, home=away)], 1)
    assert [each.say for each in done.suites[0].cases] == ["fun on"]


def test_shuffle_keeps_rooms_that_are_numbers() -> None:
    numbered = replace(HOME, areas=(Area(id="101", name=Label(zh="101房", en="room 101")), *HOME.areas))
    renamed = rename(numbered, random.Random(1)).home
    assert renamed.areas[0] == numbered.areas[0]
    assert renamed.areas[1] != numbered.areas[1]


def test_shuffle_draws_no_name_that_is_asked_for_in_vain() -> None:
    wished = "\n".join(["turn on the gym light", "茶室"])
    for seed in range(20):
        names = {n for area in rename(HOME, random.Random(seed), wished).home.areas for n in area.name.all()}
        assert not names & {"gym", "健身房", "茶室", "tea room"}


def test_shuffled_home_is_understood() -> None:
    plain = case("turn on the kitchen light", "kitchen.light")
    (renamed,) = shuffle([suite(plain, home=default_home())], 3).suites
    (step,) = HomeReader(renamed.home).read(renamed.cases[0]).plan.steps
    assert renamed.cases[0].say != plain.say
    assert getattr(step, "device", None) == "kitchen.light"
