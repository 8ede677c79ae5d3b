"""English sentences that tell what does something, what should have been done, and what is as it should be:
"the remote turns the TV on", "somebody should have closed the curtains", "it's warm enough in here"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from homebody.assistant.understanding.words.token import Token

_DOES = frozenset({
    "turns", "switches", "puts", "opens", "closes", "shuts", "starts", "stops", "locks", "unlocks", "dims",
    "brightens", "raises", "lowers", "sets", "keeps", "makes", "plays", "pauses", "cleans", "feeds", "heats",
    "cools", "runs", "activates", "controls", "flips", "leaves", "brings", "powers", "mutes", "waters",
})  # fmt: skip
"""Verbs in the third person: somebody or something has to stand before them."""
_OBJECT = frozenset(
    {"the", "my", "our", "a", "an", "his", "her", "their", "its", "it", "them", "itself", "all"}
)
_MODALS = ("should", "could", "would", "must", "might")
_DENIES = ("negation", "lack", "no")


def does_by_nature(content: Sequence[Token]) -> bool:
    """The remote turns the TV on."""
    if any(token.is_("condition", "ask", "question") for token in content):
        return False
    for index, (one, other) in enumerate(pairwise(content)):
        if index and one.text in _DOES and (other.text in _OBJECT or other.is_("device", "kind")):
            before = content[index - 1]
            return not before.is_("request", "verb", "phrasal") or before.is_("device", "kind", "subject")
    return False


def should_have(content: Sequence[Token]) -> bool:
    """Somebody should have closed the curtains."""
    for index, (one, other) in enumerate(pairwise(content)):
        behind = content[index + 2] if index + 2 < len(content) else None
        done = behind is not None and behind.is_("done", "past", "state") and not behind.is_("kind", "device")
        if one.text.endswith(_MODALS) and other.text == "have" and done:
            return True
    return False


def is_enough(content: Sequence[Token]) -> bool:
    """It's warm enough in here: nothing is wished. "Not warm enough" and "is it warm enough" are others."""
    if content[0].is_("ask_en") or not any(token.text == "enough" for token in content):
        return False
    return not any(token.is_(*_DENIES, "verb", "phrasal", "ask", "condition") for token in content)


def speaks_of(content: Sequence[Token]) -> bool:
    """The moon is lovely, the hens laid nine eggs, I love lavender: what is an action or a choice of some
    thing here is only spoken of, since nothing is to be done with it."""
    if content[0].text in ("i", "we") and len(content) > 1 and content[1].text in _LIKES:
        return True
    asked = content[0].is_("request", "ask_en") or any(token.text in ("please", "pls") for token in content)
    if (
        asked
        or any(token.is_(*_WISHES) for token in content)
        or not any(token.is_("choice", "action") for token in content)
    ):
        return False
    if any(token.text in _IS for token in content[1:]):
        return True
    if any(token.text == "than" for token in content):
        return True
    return any(
        one.is_("choice", "action", "device")
        and (not other.known or other.is_("done"))
        and other.text.endswith(_DID)
        for one, other in pairwise(content)
    )


_DID = ("ed", "s", "laid", "sat", "ran", "ate", "slept", "won", "lost", "fell", "came", "went", "cracked")
_LIKES = frozenset({"love", "like", "adore", "enjoy", "hate", "loved", "liked", "dislike"})
_IS = frozenset(
    {"is", "are", "was", "were", "becomes", "became", "makes", "made", "tastes", "smells", "looks"}
)
_WISHES = (
    "verb", "phrasal", "question", "ask", "condition", "need", "too", "keep", "ensure", "change",
    "text_function",
)  # fmt: skip
