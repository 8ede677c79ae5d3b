"""Brighter, 亮一点, too dark: which way a value is to move."""

from __future__ import annotations

from homebody.assistant.understanding.reading.clause import Clause
from homebody.assistant.understanding.reading.frame import Direction
from homebody.assistant.understanding.words.token import Token


def _lights_up(after: Token | None) -> bool:
    """Whether 亮 is the verb: before a length of time, or as the last word."""
    timed = after is not None and after.is_("moment") and not after.is_("amount")
    return after is None or timed or after.text in ("吧", "着", "啊")


def take_change(clause: Clause, index: int, token: Token) -> bool:
    """brighter, 亮一点, too dark: a direction; an adjective without any mark of change is none."""
    frame = clause.frame
    functions, direction = token.get("change")
    before, after = clause.adjacent(index, -1), clause.adjacent(index, 1)
    if token.text in ("上", "下") and not (
        before is not None and before.text in ("往", "向", "朝", "再", "多")
    ):
        return token.text == "下" or after is None or not after.is_("number")  # 上三支香
    if token.text == "亮" and after is not None and after.is_("kind", "device", "area") and not frame.verbs:
        frame.verbs.append(("on", token))  # 亮灯
        return True
    if token.text == "亮" and frame.mood == "command" and not frame.condition and _lights_up(after):
        frame.verbs.append(("on", token))  # 灯亮十分钟, 大灯快亮
        return True
    if (
        token.text in ("快", "慢")
        and after is not None
        and after.is_("action", "verb")
        and not after.is_("change")
    ):
        return False  # 快起立: soon
    complaint = clause.too and not (before is not None and before.text in ("更", "再"))
    if token.text.endswith("er"):
        complaint = False
    if functions and before is not None and before.is_("copula") and not token.text.endswith("er"):
        complaint = complaint or (frame.mood == "command" and not frame.verbs)  # the balcony is dark
    if complaint and before is not None and before.text in ("so", "very", "really") and not clause.too:
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
        or bool(clause.phrasal)
        or frame.condition is not None
    )
    toward = before is not None and before.text in ("往", "向", "朝")
    marked = marked or toward
    if (
        not functions
        and not toward
        and not (
            (after is not None and after.is_("number", "scale") and not after.is_("moment"))
            or (before is not None and before.is_("number"))
            or frame.verbs
            or frame.functions
            or frame.more
            or clause.phrasal
            or (after is not None and after.is_("amount"))
        )
    ):
        return False
    if frame.mood == "question" and not complaint:
        if functions:
            frame.changes.append(Direction(functions, direction, False, token))
        return True
    if token.is_("choice") and not (
        complaint or frame.more or token.text.endswith("er") or (after is not None and after.is_("amount"))
    ):
        return True
    if not marked:
        if frame.heads and functions and len(clause.tokens) <= 3:
            marked = True
        else:
            return True
    if functions and before is not None and before.text in ("less", "not so", "not as"):
        frame.changes = [change for change in frame.changes if change.token is not before]
        direction, complaint = -direction, False
    lacking = frame.lack or (after is not None and after.is_("enough"))
    if lacking:  # not bright enough: a complaint about too little
        direction, complaint = -direction, True
    frame.changes.append(Direction(functions, direction, complaint, token))
    return True


def complain_behind(clause: Clause, index: int) -> None:
    """热死了: the mark of a complaint behind its adjective."""
    before = clause.adjacent(index, -1)
    if (
        before is not None
        and before.is_("change")
        and clause.tokens[index].text.startswith(("死", "得", "坏", "极"))
    ):
        functions, direction = before.get("change")
        clause.frame.changes = [c for c in clause.frame.changes if c.token is not before]
        clause.frame.changes.append(Direction(functions, direction, True, before))
