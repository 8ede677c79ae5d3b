"""What a drill asks of a device: nothing that somebody minds, and only what can be put back."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from homebody.assistant.drill.harmless import Trial, trial
from homebody.assistant.drill.record import from_json
from homebody.core.errors import RecordError
from homebody.home.device import Device, Home
from homebody.home.function import Action, Value
from homebody.home.kinds import KINDS
from homebody.home.label import Label
from homebody.home.registry import DeviceState
from homebody.home.traits import trait


def asked(kind: str, state: dict[str, Value], **more: Any) -> Trial | str:
    device = Device(id="it", kind=kind, name=Label.of("it"), traits=tuple(map(trait, state)), **more)
    home = Home(name=Label.of("home"), devices=(device,))
    return trial(home, device, DeviceState(values=MappingProxyType(state), reachable=True))


@pytest.mark.parametrize(
    ("now", "wanted"),
    [(60.0, 50.0), (100.0, 90.0), (15.0, 5.0), (10.0, 20.0), (5.0, 15.0), (1.0, 11.0)],
)
def test_a_lamp_that_is_lit_is_changed_a_little(now: float, wanted: float) -> None:
    found = asked("light", {"on_off": True, "brightness": now})
    assert isinstance(found, Trial) and found.manner == "changed"
    assert (found.ask.action, found.ask.function, found.ask.value) == (Action.SET, "brightness", wanted)
    assert (found.put_back.action, found.put_back.value) == (Action.SET, now)


@pytest.mark.parametrize(
    ("on", "there", "back"), [(True, Action.OFF, Action.ON), (False, Action.ON, Action.OFF)]
)
def test_a_lamp_without_brightness_blinks(on: bool, there: Action, back: Action) -> None:
    found = asked("lamp", {"on_off": on})
    assert isinstance(found, Trial) and (found.ask.action, found.put_back.action) == (there, back)


def test_a_lamp_that_is_off_is_not_dimmed() -> None:
    found = asked("light", {"on_off": False, "brightness": 40.0})
    assert isinstance(found, Trial) and found.ask.function == "on_off"


@pytest.mark.parametrize(
    ("kind", "state"),
    [("outlet", {"on_off": True}), ("switch", {"on_off": False}), ("fan", {"on_off": True}),
     ("curtain", {"position": 35.0}), ("tv", {"mute": False, "volume": 20.0})],
)  # fmt: skip
def test_what_may_hang_on_it_is_asked_to_stay_as_it_is(kind: str, state: dict[str, Value]) -> None:
    found = asked(kind, state)
    assert isinstance(found, Trial) and found.manner == "kept" and found.ask == found.put_back
    function = trait(found.ask.function)
    assert function.target(found.ask.action, found.ask.value) == state[found.ask.function]


@pytest.mark.parametrize(
    ("kind", "spared"),
    [("lock", "guards"), ("smart_lock", "guards"), ("gas_valve", "guards"), ("garage_door", "guards"),
     ("siren", "guards"), ("window", "guards"), ("vacuum", "moves"), ("robot_dog", "moves"),
     ("mower", "moves"), ("rice_cooker", "heats"), ("heater", "heats"), ("ac", "heats"), ("kettle", "heats"),
     ("camera", "notices"), ("smoke_detector", "notices"), ("teleporter", "unknown")],
)  # fmt: skip
def test_what_somebody_might_mind_is_only_read(kind: str, spared: str) -> None:
    assert asked(kind, {"on_off": True}) == spared


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("function", ["lock", "valve"])
def test_a_lock_in_anything_is_left_alone(kind: str, function: str) -> None:
    assert asked(kind, {"on_off": True, function: True}) in ("guards", "notices", "moves", "heats")


def test_few_kinds_are_commanded_at_all() -> None:
    commanded = {kind for kind in KINDS if isinstance(asked(kind, {"on_off": True}), Trial)}
    assert commanded == {
        "light", "switch", "outlet", "fan", "curtain", "blind", "shutter", "awning", "media_player", "tv",
        "speaker", "projector",
    }  # fmt: skip


def test_what_its_owner_wants_to_be_asked_about_is_left_alone() -> None:
    assert asked("light", {"on_off": True}, sensitive=("off",)) == "sensitive"


def test_what_cannot_be_put_back_is_not_changed() -> None:
    device = Device(id="it", kind="light", name=Label.of("it"), traits=(trait("on_off"),))
    assert trial(Home(name=Label.of("home"), devices=(device,)), device, DeviceState()) == "unsure"
    assert asked("sensor", {"temperature": 21.0}) == "notices"
    assert asked("light", {"color": "red"}) == "nothing"


@pytest.mark.parametrize(
    "document", [None, [], {}, {"schema": "homebody.drill/2"}, {"schema": "homebody.drill/1"}]
)
def test_what_is_no_drill_is_refused(document: object) -> None:
    with pytest.raises(RecordError):
        from_json(document)
