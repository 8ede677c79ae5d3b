"""The peer on Homebody's suites: does what it recognises amount to a plan that is expected?

Intent and slots become plans by the rules of `hass.meaning`, which judge Homebody on Home Assistant's
sentences. The peer has no word for what is to happen later or on a condition, for several commands in one
sentence, for changes by so much, or for a device's own controls; such cases stay in the count, by class. A
case that expects neither steps nor an answer in words counts for the peer if it does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from homebody.assistant import plan as plans
from homebody.assistant.plan import Plan, Step, When
from homebody.home.device import Home
from homebody.home.function import Value
from homebody.home.label import Language
from homebody.lab.expectation import Case, Expectation
from homebody.lab.hass.judging import asked
from homebody.lab.hass.meaning import VOLUME_STEP, Meaning, meaning
from homebody.lab.judge import judge
from homebody.lab.peer import Peer, Recognition, names_of
from homebody.lab.suite import Suite

_STEPS: Mapping[str, type] = {
    "command": plans.Command, "query": plans.Query, "timer": plans.Timer, "list": plans.ListItem,
    "say": plans.Say,
}  # fmt: skip
_FORMS: Mapping[str, frozenset[str]] = {
    "one": frozenset({"value", "state"}), "one_yesno": frozenset({"state", "any", "all"}),
    "any": frozenset({"any"}), "all": frozenset({"all"}), "which": frozenset({"which"}),
    "how_many": frozenset({"how_many"}),
}  # fmt: skip
"""Which questions an answer of Home Assistant's belongs to, by its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFinding:
    """What the peer made of one case. ``acts``: it would do or answer something."""

    recognition: Recognition
    acts: bool
    right: bool


@dataclass(slots=True)
class PeerBench:
    """The peer for each language, its lists for each home."""

    _peers: dict[Language, Peer] = field(default_factory=dict)
    _lists: dict[tuple[Language, int], dict[str, Any]] = field(default_factory=dict)

    def read(self, suite: Suite, case: Case) -> PeerFinding:
        if suite.language not in self._peers:
            self._peers[suite.language] = Peer(suite.language)
        peer = self._peers[suite.language]
        key = (suite.language, id(suite.home))
        if key not in self._lists:
            self._lists[key] = peer.lists(names_of(suite.home))
        area = suite.home.area(case.area)
        found = peer.recognise(case.say, self._lists[key], area.name.text(suite.language) if area else None)
        meant = meaning(found.intent, found.slots, suite.home) if found.intent else None
        return PeerFinding(recognition=found, acts=meant is not None, right=_right(meant, found, case, suite))


def _right(meant: Meaning | None, found: Recognition, case: Case, suite: Suite) -> bool:
    if meant is None:
        return any(not (expected.steps or expected.say or expected.answer) for expected in case.expected)
    if meant.asks is not None:
        return any(_same_question(expectation, meant, found, suite.home) for expectation in case.expected)
    return any(judge(_plan(one, case, suite), case).exact for one in meant.expected)


def _same_question(expectation: Expectation, meant: Meaning, found: Recognition, home: Home) -> bool:
    """Whether the expected question is the one that was recognised: judged the other way round."""
    if len(expectation.steps) != 1 or expectation.steps[0]["do"] != "query" or meant.asks is None:
        return False
    part = expectation.steps[0]
    forms = _FORMS.get(found.response)
    what = part.get("what") or ("value" if meant.asks.state is None else "state")
    if forms is not None and "what" in part and what not in forms:
        return False
    query = _step({**part, "what": what}, {})
    return not asked(Plan(text="", language="en", steps=(query,)), meant.asks, home)


def _plan(wanted: Expectation, case: Case, suite: Suite) -> Plan:
    states = {
        device.id: {**suite.home.state.get(device.id, {}), **case.state.get(device.id, {})}
        for device in suite.home.devices
    }
    steps = tuple(_step(part, states) for part in wanted.steps)
    return Plan(text=case.say, language=suite.language, steps=steps, say="said" if wanted.say else None)


def _step(part: Mapping[str, Any], states: Mapping[str, Mapping[str, Value]]) -> Step:
    kind = _STEPS[part["do"]]
    known = {one.name for one in fields(kind)}
    values = {key: value for key, value in part.items() if key in known}
    if isinstance(when := values.get("when"), Mapping):
        values["when"] = When(**when)
    if "devices" in values:
        values["devices"] = tuple(values["devices"])
    if "delta" in values:
        values |= _stepped(values, states)
    step: Step = kind(**values)
    return step


def _stepped(values: Mapping[str, Any], states: Mapping[str, Mapping[str, Value]]) -> dict[str, float]:
    """A change of volume, from where it stands, by what Home Assistant steps."""
    delta = values["delta"]
    if isinstance(delta, Mapping):
        delta = VOLUME_STEP if "above" in delta else -VOLUME_STEP
    present = states.get(values["device"], {}).get(values["function"], 0.0)
    return {"delta": delta, "value": min(100.0, max(0.0, float(present) + delta))}
