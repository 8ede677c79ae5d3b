"""A check against learning names by heart: rooms and things get other plausible names, and all must hold.

A name is replaced in the home and in the sentences alike, where it stands in a sentence as it is written in
the home; expectations speak of ids, which stay, and of texts, which follow. Things of the same name keep
having the same. Cases that speak of a renamed thing in other words (misheard,
a synonym) cannot be carried over: they are left out and counted.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from homebody.home.device import Area, Device, Home
from homebody.home.function import Function
from homebody.home.kinds import KINDS
from homebody.home.label import Label, language_of
from homebody.lab.expectation import Case, Expectation
from homebody.lab.names import ROOMS, THINGS, Pair
from homebody.lab.suite import Suite


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuffled:
    """Renamed suites, and how many of their cases could not be carried over."""

    suites: tuple[Suite, ...]
    left_out: int


def shuffle(suites: Sequence[Suite], seed: int) -> Shuffled:
    """The suites with other names; the same seed gives the same names."""
    said: dict[int, list[str]] = {}
    for suite in suites:
        texts = said.setdefault(id(suite.home), [])
        texts += [text for case in suite.cases for text in (case.say, *case.after)]
    renamings: dict[int, Renaming] = {}
    shuffled: list[Suite] = []
    left_out = 0
    for suite in suites:
        key = id(suite.home)
        if key not in renamings:
            renamings[key] = rename(
                suite.home, random.Random(f"{seed}/{suite.home_name}"), "\n".join(said[key])
            )
        cases = tuple(renamings[key].carried(suite.cases))
        left_out += len(suite.cases) - len(cases)
        if cases:
            shuffled.append(replace(suite, home=renamings[key].home, cases=cases))
    return Shuffled(suites=tuple(shuffled), left_out=left_out)


@dataclass(slots=True)
class _Names:
    """Old names, in small letters, with the new one in the same script and who bears it: ids."""

    new: dict[str, str] = field(default_factory=dict)
    bearers: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, old: str, new: str, bearer: str) -> None:
        if old and old != new:
            self.new.setdefault(old.casefold(), new)
            self.bearers.setdefault(old.casefold(), set()).add(bearer)

    def pattern(self) -> re.Pattern[str]:
        """All old names, the longest first; an English one as a whole word, with its plural."""
        longest = sorted(self.new, key=len, reverse=True)
        one_of = "|".join(
            rf"(?<![a-z]){re.escape(name)}(?=s?(?![a-z]))" if name.isascii() else re.escape(name)
            for name in longest
        )
        return re.compile(rf"(?P<name>{one_of or '(?!)'})(?P<plural>(?<=[a-z])s(?![a-z]))?", re.IGNORECASE)

    def replacer(self) -> Callable[[str], str]:
        pattern = self.pattern()
        return lambda text: pattern.sub(lambda m: self.new[m["name"].casefold()] + (m["plural"] or ""), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """A home with other names, and the way there."""

    home: Home
    names: _Names

    def carried(self, cases: Iterable[Case]) -> Iterator[Case]:
        """The cases that can be said of the renamed home."""
        move, pattern = self.names.replacer(), self.names.pattern()
        renamed = {bearer for bearers in self.names.bearers.values() for bearer in bearers}
        for case in cases:
            texts = (case.say, *case.after)
            named = {
                bearer
                for text in texts
                for match in pattern.finditer(text)
                for bearer in self.names.bearers[match["name"].casefold()]
            }
            if self._is_literal(case, named, renamed):
                yield replace(
                    case,
                    say=move(case.say),
                    after=tuple(map(move, case.after)),
                    expected=tuple(_retold(expectation, move) for expectation in case.expected),
                )

    def _is_literal(self, case: Case, named: set[str], renamed: set[str]) -> bool:
        """Whether every renamed thing that is expected is named as the home names it, or needs no name: it
        stands where the speaker is, or things of several rooms are meant at once."""
        devices = [device for id_ in _devices(case) if (device := self.home.device(id_)) is not None]
        if case.class_ == "noisy":  # sounds like the old name, not like the new one
            return not any(device.id in renamed or device.area in renamed for device in devices)
        if len({device.area for device in devices}) > 1 and not named:
            return True
        return all(
            device.id not in renamed
            or device.id in named
            or device.area in named
            or (device.area is not None and device.area == case.area)
            for device in devices
        )


def _retold(expectation: Expectation, move: Callable[[str], str]) -> Expectation:
    """What is to be said or remembered in the words of a sentence."""
    steps = tuple(
        {key: move(value) if key in ("text", "item") else value for key, value in step.items()}
        for step in expectation.steps
    )
    return replace(expectation, steps=steps)


def _devices(case: Case) -> Iterator[str]:
    for step in case.expected[0].steps:
        if step["do"] == "command":
            yield step["device"]
        yield from step.get("devices", ())


# renaming a home


def rename(home: Home, chance: random.Random, said: str = "") -> Renaming:
    """A home with other names for its areas and things, and what they were called.

    None of the new names is the home's already, or stands in ``said``: what is asked for there in vain must
    stay absent.
    """
    things_here: tuple[Area | Device, ...] = (*home.areas, *home.devices)
    taken = "\n".join([said, *(name for thing in things_here for name in _all(thing))]).casefold()
    rooms = _draw(ROOMS, taken, chance)
    things = {kind: _draw(pairs, taken, chance) for kind, pairs in sorted(THINGS.items())}
    names = _Names()
    areas = tuple(_area(area, rooms, names) for area in home.areas)
    move = names.replacer()
    drawn: dict[tuple[str, Label], Pair | None] = {}
    devices: list[Device] = []
    for device in home.devices:
        own = (device.kind, device.name)
        if own not in drawn:
            drawn[own] = None if _is_bound(device, move) else next(things.get(device.kind, iter(())), None)
        devices.append(_device(device, drawn[own], move, names))
    return Renaming(home=replace(home, areas=areas, devices=tuple(devices)), names=names)


def _draw(pairs: Sequence[Pair], taken: str, chance: random.Random) -> Iterator[Pair]:
    free = [pair for pair in pairs if not any(name.casefold() in taken for name in pair)]
    return iter(chance.sample(free, len(free)))


def _all(thing: Area | Device) -> tuple[str, ...]:
    return (*thing.name.all(), *thing.aliases)


def _area(area: Area, rooms: Iterator[Pair], names: _Names) -> Area:
    pair = None if _is_numbered(area) else next(rooms, None)
    if pair is None:
        return area
    label = Label(zh=pair[0], en=pair[1])
    for old in _all(area):
        names.learn(old, label.text(language_of(old)), area.id)
    return replace(area, name=label, aliases=())


def _is_numbered(area: Area) -> bool:
    """A room that is a number makes other numbers rooms that are not there: renamed, it would not."""
    return any(character.isdecimal() for name in _all(area) for character in name)


def _device(device: Device, pair: Pair | None, move: Callable[[str], str], names: _Names) -> Device:
    """A thing with the names that were drawn for it; else, where it is named after its room, the room's."""
    moved = Label(zh=move(device.name.zh), en=move(device.name.en))
    aliases = tuple(dict.fromkeys(map(move, device.aliases)))
    if pair is not None:
        moved, aliases = Label(zh=pair[0], en=pair[1]), ()
        for old in _all(device):
            names.learn(old, moved.text(language_of(old)), device.id)
    else:
        for old in _all(device):
            names.learn(old, move(old), device.id)
    return replace(
        device,
        name=moved,
        aliases=aliases,
        traits=tuple(_function(function, move) for function in device.traits),
        controls=tuple(_function(function, move) for function in device.controls),
    )


def _is_bound(device: Device, move: Callable[[str], str]) -> bool:
    """Whether a thing keeps its name: it is its room's; or it is also a word for all of its kind, or so short
    that it is a word of its own (Off), and replacing it would change what others mean."""
    if any(move(name) != name for name in device.name.all()):
        return True
    kind = KINDS.get(device.kind)
    words = {word.casefold() for word in (*kind.name.all(), *kind.aliases)} if kind else set()
    return any(name.casefold() in words or (name.isascii() and len(name) < 4) for name in _all(device))


def _function(function: Function, move: Callable[[str], str]) -> Function:
    """A choice may be a room: the one that a vacuum is sent to."""
    choices = tuple(
        replace(choice, name=Label(zh=move(choice.name.zh), en=move(choice.name.en)))
        for choice in function.choices
    )
    return replace(function, choices=choices)
