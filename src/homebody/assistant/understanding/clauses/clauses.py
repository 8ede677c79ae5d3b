"""Sentences into clauses: where one wish ends and the next begins.

A joint (和, and, a comma, then) separates two clauses only if both sides wish for something; otherwise it
joins targets. A part without a wish leans on the one that has it: before it (打开客厅灯、卧室灯), after it
(客厅和卧室的灯打开; in ten minutes, turn off ...).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from homebody.assistant.understanding.clauses import english_conditions
from homebody.assistant.understanding.clauses.chinese_conditions import ends_marked, marked_conditions
from homebody.assistant.understanding.clauses.english_choices import with_either
from homebody.assistant.understanding.words.token import Entry, Token

_CONTENT = (
    "area", "floor", "device", "kind", "function", "choice", "number", "verb", "level", "change", "room",
    "pronoun", "state",
)  # fmt: skip


_WISHING = (
    "verb",
    "change",
    "question",
    "level",
    "state",
    "keep",
    "ask",
    "negation",
    "need",
    "tell",
    "done",
    "action",
)


_TIMING = ("moment", "after", "at", "lasting", "until", "before", "filler", "separator")


@dataclass(slots=True)
class Piece:
    """Tokens between two joints, and the joint before them: strong, weak, and, next, or none.

    ``contradictory``: it says a verb and its opposite side by side (see `contradictions`).
    """

    tokens: list[Token]
    joint: str
    contradictory: bool = False

    def has(self, *categories: str) -> bool:
        return any(token.is_(*categories) for token in self.tokens)

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def target(self) -> bool:
        return self.has("area", "floor", "device", "kind", "room", "pronoun", "here", "everything") or any(
            not token.known for token in self.tokens
        )

    @property
    def condition(self) -> bool:
        return self.has("condition")

    @property
    def wish(self) -> bool:
        """Whether it says what to do, or asks: not only of what, and not only when."""
        if self.has("moment") and all(token.is_(*_TIMING) for token in self.tokens):
            return False
        for token in self.tokens:
            if token.is_("device", "area") and not token.is_("verb"):
                continue
            if token.is_(*_WISHING):
                return True
            plain = not token.is_("device", "area", "room", "kind") and token.text not in ("one", "ones")
            if token.is_("choice", "number") and plain and not token.is_("moment"):
                return True
        return self._terse() or self._runs()

    @property
    def strange(self) -> bool:
        """Unknown words and nothing of the home: a wish for something else."""
        unknown = any(not token.known or token.is_("activity") for token in self.tokens)
        return unknown and not self.has("area", "floor", "device", "kind", "room", "except", "except_end")

    @property
    def statement(self) -> bool:
        """Somebody or something is told of, in words that the home does not know."""
        unknown = any(not token.known or token.is_("activity") for token in self.tokens)
        return (unknown and self.tokens[0].is_("subject", "person")) or (unknown and self.has("copula"))

    @property
    def particle_only(self) -> bool:
        return all(token.is_("particle") for token in self.tokens)

    def _terse(self) -> bool:
        """ "kitchen light off": a particle at an end or behind a name, or after a phrasal verb."""
        for position, (before, token) in enumerate(pairwise(self.tokens)):
            placed = token.text == "on" and _is_place(self.tokens[position + 2 :])
            if before.is_("device", "kind") and token.text in ("on", "off") and not placed:
                return True
        if any(token.get("phrasal") for token in self.tokens) and self.has("particle"):
            return True
        said = [token for token in self.tokens if not token.is_("request") or token.is_("particle")]
        if said and said[0].text == "on" and self.has("area", "floor") and not said[-1].is_("particle"):
            return False  # on the balcony, ...
        return bool(said) and (said[-1].is_("particle") or said[0].is_("particle"))

    def _runs(self) -> bool:
        return self.has("function") and not self.has("area", "device", "kind") and len(self.tokens) <= 2


def _is_place(tokens: Sequence[Token]) -> bool:
    """... on the first floor."""
    named = next((token for token in tokens if token.text not in ("the", "my", "our")), None)
    return named is not None and named.is_("area", "floor", "room", "level_of_house")


def joint(token: Token) -> str | None:
    if token.is_("separator"):
        return str(token.get("separator"))
    if token.is_("area", "device", "kind", "function", "choice", "floor", "number", "moment"):
        return None
    if token.is_("next_clause") and not token.is_("also"):
        return "next"
    if token.is_("and"):
        return "and"
    return None


def _not_this_but(tokens: Sequence[Token]) -> Sequence[Token]:
    """不是客厅灯，是餐厅灯关掉: only what it is, with the mark that takes back what was said before."""
    if len(tokens) < 2 or tokens[0].text != "不是" or tokens[1].is_("verb", "ask"):
        return tokens
    for index, (before, token) in enumerate(pairwise(tokens), start=1):
        if before.is_("separator") and token.text == "是":
            return [tokens[0], *tokens[index + 1 :]]
    return tokens


def correct(tokens: Sequence[Token]) -> list[Token]:
    """Carry out a speaker's own corrections: 客厅，不，卧室的灯 is 卧室的灯."""
    tokens = _not_this_but(tokens)
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.text == "i mean" and result and (following is None or following.is_("separator")):
            index += 1  # the lamp I mean: said behind what is meant
            continue
        before = result and any(t.is_(*_CONTENT) for t in result)
        alone = token.is_("no") and result and result[-1].is_("separator") and not token.is_("negation")
        if before and (token.is_("correction") or alone):
            rest = index + 1
            while rest < len(tokens) and (
                tokens[rest].is_("separator", "no", "correction") or not tokens[rest].is_(*_CONTENT)
            ):
                if not tokens[rest].is_("separator", "no", "correction", "filler", "particle_zh", "request"):
                    break
                rest += 1
            if rest < len(tokens) and _replace(result, tokens[rest]):
                while result and result[-1].is_("separator"):
                    result.pop()
                index = rest
                continue
        result.append(token)
        index += 1
    return result


def _replace(result: list[Token], token: Token) -> bool:
    """Remove the last word that ``token`` stands in for."""
    for category in ("area", "room", "device", "kind", "number", "choice", "level", "verb", "floor"):
        if not token.is_(category):
            continue
        same = ("area", "room") if category in ("area", "room") else (category,)
        for position in range(len(result) - 1, -1, -1):
            if result[position].is_(*same):
                del result[position]
                return True
    return False


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Cut at every joint; empty pieces vanish, the stronger joint stays."""
    result = [Piece([], "")]
    for position, token in enumerate(tokens):
        if token.text in _WHILE and result[-1].tokens and result[-1].tokens[-1].is_("moment"):
            continue  # 日落时: a time, no condition
        if not result[-1].tokens and len(result) == 1 and _takes_back(tokens, position):
            result[-1].joint = "and"
            continue
        mark = joint(token)
        if token.text == "but" and _turns(tokens, position):
            mark = "weak"
        last = result[-1].tokens[-1] if result[-1].tokens else None
        if mark in ("next", "and") and _clings(token, last):
            mark = None
        if mark == "next" and token.text in _STILL and last is not None and not result[-1].wish:
            mark = None
        if _ends_condition(result[-1], token):
            if token.is_("then", "condition", "after") or token.text == "再":
                result[-1].tokens.append(token)
                result.append(Piece([], "weak"))
            else:
                result.append(Piece([token], "weak"))
            continue
        if mark is None:
            told = any(said.text in _TELLING for said in result[-1].tokens[:4])
            if token.is_("condition") and result[-1].tokens and (told or _wishes(result[-1])):
                result.append(Piece([], "condition"))
            result[-1].tokens.append(token)
        elif result[-1].tokens:
            if token.is_("ask"):
                result[-1].tokens.append(token)
            result.append(Piece([], mark))
        elif mark in ("next", "strong") or (len(result) == 1 and not result[-1].joint):
            result[-1].joint = mark
    if not result[-1].tokens:
        result.pop()
    return result


def _wishes(piece: Piece) -> bool:
    """Whether a wish came before a condition's mark; 二氧化碳要是… only names what the condition is about."""
    return Piece(piece.tokens, "").wish and (piece.has(*_WISHING) or piece.has("particle"))


_TELLING = frozenset({"remind", "announce", "broadcast", "say", "notify"})
"""Remind me to ... when: what comes first is a wish, whatever it speaks of."""


def _takes_back(tokens: Sequence[Token], position: int) -> bool:
    """不对，是书房的; no, the bedside lamp; I meant ...: the sentence corrects the one before."""
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.text == "不是" and following is not None and following.is_("verb"):
        return False  # 不是关灯，是...
    if token.is_("correction"):
        return True
    return token.is_("no") and following is not None and following.is_("separator")


def _turns(tokens: Sequence[Token], position: int) -> bool:
    """... but don't, but leave ...: another wish; "all but one" is an exception."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is not None and following.is_("negation", "verb", "keep", "phrasal")


_STILL = ("再", "又", "还", "也", "先")
"""Adverbs behind a thing (窗帘再关一点); joints only where a wish came before."""


def _clings(token: Token, last: Token | None) -> bool:
    """一个小时之后 is a time; 还有 at the beginning asks."""
    if last is None:
        return token.text in ("还有", "还")
    if token.text == "再" and last.is_("timer_word"):
        return True
    if last.is_("after", "moment") and token.text in ("再", "又", "才"):
        return True  # 一小时后再关, 八点才开
    if last.is_("negation"):
        return True  # 不要再开, 别也关
    return token.is_("after") and last.is_("moment")


_POST = frozenset({"的时候", "时候", "的话", "之时", "时"})


def _ends_condition(piece: Piece, token: Token) -> bool:
    """如果…就…, …的时候, if the door opens turn on ...: a condition may end without a comma."""
    if token.text == "时":
        return piece.has("state", "compare", "verb", "number", "function")
    if token.text in _POST:
        return bool(piece.tokens)
    if not piece.condition:
        return False
    if ends_marked(piece.tokens[0], token) or english_conditions.ends(piece.tokens, token):
        return True
    if token.is_("then") and piece.wish and token.text in ("就", "便", "那就", "then"):
        return True
    if token.text.startswith(("提醒", "告诉", "通知")) and piece.has("state", "compare"):
        return True  # 超过八度提醒我
    said = piece.has("state", "compare") or (piece.has("number") and piece.has("function", "change"))
    return (
        said
        and (token.is_("verb", "negation", "tell") or token.get("phrasal") is not None)
        and not token.is_("state", "compare", "moment")
    )


_WHILE = ("时", "的时候", "时候")


def clauses(tokens: Sequence[Token]) -> list[Piece]:
    """Pieces joined until each has its own wish."""
    marked = english_conditions.with_marks(marked_conditions(with_either(correct(tokens))))
    rest = [part for piece in pieces(marked) for part in _run_on(piece)]
    result: list[Piece] = []
    for position, piece in enumerate(rest):
        previous = result[-1] if result else None
        following = rest[position + 1] if position + 1 < len(rest) else None
        if previous is None or _stands_alone(previous, piece, following):
            result.append(piece)
        else:
            _join(previous, piece)
    return result


def _stands_alone(previous: Piece, piece: Piece, following: Piece | None) -> bool:
    if piece.has("appointed"):
        return True  # ..., 到时候把灯关了
    if previous.condition != piece.condition and (previous.wish or piece.wish):
        return True
    if previous.statement and not previous.condition:
        return True
    if not previous.wish and not previous.condition:
        if previous.has("activity") and not previous.has("device", "kind", "area", "room", "moment"):
            return True  # 准备睡觉，...
        # what came before only named things, a place or a time: it leans on this one
        return previous.target and piece.joint == "strong"
    if piece.particle_only and piece.joint == "and":
        return False  # on and off
    if all(token.is_("ask", "ask_en", "pronoun", "copula", "request", "filler") for token in piece.tokens):
        return False  # ..., is it? ..., please?
    if piece.joint == "and" and not piece.has("verb", "phrasal", "state") and _waits_for_value(previous):
        return False  # set the lounge and the kitchen lights to 40
    if piece.wish:
        return not (piece.has("except", "except_end") and not piece.has("verb"))
    if piece.joint != "and" and piece.strange:
        return True
    if piece.has("also") and piece.target and piece.joint in ("strong", "weak"):
        return True
    return (
        following is not None
        and piece.target
        and not following.condition
        and (piece.joint != "and" or following.joint == "and")
        and _leans_forward(previous, following)
    )


def _waits_for_value(piece: Piece) -> bool:
    sets = any(token.get("verb") == "set" for token in piece.tokens)
    return sets and not piece.has("number", "choice", "level", "change", "pronoun")


def _run_on(piece: Piece) -> list[Piece]:
    """客厅灯打开厨房灯关掉, 打开客厅灯关掉厨房灯, ...把音量调小: wishes in a row without any joint."""
    asks = piece.tokens[-1].is_("ask") and not piece.tokens[-1].is_("particle_zh")
    if piece.condition or asks or any(token.text == "还是" for token in piece.tokens):
        return [piece]
    if not any(token.text and not token.text.isascii() for token in piece.tokens):
        return [piece]
    cuts: list[int] = []
    verb = target = target_first = False
    for index, token in enumerate(piece.tokens):
        if verb and target and _later(piece.tokens, index):
            cuts.append(index)
            verb = target = target_first = False
        if _begins_anew(piece.tokens, index, verb=verb):
            cuts.append(index)
            verb = False
        if token.text in ("把", "将") and verb and target:
            cuts.append(index)
            verb = target = target_first = False
        elif token.is_("device", "kind", "area", "room"):
            if verb and target and target_first and _verb_follows(piece.tokens, index):
                cuts.append(index)
                verb = False
                target_first = True
            target_first = target_first or not verb
            target = True
        elif token.is_("verb") and not token.is_("number", "level", "change", "moment", "function", "choice"):
            if verb and target and not target_first and _target_follows(piece.tokens, index):
                cuts.append(index)
                target = False
            verb = True
    starts = [0, *cuts]
    ends = [*cuts, len(piece.tokens)]
    parts = [piece.tokens[start:end] for start, end in zip(starts, ends, strict=True)]
    return [Piece(tokens, piece.joint if index == 0 else "weak") for index, tokens in enumerate(parts)]


_VALUES = ("number", "level", "choice", "change")
_THINGS = ("device", "kind", "area")


def _begins_anew(tokens: Sequence[Token], index: int, *, verb: bool) -> bool:
    """空调26度|风速50, 灯带打开|换成红色, 开门|让他进来: another value for the same thing, or a purpose."""
    token, last, rest = tokens[index], tokens[index - 1], tokens[index + 1 :]
    if index == 0 or not rest:
        return False
    if token.text in ("让", "好让", "方便") and verb:
        return not any(t.is_(*_THINGS, "function", "choice", "verb") for t in rest)
    before = tokens[1:index]
    valued = any(t.is_(*_VALUES) and not t.is_(*_THINGS, "moment", "function") for t in before)
    plain = token.is_("function") and not token.is_(*_THINGS, "verb", "choice", "change", "question")
    if plain and valued and not last.is_("and", "joint", "compare", "except"):
        return any(t.is_(*_VALUES) for t in rest)
    opened = last.get("verb") in (None, "on", "open_or_on", "start") and not last.is_("function")
    sets = token.get("verb") == "set" and verb and opened
    value = any(t.is_("number", "level", "choice") for t in rest)
    return sets and value and not any(t.is_(*_THINGS) for t in rest)


def _later(tokens: Sequence[Token], index: int) -> bool:
    """八点开灯九点关, 打开空调两小时后关掉: a second moment, with a verb of its own."""
    token = tokens[index]
    if not token.is_("moment") or tokens[index - 1].is_("moment", "until", "to", "at", "lasting", "interval"):
        return False
    clock = token.get("moment").role == "clock" and any(t.is_("moment") for t in tokens[:index])
    after = index + 1 < len(tokens) and tokens[index + 1].is_("after")
    return (clock or after) and any(t.is_("verb") for t in tokens[index + 1 :])


def _verb_follows(tokens: Sequence[Token], index: int) -> bool:
    return any(t.is_("verb", "level", "number", "change", "choice") for t in tokens[index + 1 :])


def _target_follows(tokens: Sequence[Token], index: int) -> bool:
    return any(t.is_("device", "kind", "area", "room") for t in tokens[index + 1 :])


def _leans_forward(previous: Piece, following: Piece) -> bool:
    """把客厅灯打开，卧室灯和书房灯关掉: the wish before ended with its verb, so the names after it wait."""
    content = [token for token in previous.tokens if token.is_(*_CONTENT) or token.is_("particle")]
    last = content[-1] if content else None
    ended = last is not None and (
        last.is_("verb", "particle", "level", "number")
        or (last.is_("choice") and not last.is_("device", "kind"))
    )
    begins = next((token for token in following.tokens if token.is_(*_CONTENT)), None)
    return ended and following.wish and begins is not None and not begins.is_("verb")


_COMMA = {"and": "、", "weak": ",", "next": ",", "strong": ","}


def _join(piece: Piece, other: Piece) -> None:
    start = other.tokens[0].start
    piece.tokens.append(Token(start, start, _COMMA.get(other.joint, ","), (Entry("joint", other.joint),)))
    piece.tokens.extend(other.tokens)
