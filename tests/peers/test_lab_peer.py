"""The peer, hassil with home-assistant-intents: recognised as Home Assistant would, judged as we are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from homebody.home.file import default_home
from homebody.home.label import Language
from homebody.lab import peer as peers
from homebody.lab.expectation import Case, Expectation
from homebody.lab.hass.run import read_test
from homebody.lab.hass.sentences import Entity, HassTest, read_tests
from homebody.lab.peer import Names, Peer, names_of
from homebody.lab.peer_suites import PeerBench
from homebody.lab.suite import Suite

pytestmark = pytest.mark.skipif(
    not peers.available(), reason="hassil and home-assistant-intents (homebody[lab])"
)
DATA = Path(__file__).parents[3] / "shared" / "data" / "ha-sentences"


def suite(language: Language = "en") -> Suite:
    return Suite(
        name="s", language=language, held_out=False, home_name="default", home=default_home(), cases=()
    )


def case(say: str, *steps: dict[str, Any], area: str | None = None, **expected: Any) -> Case:
    return Case(say=say, class_="plain", expected=(Expectation(steps=steps, **expected),), area=area)


def on(device: str, function: str = "on_off", action: str = "on", **more: Any) -> dict[str, Any]:
    return {"do": "command", "device": device, "function": function, "action": action, **more}


def test_peer_recognises_intent_and_slots() -> None:
    peer = Peer("en")
    lists = peer.lists(Names(things=(("Owl", "light", ""),), areas=("Den",), floors=()))
    found = peer.recognise("turn on the owl", lists)
    assert (found.intent, dict(found.slots)) == ("HassTurnOn", {"name": "Owl"})
    assert found.ms > 0
    assert peer.recognise("make owl dance", lists).intent is None


def test_peer_names_give_domains() -> None:
    things = {name: (domain, device_class) for name, domain, device_class in names_of(default_home()).things}
    assert things["living room light"] == ("light", "")
    assert things["living room curtain"] == ("cover", "curtain")
    assert things["车库门"] == ("cover", "garage")
    assert things["range hood"] == ("fan", "")
    assert things["front door lock"] == ("lock", "")


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (case("turn on the desk lamp", on("study.desk_lamp")), True),
        (case("turn on the desk lamp", on("study.light")), False),
        (case("unlock the front door", on("hallway.lock", "lock", "unlock")), True),
        (case("set the study light to 40 percent", on("study.light", "brightness", "set", value=40)), True),
        (case("is the desk lamp on", {"do": "query", "what": "state", "devices": ["study.desk_lamp"],
                                      "function": "on_off", "value": True}), True),
        (case("is the desk lamp on", {"do": "query", "what": "state", "devices": ["study.light"]}), False),
        (case("set a timer for 5 minutes", {"do": "timer", "action": "set", "duration": "PT5M"}), True),
        (case("turn on the lights here", on("garage.light"), area="garage"), True),
        (case("feed the fish", on("living_room.aquarium", "feed", "run")), False),
        (case("open the pod bay doors", problems=({"kind": "no_such_device"},)), True),
        (Case(say="tell me a joke", class_="plain", expected=(Expectation(say=True),)), False),
    ],
)  # fmt: skip
def test_peer_on_our_cases(said: Case, right: bool) -> None:
    assert PeerBench().read(suite(), said).right is right


def test_peer_on_a_sentence_test() -> None:
    test = HassTest(
        language="zh", intent="HassTurnOn", source="x", sentences=("打开台灯", "台灯跳舞"),
        slots={"name": "台灯"}, areas={"客厅": None},
        entities=(Entity(name="台灯", domain="light", area="客厅"),),
    )  # fmt: skip
    first, second = read_test(test, Peer("zh"))
    assert (first.right, first.peer_right) == (True, True)
    assert second.peer_right is False


@pytest.mark.data
def test_peer_passes_its_own_tests() -> None:
    """Which shows that the harness is fair to it: a sample of the files, both languages."""
    if not DATA.is_dir():
        pytest.skip("Home Assistant's sentence tests are not beside the project")
    languages: tuple[Language, ...] = ("zh", "en")
    tests = [
        t for t in read_tests(DATA, languages) if t.intent in ("HassTurnOn", "HassLightSet", "HassGetState")
    ]
    both = {language: Peer(language) for language in languages}
    wrong = [
        r.sentence for t in tests for r in read_test(t, both[t.language]) if not (r.left_out or r.peer_right)
    ]
    assert len(tests) > 50
    assert wrong == []
