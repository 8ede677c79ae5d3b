"""What each form of a word means in this home, kept up to date as things come and go.

Everything that gives a form a meaning is counted, so that taking a thing away leaves what others gave. What
a form means follows from what was given for it alone, whatever the order: after any changes it is the same as
if all had been written down anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from homebody.assistant.understanding.words.lexicon import lexicon
from homebody.assistant.understanding.words.token import Entry
from homebody.assistant.understanding.words.trie import Trie
from homebody.home.kinds import KINDS

Given = tuple[str, Entry]
"""A form and what it means."""

Standing = Literal["full", "alike", "beginning"]
"""``alike``: other words for what a function or a choice does, where nothing here is called just so;
``beginning``: of a long name, where it has no other meaning."""

_ORDER = {name: rank for rank, name in enumerate(
    ("person", "area", "floor", "kind", "function", "scale", "text_function", "action", "choice")
)}  # fmt: skip
_TAKEN = frozenset({"kind", "function", "area", "choice"})
"""What has such a meaning is no short form of a name."""


@dataclass(frozen=True, slots=True)
class Call:
    """How a device is called by a form: by its full name with weight 1, by a shorter one with less."""

    kind: str
    weight: float
    plural: bool


class Wordbook:
    """``trie`` and ``words`` are right after `settle`."""

    def __init__(self) -> None:
        self.trie = Trie()
        self.words: set[str] = set()
        self._given: dict[Standing, dict[str, Counter[Entry]]] = {
            standing: defaultdict(Counter) for standing in ("full", "alike", "beginning")
        }
        self._calls: dict[str, dict[str, Call]] = defaultdict(dict)
        self._touched: set[str] = set()

    def give(self, given: Iterable[Given], standing: Standing = "full") -> None:
        self._count(self._given[standing], given, 1)

    def take(self, given: Iterable[Given], standing: Standing = "full") -> None:
        """Take back what was given."""
        self._count(self._given[standing], given, -1)

    def call(self, device_id: str, calls: dict[str, Call]) -> None:
        for form, call in calls.items():
            self._calls[form][device_id] = call
        self._touched.update(calls)

    def uncall(self, device_id: str, forms: Iterable[str]) -> None:
        for form in forms:
            bearers = self._calls[form]
            bearers.pop(device_id, None)
            if not bearers:
                del self._calls[form]
            self._touched.add(form)

    def settle(self) -> None:
        """Write down what the touched forms mean now."""
        for form in self._touched:
            entries = self._meanings(form)
            self.trie.put(form, entries)
            if entries:
                self.words.add(form)
            else:
                self.words.discard(form)
        self._touched.clear()

    def _count(self, counts: dict[str, Counter[Entry]], given: Iterable[Given], change: int) -> None:
        for form, entry in given:
            counter = counts[form]
            counter[entry] += change
            if not counter[entry]:
                del counter[entry]
                if not counter:
                    del counts[form]
            self._touched.add(form)

    def _meanings(self, form: str) -> list[Entry]:
        general = lexicon().exact(form)
        entries = self._of("full", form)
        if not any(entry.category in ("function", "choice") and entry.weight == 1.0 for entry in entries):
            entries += self._of("alike", form)
        taken = any(entry.category in _TAKEN for entry in entries)
        if not general and not taken and (begins := self._of("beginning", form)):
            entries += begins
            taken = True
        if device := self._device(form, entries, taken=taken, general=general):
            entries.append(device)
        return entries

    def _of(self, standing: Standing, form: str) -> list[Entry]:
        return sorted(self._given[standing].get(form, ()), key=_rank)

    def _device(self, form: str, entries: list[Entry], *, taken: bool, general: list[Entry]) -> Entry | None:
        calls = self._calls.get(form)
        if not calls:
            return None
        best = max(call.weight for call in calls.values())
        # a short form that is an ordinary word as well keeps its ordinary meaning
        ordinary = any(entry.category != "elsewhere" for entry in general)
        if best < 1.0 and (ordinary or taken):
            return None
        if _names_its_kind(entries, calls.values()):
            return None  # two lamps that are called "lamp" are found by their kind
        # a full name means its bearer; a short form means everything that it fits
        chosen = {i: call for i, call in calls.items() if best < 1.0 or call.weight == best}
        return Entry("device", frozenset(chosen), best, all(call.plural for call in chosen.values()))


def _rank(entry: Entry) -> tuple[int, float, str, bool]:
    return _ORDER[entry.category], -entry.weight, str(entry.value), entry.plural


def _names_its_kind(entries: Iterable[Entry], calls: Iterable[Call]) -> bool:
    """Whether a name is no more than the word for what its bearers are."""
    kinds = {str(entry.value) for entry in entries if entry.category == "kind"}
    if not kinds:
        return False
    own = kinds.union(*(kind.own for name in kinds if (kind := KINDS.get(name))))
    return all(call.kind in own for call in calls)
