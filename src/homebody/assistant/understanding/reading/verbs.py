"""Words that may be the verb: kinds (vacuum the hall), particles (on, off, up), functions (mute)."""

from __future__ import annotations

from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.words.token import Token

_TIMING = ("moment", "after", "at", "lasting", "until", "before", "filler")


def acts_as_verb(clause: Clause, index: int, token: Token, before: Token | None, after: Token | None) -> bool:
    """Whether a word that is a name and a verb (a sign called Off) is the verb here."""
    if not token.is_("particle", "verb", "phrasal"):
        return False
    if token.is_("particle") and before is None and (after is None or after.is_("at", "moment")):
        return True  # ... and off at eleven
    if before is not None and before.text in ("the", "my", "our", "把", "将"):
        return False
    if after is not None and after.is_("kind", "device") and not token.is_("phrasal"):
        return False
    others = [t for i, t in enumerate(clause.tokens) if i != index]
    if index == 0 and any(t.is_("moment") for t in others) and all(t.is_(*_TIMING) for t in others):
        return True  # ... and off at eleven
    acted = any(
        t.is_("particle", "verb") and not t.is_("device") and not _before_thing(clause, t) for t in others
    )
    return not acted and any(t.is_("device", "kind", "area", "pronoun", "function") for t in others)


def _before_thing(clause: Clause, token: Token) -> bool:
    """On the mezzanine, on the telescope: a preposition."""
    following = [t for t in clause.tokens if t.start >= token.end][:2]
    return len(following) == 2 and following[0].text in ("the", "my", "our")


def verb_like(clause: Clause, index: int, token: Token) -> bool:
    """vacuum the kitchen; lock the door: a kind's word that is a verb here."""
    if not token.is_("verb", "phrasal"):
        return False
    before = clause.near(index, -1)
    adjacent = clause.adjacent(index, -1)
    if adjacent is not None and adjacent.text in ("the", "a", "my", "的", "our"):
        return False
    following = clause.adjacent(index, 1)
    if token.text == "light" and (following is None or not (
        following.text in ("the", "my", "our", "up") or following.is_("device")
    )):  # fmt: skip
        return False  # light on in the hall; but: light the stove
    start = before is None or before.is_(
        "request", "next_clause", "joint", "separator", "negation", "then", "condition", "moment"
    )
    later = any(
        t.is_("kind", "area", "device", "pronoun", "room", "function", "here")
        for t in clause.tokens[index + 1 :]
    )
    return start and later


def split_verb(clause: Clause, index: int) -> bool:
    return any(t.is_("particle") for t in clause.tokens[index + 1 :])


def take_particle(
    clause: Clause, index: int, token: Token, before: Token | None, after: Token | None
) -> bool:
    """on, off, up, down: half of a verb, a terse command, or a preposition."""
    frame = clause.frame
    name = str(token.get("particle"))
    following = clause.near(index, 1)
    ahead = clause.adjacent(index, 2) if after is not None and after.text in ("the", "my", "our") else after
    place = (
        name == "on"
        and ahead is not None
        and ahead.is_("area", "floor", "moment", "room", "level_of_house")
        and ahead.text not in ("upstairs", "downstairs")
    )
    of_thing = name == "on" and ahead is not None and ahead.is_("device", "kind") and bool(frame.functions)
    if of_thing and before is not None and not before.is_("verb", "phrasal"):
        return True  # the volume on the TV
    later = any(t.is_("particle") for t in clause.tokens[index + 1 :])
    if place and (frame.verbs or not clause.phrasal or later):
        return False
    if frame.mood in ("question", "report") or frame.condition:
        if name in ("on", "off") and not place:
            frame.states.append(name)
        return True
    if name in ("up", "down"):
        if (clause.phrasal and not frame.verbs) or (not frame.verbs and not frame.changes):
            frame.verbs.append(("raise" if name == "up" else "lower", token))
        return True
    if frame.verbs and frame.verbs[-1][0] in ("on", "off"):
        return True
    if index == 0 and name in ("on", "off") and after is not None:
        rest = clause.tokens[1:]
        timed = any(t.is_("moment") for t in rest) and all(t.is_(*_TIMING) for t in rest)
        if timed or after.text in ("the", "my", "our"):
            frame.verbs.append((name, token))  # off the fan; ... and off at eleven
            return True
    polite = all(t.is_("filler", "request", "joint") for t in clause.tokens[index + 1 :])
    valued = name == "on" and after is not None and after.is_("choice", "function", "number", "level")
    valued = valued and after is not None and not after.is_("moment")
    chosen = name == "on" and ahead is not None and ahead.is_("choice") and bool(frame.heads or frame.pronoun)
    if chosen and not frame.verbs:
        return True  # the telescope on Saturn
    if clause.phrasal is not None and valued and (frame.heads or frame.pronoun) and not frame.verbs:
        return True  # put the heater on eco
    said = clause.phrasal is not None or bool(frame.heads or frame.functions) or clause.pending is not None
    terse = polite or after is None or not after.is_("filler") or said
    if terse and (said or following is not None or before is None):
        frame.verbs.append((name, token))
        return True
    return False


def stands_alone(clause: Clause, token: Token) -> bool:
    """静音, mute: a function's name that is a verb, where no other verb is."""
    if not token.is_("verb") or clause.frame.mood != "command" or clause.frame.condition:
        return False
    return not any(t.is_("verb", "number", "phrasal") and t is not token for t in clause.tokens)


def acts_oddly(clause: Clause, index: int, after: Token | None) -> bool:
    """Frobnicate the kitchen: a strange word where a verb stands, with its object behind it."""
    if clause.frame.mood != "command" or clause.frame.condition or after is None:
        return False
    before = clause.near(index, -1)
    first = before is None or before.is_("request", "next_clause", "joint", "separator", "then")
    article = after.text in ("the", "my", "our", "that", "this", "those", "these")
    thing = any(t.is_("device", "kind", "area", "function", "room") for t in clause.tokens[index + 1 :])
    return first and article and thing and not clause.frame.verbs and index <= 2
