"""An English sentence as it is meant: without slips of the tongue, labels, what is only set
apart, and who wishes it; with a question that the next wish waits for as a condition."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.clauses.english_conditions import with_answers
from homebody.assistant.understanding.clauses.english_contrasts import without_contrasts
from homebody.assistant.understanding.clauses.english_corrections import corrected
from homebody.assistant.understanding.clauses.english_labels import without_labels
from homebody.assistant.understanding.clauses.english_wishers import without_wisher
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.token import Token


def as_meant(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    meant = without_contrasts(without_labels(corrected(tokens, vocabulary)))
    return without_wisher(with_answers(meant))
