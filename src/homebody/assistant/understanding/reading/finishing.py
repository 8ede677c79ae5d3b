"""What is settled when all words of a clause are read."""

from __future__ import annotations

from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.reading.frame import Head
from homebody.assistant.understanding.reading.things import flush, is_verbal, set_aside
from homebody.assistant.understanding.words.token import Token

_COMPLETED = frozenset({"了", "上", "好", "住", "没", "着", "吗", "起来", "没有", "了没", "好了", "上了"})


def _verb_inside(clause: Clause) -> None:
    """前门锁了吗: the last character of the lock's name is the verb, where no other is said."""
    frame = clause.frame
    if frame.verbs or frame.states or frame.wish:
        return
    for index, token in enumerate(clause.tokens):
        after = clause.adjacent(index, 1)
        if (
            token.is_("device", "kind")
            and token.text.endswith("锁")
            and after is not None
            and after.text in _COMPLETED
        ):
            frame.verbs.append(("lock", token))


def _stop_cleaning(clause: Clause) -> None:
    """Stop hoovering, start mowing: what does it is meant, though it is not named."""
    frame = clause.frame
    verbs = [verb for verb, _ in frame.verbs]
    if "clean" in verbs and {"stop", "pause", "resume"} & set(verbs) and not frame.heads:
        token = next(token for verb, token in frame.verbs if verb == "clean")
        frame.verbs = [pair for pair in frame.verbs if pair[0] != "clean"]
        frame.heads.append(Head([token], kinds=("mower",) if "mow" in token.text else ("vacuum",)))


def _mow(clause: Clause) -> None:
    """Mow the lawn: no vacuum does that."""
    frame = clause.frame
    mowing = next((t for verb, t in frame.verbs if verb == "clean" and _MOWS & set(t.text.split())), None)
    if mowing is not None and not frame.heads:
        frame.heads.append(Head([mowing], kinds=("mower",)))


_MOWS = frozenset({"mow", "mowing", "lawn", "grass"})


def _send_home(clause: Clause) -> None:
    """Send the mower home, tell it to go back: what returns goes to its dock."""
    frame = clause.frame
    sent = any(token.text in ("send", "get", "go", "bring", "return") for _, token in frame.verbs)
    sent = sent or any(t.text in ("send", "get", "bring") for t in clause.tokens[:2])
    back = any(t.text in ("home", "back", "back home") for t in clause.tokens[1:])
    if sent and back and frame.mood == "command" and not frame.numbers:
        frame.verbs = [("dock", next(t for t in clause.tokens if t.text in ("home", "back", "back home")))]
        frame.home = False


def _settle_odd_verb(clause: Clause, token: Token) -> None:
    """A strange verb with a value sets it: "zoom the telescope to 40". Without one it says nothing."""
    frame = clause.frame
    if frame.numbers or frame.choices or frame.levels or frame.changes:
        frame.verbs.append(("set", token))
    elif not frame.wish:
        frame.strange_verb = True


def finish(clause: Clause) -> None:
    frame = clause.frame
    bare = all(token.is_("particle") for _, token in frame.verbs)
    if frame.verbs and bare and clause.phrasal is None and frame.unknown and frame.mood == "command":
        frame.verbs.clear()  # Max sat down on my foot: no terse command
    last = clause.tokens[-1] if clause.tokens else None
    while (
        last is not None and last.is_("moment", "at") and last.text != "in" and last is not clause.tokens[0]
    ):
        last = clause.tokens[clause.tokens.index(last) - 1]  # awning in at sundown
    if last is not None and last.text == "in" and not frame.wish and frame.heads and frame.heads[-1].thing:
        frame.verbs.append(("close", last))  # awning in
    if frame.mood == "question" and any(not token.is_("measure") for token in frame.functions):
        frame.functions = [t for t in frame.functions if not t.is_("measure")]  # how hot is the flue?
    _verb_inside(clause)
    _stop_cleaning(clause)
    _mow(clause)
    _send_home(clause)
    if clause.odd_verb is not None and not frame.verbs:
        _settle_odd_verb(clause, clause.odd_verb)
    if frame.heads or frame.pronoun or is_verbal(clause):
        set_aside(clause)
    flush(clause)
    if frame.condition is None and frame.mood == "command" and not frame.verbs and clause.phrasal is not None:
        frame.verbs.append(("set", clause.phrasal))
    # things in a row share the place of one of them: 卧室的灯和空调; the lamp and fan in ...
    things = [head for head in frame.heads if head.thing]
    many = frame.all or bool({"which", "how_many", "any"} & set(frame.questions))
    for head in (*frame.heads, *frame.exceptions):
        head.shared = many
    for index, head in enumerate(things):
        if not head.place and not head.absent:
            donor = next((other for other in reversed(things[:index]) if other.place), None)
            donor = donor or next((other for other in things[index + 1 :] if other.place), None)
            if donor is not None and (not head.devices or len(head.devices) > 1):
                head.areas, head.floors = list(donor.areas), list(donor.floors)
