"""What is not to be done: don't turn it off, 别关灯, 不开灯."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.moods.leaving import left_as_it_is, unwanted
from homebody.assistant.understanding.moods.statements import stops_doing
from homebody.assistant.understanding.words.token import Token

# --- prohibitions


def forbids(content: Sequence[Token], wished: int) -> bool:
    """Don't turn it off; 别关灯; 不开灯. "Not bright enough" is a complaint, which is a wish."""
    if stops_doing(content) or unwanted(content) or left_as_it_is(content):
        return True
    if content[0].text in ("let", "leave") and content[-1].text == "be":
        return True  # let the hens be
    if (
        content[0].text == "no"
        and len(content) > 1
        and content[1].is_("kind", "device", "function", "choice")
        and wished >= len(content)
    ):
        return True  # no lights, please
    enough = any(t.is_("enough") for t in content)
    for index, token in enumerate(content[: wished + 1]):
        if token.is_("negation") and not token.is_("lack") and not enough:
            return True
        following = content[index + 1] if index + 1 < len(content) else None
        if (
            token.is_("no")
            and not token.is_("lack")
            and following is not None
            and following.is_("verb", "phrasal")
        ):
            return True
        unsaid = token.is_("too") and token.text[0] in "别不唔"
        if unsaid and not any(t.is_("change", "need") for t in content):
            return True  # 别那么黄
        if token.text == "不是" and following is not None and following.is_("verb"):
            return True  # 不是关灯，是...
        if token.text in ("没", "没有", "冇") and following is not None and following.is_("verb", "request"):
            return True
    return False
