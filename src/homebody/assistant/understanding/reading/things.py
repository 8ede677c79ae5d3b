"""Things and their places: which word belongs to which thing, exceptions, and names that nobody knows."""

from __future__ import annotations

from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.reading.frame import Head
from homebody.assistant.understanding.words.token import Token

_PARTS = frozenset({"door", "lock", "switch", "remote", "button", "sensor", "outlet"})
"""Kinds that things have as parts: 冰箱门 is not the fridge, nor a door."""


def behind_name(clause: Clause, index: int) -> bool:
    """大门的灯, the front door light: a kind right behind a device's name."""
    token, before = clause.tokens[index], clause.adjacent(index, -1)
    if before is not None and before.text in ("的", "嘅", "'s"):
        before = clause.adjacent(index, -2)
    last = clause.last
    owned = clause.adjacent(index, -1) is not before  # 窗户的锁: a part of it, not the other lock
    adjoins = before is not None and (before.end == token.start or owned)
    part = adjoins and bool(_PARTS & set(token.all("kind")))
    return (
        before is not None and last is not None and bool(last.devices or (part and last.kinds))
        and last.words[-1] is before and clause.pending is None
    )  # fmt: skip


def _placed_in(clause: Clause, token: Token) -> bool:
    """... in the stable."""
    index = next(i for i, other in enumerate(clause.tokens) if other is token)
    before = [other.text for other in clause.tokens[max(0, index - 2) : index]]
    return clause.pending is None and before in (["in", "the"], ["in", "my"], ["in", "our"])


def take_unknown(clause: Clause, token: Token) -> None:
    clause.frame.unknown.append(token)
    if clause.last is not None and clause.last.thing and not clause.last.place and _placed_in(clause, token):
        clause.last.absent.append(token)
        clause.last.words.append(token)
        clause.last.nowhere = True
        return
    head = clause.pending or Head([])
    head.absent.append(token)
    head.words.append(token)
    clause.pending = head


def take_place(clause: Clause, index: int, token: Token) -> None:
    """A place belongs to the thing after it, or, after in/of or at the end, to the things before it."""
    before = clause.adjacent(index, -1)
    article = before is not None and before.text in ("the", "my", "our")
    preposition = clause.adjacent(index, -2) if article else before
    if token.is_("choice") or token.is_("function"):
        pass
    attach = (
        clause.last is not None
        and not clause.last.place
        and preposition is not None
        and preposition.text in ("in", "of", "on", "at", "inside", "from", "in the", "to", "around", "for")
    )
    coordinated = (
        clause.last is not None
        and clause.pending is None
        and not clause.excepting
        and before is not None
        and _trailing(clause, index)
    )
    if (attach or coordinated) and clause.last is not None:
        target = clause.last
    else:
        clause.pending = clause.pending or Head([])
        target = clause.pending
    joined = _joined(clause, index)
    if (
        joined
        and target is clause.last
        and target.thing
        and not target.place
        and not token.is_("area", "floor")
    ):
        target = clause.pending = Head([])  # the study light and the sauna
    if joined and target.place and not token.is_("area", "floor"):
        target.beside.append(token)
        target.words.append(token)
        return
    if joined and token.is_("area", "floor") and target.absent and not target.place:
        target.beside, target.absent = target.absent, []
    _add_place(target, token)


def _joined(clause: Clause, index: int) -> bool:
    """Whether "and" stands before a place, with "in the" between at most."""
    for position in (index - 1, index - 2, index - 3):
        token = clause.tokens[position] if position >= 0 else None
        if token is None or token.is_("joint"):
            return token is not None
        if not token.is_("filler", "at"):
            return False
    return False


def _trailing(clause: Clause, index: int) -> bool:
    """No thing comes after this place in the clause, so it must belong to one before."""
    return not any(t.is_("kind", "device", "except") or not t.known for t in clause.tokens[index + 1 :])


def _add_place(head: Head, token: Token) -> None:
    if token.is_("area"):
        head.areas += [area for area in token.all("area") if area not in head.areas]
    elif token.is_("floor"):
        head.floors += [floor for floor in token.all("floor") if floor not in head.floors]
    else:
        head.absent.append(token)
    head.words.append(token)


def take_thing(
    clause: Clause, token: Token, *, devices: frozenset[str] = frozenset(), kinds: tuple[str, ...] = ()
) -> None:
    head = clause.pending or Head([])
    clause.pending = None
    if devices and _shines_from(clause, token):
        clause.frame.heads.pop()
    head.devices, head.kinds = devices, kinds
    head.words.append(token)
    head.plural = token.plural
    if devices:
        head.weight = max(e.weight for e in token.entries if e.category == "device")
        head.kinds = ()
    (clause.frame.exceptions if clause.excepting else clause.frame.heads).append(head)
    clause.last = head


def _shines_from(clause: Clause, token: Token) -> bool:
    """Cooler light from the desk lamp: what a lamp gives is no lamp."""
    last = clause.last
    heads = clause.frame.heads
    if last is None or last.kinds != ("light",) or last.place or not heads or last is not heads[-1]:
        return False
    between = [t for t in clause.tokens if last.words[-1].end <= t.start < token.start]
    return bool(between) and between[0].text in ("from", "of") and last.words[-1].text == "light"


def end_exception(clause: Clause) -> None:
    if clause.excepting:
        flush(clause)
        clause.excepting = False


def unmarked_exceptions(clause: Clause) -> set[int]:
    """卧室除外, 厨房以外: where exceptions begin that are marked at their end only."""
    begins: set[int] = set()
    start, marked = 0, False
    for index, token in enumerate(clause.tokens):
        if token.is_("joint") and token.get("joint") != "and":
            start, marked = index + 1, False
        elif token.is_("except") and not token.is_("except_end"):
            marked = True
        elif token.is_("except_end") and not token.is_("area", "device") and index > start:
            if not marked:
                begins.add(start)
            start, marked = index + 1, False
    return begins


def close_exception(clause: Clause) -> None:
    """除了厨房以外, 卧室除外: the exception ends here."""
    flush(clause)
    clause.excepting = False
    clause.last = None


def set_aside(clause: Clause) -> None:
    """Unknown words before a verb or a comma name a thing only if 把 or an article says so."""
    pending = clause.pending
    if pending is None or any(token.known for token in pending.words):
        return
    first = next(i for i, token in enumerate(clause.tokens) if token is pending.words[0])
    before = clause.adjacent(first, -1)
    if before is None or before.text not in ("把", "将", "the", "my", "our", "joint", "、", "and"):
        clause.frame.loose += pending.words
        clause.pending = None
    else:
        flush(clause)


def is_verbal(clause: Clause) -> bool:
    """泡一壶普洱, 给菜浇水: a strange word is a verb or a beneficiary, and the home's words follow."""
    pending = clause.pending
    if pending is None or not (clause.frame.choices or clause.frame.functions):
        return False
    if any(token.known for token in pending.words):
        return False
    first = next(i for i, token in enumerate(clause.tokens) if token is pending.words[0])
    before = clause.adjacent(first, -1)
    given = before is not None and before.text in ("给", "替", "帮", "为")
    return given or all(len(t.text) == 1 and not t.text.isascii() for t in pending.words)


def flush(clause: Clause) -> None:
    """Places that found no thing stand for themselves."""
    if clause.pending is not None:
        (clause.frame.exceptions if clause.excepting else clause.frame.heads).append(clause.pending)
        clause.last = clause.pending
        clause.pending = None
