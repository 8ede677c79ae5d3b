"""Running the sentence tests: each sentence read in its home and judged, the peer beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from homebody.assistant.plan import Plan
from homebody.lab.expectation import Case, Expectation
from homebody.lab.hass.homes import TestHome, build
from homebody.lab.hass.judging import reasons
from homebody.lab.hass.meaning import Meaning, loosened, meaning
from homebody.lab.hass.scope import out_of_scope
from homebody.lab.hass.sentences import HassTest
from homebody.lab.hass.targets import Slots
from homebody.lab.judge import same_value
from homebody.lab.peer import Names, Peer, Recognition
from homebody.lab.reading import HomeReader

_NOUNS = {
    "light": ("light", "灯"), "fan": ("fan", "风扇"), "switch": ("switch", "开关"),
    "person": ("anyone", "everyone", "who ", "people", "人", "谁"), "lock": ("door", "门"),
}  # fmt: skip
"""English tests of states leave the domain to the template; here it is told by the noun."""
_SOMEWHERE = "somewhere"
"""The peer's templates of "in here" need an area of the speaker's, also where a test names none."""
_ADDED_SLOTS = frozenset({"domain", "device_class", "state", "area"})
"""What a template adds by itself, or from the speaker's area, and a test need not mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HassResult:
    """One sentence. ``left_out``: why it is out of scope. ``reasons``: why the plan is wrong; empty if right.

    ``peer_right``: the peer recognised the intent with its slots; None where the peer was not asked.
    """

    test: HassTest
    sentence: str
    plan: Plan
    reasons: tuple[str, ...] = ()
    left_out: str | None = None
    peer: Recognition | None = None
    peer_right: bool | None = None

    @property
    def right(self) -> bool:
        return not self.reasons


def read_test(test: HassTest, peer: Peer | None) -> Iterator[HassResult]:
    """Results of all sentences of one test."""
    built = build(test)
    reader = HomeReader(built.home)
    lists = peer.lists(_names(test, built)) if peer else {}
    for sentence in test.sentences:
        plan = reader.read(_case(sentence, built)).plan
        slots = loosened(_slots(test, sentence), sentence)
        recognition = peer.recognise(sentence, lists, built.area or _SOMEWHERE) if peer else None
        yield HassResult(
            test=test,
            sentence=sentence,
            plan=plan,
            reasons=tuple(_reasons(plan, meaning(test.intent, slots, built.home, built.area), test, built)),
            left_out=out_of_scope(test.intent, slots, _domains(test, slots)),
            peer=recognition,
            peer_right=_recognised(test, recognition) if recognition else None,
        )


def _reasons(plan: Plan, wanted: Meaning | None, test: HassTest, built: TestHome) -> list[str]:
    if wanted is None:
        return ["what is meant cannot be expressed in this home"]
    return reasons(plan, wanted, built.home, test.response)


def _case(sentence: str, built: TestHome) -> Case:
    return Case(say=sentence, class_="hass", expected=(Expectation(say=True),), area=built.area)


def _slots(test: HassTest, sentence: str) -> Slots:
    """The slots, with the domain of a question about states, where a test leaves it to its template."""
    if test.intent != "HassGetState" or {"name", "domain", "device_class"} & set(test.slots):
        return test.slots
    said = sentence.casefold()
    domain = next((d for d, nouns in _NOUNS.items() if any(noun in said for noun in nouns)), None)
    return {**test.slots, "domain": domain} if domain else test.slots


def _domains(test: HassTest, slots: Slots) -> frozenset[str]:
    return frozenset(entity.domain for entity in test.entities if entity.name == slots.get("name"))


def _names(test: HassTest, built: TestHome) -> Names:
    """The file's own names: its templates need no name for what a sentence takes for granted."""
    things = tuple((entity.name, entity.domain, entity.device_class) for entity in test.entities)
    areas = tuple(area.id for area in built.home.areas)
    return Names(things=things, areas=areas, floors=tuple(floor.id for floor in built.home.floors))


def _recognised(test: HassTest, found: Recognition) -> bool:
    """The intent, every slot, and none besides but those that a template adds by itself."""
    if found.intent != test.intent:
        return False
    if not all(name in found.slots and _same(value, found.slots[name]) for name, value in test.slots.items()):
        return False
    return set(found.slots) - set(test.slots) <= _ADDED_SLOTS


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, str) and isinstance(found, str):
        return expected.casefold() == found.casefold()
    return same_value(expected, found)
