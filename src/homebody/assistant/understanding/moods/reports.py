"""What is told, not wished: the light is on, 灯开着, 我把灯关了."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.moods import aspect
from homebody.assistant.understanding.moods.habits import does_by_nature, is_enough, should_have, speaks_of
from homebody.assistant.understanding.moods.leaving import of_the_world
from homebody.assistant.understanding.moods.statements import (
    needs_doing,
    tells,
    tells_of_doing,
    told_in_strange_words,
    wants_done,
    wants_going,
)
from homebody.assistant.understanding.words.token import Token

_DONE = ("了", "咗", "喇")
_MILD = frozenset({"你", "把", "将", "you", "对", "给"})
"""Words of requests that reports have too."""


# --- something told


def is_report(content: Sequence[Token], wished: int) -> bool:
    """The light is on. 灯开着。我把灯关了。 A state that is told, not wished."""
    texts = [t.text for t in content]
    if needs_doing(content):
        return False
    if does_by_nature(content) or should_have(content) or is_enough(content) or speaks_of(content):
        return True
    if tells_of_doing(content, wished) or of_the_world(content):
        return True
    if aspect.granted(content):
        return False
    if aspect.tells(content):
        return True
    if _surely(content):
        return False
    if _told_by(content):
        if content[0].is_("person") and content[-1].is_("change", "area", "room") and _feels(content):
            return False  # Doudou is cold in the nursery
        acts = any(t.is_("verb", "event", "past", "done") or t.get("phrasal") for t in content[1:])
        return acts or not any(t.is_("too", "lack", "enough", "need") for t in content)
    going = content[0].text in ("我要", "我") and texts[-1].endswith(_DONE)
    if any(t.is_("request") and t.text not in _MILD for t in content) and not going:
        return False
    if going and not any(t.is_("verb", "device", "kind", "area", "change", "need") for t in content):
        return True  # 我要出门了
    if going and content[0].is_("request"):
        return False
    if wants_done(content) or wants_going(content) or _surely(content):
        return False
    if told_in_strange_words(content):
        return True
    if tells(content):
        return not any(t.is_("too", "lack", "enough", "need") for t in content)
    if _past(content) or _by_agent(content):
        return True
    if any(t in ("吧", "呗") for t in texts):
        return False
    lacking = any(t.is_("lack", "enough") for t in content)
    too = lacking or any(t.is_("too") and t.text not in ("it's", "it is", "i'm", "so") for t in content)
    if any(t.is_("past") for t in content) and not any(t.is_("ensure") for t in content):
        return True
    named = next((i for i, t in enumerate(content) if t.is_("device", "kind", "area", "pronoun")), None)
    copulas = [
        i for i, t in enumerate(content) if t.is_("copula") and t.text != "be" and not _owns(content, i)
    ]
    copula = next((i for i in copulas if named is None or i > named), None)
    if copula is not None and named is not None and named < copula:
        rest = content[copula + 1 :]
        if any(t.is_("state", "particle", "verb") for t in rest) and not too:
            return True
    done = texts[-1].endswith(_DONE)
    if any(t.is_("already") for t in content) and wished < len(content) and done:
        return True
    verb = any(t.is_("verb") for t in content)
    state = any(t.is_("state") and not t.is_("verb", "kind", "device") for t in content)
    if state and not verb and not too and not any(t.is_("ensure") for t in content):
        return True
    valued = any(
        t.is_("verb", "phrasal", "particle", "function", "choice", "number", "level") for t in content
    )
    strange = any(not t.known for t in content)
    if strange and named is not None and not valued and not any(t.is_("change") for t in content):
        unsure = any(t.text in ("有点", "有些", "好像") for t in content)
        if unsure or (copula is not None and named < copula):
            return True  # 门锁有点松; the lock is beeping
    home_word = ("device", "kind", "area", "function", "choice", "verb", "pronoun", "room", "change")
    if done and strange and not any(t.is_(*home_word) for t in content):
        return True  # 出门了
    if named is None or not done or too:
        return False
    if len(content) > 1 and texts[-2] in ("亮", "灭", "黑", "暗", "响", "热", "冷"):
        return not any(t.is_("more", "amount", "verb") for t in content[named:-2])
    if not verb and any(t.is_("function") or not t.known for t in content[-2:]):
        return True  # 床放平了, 门锁坏了
    if any(t.is_("subject") for t in content[max(0, wished - 1) : wished]):
        return True  # 窗户我关了
    if _closing(content):
        return False  # 灯关了: said to have it closed; 灯开了 tells
    after_name = named < wished < len(content)
    placed = any(t in ("把", "将") for t in texts)
    valued = any(t.is_("number", "change", "level", "moment") for t in content)
    return after_name and not placed and wished >= len(content) - 2 and not valued


def _surely(content: Sequence[Token]) -> bool:
    """Make sure it is off, see to it that the light is on."""
    return any(
        t.text in ("make sure", "make sure that", "ensure", "be sure", "see to it that") for t in content
    )


def _owns(content: Sequence[Token], index: int) -> bool:
    """The vent's opening: a possessive, no "is"."""
    following = content[index + 1] if index + 1 < len(content) else None
    return (
        content[index].text == "'s" and following is not None and following.is_("function", "kind", "device")
    )


def _feels(content: Sequence[Token]) -> bool:
    """Is cold, feels hot: how somebody is, right behind their name."""
    return len(content) > 2 and content[1].is_("copula", "too") and content[2].is_("change", "too")


def _closing(content: Sequence[Token]) -> bool:
    verbs = [str(t.get("verb")) for t in content if t.is_("verb")]
    return bool(verbs) and verbs[-1] in ("off", "close_or_off", "stop") and not any(
        t.is_("already", "past") for t in content
    )  # fmt: skip


def _past(content: Sequence[Token]) -> bool:
    """昨天, 刚, 上次, 老是: what was, or happens by itself. 刚才那盏 points and does not tell."""
    for index, token in enumerate(content):
        if token.is_("already") and not token.is_("verb", "filler"):
            following = content[index + 1] if index + 1 < len(content) else None
            if token.text == "自己" and any(t.is_("moment") for t in content):
                continue  # 一分钟以后自己关掉
            points = following is not None and following.text in ("那", "那个", "的", "那盏", "嗰")
            if not points:
                return True
    return False


def _by_agent(content: Sequence[Token]) -> bool:
    """客人把门锁了, 被阿明关了: somebody else did it, in words before 把 or behind 被."""
    texts = [t.text for t in content]
    if not texts[-1].endswith(_DONE):
        return False
    for mark in ("把", "将"):
        if mark in texts:
            before = content[: texts.index(mark)]
            return any(not t.known or t.is_("person", "subject") for t in before)
    return False


def _told_by(content: Sequence[Token]) -> bool:
    """Somebody is its subject (I turned ..., 妈妈把灯关了, 我去开灯), who tells and does not ask."""
    little = ("next_clause", "filler", "already")
    said = [t for t in content if not t.is_(*little) or t.is_("subject", "verb", "phrasal")]
    if not said or not said[0].is_("subject", "person") or said[0].is_("area", "device", "kind", "question"):
        return False
    following = said[1] if len(said) > 1 else None
    if (
        following is not None
        and following.is_("request")
        and following.text not in (*_MILD, "让", "叫", "使")
    ):
        return False
    if any(t.text in ("叫你", "让你", "请你", "要你") for t in said[:3]):
        return False
    owner = following is not None and following.text in ("的", "嘅", "这", "那", "家", "'s", "这里", "这边")
    return not owner and not (following is not None and following.is_("area", "room", "here", "kind"))
