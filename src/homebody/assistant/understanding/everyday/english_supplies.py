"""A need, and the list that it goes on: "we're out of milk, add it to the list"; "I've bought the potatoes,
tick them off". The first half names the item to which the second only points."""

from __future__ import annotations

import re
from datetime import datetime

from homebody.assistant.plan import ListItem
from homebody.assistant.understanding.everyday.english_everyday import english_everyday

_WE = (
    r"(?:(?:i|we)(?:'re|'ve|'m| are| am| have| had| just|'ve just| have just)?"
    r"|there's|there is|there are|you know) ?"
)
_NAMED = re.compile(
    rf"^(?:oh |so |hey |please )*(?:{_WE})?(?:all |nearly |almost |completely |running |run |ran |getting "
    rf"|got )*"
    r"(?:out of|low on|short of|short on|no more|no|need(?: to (?:buy|get))?|want|could use|bought|got"
    r"|picked up|finished"
    r"|used up|used the last of|drank|ate|had) (?:any |more |some |up |the last of |a few "
    r"|a )?(?P<item>[\w' -]{2,40}?)"
    r"(?: left| now| again| today| already| yesterday)?"
    r"|^(?:the )?(?P<gone>[\w' -]{2,30}?)(?: has|'s| is| are| have)? (?:run out|all gone|gone|finished|empty"
    r"|low|done)"
)  # fmt: skip
_POINTS = re.compile(r"\b(?:it|them|that|those|some)\b")
_HALVES = re.compile(
    r"[,.;:] *(?:so |and |then |please |can you |could you )*| (?:and|so) (?=(?:add|put"
    r"|stick|pop|tick|cross))"
)


_CROSSED = re.compile(r"\b(?:tick|cross|strike|check|mark) (?:it|them|that|those) off\b")
"""Only lists have what is ticked off."""


def supply(text: str, words: str, now: datetime) -> ListItem | None:
    """What the whole (normalised) sentence puts on a list, or crosses off; None where it does neither so."""
    if "list" not in text and not _CROSSED.search(text):
        return None
    halves = _HALVES.split(text.strip(" .!"), maxsplit=1)
    named = _NAMED.fullmatch(halves[0].strip()) if len(halves) == 2 else None
    if named is None or not _POINTS.search(halves[1]):
        return None
    item = (named["item"] or named["gone"]).strip()
    points = halves[1] if "list" in halves[1] else f"{halves[1]} the list"
    steps = english_everyday(_POINTS.sub("¶", points, count=1), words, now)
    found = [step for step in steps if isinstance(step, ListItem) and "¶" in step.item]
    if not found:
        return None
    step = found[0]
    return ListItem(action=step.action, list=step.list, item=re.sub(r"^the ", "", item), words=words)
