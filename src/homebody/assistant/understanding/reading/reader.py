"""Reads a clause, word by word, into its `Frame`.

The reader goes over the words once, from left to right, and puts each into its place. Words with several
meanings are settled here, by their neighbours. Nothing here looks at a device.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.moods.mood import Mood, mood_of
from homebody.assistant.understanding.reading.changes import complain_behind, take_change
from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.reading.finishing import finish
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.reading.free_text import text_from
from homebody.assistant.understanding.reading.moments import take_moment
from homebody.assistant.understanding.reading.strangers import (
    begins_a_stranger,
    measure_word,
    modifies,
    possessor,
    purpose,
    stands_for_thing,
)
from homebody.assistant.understanding.reading.things import (
    behind_name,
    close_exception,
    end_exception,
    flush,
    set_aside,
    take_place,
    take_thing,
    take_unknown,
    unmarked_exceptions,
)
from homebody.assistant.understanding.reading.verbs import (
    acts_as_verb,
    acts_oddly,
    split_verb,
    stands_alone,
    take_particle,
    verb_like,
)
from homebody.assistant.understanding.words.token import Token

_OVER = frozenset(
    {"left", "remaining", "used", "loaded", "drawing", "using", "inside", "showing", "reading", "currently",
     "like", "floor", "floors", "ground", "carpet", "present", "these", "days"}
)  # fmt: skip
"""What a question about an amount may say of it: how much food is left in the feeder?"""


def read_clause(tokens: Sequence[Token], mood: Mood | None = None) -> Frame:
    """What a clause says. ``mood``: its kind of sentence, if known."""
    frame = Frame(list(tokens))
    clause = Clause(
        tokens=list(tokens), frame=frame, conditional=any(token.is_("condition") for token in tokens)
    )
    frame.mood = mood or mood_of(tokens)
    frame.event = any(token.is_("event") for token in tokens)
    excepted_from = unmarked_exceptions(clause)
    for index, token in enumerate(clause.tokens):
        if index in excepted_from:
            flush(clause)
            clause.excepting = True
        _take(clause, index, token)
    finish(clause)
    return frame


def _take(clause: Clause, index: int, token: Token) -> None:
    frame = clause.frame
    before, after = clause.adjacent(index, -1), clause.adjacent(index, 1)
    if not token.known or begins_a_stranger(token, after):
        told = (
            frame.mood == "report"
            and before is not None
            and before.is_("subject", "person", "copula", "past")
        )
        if told:
            frame.unknown.append(token)  # somebody's left the light on: a verb
        elif (
            possessor(clause, index)
            or purpose(clause, index)
            or ((frame.mood == "question" or clause.conditional) and token.text in _OVER)
        ):
            frame.loose_end.append(token)
        elif acts_oddly(clause, index, after):
            clause.odd_verb = token
        else:
            take_unknown(clause, token)
        return
    if modifies(token, before, after):
        take_unknown(clause, token)
        return
    if frame.text_from and token.start >= frame.text_from:
        return
    if token.is_("text_function") and frame.mood == "command":
        frame.functions.append(token)
        frame.text_from = text_from(clause, index)
        return
    if token.is_("joint"):
        frame.to = frame.to or token.is_("to")
        if token.get("joint") != "and":
            set_aside(clause)
            end_exception(clause)
        return
    if token.is_("condition"):
        frame.condition = frame.condition or str(token.get("condition"))
        return
    called = (
        token.is_("device")
        and before is not None
        and (before.text in ("on", "of", "with", "the") or before.is_("phrasal", "verb"))
    )
    if token.is_("moment") and not called and take_moment(clause, index, token):
        return
    if (
        token.is_("device")
        and token.is_("number")
        and before is not None
        and (before.is_("scale") or before.text in ("by", "to", "at", "level"))
    ):
        frame.numbers.append(token.get("number"))  # level three, beside a lamp that is called Three
        return
    if token.is_("device") and not acts_as_verb(clause, index, token, before, after):
        if token.is_("function", "choice") and any(h.thing for h in frame.heads):
            pass
        else:
            take_thing(clause, token, devices=token.get("device"))
            return
    if token.is_("area", "floor", "room", "level_of_house"):
        take_place(clause, index, token)
        return
    if token.is_("kind") and token.is_("state") and (frame.condition or frame.mood == "question"):
        frame.states.append(str(token.get("state")))  # is gas leaking?
        return
    if token.is_("kind") and behind_name(clause, index):
        if token.is_("function"):
            frame.functions.append(token)
        elif clause.last is not None:
            clause.last.refined += tuple(token.all("kind"))
            clause.last.words.append(token)
        return
    if token.is_("kind") and not verb_like(clause, index, token):
        take_thing(clause, token, kinds=tuple(token.all("kind")))
        if token.is_("function"):
            frame.functions.append(token)
        return
    if token.is_("except_end") and clause.excepting:
        close_exception(clause)
        return
    if token.is_("except") and (token.text != "but" or frame.all or frame.everything):
        flush(clause)
        clause.excepting = True
        clause.last = None  # a place behind it is the exception's
        return
    if token.is_("all"):
        _quantify(clause, str(token.get("all")))
        return
    if token.is_("compare") and (
        frame.condition or frame.mood == "question" or token.text not in ("over", "above", "under", "below")
    ):
        frame.comparison = token.get("compare")
        if token.is_("function"):
            frame.functions.append(token)
        return
    if token.text in ("one", "ones") and stands_for_thing(before, after):
        frame.pronoun = frame.pronoun or not clause.excepting
        return
    if token.is_("number"):
        if measure_word(clause, token, after):
            frame.count = int(min(token.get("number").value, 1000))
        else:
            frame.numbers.append(token.get("number"))
            strange = after is not None and not after.known and not after.text.isascii()
            frame.counted = after.text if strange and after is not None else ""
        clause.too = False
        return
    taken = False
    if token.is_("choice"):
        frame.choices.append(token)
        taken = True
    if token.is_("tint") and not (token.is_("choice") and any(h.thing for h in frame.heads)):
        frame.tints.append(float(token.get("tint")))
        return
    if token.is_("function") and token.is_("state") and frame.mood == "question" and frame.heads:
        frame.states.append(str(token.get("state")))
        return
    if token.is_("function") and stands_alone(clause, token):
        frame.verbs.append((str(token.get("verb")), token))
        if token.is_("action"):
            frame.functions.append(token)  # 归位, 去充电: what a thing calls so is that
        return
    if token.is_("function") and not verb_like(clause, index, token):
        frame.functions.append(token)
        if token.is_("measure"):
            frame.measures = token.get("measure")
        if token.is_("question"):
            frame.questions.append("value")
        return
    if token.is_("change") and take_change(clause, index, token):
        return
    if token.is_("level") and not (token.text == "半" and after is not None and after.is_("moment")):
        frame.levels.append(str(token.get("level")))
        return
    if taken:
        return
    if token.is_("done") and not token.is_("state", "past"):
        if not frame.verbs and frame.mood != "report":
            frame.verbs.append((str(token.get("done")), token))
        return
    if token.is_("done") and frame.mood == "command" and not (frame.condition or frame.verbs):
        frame.verbs.append((str(token.get("done")), token))
        return
    if token.is_("state") and (
        frame.mood in ("question", "report") or frame.condition or not token.is_("verb")
    ):
        frame.states.append(str(token.get("state")))
        return
    if token.is_("particle") and take_particle(clause, index, token, before, after):
        return
    if token.is_("keep") and token.is_("phrasal") and index == _first(clause) and _left_as_it_is(clause):
        frame.keep = True  # ..., but leave the study on
        return
    if token.get("phrasal") and split_verb(clause, index):
        clause.phrasal = token
        return
    if token.is_("measure") and frame.mood == "question":
        frame.measures = token.get("measure")
        frame.questions.append("value")
        return
    if token.text == "what does" and frame.mood == "question":
        frame.questions.append("can" if clause.tokens[-1].text == "do" else "value")
        return
    if token.is_("question") and frame.mood in ("question", "quoted"):
        frame.questions.append(str(token.get("question")))
        return
    if token.is_("verb"):
        set_aside(clause)
        end_exception(clause)
        frame.verbs.append((str(token.get("verb")), token))
        if token.is_("function") and " " in token.text:
            frame.functions.append(token)  # go and charge: what a thing calls so is that
        if token.text.endswith("到") or token.text.endswith(("为", "成", "至")) or token.text.endswith(" to"):
            frame.to = True
        return
    _little(clause, index, token)


def _first(clause: Clause) -> int:
    """Where the clause begins, but for its little words."""
    return next((i for i, t in enumerate(clause.tokens) if not t.is_("joint", "next_clause", "filler")), 0)


def _left_as_it_is(clause: Clause) -> bool:
    """Leave ... on: a thing, and on or off at the end; no value and no time."""
    last = clause.tokens[-1]
    return last.text in ("on", "off", "alone") and not any(
        t.is_("number", "moment", "level") for t in clause.tokens
    )


def _little(clause: Clause, index: int, token: Token) -> None:
    frame = clause.frame
    if token.is_("need"):
        frame.needs.append(str(token.get("need")))
    if token.is_("too"):
        clause.too = True
        complain_behind(clause, index)
    if token.is_("amount"):
        frame.amount = float(token.get("amount"))
        frame.more = True
    if token.is_("more"):
        frame.more = True
    if token.is_("to"):
        frame.to = True
        if frame.condition and token.text == "到":
            frame.comparison = frame.comparison or "above"  # 水温到25度再...
    if frame.condition and token.text == "过":
        frame.comparison = frame.comparison or "above"  # 过了一千就...
    if token.is_("by") and token.text == "by":
        frame.by = True
    if token.is_("keep"):
        frame.keep = not any(t.is_("number") for t in clause.tokens[index + 1 :])
        if not frame.keep:
            frame.verbs.append(("set", token))  # 留两成
    if token.is_("ensure"):
        frame.ensure = True
    if token.is_("lack", "enough"):
        frame.lack = True
    if token.is_("also"):
        frame.also = True
    if token.text == "还有" and index == 0 and frame.mood == "question":
        frame.questions.append("any")  # 还有灯开着吗
    if token.text in ("还是", "定系") and frame.mood == "question":
        frame.questions.append("or")
    if token.is_("other"):
        end_exception(clause)
        frame.other = True
        frame.all = True
    if token.is_("here"):
        frame.here = True
    if token.is_("home"):
        frame.home = True
    if token.text in ("it's", "it is") and frame.condition:
        frame.pronoun = True
    if token.is_("pronoun") and not token.is_("question"):
        frame.pronoun = frame.pronoun or token.text not in ("this", "one", "that", "ones")


def _quantify(clause: Clause, kind: str) -> None:
    if kind == "everything":
        clause.frame.everything = True
    clause.frame.all = True
