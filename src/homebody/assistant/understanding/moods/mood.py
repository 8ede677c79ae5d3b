"""What kind of sentence a clause is. Only a ``command`` may act; whatever is doubtful is not one.

Marks are looked for in this order: speech of others, a question, a prohibition, something told. Conditions
are none of these: they are read before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from homebody.assistant.understanding.moods.prohibitions import forbids
from homebody.assistant.understanding.moods.questions import asks_something
from homebody.assistant.understanding.moods.reports import is_report
from homebody.assistant.understanding.words.token import Token

Mood = Literal["command", "question", "report", "negated", "quoted"]
_DONTS = frozenset(
    {"don't", "do not", "dont", "never", "please don't", "don't you dare", "don't bother", "never ever"}
)
_QUOTES = ('"', "《", "『", "【")


def mood_of(tokens: Sequence[Token]) -> Mood:
    content = [t for t in tokens if not t.is_("separator", "joint") or t.is_("ask")]
    if not content:
        return "command"
    wished = next((i for i, t in enumerate(content) if t.is_("verb") or t.get("phrasal")), len(content))
    if _quotes(tokens) or _reported(content, wished):
        return "quoted"
    if any(t.is_("condition") for t in content):
        return "command"
    if content[0].text in _DONTS and not any(t.is_("ask") for t in content[-2:]):
        return "negated"  # don't touch anything
    if asks_something(content, wished):
        return "question"
    if forbids(content, wished):
        return "negated"
    return "report" if is_report(content, wished) else "command"


def _quotes(tokens: Sequence[Token]) -> bool:
    """Quotation marks; a lone apostrophe is none."""
    if any(t.is_("text_function") for t in tokens):
        return False  # its text may be quoted
    within = any(mark in t.text for t in tokens if not t.known for mark in _QUOTES)
    return within or sum(t.text == "'" for t in tokens) > 1


def _reported(content: Sequence[Token], wished: int) -> bool:
    """He said turn it off; 翻译...: another's words, before the verb. What "I said" is the speaker's own."""
    for index, token in enumerate(content[:wished]):
        if token.is_("reported") and not token.is_("device", "area"):
            speaker = content[index - 1] if index else None
            if token.text in ("话", "唱") and not (speaker and speaker.is_("subject", "person")):
                continue  # a part of many other words
            return speaker is None or speaker.text not in ("我", "i")
    return False
