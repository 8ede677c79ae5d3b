"""English words that want nothing done: a noun that is not wanted, what is to stay as it is, and what is
told of the world with words that are also words of this home.

"No honk today", "leave it shut", "gulls are noisy", "the wheat is in".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from homebody.assistant.understanding.words.token import Token

_ACTING = ("verb", "phrasal")
_UNWANTED = ("function", "choice", "action", "gerund")
_STAYING = ("leave", "keep", "let", "have")
_LASTING = ("moment", "number", "until", "lasting", "device", "kind", "area", "room", "condition")
_AROUND = frozenset(
    {"air", "place", "house", "flat", "home", "everything", "sun", "sunlight", "glare", "light", "lighting",
     "heat", "temperature", "picture", "sound", "music", "noise", "film", "movie", "water", "bed", "floor",
     "hands", "feet", "hand", "fingers", "toes"}
)  # fmt: skip
"""What may be too warm or too loud because of this home; anything else is so by itself."""
_BEYOND_HOME = ("device", "kind", "area", "room", "here", "function", "pronoun", "person", "subject", "too")


def unwanted(content: Sequence[Token]) -> bool:
    """No honk today; no shot for Nina; the study can do without the humidifier."""
    texts = [token.text for token in content]
    if any(one in ("do", "manage", "doing") and other == "without" for one, other in pairwise(texts)):
        return True
    for index, (no, noun) in enumerate(pairwise(content)):
        if not no.is_("no") or no.is_("lack") or no.text != "no":
            continue
        if not (noun.is_(*_UNWANTED) or noun.get("kind") == "media_player" or not noun.known):
            continue
        others = [*content[:index], *content[index + 2 :]]
        return not any(
            token.is_(*_ACTING, "number", "need") and not token.is_("kind", "device") for token in others
        )
    return False


def left_as_it_is(content: Sequence[Token]) -> bool:
    """Leave it shut, keep it locked: what it is already, since "it" was just spoken of."""
    place = next((i for i, token in enumerate(content) if token.text in _STAYING), None)
    if place is None or any(token.is_(*_LASTING) for token in content):
        return False
    rest = content[place + 1 :]
    if len(rest) < 2 or rest[0].text not in ("it", "them", "that", "those", "this"):
        return False
    stays = content[place].text in ("leave", "keep") or any(token.text == "stay" for token in rest)
    return stays and any(token.is_("state", "particle") for token in rest[1:])


def of_the_world(content: Sequence[Token]) -> bool:
    """Gulls are noisy, my boss is too loud, the wheat is in: of what is not this home's, or no order."""
    place = next((i for i, token in enumerate(content) if _finite(token)), None)
    if not place or content[0].is_("copula") or any(token.is_(*_ACTING, "ask") for token in content):
        return False
    subject = [token for token in content[:place] if not token.is_("filler")]
    if not subject or any(token.is_(*_BEYOND_HOME) for token in subject):
        return False
    if all(token.is_("choice") for token in subject):
        return not any(token.is_("change", "need") for token in subject)
    return not any(token.known or token.text in _AROUND for token in subject)


def _finite(token: Token) -> bool:
    return (token.is_("copula") and token.text != "be") or token.text in ("goes", "comes", "becomes")
