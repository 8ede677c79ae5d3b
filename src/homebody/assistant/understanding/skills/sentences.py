"""A sentence that tells a robot what to do: its skills, and when."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.plan import Problem, Skill
from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.meaning.commands import Commander
from homebody.assistant.understanding.meaning.interpreter import Interpreter
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.moods.mood import mood_of
from homebody.assistant.understanding.reading.reader import read_clause
from homebody.assistant.understanding.skills.phrases import SkillPhrases

_WHEN = ("moment", "after", "at", "lasting", "until", "before", "every")


def read_skills(
    sentence: Sentence, parts: Sequence[Piece], phrases: SkillPhrases, interpreter: Interpreter
) -> bool:
    """Whether the sentence is about nothing but skills. Its steps are added if so."""
    rest = [token for part in parts if not part.condition for token in part.tokens]
    found = phrases.read(_without_times(sentence.text.text, parts), sentence.context.area) if rest else []
    if not found:
        return False
    for part in parts:
        if part.condition:
            frame = read_clause(part.tokens, mood_of(part.tokens))
            interpreter.condition(sentence, frame)
    if sentence.failed_condition:
        return True
    when = Commander.when(sentence, read_clause(rest))
    words = sentence.text.source.strip()
    if when is None:
        sentence.problem(Problem(kind="out_of_range", words=words, unit="time"))
        return True
    sentence.steps += [
        Skill(name=name, arguments=arguments, when=when, words=words) for name, arguments in found
    ]
    return True


def _without_times(text: str, parts: Sequence[Piece]) -> str:
    """The text with blanks in place of conditions and times."""
    kept = list(text)
    timed = any(token.is_("moment") for part in parts for token in part.tokens)
    for part in parts:
        gone = part.tokens if part.condition else [t for t in part.tokens if timed and t.is_(*_WHEN)]
        for token in gone:
            kept[token.start : token.end] = " " * (token.end - token.start)
    return "".join(kept)
