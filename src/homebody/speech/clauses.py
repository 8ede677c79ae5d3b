"""A text in clauses, each long enough to be spoken well, the first one short so that speech begins early."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FIRST = 2
"""The first clause has at least so many syllables or so."""
LATER = 14
LONGEST = 60
"""Without punctuation a clause is cut here."""

# An end of a sentence, or of a part of one. A dot or comma between figures or letters is neither.
_END = re.compile(r"[。！？!?；;\n…]+[”\"」）)]*|[.](?=\s|$)|[，、：—]|[,:](?=\s|$)")
_SENTENCE = re.compile(r"[。！？!?；;\n….]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z']+|\d")


def clauses(text: str | Iterable[str]) -> Iterator[str]:
    """Each clause as soon as its end is there. ``text`` may come in pieces that are cut anywhere."""
    waiting, least = "", FIRST
    for piece in (text,) if isinstance(text, str) else text:
        waiting += piece
        while (end := _cut(waiting, least)) is not None:
            if clause := waiting[:end].strip():
                yield clause
                least = LATER
            waiting = waiting[end:]
    if rest := waiting.strip():
        yield rest


def ends_sentence(clause: str) -> bool:
    """Whether a longer pause belongs behind it."""
    return bool(_SENTENCE.search(clause[-2:]))


def _cut(text: str, least: int) -> int | None:
    """Where the first clause ends; None while that cannot be told."""
    for match in _END.finditer(text):
        # The last character of what has come so far: more of it may follow (3.5, "...", a closing quote).
        if match.end() == len(text) and match[0][-1] in ".,:!?…":
            return None
        weight = _weight(text[: match.end()])
        if weight >= least or (weight and _SENTENCE.search(match[0])):
            return match.end()
        if weight > LONGEST:
            break
    if _weight(text) <= LONGEST:
        return None
    return _anywhere(text)


def _anywhere(text: str) -> int:
    """The last space before the text is too long, or just there."""
    end = len(text)
    while _weight(text[:end]) > LONGEST:
        end -= max(1, (end - LONGEST) // 2)
    return max(text.rfind(" ", 0, end), 0) or end


def _weight(text: str) -> int:
    """Syllables, roughly."""
    return len(_HAN.findall(text)) + 2 * len(_WORD.findall(text))
