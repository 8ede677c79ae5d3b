"""Yes and no: to a question that was asked before, or to none."""

from __future__ import annotations

import re
from typing import Literal

from homebody.assistant.understanding.clauses.lattice import tokenise
from homebody.assistant.understanding.everyday.talk import answer
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.words.normalise import normalise


def answered(sentence: Sentence, vocabulary: Vocabulary) -> Literal["yes", "no"] | None:
    """What a sentence says to the question that waits; None where none waits, or it says something else."""
    said = answer(sentence.text.text) or _and_more(sentence, vocabulary)
    if said and sentence.context.pending:
        sentence.notes.append({"answer": said})
        return said
    return None


def answered_nothing(sentence: Sentence) -> Literal["yes", "no"] | None:
    """A yes or a no that means nothing else, though nothing was asked: it is told so."""
    said = answer(sentence.text.text)
    meant = sentence.steps or sentence.say or any(p.kind != "not_understood" for p in sentence.problems)
    if said is None or meant or sentence.context.pending:
        return None
    sentence.problems, sentence.confidence, sentence.beyond = [], 1.0, False
    return said


def _and_more(sentence: Sentence, vocabulary: Vocabulary) -> Literal["yes", "no"] | None:
    """好的，开吧: yes, and the wish once more, which names nothing new."""
    first, *rest = [part for part in re.split(r"[,.!?]", sentence.text.text) if part.strip()] or [""]
    said = answer(first)
    pending = sentence.context.pending
    if said is None or not rest or pending is None or pending.kind != "confirm":
        return None
    tokens = [token for part in rest for token in tokenise(normalise(part), vocabulary)]
    new = any(not t.known or t.is_("device", "area", "kind", "number", "room", "question") for t in tokens)
    refused = any(t.is_("negation", "no") for t in tokens)
    return said if not new and refused <= (said == "no") else None
