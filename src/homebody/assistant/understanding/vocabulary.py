"""The home's own words: areas, floors, devices, kinds, functions and choices, in one trie.

Names that people shorten are known by their shorter forms too, with a lower weight: a device's name
without its area's, and the last words of it. What a name is made of never decides what it means: a lamp
that is called Off is a lamp.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from homebody.assistant.understanding import doings
from homebody.assistant.understanding.lexicon import lexicon
from homebody.assistant.understanding.normalise import fold
from homebody.assistant.understanding.ordinary import ORDINARY
from homebody.assistant.understanding.participles import gerund
from homebody.assistant.understanding.token import Entry
from homebody.assistant.understanding.trie import Trie
from homebody.home.device import Area, Device, Home
from homebody.home.function import Function, Type
from homebody.home.kinds import KINDS

_LATIN = re.compile(r"[a-z]")


def plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


_DIGITS = "零一二三四五六七八九"
_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DIGIT_RUN = re.compile(r"\d{1,4}")


def _spoken(word: str) -> Iterator[str]:
    """103房 as it is spoken and transcribed: 一零三房, 幺零三房; 1号灯 as 一号灯, and the other way."""
    if _DIGIT_RUN.search(word):
        spelled = _DIGIT_RUN.sub(lambda m: "".join(_DIGITS[int(d)] for d in m[0]), word)
        yield spelled
        if "一" in spelled:
            yield spelled.replace("一", "幺")
        yield from _spelled_out(word)
    elif any(character in word for character in _DIGITS[1:]):
        yield "".join(str(_DIGITS.index(c)) if c in _DIGITS else c for c in word)


def _spelled_out(word: str) -> Iterator[str]:
    """104 in English words: one oh four, one hundred and four, one hundred four."""
    match = re.search(r"\d{3}", word)
    if match is None or re.search(r"[\u4e00-\u9fff]", word):
        return
    hundreds, rest = divmod(int(match[0]), 100)
    small = (
        _SMALL[rest] if rest < 20 else _TENS[rest // 10 - 2] + (f" {_SMALL[rest % 10]}" if rest % 10 else "")
    )
    head = _SMALL[hundreds]
    ways = [f"{head} {small}"] if rest >= 10 else [f"{head} oh {small}", f"{head} zero {small}"]
    if rest:
        ways += [f"{head} hundred and {small}", f"{head} hundred {small}"]
    else:
        ways = [f"{head} hundred"]
    yield from (word[: match.start()] + way + word[match.end() :] for way in ways)


_SYNONYMS = (
    ("radio", "wireless"), ("kids'", "children's"), ("record player", "gramophone"), ("hi-fi", "stereo"),
    ("hallway", "corridor"), ("sofa", "couch"), ("settee", "sofa"), ("larder", "pantry"), ("loo", "toilet"),
    ("sitting room", "living room"), ("main bedroom", "master bedroom"), ("spare room", "guest room"),
)  # fmt: skip
"""What different people call the same thing or room, wherever it stands in a name."""


def forms(name: str) -> list[tuple[str, bool]]:
    """The written forms of a name: (form, is plural)."""
    word = fold(name)
    if not word:
        return []
    result = [(word, False), *((spoken, False) for spoken in _spoken(word))]
    if _LATIN.search(word[-1:]):
        result.append((plural(word), True))
    for one, other in (("color", "colour"), ("center", "centre"), ("gray", "grey")):
        if one in word and other not in word:
            result += [(word.replace(one, other), False)]
        elif other in word:
            result += [(word.replace(other, one), False)]
    for one, other in _SYNONYMS:
        for said, instead in ((one, other), (other, one)):
            if re.search(rf"\b{said}\b", word):
                result.append((word.replace(said, instead), False))
    if "'" in word:
        result += [(word.replace("'", ""), False)]
    return result


_BARE_KINDS = ("lock", "sensor", "contact_sensor")
"""What people call by the thing that it sits on."""
_INFIXES = (
    "一下",
    "一次",
    "下",
    "个",
    "一个",
    "一会儿",
    "点",
    "一点",
    "过",
    "了",
    "一杯",
    "一壶",
    "杯",
    "一遍",
    "一圈",
)


def _infixed(name: str) -> Iterator[str]:
    """喂鱼 as 喂一下鱼, 转圈 as 转个圈: a verb and its object, said with something between."""
    if 2 <= len(name) <= 4 and not _LATIN.search(name):
        yield from (name[0] + infix + name[1:] for infix in _INFIXES)


@cache
def _kind_words() -> frozenset[str]:
    """Every word for a kind, in its normal form."""
    return frozenset(fold(word) for kind in KINDS.values() for word in kind.words)


@cache
def _bare_words() -> tuple[str, ...]:
    """The words for kinds whose names are known without them too, longest first."""
    words = {fold(word) for kind in _BARE_KINDS for word in KINDS[kind].words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


class Vocabulary:
    """Built once for a home; ``trie`` holds `Entry` values whose categories are

    ``area`` (area id), ``floor`` (floor id), ``device`` (frozenset of device ids), ``kind`` (kind word),
    ``function`` (function id), ``choice`` ((function id, choice id)), ``person`` (person id).
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self.trie = Trie()
        self.by_kind: dict[str, list[Device]] = defaultdict(list)
        self._by_watched: dict[str, list[Device]] = defaultdict(list)
        self.by_function: dict[str, list[Device]] = defaultdict(list)
        self.by_area: dict[str, list[Device]] = defaultdict(list)
        self.areas_of_floor: dict[str, list[str]] = defaultdict(list)
        self.functions: dict[str, list[Function]] = defaultdict(list)
        self.plain: dict[tuple[str, str], list[str]] = defaultdict(list)
        """By area and kind: devices that are called just so, "kitchen light" in the kitchen."""
        self.numbered = any(_DIGIT_RUN.search(name) for area in home.areas for name in area.name.all())
        """Whether areas have numbers for names, as in a hotel."""
        numbered = {
            m[1] for a in home.areas for n in a.name.all() if (m := re.fullmatch(r"([a-z]+) \d+", fold(n)))
        }
        self.numbered_word = (
            re.compile(rf"\b(?:{'|'.join(sorted(numbered))}) \d{{1,4}}\b") if numbered else None
        )
        """Areas that are called "studio 1", "studio 2": so is one that is not there."""
        self.words: set[str] = set()
        """All words of the home and of kinds, in their normal form."""
        self._positions = {device.id: index for index, device in enumerate(home.devices)}
        for area in home.areas:
            if area.floor:
                self.areas_of_floor[area.floor].append(area.id)
        for device in home.devices:
            self.by_kind[device.kind].append(device)
            if device.function("contact"):
                for kind in self._watched(device):
                    self._by_watched[kind].append(device)
            self.by_area[device.area or ""].append(device)
            for function in device.functions:
                self.by_function[function.id].append(device)
                self.functions[function.id].append(function)
        for person in home.people:
            for name in person.name.all():
                self._add(name, "person", person.id)
        self._area_names = {
            area.id: sorted({fold(n) for n in (*area.name.all(), *area.aliases)}, key=len, reverse=True)
            for area in home.areas
        }
        for device in home.devices:
            if self._plainly_named(device):
                self.plain[device.area or "", device.kind].append(device.id)
        self._places(home)
        self._called = {
            fold(name) for fs in self.functions.values() for f in fs for name in (*f.name.all(), *f.aliases)
        }
        self._kinds(home)
        self._functions()
        self._devices(home)

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
        pool = own or [*near, *self._by_watched.get(kind, ())]
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
        return {fold(name), *self._without_kind(fold(name), kind)}

    @staticmethod
    def _watched(device: Device) -> list[str]:
        """What a contact sensor sits on, by its name: asked about as the door or window itself."""
        names = [fold(name) for name in (*device.name.all(), *device.aliases)]
        return [
            kind
            for kind in ("door", "window", "gate", "garage_door", "fridge")
            if kind != device.kind and any(fold(word) in name for word in KINDS[kind].words for name in names)
        ]

    def _add(self, name: str, category: str, value: object, weight: float = 1.0) -> None:
        for form, many in forms(name):
            self.words.add(form)
            self.trie.add(form, Entry(category, value, weight, many))

    def _places(self, home: Home) -> None:
        for area in home.areas:
            for name in (*area.name.all(), *area.aliases):
                self._add(name, "area", area.id)
                word = fold(name)
                if word.endswith(("s' room", "'s room")):
                    self._add(word.removesuffix(" room"), "area", area.id, 0.8)  # the kids' fan
                if word.endswith(" room"):
                    self._add(word.removesuffix(" room") + "room", "area", area.id)
                elif word.endswith("room") and not word.endswith(" room") and " " not in word:
                    self._add(word.removesuffix("room") + " room", "area", area.id)
        for index, floor in enumerate(home.floors):
            for name in (*floor.name.all(), *floor.aliases):
                self._add(name, "floor", floor.id)
            if len(home.floors) == 2:
                for name in ("楼下", "downstairs") if index == 0 else ("楼上", "upstairs"):
                    self._add(name, "floor", floor.id, 0.95)

    def _kinds(self, home: Home) -> None:
        for kind in KINDS.values():
            here = bool(self.of_kind(kind.id))
            for word in kind.words:
                if here or fold(word) not in self._called:  # the oven of a range is no oven that is missing
                    self._add(word, "kind", kind.id)
        for device in home.devices:
            if device.kind_name:
                for name in device.kind_name.all():
                    self._add(name, "kind", device.kind)
            if device.kind not in KINDS:
                self._add(device.kind.replace("_", " "), "kind", device.kind)

    def _doings(self, own: Collection[str], name: str, function: Function) -> None:
        """坐好, where a thing calls it 坐下; never what is itself a name here."""
        for word in doings.alike(fold(name)):
            if word in own or function.trait:
                continue
            self._add(word, "function", function.id, 0.95)
            if function.type is Type.ACTION:
                self._add(word, "action", function.id)

    def _functions(self) -> None:
        own = {
            fold(name) for functions in self.functions.values() for f in functions
            for name in (*f.name.all(), *f.aliases, *(n for c in f.choices for n in c.name.all()))
        }  # fmt: skip
        for function_id, functions in self.functions.items():
            names = {name for f in functions for name in (*f.name.all(), *f.aliases)}
            texts = any(function.type is Type.TEXT for function in functions)
            runs = any(function.type is Type.ACTION for function in functions)
            for name in names:
                self._add(name, "function", function_id)
                for part in self._parts(fold(name)):
                    self._add(part, "function", function_id, 0.7)
                if texts:
                    self._add(name, "text_function", function_id)
                    if fold(name).startswith(("显示", "写")):
                        self._add("显示", "text_function", function_id)
                        self._add("显示", "function", function_id)
                if runs:
                    self._add(name, "action", function_id)
                    for infixed in _infixed(fold(name)):
                        self._add(infixed, "function", function_id, 0.95)
            for function in functions:
                for name in (*function.name.all(), *function.aliases):
                    self._doings(own, name, function)
                for choice in function.choices:
                    if function.id in ("playback", "cleaning"):  # states, which verbs bring about
                        continue
                    for name in (*choice.name.all(), *choice.aliases):
                        self._choice(name, function, choice.id)
                        for word in doings.alike(fold(name)):
                            if word not in own:
                                self._add(word, "choice", (function.id, choice.id), 0.95)

    def _parts(self, name: str) -> Iterator[str]:
        """靠背 of 靠背角度, backrest of "backrest angle": the beginning of a long name, if it has no other
        meaning."""
        if _LATIN.search(name):
            words = name.split()
            candidates = [words[0]] if len(words) == 2 and len(words[0]) > 3 else []
        else:
            candidates = [name[:2]] if len(name) == 4 else []
        general = lexicon()
        for candidate in candidates:
            ordinary = any(end == len(candidate) for end, _ in general.matches(candidate, 0))
            if not ordinary and not self._is_kind(candidate):
                yield candidate

    def _choice(self, name: str, function: Function, choice_id: str) -> None:
        value = (function.id, choice_id)
        self._add(name, "choice", value)
        word = fold(name)
        if word.isascii() and " " not in word and len(word) > 2:
            self._add(gerund(word), "choice", value, 0.9)  # heat: heating
            self._add(gerund(word) + " mode", "choice", value)
        if function.id == "color" and word.endswith("色"):
            self._add(word.removesuffix("色") + "光", "choice", value, 0.9)
            self._add(word.removesuffix("色") + "的", "choice", value, 0.9)  # 换成粉的
        if word.endswith(("模式", " mode")):
            self._add(word.removesuffix("模式").removesuffix(" mode"), "choice", value, 0.9)
        elif function.id != "color":
            for suffix in ("模式", "档", "挡"):
                self._add(word + suffix, "choice", value) if not word.isascii() else None
            if word.isascii():
                self._add(word + " mode", "choice", value)

    def _devices(self, home: Home) -> None:
        spoken: dict[str, dict[str, float]] = defaultdict(dict)
        many: dict[str, bool] = {}

        def note(name: str, device: Device, weight: float) -> None:
            plain = device.id in self.plain.get((device.area or "", device.kind), ())
            for form, is_plural in forms(name):
                if plain and is_plural:
                    continue  # "kitchen lights" are all of them
                current = spoken[form].get(device.id, 0.0)
                spoken[form][device.id] = max(current, weight)
                many[form] = is_plural

        area_names = self._area_names
        for device in home.devices:
            for name in (*device.name.all(), *device.aliases):
                note(name, device, 1.0)
                for shorter in self._without_kind(fold(name), device.kind):
                    note(shorter, device, 0.75)
                for shorter in self._shorter(fold(name), area_names.get(device.area or "", ())):
                    note(shorter, device, 0.8)
                if first := self._first_word(fold(name)):
                    note(first, device, 0.6)
        general = lexicon()
        for form, ids in spoken.items():
            best = max(ids.values())
            # a short form that is an ordinary word as well keeps its ordinary meaning
            ordinary = any(
                end == len(form) and any(entry.category != "elsewhere" for entry in entries)
                for end, entries in general.matches(form, 0)
            )
            if best < 1.0 and (ordinary or self._is_kind(form)):
                continue
            if self._names_its_kind(form, ids):
                continue  # two lamps that are called "lamp" are found by their kind
            # a full name means its bearer; a short form means everything that it fits
            chosen = frozenset(device_id for device_id, weight in ids.items() if best < 1.0 or weight == best)
            self.words.add(form)
            self.trie.add(form, Entry("device", chosen, best, many[form]))

    def _names_its_kind(self, form: str, ids: Iterable[str]) -> bool:
        """Whether a name is no more than the word for what its bearers are."""
        kinds = {
            entry.value
            for end, entries in self.trie.matches(form, 0)
            if end == len(form)
            for entry in entries
            if entry.category == "kind"
        }
        bearers = [device for i in ids if (device := self.home.device(i))]
        known = [KINDS.get(str(kind)) for kind in kinds]
        own = frozenset().union(*(kind.own for kind in known if kind), kinds)
        return bool(kinds) and all(device.kind in own for device in bearers)

    def _is_kind(self, form: str) -> bool:
        return any(
            end == len(form)
            and any(entry.category in ("kind", "function", "area", "choice") for entry in entries)
            for end, entries in self.trie.matches(form, 0)
        )

    @staticmethod
    def _without_kind(name: str, kind: str) -> list[str]:
        """前门锁 -> 前门; front door lock -> front door."""
        if kind not in _BARE_KINDS or name in _kind_words():
            return []
        return [
            name.removesuffix(word).rstrip()
            for word in _bare_words()
            if word and name.endswith(word) and len(name) > len(word) + 1
        ]

    def _first_word(self, name: str) -> str | None:
        """The chess, for the chess board: the first word of an English name, if it says something."""
        first, _, rest = name.partition(" ")
        area = any(first in known.split() for names in self._area_names.values() for known in names)
        plain = len(first) > 3 and first.isascii() and first.isalpha() and first not in ORDINARY
        return first if rest and plain and not area else None

    @staticmethod
    def _shorter(name: str, areas: Iterable[str]) -> list[str]:
        """A name without its area's, and its last words: 客厅智能香薰机 -> 智能香薰机, 香薰机."""
        result: list[str] = []
        for area in areas:
            if name.startswith(area) and len(name) > len(area):
                name = name[len(area) :].lstrip(" 的'")
                name = name.removeprefix("s ")
                result.append(name)
                break
        if _LATIN.search(name):
            words = name.split()
            result += [" ".join(words[index:]) for index in range(1, len(words))]
        else:
            result += [name[index:] for index in range(1, len(name) - 1)]
        return [short for short in result if len(short) > 1]
