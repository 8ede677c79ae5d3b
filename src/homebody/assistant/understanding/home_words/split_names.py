"""Names of functions with their object in between: keep it warm, of "keep warm"; roll your dice over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.function import Type

_WIDEST = 3
"""So many words may stand in between."""
_WEIGHT = 0.8


class SplitNames:
    """Of one home's switches and actions whose names have two words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: Mapping[tuple[str, str], tuple[Entry, ...]] | None = None

    def forget(self) -> None:
        self._known = None

    def joined(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens of a clause, with a name that is split by its object as one word."""
        names = self._names()
        for index, token in enumerate(tokens):
            for end in range(index + 2, min(index + _WIDEST + 2, len(tokens))):
                entries = names.get((token.text, tokens[end].text))
                if entries and all(
                    not t.known or t.is_("pronoun", "filler") for t in tokens[index + 1 : end]
                ):
                    whole = Token(token.start, tokens[end].end, token.text, entries)
                    return [*tokens[:index], whole, *tokens[end + 1 :]]
        return list(tokens)

    def _names(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        if self._known is None:
            found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
            for device in self._vocabulary.home.devices:
                for function in device.controls:
                    if function.type not in (Type.BOOL, Type.ACTION):
                        continue
                    for name in (*function.name.all(), *function.aliases):
                        first, _, second = fold(name).partition(" ")
                        if second and " " not in second and first.isascii():
                            verb = "on" if function.type is Type.BOOL else "run"
                            found[first, second] += [
                                Entry("function", function.id, _WEIGHT),
                                Entry("action", function.id, _WEIGHT),
                                Entry("verb", verb, _WEIGHT),
                            ]
            self._known = {words: tuple(dict.fromkeys(entries)) for words, entries in found.items()}
        return self._known
