"""English sentences that have a subject and a finite verb: told, not wished. And participles that are wished.

"Biscuit danced all evening" and "the heater switches itself off" tell; "have the blinds lowered" and
"curtains closed, please" wish.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from homebody.assistant.understanding.words.token import Token

_PAST = frozenset(
    """
    ate became began bit blew bought broke brought built burnt came caught chose did drank drew drove fell
    felt flew forgot froze gave got grew had heard held hid kept knew laid lay left lost made meant met paid
    ran rang rose said sang sat saw seemed sent shone shook slept smelled smelt sold spent spilt split spoke
    spoilt stank stole stood stuck swam swept taught threw told took tore understood went woke won wore wrote
    """.split()  # noqa: SIM905
)
_DETERMINERS = ("the", "my", "our", "a", "an", "this", "that", "your", "his", "her", "their", "its")
_PREPOSITIONS = ("in", "on", "of", "at", "by", "inside", "near", "from", "with", "under")
_NOUN = ("device", "kind", "area", "room", "floor", "function", "person", "subject", "choice", "elsewhere")
_NOT_A_VERB = ("moment", "number", "particle", "function", "change", "level", "state", "request", "joint")
_GIVE = ("have", "get", "want", "need", "having", "getting")
_SAFE = frozenset({"close", "close_or_off", "off", "lower", "raise", "lock", "pause", "mute", "stop"})
_IT_IS = frozenset(
    """
    it's it i'm i've i'd we're we've you're you've he's she's they're that's there's there those these this
    """.split()  # noqa: SIM905
)
_ACTING = ("verb", "phrasal", "need", "change", "particle", "question", "ask", "condition", "level", "number")


def told_in_strange_words(content: Sequence[Token]) -> bool:
    """It's raining, my knees ache, the cat's asleep there, you are very clever: a subject and something of
    it that a home knows nothing of. No wish: neither an order nor a complaint is in it."""
    if len(content) < 2 or not any(not token.known for token in content):
        return False
    if (
        not content[0].known
        and content[1].is_("copula")
        and not any(
            token.is_("question", "ask", "condition", "need", "too", "change", "device", "kind", "request")
            for token in content
        )
    ):
        return True  # bread's run out
    if any(token.is_(*_ACTING) or token.get("phrasal") for token in content):
        return False
    first, rest = content[0], content[1:]
    if first.text in _IT_IS or first.is_("subject", "person") or first.text in ("you", "you are", "it is"):
        return True
    copula = next((i for i, token in enumerate(rest) if token.is_("copula")), None)
    if copula is not None and copula > 0 and not content[-1].is_("ask"):
        return first.text in _DETERMINERS or first.is_(*_NOUN) or not first.known
    mine = first.text in ("my", "our", "his", "her", "their") and len(content) > 2
    return mine and not any(token.is_("device", "kind", "area", "function", "choice") for token in content)


_NO_DOING = ("kind", "device", "function", "choice", "area", "state", "at", "need", "change")
"""A verb's form in -ing that may be something else."""
_INVITING = ("mind", "about", "fancy", "chance", "appreciate", "grateful", "try", "consider", "thinking of")


def tells_of_doing(content: Sequence[Token], wished: int) -> bool:
    """Opening the window helps; thanks for turning it off; it's easy to turn on; I wish you had closed it:
    the verb is named, not ordered. ``wished``: where the first verb stands."""
    if wished >= len(content):
        return False
    verb, before = content[wished], content[:wished]
    texts = [token.text for token in before]
    if any(text in ("had", "hadn't") for text in texts) and not any(t.is_("question") for t in before):
        return True
    if any(token.is_("verb") or token.get("phrasal") for token in before):
        return False
    if verb.is_("gerund") and not verb.is_(*_NO_DOING):
        return not any(mark in text for text in texts for mark in _INVITING)
    to = bool(before) and before[-1].text == "to" and verb.is_("verb", "phrasal")
    return to and not any(
        token.is_("request", "negation", "tell", "ensure", "correction") for token in before
    )


def stops_doing(content: Sequence[Token]) -> bool:
    """Stop turning it on: no order to turn it on."""
    strange = len(content) > 2 and not content[1].known and content[1].text.endswith("ing")
    if content[0].text in ("stop", "quit") and strange and content[2].text in _DETERMINERS:
        return True  # quit dimming the lights
    return any(
        one.text in ("stop", "quit")
        and other.is_("gerund")
        and (other.is_("phrasal") or other.get("verb") == "on")
        for one, other in pairwise(content)
    )


_NEEDS = ("wants", "needs", "want", "need", "requires", "could do with", "could use")


def needs_doing(content: Sequence[Token]) -> bool:
    """The lamp wants turning down; the blinds need closing."""
    if any(token.is_("negation", "already", "reported", "ask", "subject") for token in content):
        return False
    return any(one.text in _NEEDS and other.is_("gerund") for one, other in pairwise(content))


def wants_done(content: Sequence[Token]) -> bool:
    """Have it opened, I'd like the lamp turned on; lowered, please; and without any of these, what a
    participle right behind a bare name means where nothing opens: shutters closed."""
    place = next((i for i, token in enumerate(content) if token.is_("done")), None)
    if place is None or any(token.is_("negation", "already", "reported") for token in content):
        return False
    before = content[:place]
    if any(token.is_("past") or token.text in ("has", "had", "'ve") for token in before):
        return False
    if any(token.text in ("have", "get") for token in before):
        given = next(i for i, token in enumerate(before) if token.text in ("have", "get"))
        return any(token.is_(*_NOUN, "pronoun") for token in before[given + 1 :])
    if any(token.text in _GIVE or token.text.startswith("i'd like") for token in before):
        return True
    if any(token.is_("copula") for token in before):
        return False
    if before and any(token.is_("number", "level") for token in content[place + 1 :]):
        return True  # the curtains drawn to half
    if any(token.text == "please" for token in content):
        return True
    bare = bool(before) and before[0].text not in _DETERMINERS and before[-1].is_("device", "kind")
    return bare and content[place].get("done") in _SAFE and all(token.known for token in content)


def wants_going(content: Sequence[Token]) -> bool:
    """I'd like the fan running, get the radio playing: a state that is wished for."""
    wanting = next(
        (
            i
            for i, token in enumerate(content)
            if token.text in ("get", "have", "want", "i want", "need", "i need", "keep")
            or token.text.startswith(("i'd like", "i would like", "i should like", "we'd like"))
        ),
        None,
    )
    if wanting is None or content[0].is_("ask_en", "subject") or any(t.is_("copula") for t in content):
        return False
    rest = content[wanting + 1 :]
    named = next((i for i, token in enumerate(rest) if token.is_("device", "kind")), None)
    return named is not None and any(
        t.text in ("running", "playing", "cleaning", "going", "shining", "glowing", "burning", "lit")
        for t in rest[named + 1 :]
    )


def tells(content: Sequence[Token]) -> bool:
    """A subject that the home knows, and a finite verb that is no wish right behind it."""
    end = _subject(content)
    if end == 0 or end >= len(content):
        return False
    verb, rest = content[end], content[end + 1 :]
    if any(token.text in ("please", "pls") for token in content):
        return False
    if verb.text in ("is", "are", "'s") and not verb.is_("choice") and _strange(rest):
        return True
    if verb.text in ("has", "had", "have", "hasn't", "haven't", "hadn't") and rest:
        return True
    if verb.text in _PAST and not verb.is_("state", "particle"):
        return True
    if verb.is_("done") and rest:
        told = any(t.text in ("by", "when", "while", "because") or t.is_("already", "past") for t in rest)
        return told or content[0].text in _DETERMINERS
    if verb.is_(*_NOT_A_VERB):
        return False
    inflected = verb.text.endswith("ed") or (verb.text.endswith("s") and not verb.text.endswith("ss"))
    return inflected and len(verb.text) > 3 and (not verb.known or _third_person(verb, rest))


def _strange(rest: Sequence[Token]) -> bool:
    """The lock is jammed again: what no home can make so."""
    said = [token for token in rest if not token.is_("filler", "too", "already", "more", "only")]
    return (
        bool(said) and not said[0].known and not any(token.is_("number", "ask", "question") for token in rest)
    )


def _third_person(verb: Token, rest: Sequence[Token]) -> bool:
    """The heater switches itself off: a verb that is a plural noun elsewhere."""
    return verb.plural and bool(rest) and rest[0].is_("particle", "pronoun", "already")


def _subject(content: Sequence[Token]) -> int:
    """Where the subject ends with which the sentence begins; 0 where it begins with none."""
    index = 0
    while index < len(content) and content[index].text in _DETERMINERS:
        index += 1
    start = index
    articled = index > 0  # the lock on the door: a noun, though it could be a verb
    while (
        index < len(content)
        and content[index].is_(*_NOUN)
        and (not content[index].is_("verb", "phrasal") or (articled and index == start))
    ):
        index += 1
        if index + 1 < len(content) and content[index].text in _PREPOSITIONS:
            after = index + 1
            while after < len(content) and content[after].text in _DETERMINERS:
                after += 1
            if after < len(content) and content[after].is_("area", "room", "floor", "device", "kind"):
                index = after
    return index if index > start else 0
