"""Reads a clause, word by word, into its `Frame`.

The reader goes over the words once, from left to right, and puts each into its place. Words with several
meanings are settled here, by their neighbours. Nothing here looks at a device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from homebody.assistant.understanding.moods.mood import Mood, mood_of
from homebody.assistant.understanding.reading.frame import Change, Frame, Head
from homebody.assistant.understanding.times.piece import Piece as Moment
from homebody.assistant.understanding.times.timing import Said
from homebody.assistant.understanding.words.numbers import Number
from homebody.assistant.understanding.words.token import Token

_PARTS = frozenset({"door", "lock", "switch", "remote", "button", "sensor", "outlet"})
"""Kinds that things have as parts: 冰箱门 is not the fridge, nor a door."""
_OVER = (
    "left",
    "remaining",
    "used",
    "loaded",
    "drawing",
    "using",
    "inside",
    "showing",
    "reading",
    "currently",
    "like",
    "floor",
    "floors",
    "ground",
    "carpet",
    "present",
    "these",
    "days",
)
"""What a question about an amount may say of it: how much food is left in the feeder?"""
_WHICH_ONE = frozenset({"left", "right", "back", "front", "top", "bottom", "upper", "lower", "middle", "big",
                        "small", "old", "new", "far", "near", "outer", "inner", "first", "last"})  # fmt: skip
_WHOLE = 0.7
"""Lighter names of a device are only its first word."""
_TIMING = ("moment", "after", "at", "lasting", "until", "before", "filler")
_POSITIONS = frozenset("前后左右上下外里东西南北")
_COMPLETED = frozenset({"了", "上", "好", "住", "没", "着", "吗", "起来", "没有", "了没", "好了", "上了"})


def _lights_up(after: Token | None) -> bool:
    """Whether 亮 is the verb: before a length of time, or as the last word."""
    timed = after is not None and after.is_("moment") and not after.is_("amount")
    return after is None or timed or after.text in ("吧", "着", "啊")


class Reader:
    """Reads one clause. ``read`` gives its `Frame`. ``mood``: its kind of sentence, if known."""

    def __init__(self, tokens: Sequence[Token], mood: Mood | None = None) -> None:
        self._tokens = list(tokens)
        self._mood = mood
        self._frame = Frame(list(tokens))
        self._pending: Head | None = None  # places and unknown names waiting for their thing
        self._last: Head | None = None
        self._except = False
        self._too = False
        self._phrasal: Token | None = None
        self._excepted_from: set[int] = set()
        self._odd_verb: Token | None = None
        self._conditional = False

    def read(self) -> Frame:
        self._frame.mood = self._mood or mood_of(self._tokens)
        self._excepted_from = self._unmarked_exceptions()
        self._conditional = any(token.is_("condition") for token in self._tokens)
        self._frame.event = any(token.is_("event") for token in self._tokens)
        for index, token in enumerate(self._tokens):
            if index in self._excepted_from:
                self._flush()
                self._except = True
            self._take(index, token)
        self._finish()
        return self._frame

    # --- word by word

    def _near(self, index: int, step: int) -> Token | None:
        position = index + step
        while 0 <= position < len(self._tokens):
            token = self._tokens[position]
            plain = token.is_("filler", "particle_zh") and not token.is_(
                "number", "verb", "moment", "area", "kind"
            )
            if not plain:
                return token
            position += step
        return None

    def _adjacent(self, index: int, step: int) -> Token | None:
        position = index + step
        return self._tokens[position] if 0 <= position < len(self._tokens) else None

    def _take(self, index: int, token: Token) -> None:
        frame = self._frame
        before, after = self._adjacent(index, -1), self._adjacent(index, 1)
        if not token.known or self._begins_a_stranger(index, token, after):
            if (
                self._possessor(index)
                or self._purpose(index)
                or ((frame.mood == "question" or self._conditional) and token.text in _OVER)
            ):
                frame.loose_end.append(token)
            elif self._acts_oddly(index, after):
                self._odd_verb = token
            else:
                self._unknown(token)
            return
        if self._modifies(token, before, after):
            self._unknown(token)
            return
        if frame.text_from and token.start >= frame.text_from:
            return
        if token.is_("text_function") and frame.mood == "command":
            frame.functions.append(token)
            frame.text_from = self._text_from(index)
            return
        if token.is_("joint"):
            if token.get("joint") != "and":
                self._aside()
                self._end_exception()
            return
        if token.is_("condition"):
            frame.condition = frame.condition or str(token.get("condition"))
            return
        called = (
            token.is_("device")
            and before is not None
            and (before.text in ("on", "of", "with", "the") or before.is_("phrasal", "verb"))
        )
        if token.is_("moment") and not called and self._moment(index, token):
            return
        if token.is_("device") and not self._acts(index, token, before, after):
            if token.is_("function", "choice") and any(h.thing for h in frame.heads):
                pass
            else:
                self._thing(token, devices=token.get("device"))
                return
        if token.is_("area", "floor", "room", "level_of_house"):
            self._place(index, token)
            return
        if token.is_("kind") and token.is_("state") and (frame.condition or frame.mood == "question"):
            frame.states.append(str(token.get("state")))  # is gas leaking?
            return
        if token.is_("kind") and self._behind_name(index):
            if token.is_("function"):
                frame.functions.append(token)
            elif self._last is not None:
                self._last.refined += tuple(token.all("kind"))
                self._last.words.append(token)
            return
        if token.is_("kind") and not self._verb_like(index, token):
            self._thing(token, kinds=tuple(token.all("kind")))
            if token.is_("function"):
                frame.functions.append(token)
            return
        if token.is_("except_end") and self._except:
            self._excepted()
            return
        if token.is_("except") and (token.text != "but" or frame.all or frame.everything):
            self._flush()
            self._except = True
            self._last = None  # a place behind it is the exception's
            return
        if token.is_("all"):
            self._quantify(str(token.get("all")))
            return
        if token.is_("compare") and (
            frame.condition
            or frame.mood == "question"
            or token.text not in ("over", "above", "under", "below")
        ):
            frame.comparison = token.get("compare")
            if token.is_("function"):
                frame.functions.append(token)
            return
        if token.text in ("one", "ones") and self._stands_for_thing(before, after):
            frame.pronoun = frame.pronoun or not self._except
            return
        if token.is_("number"):
            if self._measure_word(token, after):
                frame.count = int(min(token.get("number").value, 1000))
            else:
                frame.numbers.append(token.get("number"))
                strange = after is not None and not after.known and not after.text.isascii()
                frame.counted = after.text if strange and after is not None else ""
            self._too = False
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
        if token.is_("function") and self._alone(token):
            frame.verbs.append((str(token.get("verb")), token))
            if token.is_("action"):
                frame.functions.append(token)  # 归位, 去充电: what a thing calls so is that
            return
        if token.is_("function") and not self._verb_like(index, token):
            frame.functions.append(token)
            if token.is_("measure"):
                frame.measures = token.get("measure")
            if token.is_("question"):
                frame.questions.append("value")
            return
        if token.is_("change") and self._change(index, token):
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
        if token.is_("particle") and self._particle(index, token, before, after):
            return
        if token.get("phrasal") and self._split_verb(index):
            self._phrasal = token
            return
        if token.is_("measure") and frame.mood == "question":
            frame.measures = token.get("measure")
            frame.questions.append("value")
            return
        if token.text == "what does" and frame.mood == "question":
            frame.questions.append("can" if self._tokens[-1].text == "do" else "value")
            return
        if token.is_("question") and frame.mood in ("question", "quoted"):
            frame.questions.append(str(token.get("question")))
            return
        if token.is_("verb"):
            self._aside()
            self._end_exception()
            frame.verbs.append((str(token.get("verb")), token))
            if token.is_("function") and " " in token.text:
                frame.functions.append(token)  # go and charge: what a thing calls so is that
            if (
                token.text.endswith("到")
                or token.text.endswith(("为", "成", "至"))
                or token.text.endswith(" to")
            ):
                frame.to = True
            return
        self._little(index, token)

    @staticmethod
    def _begins_a_stranger(index: int, token: Token, after: Token | None) -> bool:
        """The chess clock is not the chess board: the first word of a name, before a strange one."""
        called = [entry.weight for entry in token.entries if entry.category == "device"]
        only = bool(called) and len(called) == len(token.entries) and max(called) < _WHOLE
        return only and after is not None and (not after.known or after.is_("kind")) and index >= 0

    def _possessor(self, index: int) -> bool:
        """The dog's portion: whose it is says nothing where the function is named."""
        mark, owned = self._adjacent(index, 1), self._adjacent(index, 2)
        return mark is not None and mark.text in ("'s", "'") and owned is not None and owned.is_("function")

    def _purpose(self, index: int) -> bool:
        """... for the vet, for green tea: what a finished wish is good for."""
        if self._last is None or not self._last.thing or self._pending is not None:
            return False
        for position in range(index - 1, -1, -1):
            token = self._tokens[position]
            if token.text in ("for", "so", "because", "since", "before", "so that", "in case"):
                return True
            if token.known and not token.is_("filler"):
                return False
        return False

    def _acts_oddly(self, index: int, after: Token | None) -> bool:
        """Frobnicate the kitchen: a strange word where a verb stands, with its object behind it."""
        if self._frame.mood != "command" or self._frame.condition or after is None:
            return False
        before = self._near(index, -1)
        first = before is None or before.is_("request", "next_clause", "joint", "separator", "then")
        article = after.text in ("the", "my", "our", "that", "this", "those", "these")
        thing = any(t.is_("device", "kind", "area", "function", "room") for t in self._tokens[index + 1 :])
        return first and article and thing and not self._frame.verbs and index <= 2

    def _complain_behind(self, index: int) -> None:
        """热死了: the mark of a complaint behind its adjective."""
        before = self._adjacent(index, -1)
        if (
            before is not None
            and before.is_("change")
            and self._tokens[index].text.startswith(("死", "得", "坏", "极"))
        ):
            functions, direction = before.get("change")
            self._frame.changes = [c for c in self._frame.changes if c.token is not before]
            self._frame.changes.append(Change(functions, direction, True, before))

    @staticmethod
    def _modifies(token: Token, before: Token | None, after: Token | None) -> bool:
        """The back door, 后门: an ordinary word that is part of a name which this home does not have."""
        if token.is_("device", "area", "room", "floor", "kind", "choice"):
            return False
        if token.is_("elsewhere"):
            return True
        if after is not None and after.text in ("one", "ones") and token.text in _WHICH_ONE:
            return True
        if after is None or not after.is_("kind"):
            return False
        if token.text in _POSITIONS and after.start == token.end:
            return before is None or before.is_("verb", "joint") or before.text in ("把", "将")
        article = before is not None and before.text in ("the", "my", "our", "a")
        return article and token.is_("again", "then", "next_clause") and not token.is_("other", "all")

    def _acts(self, index: int, token: Token, before: Token | None, after: Token | None) -> bool:
        """Whether a word that is a name and a verb (a sign called Off) is the verb here."""
        if not token.is_("particle", "verb", "phrasal"):
            return False
        if token.is_("particle") and before is None and (after is None or after.is_("at", "moment")):
            return True  # ... and off at eleven
        if before is not None and before.text in ("the", "my", "our", "把", "将"):
            return False
        if after is not None and after.is_("kind", "device") and not token.is_("phrasal"):
            return False
        others = [t for i, t in enumerate(self._tokens) if i != index]
        if index == 0 and any(t.is_("moment") for t in others) and all(t.is_(*_TIMING) for t in others):
            return True  # ... and off at eleven
        acted = any(
            t.is_("particle", "verb") and not t.is_("device") and not self._before_thing(t) for t in others
        )
        return not acted and any(t.is_("device", "kind", "area", "pronoun", "function") for t in others)

    def _before_thing(self, token: Token) -> bool:
        """On the mezzanine, on the telescope: a preposition."""
        following = [t for t in self._tokens if t.start >= token.end][:2]
        return len(following) == 2 and following[0].text in ("the", "my", "our")

    def _text_from(self, index: int) -> int:
        """Where the text for a function that takes one begins: behind "to", else behind the little words."""
        position = next((i + 1 for i in range(index + 1, len(self._tokens)) if self._leads(i)), index + 1)
        if position > index + 1:
            while position < len(self._tokens) and self._tokens[position].is_("joint"):
                position += 1
            return self._tokens[position].start if position < len(self._tokens) else 0
        while position < len(self._tokens) and self._tokens[position].is_(
            "to", "filler", "at", "joint", "verb"
        ):
            position += 1
        return self._tokens[position].start if position < len(self._tokens) else 0

    def _leads(self, index: int) -> bool:
        """Whether this word stands right before a value, and before it only little words and the thing."""
        token = self._tokens[index]
        leads = token.text == "to" or (token.is_("verb") and token.text.endswith(("到", "成", "为", "至")))
        before = self._tokens[:index][::-1]
        named = next((i for i, t in enumerate(before) if t.is_("text_function")), 0)
        return leads and all(t.is_("filler", "at", "joint", "device", "area", "kind") for t in before[:named])

    def _little(self, index: int, token: Token) -> None:
        frame = self._frame
        if token.is_("need"):
            frame.needs.append(str(token.get("need")))
        if token.is_("too"):
            self._too = True
            self._complain_behind(index)
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
            frame.keep = not any(t.is_("number") for t in self._tokens[index + 1 :])
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
            self._end_exception()
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

    def _moment(self, index: int, token: Token) -> bool:
        moment: Moment = token.get("moment")
        before = self._adjacent(index, -1)
        if (
            moment.role == "clock" and token.is_("number") and self._valued() and not self._frame.numbers
            and not (before is not None and before.is_("until"))
        ):  # fmt: skip
            return False  # set to cool at 23
        previous = self._adjacent(index, -1)
        if previous is not None and previous.text == "by" and token.is_("number") and self._moves():
            return False  # down by two
        if token.is_("amount") and not any(t.is_("moment") for t in self._tokens[max(0, index - 1) : index]):
            return False  # 一点 is one o'clock only beside another time
        before, after = self._adjacent(index, -1), self._adjacent(index, 1)
        if before is not None and before.text in ("the", "a"):
            before = self._adjacent(index, -2)
        was, will = before is not None, after is not None
        said = Said(
            moment,
            after=bool((was and before.is_("after")) or (will and after.is_("after", "timer_word"))),  # type: ignore[union-attr]
            until=self._until(before, moment),
            lasting=bool(was and before.is_("lasting")),  # type: ignore[union-attr]
            before=bool((will and after.is_("before")) or (was and before.is_("before"))),  # type: ignore[union-attr]
        )
        every = before is not None and before.is_("moment") and before.get("moment").role == "interval"
        if moment.role == "duration" and every:
            self._frame.moments.append(said)
            return True
        if (
            moment.role == "duration"
            and token.is_("number")
            and not (said.after or said.until or said.lasting or said.before)
        ):
            self._frame.numbers.append(token.get("number"))  # settled later: a value, or for how long
            self._frame.moments.append(Said(moment, lasting=True))
            return True
        plain = not (said.after or said.until or said.before)
        if moment.role == "duration" and plain and not every and not token.text.isascii():
            verb_follows = any(t.is_("verb") for t in self._tokens[index + 1 :])
            said = replace(said, lasting=bool(self._frame.verbs) or not verb_follows)  # 开三刻钟
        self._frame.moments.append(said)
        return True

    def _alone(self, token: Token) -> bool:
        """静音, mute: a function's name that is a verb, where no other verb is."""
        if not token.is_("verb") or self._frame.mood != "command" or self._frame.condition:
            return False
        return not any(t.is_("verb", "number", "phrasal") and t is not token for t in self._tokens)

    def _moves(self) -> bool:
        """Whether the clause moves a value up or down."""
        frame = self._frame
        moving = any(verb in ("raise", "lower") for verb, _ in frame.verbs)
        return moving or bool(frame.changes or frame.functions) or any(t.is_("change") for t in self._tokens)

    def _valued(self) -> bool:
        """Whether the clause is about a value, so that "at 23" is one too."""
        dated = any(
            t.is_("moment") and t.get("moment").role not in ("clock", "duration") for t in self._tokens
        )
        if self._frame.numbers or dated:
            return False  # to 30 percent at nine; on Monday at eight
        if any(verb == "set" for verb, _ in self._frame.verbs) or self._frame.choices:
            return True
        acted = any(t.is_("verb", "particle", "phrasal", "done", "level") for t in self._tokens)
        return not acted and any(head.thing for head in self._frame.heads)  # the heater at twenty

    def _until(self, before: Token | None, moment: Moment) -> bool:
        """until ten; 开到十点, whose verb is then plain; but 调到十分钟 is a value."""
        if before is None or (moment.role == "duration" and before.is_("verb")):
            return False
        verbs = self._frame.verbs
        if before.text == "到" and before is self._tokens[0]:
            return False  # 到晚上十点把灯关了
        if before.is_("verb") and before.text.endswith("到") and verbs and verbs[-1][1] is before:
            if before.text == "开到":
                verbs[-1] = ("open_or_on", before)
                self._frame.to = False
            return True
        return before.is_("until")

    def _verb_like(self, index: int, token: Token) -> bool:
        """vacuum the kitchen; lock the door: a kind's word that is a verb here."""
        if not token.is_("verb", "phrasal"):
            return False
        before = self._near(index, -1)
        adjacent = self._adjacent(index, -1)
        if adjacent is not None and adjacent.text in ("the", "a", "my", "的", "our"):
            return False
        following = self._adjacent(index, 1)
        if token.text == "light" and (following is None or not (
            following.text in ("the", "my", "our", "up") or following.is_("device")
        )):  # fmt: skip
            return False  # light on in the hall; but: light the stove
        start = before is None or before.is_(
            "request", "next_clause", "joint", "separator", "negation", "then", "condition", "moment"
        )
        later = any(
            t.is_("kind", "area", "device", "pronoun", "room", "function", "here")
            for t in self._tokens[index + 1 :]
        )
        return start and later

    def _split_verb(self, index: int) -> bool:
        return any(t.is_("particle") for t in self._tokens[index + 1 :])

    def _particle(self, index: int, token: Token, before: Token | None, after: Token | None) -> bool:
        """on, off, up, down: half of a verb, a terse command, or a preposition."""
        frame = self._frame
        name = str(token.get("particle"))
        following = self._near(index, 1)
        ahead = (
            self._adjacent(index, 2) if after is not None and after.text in ("the", "my", "our") else after
        )
        place = (
            name == "on"
            and ahead is not None
            and ahead.is_("area", "floor", "moment", "room", "level_of_house")
            and ahead.text not in ("upstairs", "downstairs")
        )
        of_thing = (
            name == "on" and ahead is not None and ahead.is_("device", "kind") and bool(frame.functions)
        )
        if of_thing and before is not None and not before.is_("verb", "phrasal"):
            return True  # the volume on the TV
        later = any(t.is_("particle") for t in self._tokens[index + 1 :])
        if place and (frame.verbs or not self._phrasal or later):
            return False
        if frame.mood in ("question", "report") or frame.condition:
            if name in ("on", "off") and not place:
                frame.states.append(name)
            return True
        if name in ("up", "down"):
            if (self._phrasal and not frame.verbs) or (not frame.verbs and not frame.changes):
                frame.verbs.append(("raise" if name == "up" else "lower", token))
            return True
        if frame.verbs and frame.verbs[-1][0] in ("on", "off"):
            return True
        if index == 0 and name in ("on", "off") and after is not None:
            rest = self._tokens[1:]
            timed = any(t.is_("moment") for t in rest) and all(t.is_(*_TIMING) for t in rest)
            if timed or after.text in ("the", "my", "our"):
                frame.verbs.append((name, token))  # off the fan; ... and off at eleven
                return True
        polite = all(t.is_("filler", "request", "joint") for t in self._tokens[index + 1 :])
        valued = name == "on" and after is not None and after.is_("choice", "function", "number", "level")
        valued = valued and after is not None and not after.is_("moment")
        chosen = (
            name == "on" and ahead is not None and ahead.is_("choice") and bool(frame.heads or frame.pronoun)
        )
        if chosen and not frame.verbs:
            return True  # the telescope on Saturn
        if self._phrasal is not None and valued and (frame.heads or frame.pronoun) and not frame.verbs:
            return True  # put the heater on eco
        said = self._phrasal is not None or bool(frame.heads or frame.functions) or self._pending is not None
        terse = polite or after is None or not after.is_("filler") or said
        if terse and (said or following is not None or before is None):
            frame.verbs.append((name, token))
            return True
        return False

    def _change(self, index: int, token: Token) -> bool:
        """brighter, 亮一点, too dark: a direction; an adjective without any mark of change is none."""
        frame = self._frame
        functions, direction = token.get("change")
        before, after = self._adjacent(index, -1), self._adjacent(index, 1)
        if token.text in ("上", "下") and not (
            before is not None and before.text in ("往", "向", "朝", "再", "多")
        ):
            return token.text == "下" or after is None or not after.is_("number")  # 上三支香
        if (
            token.text == "亮"
            and after is not None
            and after.is_("kind", "device", "area")
            and not frame.verbs
        ):
            frame.verbs.append(("on", token))  # 亮灯
            return True
        if token.text == "亮" and frame.mood == "command" and not frame.condition and _lights_up(after):
            frame.verbs.append(("on", token))  # 灯亮十分钟, 大灯快亮
            return True
        complaint = self._too and not (before is not None and before.text in ("更", "再"))
        if token.text.endswith("er"):
            complaint = False
        if functions and before is not None and before.is_("copula") and not token.text.endswith("er"):
            complaint = complaint or (frame.mood == "command" and not frame.verbs)  # the balcony is dark
        if complaint and before is not None and before.text in ("so", "very", "really") and not self._too:
            complaint = False
        marked = (
            complaint
            or (after is not None and after.is_("number"))
            or (before is not None and (before.is_("number") or before.text == "less"))
            or frame.lack
            or (after is not None and after.is_("enough"))
            or frame.more
            or token.text.endswith("er")
            or token.is_("verb")
            or token.text.startswith(
                ("调", "dim", "warm up", "cool down", "heat up", "brighten", "darken", "quieten", "lighten")
            )
            or (after is not None and after.is_("amount"))
            or bool(frame.verbs)
            or bool(frame.functions)
            or bool(self._phrasal)
            or frame.condition is not None
        )
        toward = before is not None and before.text in ("往", "向", "朝")
        marked = marked or toward
        if (
            not functions
            and not toward
            and not (
                (after is not None and after.is_("number") and not after.is_("moment"))
                or (before is not None and before.is_("number"))
                or frame.verbs
                or frame.functions
                or frame.more
                or self._phrasal
                or (after is not None and after.is_("amount"))
            )
        ):
            return False
        if frame.mood == "question" and not complaint:
            if functions:
                frame.changes.append(Change(functions, direction, False, token))
            return True
        if token.is_("choice") and not (
            complaint
            or frame.more
            or token.text.endswith("er")
            or (after is not None and after.is_("amount"))
        ):
            return True
        if not marked:
            if frame.heads and functions and len(self._tokens) <= 3:
                marked = True
            else:
                return True
        if functions and before is not None and before.text in ("less", "not so", "not as"):
            frame.changes = [change for change in frame.changes if change.token is not before]
            direction, complaint = -direction, False
        lacking = frame.lack or (after is not None and after.is_("enough"))
        if lacking:  # not bright enough: a complaint about too little
            direction, complaint = -direction, True
        frame.changes.append(Change(functions, direction, complaint, token))
        return True

    @staticmethod
    def _stands_for_thing(before: Token | None, after: Token | None) -> bool:
        """The study one, the one in the study: no number."""
        named = before is not None and (
            before.text in ("the", "that", "this", "other", "which", "same")
            or before.is_("area", "room", "kind")
        )
        return named and (after is None or not after.is_("kind", "device", "number"))

    def _measure_word(self, token: Token, after: Token | None) -> bool:
        """两盏灯, three lights: a count of things, not a value."""
        number: Number = token.get("number")
        if number.unit:
            return False
        if after is not None and after.text in ("盏", "个", "台", "扇", "只", "部", "间"):
            return True
        return after is not None and after.is_("kind", "device") and not self._frame.to and after.plural

    def _quantify(self, kind: str) -> None:
        if kind == "everything":
            self._frame.everything = True
        self._frame.all = True

    # --- things and their places

    def _behind_name(self, index: int) -> bool:
        """大门的灯, the front door light: a kind right behind a device's name."""
        token, before = self._tokens[index], self._adjacent(index, -1)
        if before is not None and before.text in ("的", "嘅", "'s"):
            before = self._adjacent(index, -2)
        last = self._last
        owned = self._adjacent(index, -1) is not before  # 窗户的锁: a part of it, not the other lock
        adjoins = before is not None and (before.end == token.start or owned)
        part = adjoins and bool(_PARTS & set(token.all("kind")))
        return (
            before is not None and last is not None and bool(last.devices or (part and last.kinds))
            and last.words[-1] is before and self._pending is None
        )  # fmt: skip

    def _placed_in(self, token: Token) -> bool:
        """... in the stable."""
        index = next(i for i, other in enumerate(self._tokens) if other is token)
        before = [other.text for other in self._tokens[max(0, index - 2) : index]]
        return self._pending is None and before in (["in", "the"], ["in", "my"], ["in", "our"])

    def _unknown(self, token: Token) -> None:
        self._frame.unknown.append(token)
        if self._last is not None and self._last.thing and not self._last.place and self._placed_in(token):
            self._last.absent.append(token)
            self._last.words.append(token)
            self._last.nowhere = True
            return
        head = self._pending or Head([])
        head.absent.append(token)
        head.words.append(token)
        self._pending = head

    def _place(self, index: int, token: Token) -> None:
        """A place belongs to the thing after it, or, after in/of or at the end, to the things before it."""
        before = self._adjacent(index, -1)
        article = before is not None and before.text in ("the", "my", "our")
        preposition = self._adjacent(index, -2) if article else before
        if token.is_("choice") or token.is_("function"):
            pass
        attach = (
            self._last is not None
            and not self._last.place
            and preposition is not None
            and preposition.text
            in ("in", "of", "on", "at", "inside", "from", "in the", "to", "around", "for")
        )
        coordinated = (
            self._last is not None
            and self._pending is None
            and not self._except
            and before is not None
            and self._trailing(index)
        )
        if (attach or coordinated) and self._last is not None:
            target = self._last
        else:
            self._pending = self._pending or Head([])
            target = self._pending
        joined = self._joined(index)
        if joined and target.place and not token.is_("area", "floor"):
            target.beside.append(token)
            target.words.append(token)
            return
        if joined and token.is_("area", "floor") and target.absent and not target.place:
            target.beside, target.absent = target.absent, []
        self._add_place(target, token)

    def _joined(self, index: int) -> bool:
        """Whether "and" stands before a place, with "in the" between at most."""
        for position in (index - 1, index - 2, index - 3):
            token = self._tokens[position] if position >= 0 else None
            if token is None or token.is_("joint"):
                return token is not None
            if not token.is_("filler", "at"):
                return False
        return False

    def _trailing(self, index: int) -> bool:
        """No thing comes after this place in the clause, so it must belong to one before."""
        return not any(t.is_("kind", "device", "except") or not t.known for t in self._tokens[index + 1 :])

    @staticmethod
    def _add_place(head: Head, token: Token) -> None:
        if token.is_("area"):
            head.areas += [area for area in token.all("area") if area not in head.areas]
        elif token.is_("floor"):
            head.floors += [floor for floor in token.all("floor") if floor not in head.floors]
        else:
            head.absent.append(token)
        head.words.append(token)

    def _thing(
        self, token: Token, *, devices: frozenset[str] = frozenset(), kinds: tuple[str, ...] = ()
    ) -> None:
        head = self._pending or Head([])
        self._pending = None
        if devices and self._shines_from(token):
            self._frame.heads.pop()
        head.devices, head.kinds = devices, kinds
        head.words.append(token)
        head.plural = token.plural
        if devices:
            head.weight = max(e.weight for e in token.entries if e.category == "device")
            head.kinds = ()
        (self._frame.exceptions if self._except else self._frame.heads).append(head)
        self._last = head

    def _shines_from(self, token: Token) -> bool:
        """Cooler light from the desk lamp: what a lamp gives is no lamp."""
        last = self._last
        heads = self._frame.heads
        if last is None or last.kinds != ("light",) or last.place or not heads or last is not heads[-1]:
            return False
        between = [t for t in self._tokens if last.words[-1].end <= t.start < token.start]
        return bool(between) and between[0].text in ("from", "of") and last.words[-1].text == "light"

    def _verb_inside(self) -> None:
        """前门锁了吗: the last character of the lock's name is the verb, where no other is said."""
        frame = self._frame
        if frame.verbs or frame.states or frame.wish:
            return
        for index, token in enumerate(self._tokens):
            after = self._adjacent(index, 1)
            if (
                token.is_("device", "kind")
                and token.text.endswith("锁")
                and after is not None
                and after.text in _COMPLETED
            ):
                frame.verbs.append(("lock", token))

    def _end_exception(self) -> None:
        if self._except:
            self._flush()
            self._except = False

    def _unmarked_exceptions(self) -> set[int]:
        """卧室除外, 厨房以外: where exceptions begin that are marked at their end only."""
        begins: set[int] = set()
        start, marked = 0, False
        for index, token in enumerate(self._tokens):
            if token.is_("joint") and token.get("joint") != "and":
                start, marked = index + 1, False
            elif token.is_("except") and not token.is_("except_end"):
                marked = True
            elif token.is_("except_end") and not token.is_("area", "device") and index > start:
                if not marked:
                    begins.add(start)
                start, marked = index + 1, False
        return begins

    def _excepted(self) -> None:
        """除了厨房以外, 卧室除外: the exception ends here."""
        self._flush()
        self._except = False
        self._last = None

    def _aside(self) -> None:
        """Unknown words before a verb or a comma name a thing only if 把 or an article says so."""
        pending = self._pending
        if pending is None or any(token.known for token in pending.words):
            return
        first = next(i for i, token in enumerate(self._tokens) if token is pending.words[0])
        before = self._adjacent(first, -1)
        if before is None or before.text not in ("把", "将", "the", "my", "our", "joint", "、", "and"):
            self._frame.loose += pending.words
            self._pending = None
        else:
            self._flush()

    def _verbal(self) -> bool:
        """泡一壶普洱, 给菜浇水: a strange word is a verb or a beneficiary, and the home's words follow."""
        pending = self._pending
        if pending is None or not (self._frame.choices or self._frame.functions):
            return False
        if any(token.known for token in pending.words):
            return False
        first = next(i for i, token in enumerate(self._tokens) if token is pending.words[0])
        before = self._adjacent(first, -1)
        given = before is not None and before.text in ("给", "替", "帮", "为")
        return given or all(len(t.text) == 1 and not t.text.isascii() for t in pending.words)

    def _flush(self) -> None:
        """Places that found no thing stand for themselves."""
        if self._pending is not None:
            (self._frame.exceptions if self._except else self._frame.heads).append(self._pending)
            self._last = self._pending
            self._pending = None

    def _stop_cleaning(self) -> None:
        """Stop hoovering, start mowing: what does it is meant, though it is not named."""
        frame = self._frame
        verbs = [verb for verb, _ in frame.verbs]
        if "clean" in verbs and {"stop", "pause", "resume"} & set(verbs) and not frame.heads:
            token = next(token for verb, token in frame.verbs if verb == "clean")
            frame.verbs = [pair for pair in frame.verbs if pair[0] != "clean"]
            frame.heads.append(Head([token], kinds=("mower",) if "mow" in token.text else ("vacuum",)))

    def _send_home(self) -> None:
        """Send the mower home, tell it to go back: what returns goes to its dock."""
        frame = self._frame
        sent = any(token.text in ("send", "get", "go", "bring", "return") for _, token in frame.verbs)
        sent = sent or any(t.text in ("send", "get", "bring") for t in self._tokens[:2])
        back = any(t.text in ("home", "back", "back home") for t in self._tokens[1:])
        if sent and back and frame.mood == "command" and not frame.numbers:
            frame.verbs = [("dock", next(t for t in self._tokens if t.text in ("home", "back", "back home")))]
            frame.home = False

    def _settle_odd_verb(self, token: Token) -> None:
        """A strange verb with a value sets it: "zoom the telescope to 40". Without one it says nothing."""
        frame = self._frame
        if frame.numbers or frame.choices or frame.levels or frame.changes:
            frame.verbs.append(("set", token))
        elif not frame.wish:
            frame.strange_verb = True

    def _finish(self) -> None:
        frame = self._frame
        bare = all(token.is_("particle") for _, token in frame.verbs)
        if frame.verbs and bare and self._phrasal is None and frame.unknown and frame.mood == "command":
            frame.verbs.clear()  # Max sat down on my foot: no terse command
        last = self._tokens[-1] if self._tokens else None
        if (
            last is not None
            and last.text == "in"
            and not frame.wish
            and frame.heads
            and frame.heads[-1].thing
        ):
            frame.verbs.append(("close", last))  # awning in
        if frame.mood == "question" and any(not token.is_("measure") for token in frame.functions):
            frame.functions = [t for t in frame.functions if not t.is_("measure")]  # how hot is the flue?
        self._verb_inside()
        self._stop_cleaning()
        self._send_home()
        if self._odd_verb is not None and not frame.verbs:
            self._settle_odd_verb(self._odd_verb)
        if frame.heads or frame.pronoun or self._verbal():
            self._aside()
        self._flush()
        if (
            frame.condition is None
            and frame.mood == "command"
            and not frame.verbs
            and self._phrasal is not None
        ):
            frame.verbs.append(("set", self._phrasal))
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
