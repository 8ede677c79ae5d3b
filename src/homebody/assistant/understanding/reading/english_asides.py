"""Reasons, purposes and greetings that English speakers put beside a wish: "my hands are full, open the front
door"; "..., the plumber's here"; "so I can sleep".

Such a stretch has a subject of its own and a finite verb, or is a purpose, and names nothing that the home
could act on. It is taken out before clauses are read, if what is left wishes for something; the place that it
names stays in mind. Speech of others is left alone: what somebody said may be the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.words.token import Token

_LEAD = (
    r"(?:(?:because|cos|coz|cuz|'cause|since|as|so|so that|for|but|and|well|oh|ah|ugh|phew|look|listen|see"
    r"|now|now that"
    r"|seeing as|given that|you see|you know|the thing is|just|only|right|sorry|honestly|hey|hello|in case"
    r"|while|before"
    r"|otherwise|or else|or) ?,? )*"
)
_BE = r"(?:'m|'re|'s|'ve|'d|'ll|n't)"
_SOMEBODY = r"(?:i|we|he|she|they|you|someone|somebody|everyone|everybody|nobody|no one|people|folks)"
_VERB = (
    r"(?:'s|'re|'ve|'ll|'d|is|isn't|are|aren't|was|were|has|hasn't|have|haven't|had|will|won't|would|can"
    r"|can't|could"
    r"|couldn't|must|may|might|do|does|doesn't|don't|did|didn't|keeps?|needs?|wants?|gets?|got|came"
    r"|comes?|went|goes"
    r"|left|woke|wakes?|looks?|seems?|feels?|smells?|stinks?|started|starts|just|always|never"
    r"|hurts?|aches?|likes?"
    r"|loves?|hates?|said|arrived|arrives|forgot|lost|knows?|thinks?)"
)
_PERSON = re.compile(rf"{_LEAD}{_SOMEBODY}(?:{_BE}|\b)(?! (?:please|all|can|could|would|should)\b)")
_WANTS = re.compile(
    rf"{_LEAD}{_SOMEBODY}(?:'d| would)? ?(?:want|need|like|wish|love|prefer|fancy)s?\b"
    rf"(?! to\b)"
)
_GOING = re.compile(
    rf"{_LEAD}(?:i|we)(?:'m|'re| am| are) (?:just |only |still |now )?(?:about to|going to|gonna|off to"
    rf"|trying to"
    r"|heading|leaving|going|coming|having|making|doing|starting to|getting ready|planning to|supposed to) \w"
)
"""I'm about to cook: what it names is what somebody does, not what is wished."""
_THERE = re.compile(rf"{_LEAD}(?:it|there|that|this|here)(?:'s|'ll| is| was| are| comes| will| has)\b")
_NOUN = re.compile(
    rf"{_LEAD}(?:(?:my|our|the|his|her|their|a|an|some|those|these|that|this) )?[\w◇]+"
    rf"(?: [\w◇]+){{0,3}}? ?{_VERB}\b"
)
_PURPOSE = re.compile(
    r"(?:(?:so|so that|in order that) (?:i|we|he|she|they|it|the|my|our|nobody|no one)\b|(?:in order "
    r"|so as )?to (?!the\b|\d)\w+"
    r"|because of\b|for (?:a change|the night|the evening|now|safety|good)|just in case\b|(?:to )?sav(?:e"
    r"|ing) )"
)
_LET = re.compile(
    rf"{_LEAD}(?:please )?(?:let (?:me|us|him|her|them|(?:(?:my|the|our) )?\w+)"
    r" (?:in|out|through|past|sleep|be|into [\w◇]+(?: [\w◇]+)?)(?: to \w+)?"
    r"|(?:get|answer) the door|quick(?:ly)?|hurry(?: up)?)"
)
_HOME = (
    "device", "function", "choice", "text_function", "timer_word", "condition", "reported", "question",
    "ask", "tell",
)  # fmt: skip
_ACTS = ("verb", "phrasal", "particle", "state", "number", "moment")
_BESIDE = ("at", "on", "by", "near", "outside", "behind", "in", "inside", "under", "to", "into", "front")
_BEGINS = ("because", "cos", "coz", "cuz", "'cause", "since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """What is left of a sentence, and the area that what was taken out speaks of, if it is one."""

    tokens: tuple[Token, ...]
    area: str | None = None


def without_asides(tokens: Sequence[Token]) -> Spared:
    """``tokens`` of a whole sentence without its asides; all of them where nothing else is wished."""
    whole = Spared(tokens=tuple(tokens))
    if not any(token.is_("separator", "and") or token.text in (*_BEGINS, "so") for token in tokens):
        return whole
    if any(token.is_("reported", "timer_word") or token.text == "list" for token in tokens) or any(
        '"' in token.text for token in tokens
    ):
        return whole
    stretches = list(_stretches(tokens))
    told = [_aside(stretch) for stretch in stretches]
    wishes = [s for s, aside in zip(stretches, told, strict=True) if not aside and _wishes(s)]
    if not any(told) or not wishes:
        return whole
    explicit = any(token.is_("verb", "phrasal", "particle") for stretch in wishes for token in stretch)
    kept: list[Token] = []
    areas: set[str] = set()
    for stretch, aside in zip(stretches, told, strict=True):
        if aside and (explicit or not _complains(stretch)):
            areas |= {area for token in stretch for area in token.all("area")}
        else:
            kept += stretch
    while kept and kept[0].is_("separator", "and") and not kept[0].is_("device", "area", "number"):
        kept.pop(0)
    return Spared(tokens=tuple(kept), area=areas.pop() if len(areas) == 1 else None) if kept else whole


def _stretches(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut before commas, before "and", and before words that give a reason; each begins with its joint."""
    stretch: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        joint = token.is_("separator", "and") and not token.is_("device", "area", "number", "moment")
        so = token.text == "so" and following is not None and following.is_("verb", "phrasal", "request")
        joint = joint or so
        if stretch and (joint or token.text in _BEGINS) and not stretch[-1].is_("separator"):
            yield stretch
            stretch = []
        stretch.append(token)
    if stretch:
        yield stretch


def _bare(stretch: Sequence[Token]) -> list[Token]:
    return [token for token in stretch if not token.is_("separator", "and") and token.text != "so"]


def _wishes(stretch: Sequence[Token]) -> bool:
    bare = _bare(stretch)
    return bool(bare) and Piece(bare, "").wish


def _complains(stretch: Sequence[Token]) -> bool:
    return any(token.is_("change", "need", "too", "lack", "enough") for token in stretch)


def _text(tokens: Sequence[Token]) -> str:
    """The stretch as it was said, with a sign for names of the home's things."""
    words: list[str] = []
    for token in tokens:
        glued = bool(words) and token.text.startswith("'")
        word = "◇" if token.is_("device", "kind", "function") and not token.is_("filler") else token.text
        if glued:
            words[-1] += word
        else:
            words.append(word)
    return " ".join(words)


def _aside(stretch: Sequence[Token]) -> bool:
    """Whether a stretch tells, or gives a purpose, without anything that could be acted on."""
    bare = _bare(stretch)
    if bare and _GOING.match(_text(bare)) and not any(token.is_("device", "kind", "ask") for token in bare):
        return True
    if not bare or any(token.is_(*_HOME) for token in bare) or bare[-1].text == "please":
        return False
    if any(token.is_("kind") and not _beside(bare, index) for index, token in enumerate(bare)):
        return False
    text = _text(bare)
    if _LET.fullmatch(text):
        return True
    if _WANTS.match(text):
        return not any(token.is_(*_WISHED) for token in bare) and any(not token.known for token in bare)
    if _so(stretch) and not any(token.is_("verb", "phrasal", "particle", "pronoun") for token in bare):
        return True
    if _PERSON.match(text) or _THERE.match(text):
        return not any(token.is_("pronoun") and _acted(bare, index) for index, token in enumerate(bare))
    strange = any(not token.known or token.is_("subject", "person") for token in bare)
    acts = any(token.is_(*_ACTS) and token.text not in ("out", "off", "up", "down") for token in bare)
    if _PURPOSE.match(text):
        return not acts
    return strange and not acts and _NOUN.match(text) is not None


_WISHED = (
    "verb",
    "phrasal",
    "particle",
    "area",
    "room",
    "change",
    "level",
    "number",
    "state",
    "need",
    "done",
)


def _so(stretch: Sequence[Token]) -> bool:
    """..., so the bike fits under."""
    said = [token for token in stretch if not token.is_("separator")]
    return len(said) > 2 and said[0].text in ("so", "so that") and said[1].text in _DETERMINERS


_DETERMINERS = (
    "the",
    "my",
    "our",
    "his",
    "her",
    "their",
    "your",
    "that",
    "this",
    "those",
    "these",
    "a",
    "an",
)


def _beside(tokens: Sequence[Token], index: int) -> bool:
    """At the door, on the bed: only where somebody is."""
    before = [token.text for token in tokens[max(0, index - 2) : index]]
    return any(text in _BESIDE for text in before)


def _acted(tokens: Sequence[Token], index: int) -> bool:
    """I want it off: something is to be done with it."""
    near = [*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2]]
    return tokens[index].text in ("it", "them", "that", "those") and any(
        t.is_("verb", "phrasal", "particle") for t in near
    )
