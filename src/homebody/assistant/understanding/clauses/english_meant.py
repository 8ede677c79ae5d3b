"""An English sentence as it is meant: without slips of the tongue, labels, and what is only set apart."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.clauses.english_contrasts import without_contrasts
from homebody.assistant.understanding.clauses.english_corrections import corrected
from homebody.assistant.understanding.clauses.english_labels import without_labels
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.token import Token


def as_meant(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    return without_contrasts(without_labels(corrected(tokens, vocabulary)))
