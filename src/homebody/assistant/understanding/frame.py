"""One clause, read: what kind of sentence it is, of what it speaks, and what it wishes.

The reader goes over the words once, from left to right, and puts each into its place. Words with several
meanings are settled here, by their neighbours. Nothing here looks at a device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from homebody.assistant.understanding.moments import Piece as Moment
from homebody.assistant.understanding.moments import Said
from homebody.assistant.understanding.numbers import Number
from homebody.assistant.understanding.token import Token


@dataclass(slots=True)
class Head:
    """A thing that was named: exact devices, or kinds, with its place and its number."""

    words: list[Token]
    devices: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    areas: list[str] = field(default_factory=list)
    floors: list[str] = field(default_factory=list)
    absent: list[Token] = field(default_factory=list)  # places and names that this home does not have
    plural: bool = False
    weight: float = 1.0

    @property
    def place(self) -> bool:
        return bool(self.areas or self.floors)

    @property
    def thing(self) -> bool:
        return bool(self.devices or self.kinds)


@dataclass(slots=True)
class Change:
    functions: tuple[str, ...]
    direction: int
    complaint: bool
    token: Token


@dataclass(slots=True)
class Frame:
    """Everything that a clause says. ``mood``: command, question, report, negated, quoted."""

    tokens: list[Token]
    mood: str = "command"
    verbs: list[tuple[str, Token]] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    exceptions: list[Head] = field(default_factory=list)
    functions: list[Token] = field(default_factory=list)
    choices: list[Token] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    comparison: str | None = None
    moments: list[Said] = field(default_factory=list)
    unknown: list[Token] = field(default_factory=list)
    amount: float = 1.0
    all: bool = False
    everything: bool = False
    other: bool = False
    pronoun: bool = False
    here: bool = False
    home: bool = False
    also: bool = False
    to: bool = False
    by: bool = False
    more: bool = False
    condition: str | None = None
    loose: list[Token] = field(default_factory=list)
    """Unknown words that name no thing: a call, an aside."""

    @property
    def start(self) -> int:
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        return self.tokens[-1].end if self.tokens else 0

    @property
    def wish(self) -> bool:
        return bool(self.verbs or self.changes or self.levels or self.numbers or self.choices)

    @property
    def targets(self) -> bool:
        return bool(self.heads) or self.everything or self.pronoun or self.here


_COMPLETED = frozenset({"了", "上", "好", "住", "没", "着", "吗", "起来", "没有", "了没", "好了", "上了"})


class Reader:
    """Reads one clause. ``read`` gives its `Frame`."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = list(tokens)
        self._frame = Frame(list(tokens))
        self._pending: Head | None = None  # places and unknown names waiting for their thing
        self._last: Head | None = None
        self._except = False
        self._too = False
        self._phrasal: Token | None = None

    def read(self) -> Frame:
        self._mood()
        for index, token in enumerate(self._tokens):
            self._take(index, token)
        self._finish()
        return self._frame

    # --- what kind of sentence

    def _mood(self) -> None:
        tokens, frame = self._tokens, self._frame
        content = [t for t in tokens if not t.is_("separator", "joint") or t.is_("ask")]
        if not content:
            return
        texts = [t.text for t in content]
        first = next((t for t in content if not t.is_("next_clause") or t.is_("verb")), content[0])
        wished = next((i for i, t in enumerate(content) if t.is_("verb") or t.get("phrasal")), len(content))
        if any('"' in t.text or "《" in t.text for t in tokens) or self._reported(content, wished):
            frame.mood = "quoted"
            return
        condition = any(t.is_("condition") for t in content)
        asked = self._question(content, first, wished)
        if asked and not condition:
            frame.mood = "question"
        elif any(t.is_("negation") for t in content[: wished + 1]) and not condition:
            frame.mood = "negated"
        elif not condition and self._report(content, texts, wished):
            frame.mood = "report"

    @staticmethod
    def _reported(content: list[Token], wished: int) -> bool:
        for index, token in enumerate(content[: wished + 1]):
            if token.is_("reported") and index < wished:
                speaker = content[index - 1] if index else None
                mine = speaker is not None and speaker.text in ("我", "i")
                return not mine
        return False

    @staticmethod
    def _question(content: list[Token], first: Token, wished: int) -> bool:
        polite = any(t.is_("request") for t in content[: wished + 1])
        if any(
            t.text in ("can you", "could you", "would you", "will you", "能不能", "可不可以", "能否", "可否")
            for t in content
        ):
            if not any(t.is_("tell") for t in content):
                return any(t.is_("question") and t.get("question") in ("can",) for t in content)
            return True
        if any(t.is_("tell") for t in content[: wished + 1]) and any(
            t.is_("question", "ask", "state", "function", "ask_en") for t in content
        ):
            return True
        if first.is_("ask_en") and not first.is_("request"):
            return True
        for t in content:
            kind = t.get("question")
            if kind is None or t.is_("area", "device", "kind", "choice"):
                continue
            if kind in ("any",) and t.text == "any":
                continue
            if kind == "which" and t.text == "list":
                continue
            return True
        last = content[-1]
        if last.is_("ask") or any(
            t.text in ("是不是", "是否", "系咪", "开没开", "关没关", "锁没锁", "亮没亮", "吗")
            for t in content
        ):
            if last.text == "?" and (wished < len(content) and (polite or wished == 0)):
                return False  # "turn on the light?" is a shy command
            if (
                any(t.text in ("吗", "么", "嘛", "?") for t in content[-2:])
                and polite
                and wished < len(content)
            ):
                before = content[:wished]
                named = any(t.is_("device", "kind", "area") for t in before)
                able = next((i for i, t in enumerate(before) if t.is_("request")), 0)
                leads = not any(t.is_("device", "kind") for t in before[:able])
                return named and not leads
            return True
        return False

    @staticmethod
    def _report(content: list[Token], texts: list[str], wished: int) -> bool:
        """The light is on. 灯开着。我把灯关了。 A state that is told, not wished."""
        if any(t.is_("request") and t.text not in ("你", "把", "将", "让", "you") for t in content):
            return False
        if any(t.text in ("吧", "呗") for t in content):
            return False
        subject = content[0].is_("subject")
        copula = next((i for i, t in enumerate(content) if t.is_("copula") and t.text != "be"), None)
        named = next((i for i, t in enumerate(content) if t.is_("device", "kind", "area", "pronoun")), None)
        too = any(t.is_("too") and t.text not in ("it's", "it is", "i'm", "so") for t in content)
        if copula is not None and named is not None and named < copula:
            rest = content[copula + 1 :]
            if any(t.is_("state", "particle", "verb") for t in rest) and not too:
                return True
        if subject and (any(t.is_("already", "state") for t in content) or texts[-1].endswith(("了", "咗"))):
            return not too
        if (
            any(t.is_("already") for t in content)
            and wished < len(content)
            and texts[-1].endswith(("了", "咗"))
        ):
            return True
        state = any(t.is_("state") and not t.is_("verb") for t in content)
        if state and not any(t.is_("verb") for t in content) and not too:
            return True
        done = texts[-1].endswith(("了", "咗", "喇")) and not too
        if (
            done
            and named is not None
            and len(content) > 1
            and texts[-2] in ("亮", "灭", "黑", "暗", "响", "热", "冷")
        ):
            return not any(t.is_("more", "amount", "verb") for t in content[named:-2])
        after_name = named is not None and named < wished < len(content)
        placed = any(t.text in ("把", "将") for t in content)
        return (
            done
            and after_name
            and not placed
            and wished >= len(content) - 2
            and not any(t.is_("number", "change", "level", "moment") for t in content)
        )

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
        if not token.known:
            self._unknown(token)
            return
        before, after = self._adjacent(index, -1), self._adjacent(index, 1)
        if token.is_("joint"):
            if token.get("joint") != "and":
                self._aside()
                self._end_exception()
            return
        if token.is_("condition"):
            frame.condition = frame.condition or str(token.get("condition"))
            return
        if token.is_("moment") and self._moment(index, token):
            return
        if token.is_("device"):
            if token.is_("function", "choice") and any(h.thing for h in frame.heads):
                pass
            else:
                self._thing(token, devices=token.get("device"))
                return
        if token.is_("area", "floor", "room", "level_of_house"):
            self._place(index, token)
            return
        if token.is_("kind") and not self._verb_like(index, token):
            self._thing(token, kinds=tuple(token.all("kind")))
            if token.is_("function"):
                frame.functions.append(token)
            return
        if token.is_("except") and (token.text != "but" or frame.all or frame.everything):
            self._flush()
            self._except = True
            return
        if token.is_("all"):
            self._quantify(str(token.get("all")))
            return
        if token.is_("compare") and (
            frame.condition
            or frame.mood == "question"
            or token.text not in ("over", "above", "under", "below")
        ):
            frame.comparison = str(token.get("compare"))
            if token.is_("function"):
                frame.functions.append(token)
            return
        if token.is_("number"):
            if not self._measure_word(token, after):
                frame.numbers.append(token.get("number"))
            self._too = False
            return
        taken = False
        if token.is_("choice"):
            frame.choices.append(token)
            taken = True
        if token.is_("function") and not self._verb_like(index, token):
            frame.functions.append(token)
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
        if token.is_("question") and frame.mood in ("question", "quoted"):
            frame.questions.append(str(token.get("question")))
            return
        if token.is_("verb"):
            self._aside()
            self._end_exception()
            frame.verbs.append((str(token.get("verb")), token))
            if (
                token.text.endswith("到")
                or token.text.endswith(("为", "成", "至"))
                or token.text.endswith(" to")
            ):
                frame.to = True
            return
        self._little(token)

    def _little(self, token: Token) -> None:
        frame = self._frame
        if token.is_("too"):
            self._too = True
        if token.is_("amount"):
            frame.amount = float(token.get("amount"))
            frame.more = True
        if token.is_("more"):
            frame.more = True
        if token.is_("to"):
            frame.to = True
        if token.is_("by") and token.text == "by":
            frame.by = True
        if token.is_("also"):
            frame.also = True
        if token.is_("other"):
            self._end_exception()
            frame.other = True
            frame.all = True
        if token.is_("here"):
            frame.here = True
        if token.is_("home"):
            frame.home = True
        if token.is_("pronoun") and not token.is_("question"):
            frame.pronoun = frame.pronoun or token.text not in ("this", "one", "that", "ones")

    def _moment(self, index: int, token: Token) -> bool:
        moment: Moment = token.get("moment")
        if token.is_("amount") and not any(t.is_("moment") for t in self._tokens[max(0, index - 1) : index]):
            return False  # 一点 is one o'clock only beside another time
        before, after = self._adjacent(index, -1), self._adjacent(index, 1)
        if before is not None and before.text in ("the", "a"):
            before = self._adjacent(index, -2)
        was, will = before is not None, after is not None
        said = Said(
            moment,
            after=bool((was and before.is_("after")) or (will and after.is_("after"))),  # type: ignore[union-attr]
            until=bool(was and before.is_("until")),  # type: ignore[union-attr]
            lasting=bool(was and before.is_("lasting")),  # type: ignore[union-attr]
            before=bool((will and after.is_("before")) or (was and before.is_("before"))),  # type: ignore[union-attr]
        )
        if (
            moment.role == "duration"
            and token.is_("number")
            and not (said.after or said.until or said.lasting or said.before)
        ):
            self._frame.numbers.append(token.get("number"))  # settled later: a value, or for how long
            self._frame.moments.append(Said(moment, lasting=True))
            return True
        self._frame.moments.append(said)
        return True

    def _verb_like(self, index: int, token: Token) -> bool:
        """vacuum the kitchen; lock the door: a kind's word that is a verb here."""
        if not token.is_("verb"):
            return False
        before = self._near(index, -1)
        adjacent = self._adjacent(index, -1)
        if adjacent is not None and adjacent.text in ("the", "a", "my", "的", "our"):
            return False
        start = before is None or before.is_(
            "request", "next_clause", "joint", "separator", "negation", "then", "condition"
        )
        later = any(t.is_("kind", "area", "device", "pronoun", "room") for t in self._tokens[index + 1 :])
        return start and later

    def _split_verb(self, index: int) -> bool:
        return any(t.is_("particle") for t in self._tokens[index + 1 :])

    def _particle(self, index: int, token: Token, before: Token | None, after: Token | None) -> bool:
        """on, off, up, down: half of a verb, a terse command, or a preposition."""
        frame = self._frame
        name = str(token.get("particle"))
        following = self._near(index, 1)
        place = (
            name == "on"
            and following is not None
            and following.is_("area", "floor", "moment", "room", "level_of_house")
        )
        if place and (frame.verbs or not self._phrasal):
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
        terse = after is None or not after.is_("filler") or self._phrasal is not None
        if terse and (
            self._phrasal or frame.heads or self._pending or following is not None or before is None
        ):
            frame.verbs.append((name, token))
            return True
        return False

    def _change(self, index: int, token: Token) -> bool:
        """brighter, 亮一点, too dark: a direction; an adjective without any mark of change is none."""
        frame = self._frame
        functions, direction = token.get("change")
        before, after = self._adjacent(index, -1), self._adjacent(index, 1)
        complaint = self._too and not (before is not None and before.text in ("更", "再"))
        if complaint and before is not None and before.text in ("so", "very", "really") and not self._too:
            complaint = False
        marked = (
            complaint
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
        )
        if not functions and not (
            frame.verbs
            or frame.functions
            or frame.more
            or self._phrasal
            or (after is not None and after.is_("amount"))
        ):
            return False
        if frame.mood == "question" and not complaint:
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
        frame.changes.append(Change(functions, direction, complaint, token))
        return True

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

    def _unknown(self, token: Token) -> None:
        self._frame.unknown.append(token)
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
        self._add_place(target, token)

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
        head.devices, head.kinds = devices, kinds
        head.words.append(token)
        head.plural = token.plural
        if devices:
            head.weight = max(e.weight for e in token.entries if e.category == "device")
            head.kinds = ()
        (self._frame.exceptions if self._except else self._frame.heads).append(head)
        self._last = head

    def _verb_inside(self) -> None:
        """前门锁了吗: the last character of the lock's name is the verb, where no other is said."""
        frame = self._frame
        if frame.verbs or frame.states or frame.wish:
            return
        for index, token in enumerate(self._tokens):
            after = self._adjacent(index, 1)
            if (
                token.is_("device")
                and token.text.endswith("锁")
                and after is not None
                and after.text in _COMPLETED
            ):
                frame.verbs.append(("lock", token))

    def _end_exception(self) -> None:
        if self._except:
            self._flush()
            self._except = False

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

    def _flush(self) -> None:
        """Places that found no thing stand for themselves."""
        if self._pending is not None:
            (self._frame.exceptions if self._except else self._frame.heads).append(self._pending)
            self._last = self._pending
            self._pending = None

    def _finish(self) -> None:
        frame = self._frame
        self._verb_inside()
        if frame.heads or frame.pronoun:
            self._aside()
        self._flush()
        if (
            frame.condition is None
            and frame.mood == "command"
            and not frame.verbs
            and self._phrasal is not None
        ):
            frame.verbs.append(("set", self._phrasal))
        # things in a row share the place that was said for one of them: 卧室的灯和空调; the lamp and fan in ...
        things = [head for head in frame.heads if head.thing]
        for index, head in enumerate(things):
            if not head.place and not head.absent:
                donor = next((other for other in reversed(things[:index]) if other.place), None)
                donor = donor or next((other for other in things[index + 1 :] if other.place), None)
                if donor is not None and not head.devices:
                    head.areas, head.floors = list(donor.areas), list(donor.floors)
