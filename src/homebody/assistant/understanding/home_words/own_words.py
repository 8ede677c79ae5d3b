"""A thing's own words: once a clause names a thing, its other words may be those of that thing's functions.

"Spin up the lens's rotation", "set the beacon flashing", "tap that glass": words that mean nothing in
general are looked for among the names of the functions and choices of the things that the clause names, by
their stems, so that ``rotate`` finds ``rotation`` and ``flash`` finds ``flashing``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from homebody.assistant.understanding.home_words import own_characters, serving
from homebody.assistant.understanding.home_words.agents import with_agents
from homebody.assistant.understanding.home_words.own_objects import with_objects
from homebody.assistant.understanding.home_words.split_names import SplitNames
from homebody.assistant.understanding.home_words.stems import stem
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.ordinary import ORDINARY
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.device import Device
from homebody.home.function import Type

_WORD = re.compile(r"[a-z]{3,}")
_LITTLE = frozenset({"the", "and", "for", "your", "with", "from", "level", "mode", "speed", "value", "set"})
"""Words of names that say nothing by themselves."""
_WEIGHT = 0.6
_PLAIN_VERBS = frozenset({"turn", "switch", "set", "put", "get", "go", "open", "close", "make", "have",
                          "lock", "unlock", "leave", "keep", "stop", "give"})  # fmt: skip


class OwnWords:
    """The words of one home's controls, by device."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._by_device: dict[str, Mapping[str, tuple[Entry, ...]]] = {}
        self._every: own_characters.Names | None = None
        self._names: dict[str, own_characters.Names] = {}
        self._splits = SplitNames(vocabulary)

    def forget(self, devices: Iterable[str] | None) -> None:
        """These devices (None: all) came, went or changed."""
        self._every = None
        self._splits.forget()
        for table in (self._by_device, self._names):
            for device_id in list(table) if devices is None else devices:
                table.pop(device_id, None)

    def read(self, tokens: Sequence[Token], spoken_of: Iterable[Device] = ()) -> list[Token]:
        """The tokens of a clause; strange ones that are words of the things it names now mean these.
        ``spoken_of``: what "it" stands for."""
        if all(token.known for token in tokens) and not any(
            token.is_("kind", "device", "phrasal", "pronoun") for token in tokens
        ):
            return list(tokens)
        tokens = with_objects(
            with_agents(self._nouns(self._splits.joined(tokens)), self._vocabulary), self._vocabulary
        )
        devices = self._named(tokens) or list(spoken_of) or self._anywhere(tokens)
        if not devices and serving.orders(tokens):
            return serving.ordered(tokens, self._vocabulary.home.devices)
        if not devices and not all(token.text.isascii() for token in tokens):
            return own_characters.described(tokens, self._all_names())
        tokens = serving.unserved(tokens)
        tables = [self._words_of(device) for device in devices]
        names = [self._names_of(device) for device in devices]
        tokens = self._compounds(self._doing(tokens, devices))
        return [
            token
            if token.known and not token.is_("activity")
            else self._meant(token, tables)
            if token.text.isascii()
            else own_characters.meant(token, names)
            for token in tokens
        ]

    def _nouns(self, tokens: Sequence[Token]) -> list[Token]:
        """The wind, of a weather station: what is a verb elsewhere is a noun behind an article."""
        result = list(tokens)
        for index, token in enumerate(tokens[1:], 1):
            if tokens[index - 1].text != "the" or not all(e.category in _VERBAL for e in token.entries):
                continue
            key = stem(token.text)
            bearers = [d for d in self._vocabulary.home.devices if d.controls and key in self._words_of(d)]
            if token.known and len(bearers) == 1:
                result[index] = self._meant(token, [self._words_of(bearers[0])])
        return result

    def _compounds(self, tokens: Sequence[Token]) -> list[Token]:
        """The purifier fan, which has a fan speed; the printer's bed, the shutter of the dome: a kind right
        beside a thing may be a part of it."""
        result = list(tokens)
        for index, token in enumerate(tokens):
            whole = _whole(tokens, index) if token.is_("kind") and not token.is_("device", "area") else None
            if whole is None:
                continue
            owners = self._named([whole])
            if len(owners) != 1:
                continue
            own = [e for e in token.entries if e.category == "function" and owners[0].function(e.value)]
            if own:
                result[index] = Token(token.start, token.end, token.text, tuple(own))
            elif not token.is_("function"):
                meant = self._meant(Token(token.start, token.end, token.text), [self._words_of(owners[0])])
                result[index] = meant if meant.known else token
        return result

    @staticmethod
    def _doing(tokens: Sequence[Token], devices: Sequence[Device]) -> list[Token]:
        """Tap the barometer, which can "tap the glass": the first word names what a named thing does."""
        first = next(
            (i for i, token in enumerate(tokens) if not token.is_("request", "joint", "next_clause")), None
        )
        if first is None or not tokens[first].text.isascii() or tokens[first].is_("kind", "device", "choice"):
            return list(tokens)
        said, following = tokens[first], tokens[first + 1] if first + 1 < len(tokens) else None
        object_ = following is not None and (
            following.text in ("the", "my", "our", "that", "a") or following.is_("device", "kind")
        )
        if not object_ or said.text in _PLAIN_VERBS or said.is_("question", "ask_en", "negation"):
            return list(tokens)
        runs = tuple(
            Entry("function", function.id, _WEIGHT)
            for device in devices
            for function in device.functions
            if function.type is Type.ACTION
            and any(
                stem(fold(name).split()[0]) == stem(said.text) for name in function.name.all() if fold(name)
            )
        )
        if not runs:
            return list(tokens)
        return [*tokens[:first], Token(said.start, said.end, said.text, runs), *tokens[first + 1 :]]

    def _anywhere(self, tokens: Sequence[Token]) -> list[Device]:
        """The one device of the home that a strange word can be a word of, where no device is named."""
        found: dict[str, Device] = {}
        for token in tokens:
            if not token.known and len(token.text) > 3 and token.text not in ORDINARY:
                key = stem(token.text)
                bearers = [
                    d for d in self._vocabulary.home.devices if d.controls and key in self._words_of(d)
                ]
                if len(bearers) == 1:
                    found[bearers[0].id] = bearers[0]
        return list(found.values()) if len(found) == 1 else []

    def _all_names(self) -> own_characters.Names:
        if self._every is None:
            tables = [self._names_of(device) for device in self._vocabulary.home.devices]
            self._every = tuple(dict.fromkeys(name for table in tables for name in table))
        return self._every

    def _names_of(self, device: Device) -> own_characters.Names:
        if device.id not in self._names:
            self._names[device.id] = own_characters.names_of(device)
        return self._names[device.id]

    @staticmethod
    def _meant(token: Token, tables: Sequence[Mapping[str, tuple[Entry, ...]]]) -> Token:
        key = stem(token.text)
        entries = tuple(dict.fromkeys(entry for table in tables for entry in table.get(key, ())))
        return Token(token.start, token.end, token.text, entries) if entries else token

    def _named(self, tokens: Sequence[Token]) -> list[Device]:
        home = self._vocabulary.home
        named: dict[str, Device] = {}
        for token in tokens:
            for ids in token.all("device"):
                named |= {i: device for i in ids if (device := home.device(i))}
            for kind in token.all("kind"):
                named |= {device.id: device for device in self._vocabulary.of_kind(kind)}
        return list(named.values())

    def _words_of(self, device: Device) -> Mapping[str, tuple[Entry, ...]]:
        if device.id not in self._by_device:
            found: dict[str, list[Entry]] = defaultdict(list)
            for function in device.functions:
                for name in (*function.name.all(), *function.aliases):
                    for word in _WORD.findall(fold(name)):
                        if word not in _LITTLE:
                            found[stem(word)].append(Entry("function", function.id, _WEIGHT))
                for choice in function.choices:
                    for name in (*choice.name.all(), *choice.aliases):
                        for word in _WORD.findall(fold(name)):
                            found[stem(word)].append(Entry("choice", (function.id, choice.id), _WEIGHT))
            self._by_device[device.id] = {key: tuple(dict.fromkeys(e)) for key, e in found.items()}
        return self._by_device[device.id]


_VERBAL = frozenset({"verb", "phrasal", "gerund", "done"})
_OF = frozenset({"of", "on", "in", "for"})


def _whole(tokens: Sequence[Token], index: int) -> Token | None:
    """The thing of which a word may name a part: behind it, with or without 's, or before of and on."""
    before = [token for token in tokens[max(0, index - 2) : index] if token.text not in ("'s", "'")]
    if before and before[-1].is_("device", "kind"):
        return before[-1]
    behind = [
        token for token in tokens[index + 1 :] if not token.is_("verb", "particle") or token.text in _OF
    ]
    if behind and behind[0].text in _OF:
        named = next((token for token in behind[1:3] if token.text not in ("the", "my", "our")), None)
        return named if named is not None and named.is_("device", "kind") else None
    return None
