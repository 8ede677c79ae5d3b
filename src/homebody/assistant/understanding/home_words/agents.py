"""What a thing does, by its name: to humidify is to have the humidifier on, to purify the purifier.

English names things by what they do with -er and -or, so a strange verb means the thing that is called so.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.token import Entry, Token

_BEFORE = ("request", "joint", "next_clause", "filler")
_OBJECT = ("device", "kind", "function", "pronoun", "choice")
_AIR = frozenset({"air", "atmosphere", "place"})
"""What such things act on, wherever they are."""


def with_agents(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a clause, with a strange verb at its beginning as "on" and the thing that does it."""
    first = next((i for i, token in enumerate(tokens) if not token.is_(*_BEFORE)), None)
    if first is None or tokens[first].known or not tokens[first].text.isascii():
        return list(tokens)
    rest = [token for token in tokens[first + 1 :] if token.text not in _AIR]
    if any(not token.known or token.is_(*_OBJECT) for token in rest):
        return list(tokens)  # heat the kettle: what is acted on is named
    verb = tokens[first]
    entries = [entry for agent in _agents(verb.text) for entry in vocabulary.trie.exact(agent)]
    named = tuple(entry for entry in entries if entry.category in ("kind", "device"))
    if not named:
        return list(tokens)
    on = Token(verb.start, verb.end, verb.text, (Entry("verb", "on"),))
    return [
        *tokens[:first],
        on,
        Token(verb.end, verb.end, _agents(verb.text)[0], named),
        *tokens[first + 1 :],
    ]


def _agents(verb: str) -> list[str]:
    """humidify: humidifier; diffuse: diffuser; mow: mower."""
    if verb.endswith("y") and len(verb) > 3:
        return [f"{verb[:-1]}ier", f"air {verb[:-1]}ier"]
    stem = verb.removesuffix("e")
    return [f"{stem}er", f"{stem}or", f"{stem}{stem[-1:]}er"]
