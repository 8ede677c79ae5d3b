"""The home's own words: areas, floors, devices, kinds, functions and choices, in one trie.

Names that people shorten are known by their shorter forms too, with a lower weight: a device's name
without its area's, and the last words of it. What a name is made of never decides what it means: a lamp
that is called Off is a lamp.

`Vocabulary.update` follows a home as its devices come, go and change, at the cost of these alone (and of the
home's lists, which are plain); what the words mean then is what a new vocabulary would say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import cache

from homebody.assistant.understanding.home_words.function_words import (
    alike_of,
    beginnings_of,
    means,
    words_of,
)
from homebody.assistant.understanding.home_words.place_words import place_words
from homebody.assistant.understanding.home_words.word_forms import (
    DIGIT_RUN,
    first_word,
    forms,
    kinds_alike,
    shorter,
    without_kind,
)
from homebody.assistant.understanding.home_words.wordbook import Call, Given, Wordbook
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.token import Entry
from homebody.assistant.understanding.words.trie import Trie
from homebody.home.device import Area, Device, Home
from homebody.home.function import Function
from homebody.home.kinds import KINDS


class Vocabulary:
    """Of one home; ``trie`` holds `Entry` values whose categories are

    ``area`` (area id), ``floor`` (floor id), ``device`` (frozenset of device ids), ``kind`` (kind word),
    ``function`` (function id), ``scale`` (the same, of numbers), ``choice`` ((function id, choice id)),
    ``person`` (person id).
    """

    def __init__(self, home: Home) -> None:
        self._begin(home)
        self._follow(home, {}, {device.id: device for device in home.devices})

    @property
    def trie(self) -> Trie:
        return self._book.trie

    @property
    def words(self) -> set[str]:
        """All words of the home and of kinds, in their normal form."""
        return self._book.words

    def update(self, home: Home) -> frozenset[str] | None:
        """Follow a change of the home. The ids of the devices that came, went or changed; None where areas,
        floors or people changed, and with them everything."""
        before = self.home
        if (before.areas, before.floors, before.people) != (home.areas, home.floors, home.people):
            self._begin(home)
            self._follow(home, {}, {device.id: device for device in home.devices})
            return None
        gone = {device.id: device for device in before.devices if not _same(device, home.device(device.id))}
        come = {device.id: device for device in home.devices if not _same(device, before.device(device.id))}
        self._follow(home, gone, come)
        return frozenset(gone.keys() | come.keys())

    def _begin(self, home: Home) -> None:
        """All that does not depend on devices."""
        self._book = Wordbook()
        self._function_uses: Counter[Function] = Counter()
        self._kind_uses: Counter[tuple[str, str]] = Counter()
        self._called: Counter[str] = Counter()
        """The names of functions, in their normal form."""
        self._kind_words: set[Given] = set()
        self._plain_of: dict[str, bool] = {}
        self._watched_of: dict[str, tuple[str, ...]] = {}
        self.room_numbers = {
            int(found[0]): area.id for area in home.areas if (found := DIGIT_RUN.search(area.name.all()[0]))
        }
        self.numbered = any(DIGIT_RUN.search(name) for area in home.areas for name in area.name.all())
        """Whether areas have numbers for names, as in a hotel."""
        numbered = {
            m[1] for a in home.areas for n in a.name.all() if (m := re.fullmatch(r"([a-z]+) \d+", fold(n)))
        }
        self.numbered_word = (
            re.compile(rf"\b(?:{'|'.join(sorted(numbered))}) \d{{1,4}}\b") if numbered else None
        )
        """Areas that are called "studio 1", "studio 2": so is one that is not there."""
        self.areas_of_floor: dict[str, list[str]] = defaultdict(list)
        for area in home.areas:
            if area.floor:
                self.areas_of_floor[area.floor].append(area.id)
        self._area_names = {
            area.id: sorted({fold(n) for n in (*area.name.all(), *area.aliases)}, key=len, reverse=True)
            for area in home.areas
        }
        self._area_words = frozenset(
            w for names in self._area_names.values() for n in names for w in n.split()
        )
        self._book.give(_places(home))

    def _follow(self, home: Home, gone: dict[str, Device], come: dict[str, Device]) -> None:
        for device in gone.values():
            self._book.uncall(device.id, self._calls(device))
            self._count(device, -1)
            del self._plain_of[device.id]
            self._watched_of.pop(device.id, None)
        for device in come.values():
            self._plain_of[device.id] = self._plainly_named(device)
            if device.function("contact"):
                self._watched_of[device.id] = tuple(self._watched(device))
            self._book.call(device.id, self._calls(device))
            self._count(device, 1)
        self._index(home)
        known = set(self._known_kinds())
        self._book.take(self._kind_words - known)
        self._book.give(known - self._kind_words)
        self._kind_words = known
        self._book.settle()

    def _index(self, home: Home) -> None:
        """The home's lists, in its own order."""
        self.home = home
        self.by_kind: dict[str, list[Device]] = defaultdict(list)
        self._by_watched: dict[str, list[Device]] = defaultdict(list)
        self.by_function: dict[str, list[Device]] = defaultdict(list)
        self.by_area: dict[str, list[Device]] = defaultdict(list)
        self.functions: dict[str, list[Function]] = defaultdict(list)
        self._like: dict[str, list[Device]] = defaultdict(list)
        """By kind: things of unknown kinds that are called by a longer word for it, such as a grain dryer."""
        self.plain: dict[tuple[str, str], list[str]] = defaultdict(list)
        """By area and kind: devices that are called just so, "kitchen light" in the kitchen."""
        self._positions = {device.id: index for index, device in enumerate(home.devices)}
        for device in home.devices:
            self.by_kind[device.kind].append(device)
            for kind in self._watched_of.get(device.id, ()):
                self._by_watched[kind].append(device)
            for kind in kinds_alike(device):
                self._like[kind].append(device)
            self.by_area[device.area or ""].append(device)
            if self._plain_of[device.id]:
                self.plain[device.area or "", device.kind].append(device.id)
            for function in device.functions:
                self.by_function[function.id].append(device)
                self.functions[function.id].append(function)

    def _count(self, device: Device, change: int) -> None:
        """A device's functions and its word for its kind give their words while any device has them."""
        for function in device.functions:
            self._function_uses[function] += change
            if self._function_uses[function] == (1 if change > 0 else 0):
                self._write_function(function, change)
        called = [*(device.kind_name.all() if device.kind_name else ())]
        called += [] if device.kind in KINDS else [device.kind.replace("_", " ")]
        for name in called:
            self._kind_uses[name, device.kind] += change
            if self._kind_uses[name, device.kind] == (1 if change > 0 else 0):
                (self._book.give if change > 0 else self._book.take)(means(name, "kind", device.kind))

    def _write_function(self, function: Function, change: int) -> None:
        for name in (*function.name.all(), *function.aliases):
            self._called[fold(name)] += change
        if change < 0:
            del self._function_uses[function]
        count = self._book.give if change > 0 else self._book.take
        count(words_of(function))
        count(alike_of(function), "alike")
        count(beginnings_of(function), "beginning")

    def _known_kinds(self) -> Iterator[Given]:
        for kind in KINDS.values():
            here = bool(self.of_kind(kind.id))
            for word, given in _kind_given(kind.id):
                if here or not self._called[word]:  # the oven of a range is no oven that is missing
                    yield from given

    def _calls(self, device: Device) -> dict[str, Call]:
        """Every form by which a device is called."""
        plain = self._plain_of[device.id]
        result: dict[str, Call] = {}

        def note(name: str, weight: float) -> None:
            for form, many in forms(name):
                if plain and many:
                    continue  # "kitchen lights" are all of them
                before = result.get(form)
                result[form] = Call(device.kind, max(weight, before.weight if before else 0.0), many)

        for name in (*device.name.all(), *device.aliases):
            word = fold(name)
            note(name, 1.0)
            for short in without_kind(word, device.kind):
                note(short, 0.75)
            for short in shorter(word, self._area_names.get(device.area or "", ())):
                note(short, 0.8)
            if first := first_word(word, self._area_words):
                note(first, 0.6)
        return result

    def position(self, device: Device) -> int:
        """Where a device stands in the home's own order."""
        return self._positions[device.id]

    def area_of(self, device: Device) -> Area | None:
        return self.home.area(device.area)

    def of_kind(self, kind: str, areas: Collection[str] = ()) -> list[Device]:
        """Devices that a word for this kind means (of ``areas``, if any are given): its own; where there are
        none the near ones, and sensors that sit on such a thing."""
        known = KINDS.get(kind)
        own = [d for name in (sorted(known.own) if known else [kind]) for d in self.by_kind.get(name, ())]
        near = [d for name in (sorted(known.near) if known else ()) for d in self.by_kind.get(name, ())]
        pool = own or [*near, *self._by_watched.get(kind, ())] or self._like.get(kind, [])
        return [device for device in pool if device.area in areas] if areas else pool

    def _plainly_named(self, device: Device) -> bool:
        kind = KINDS.get(device.kind)
        kind_words = {fold(word) for word in kind.words} if kind else set()
        kind_words |= {fold(word) for word in (device.kind_name.all() if device.kind_name else ())}
        names = {fold(name) for name in (*device.name.all(), *device.aliases)}
        return bool(names & kind_words) or any(
            f"{area}{joint}{word}" in names
            for area in self._area_names.get(device.area or "", ())
            for joint in ("", " ", "的")
            for word in kind_words
        )

    def is_plain(self, device: Device) -> bool:
        """Whether it is called by its area and kind alone."""
        return device.id in self.plain.get((device.area or "", device.kind), ())

    def says_place(self, called: str, device: Device) -> bool:
        """Whether a name begins with the name of the device's area."""
        return any(called.startswith(area) for area in self._area_names.get(device.area or "", ()))

    @staticmethod
    def full_names(device: Device) -> frozenset[str]:
        """Its names and aliases, in their normal form."""
        return frozenset(map(fold, (*device.name.all(), *device.aliases)))

    def own_names(self, device: Device) -> frozenset[str]:
        """Its names without its area's."""
        areas = self._area_names.get(device.area or "", ())
        names: set[str] = set()
        for name in map(fold, (*device.name.all(), *device.aliases)):
            area = next((area for area in areas if name.startswith(area) and len(name) > len(area)), "")
            names.add(name[len(area) :].lstrip(" 的'"))
        return frozenset(names)

    def watchers(self, device: Device) -> list[Device]:
        """Contact sensors that sit on this door, window or lock, by their names."""
        names = {n for name in (*device.name.all(), *device.aliases) for n in self._bare(name, device.kind)}
        return [
            other
            for other in self.by_area.get(device.area or "", ())
            if other is not device
            and other.function("contact")
            and names
            & {n for name in (*other.name.all(), *other.aliases) for n in self._bare(name, other.kind)}
        ]

    def _bare(self, name: str, kind: str) -> set[str]:
        return {fold(name), *without_kind(fold(name), kind)}

    @staticmethod
    def _watched(device: Device) -> list[str]:
        """What a contact sensor sits on, by its name: asked about as the door or window itself."""
        names = [fold(name) for name in (*device.name.all(), *device.aliases)]
        return [
            kind
            for kind in ("door", "window", "gate", "garage_door", "fridge")
            if kind != device.kind and any(fold(word) in name for word in KINDS[kind].words for name in names)
        ]


def _same(one: Device, other: Device | None) -> bool:
    return one is other or one == other


@cache
def _kind_given(kind: str) -> tuple[tuple[str, tuple[Given, ...]], ...]:
    """The words for a kind in their normal form, each with all its forms."""
    return tuple((fold(word), tuple(means(word, "kind", kind))) for word in KINDS[kind].words)


def _places(home: Home) -> Iterator[Given]:
    """The words for people, areas and floors."""
    for person in home.people:
        for name in person.name.all():
            yield from means(name, "person", person.id)
    for area in home.areas:
        for name in (*area.name.all(), *area.aliases):
            yield from means(name, "area", area.id)
            word = fold(name)
            if word.endswith(("s' room", "'s room")):
                yield from means(word.removesuffix(" room"), "area", area.id, 0.8)  # the kids' fan
                whole = f"the {word.removesuffix(' room')}"
                yield whole, Entry("area", area.id, 0.95)  # not of the kids themselves
            if word.endswith(" room"):
                yield from means(word.removesuffix(" room") + "room", "area", area.id)
            elif word.endswith("room") and not word.endswith(" room") and " " not in word:
                yield from means(word.removesuffix("room") + " room", "area", area.id)
    for word, area_id, weight in place_words(home):
        yield from means(word, "area", area_id, weight)
    for index, floor in enumerate(home.floors):
        for name in (*floor.name.all(), *floor.aliases):
            yield from means(name, "floor", floor.id)
        if len(home.floors) == 2:
            for name in ("楼下", "downstairs") if index == 0 else ("楼上", "upstairs"):
                yield from means(name, "floor", floor.id, 0.95)
