"""Asking the questions of an exam, each token of it once.

All four letters come out of one pass, and what the prompts of a subject have in common (heading and solved
questions) is read once and kept. That beginning is found over all the subject's questions, also those that
are not asked or were asked before: so a score does not depend on which others are asked with it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from homebody.core.errors import EngineError
from homebody.lab.exams.exam import LETTERS, Exam, Question, Subject
from homebody.lab.exams.results import Answered, Heading, Writer
from homebody.lab.exams.wording import Wording
from homebody.lab.llama.scorer import Scorer

Told = Callable[[str, int, int], None]  # what is done, how many tokens of it, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question as it is put: its text, its tokens, and the token of each letter."""

    question: Question
    text: str
    tokens: tuple[int, ...]
    letters: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Prompts with a common beginning of ``shared`` tokens; ``asked`` are those still to be answered."""

    subject: str
    shared: tuple[int, ...]
    asked: tuple[Prompt, ...]

    @property
    def cost(self) -> int:
        """Tokens to be read."""
        own = sum(len(prompt.tokens) - len(self.shared) for prompt in self.asked)
        return own + (len(self.shared) if self.asked else 0)


def run(
    scorer: Scorer,
    heading: Heading,
    exam: Exam,
    wording: Wording,
    wanted: dict[str, tuple[Question, ...]],
    writer: Writer,
    told: Told,
) -> None:
    """Ask what is ``wanted`` and not answered yet, and write each answer down.

    Raises EngineError where a letter is not one token or a prompt does not fit, RecordError.
    """
    known = {(answer.subject, answer.index) for answer in writer.answered}
    groups: list[Group] = []
    for subject in exam.subset(list(wanted)):
        left = {q.index for q in wanted[subject.id] if (subject.id, q.index) not in known}
        if left:
            groups += grouped(subject, left, prompts(scorer, subject, wording, heading.shots))
    for group in groups:
        _fits(scorer, group)
    done, total = 0, sum(group.cost for group in groups)
    for group in groups:
        told(group.subject, done, total)
        for answer in _answers(scorer, group):
            writer.add(answer)
            done += answer.evaluated
            told(group.subject, done, total)


def prompts(scorer: Scorer, subject: Subject, wording: Wording, shots: int) -> tuple[Prompt, ...]:
    """Every question of a subject as it is put. Raises EngineError where a letter is not one token."""

    def count(text: str) -> int:
        return len(scorer.tokens(text, bos=wording.bos))

    found = []
    for question in subject.questions:
        text = wording.prompt(subject, question, shots, count)
        tokens, letters = _with_letters(scorer, wording, text)
        found.append(Prompt(question=question, text=text, tokens=tokens, letters=letters))
    return tuple(found)


def grouped(subject: Subject, left: set[int], found: Sequence[Prompt]) -> list[Group]:
    """The prompts of a subject by their beginning: those that show fewer demos are apart.

    ``left`` are the indices of the questions to be asked.
    """
    groups = []
    for bundle in _bundles(found):
        asked = tuple(prompt for prompt in bundle if prompt.question.index in left)
        if asked:
            groups.append(Group(subject=subject.id, shared=_shared(bundle), asked=asked))
    return groups


def _bundles(found: Sequence[Prompt]) -> list[list[Prompt]]:
    """Each prompt goes with the first one that begins with the same half, or else begins a bundle."""
    bundles: list[list[Prompt]] = []
    for prompt in found:
        for bundle in bundles:
            shortest = min(len(prompt.tokens), len(bundle[0].tokens))
            if _same(prompt.tokens, bundle[0].tokens) * 2 >= shortest:
                bundle.append(prompt)
                break
        else:
            bundles.append([prompt])
    return bundles


def _shared(bundle: Sequence[Prompt]) -> tuple[int, ...]:
    """What all begin with; a token at least is left to each."""
    first = bundle[0].tokens
    length = min(min(_same(first, prompt.tokens), len(prompt.tokens) - 1) for prompt in bundle)
    return first[:length]


def _same(one: Sequence[int], other: Sequence[int]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _with_letters(scorer: Scorer, wording: Wording, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The tokens before the letter, and that of each letter."""
    tokens = scorer.tokens(text, bos=wording.bos)
    if not wording.letter:
        letters = [scorer.tokens(letter, bos=False) for letter in LETTERS]
    else:  # the space before a letter may become one token with it
        whole = [scorer.tokens(text + answer, bos=wording.bos) for answer in wording.answers()]
        letters = [each[len(tokens) :] for each in whole if each[: len(tokens)] == tokens]
    if [len(letter) for letter in letters] != [1] * len(LETTERS):
        raise EngineError(
            "this model does not read the letters A to D as one token each",
            hint="it cannot be examined by this protocol",
        )
    return tokens, tuple(token for (token,) in letters)


def _fits(scorer: Scorer, group: Group) -> None:
    longest = max(group.asked, key=lambda prompt: len(prompt.tokens))
    if len(longest.tokens) > scorer.context:
        raise EngineError(
            f"{group.subject}, question {longest.question.index}: {len(longest.tokens)} tokens do not fit "
            f"into a context of {scorer.context}",
            hint="a larger --context",
        )


def _answers(scorer: Scorer, group: Group) -> Iterator[Answered]:
    for prompt in group.asked:
        began = time.perf_counter()
        read = scorer.hold(group.shared)
        own = prompt.tokens[len(group.shared) :]
        scores = scorer.score(own, prompt.letters)
        ms = (time.perf_counter() - began) * 1000
        yield Answered(
            subject=group.subject,
            index=prompt.question.index,
            prompt=hashlib.sha256(prompt.text.encode()).hexdigest()[:16],
            key=prompt.question.answer,
            answer=LETTERS[scores.index(max(scores))],
            scores=tuple(round(score, 6) for score in scores),
            tokens=len(prompt.tokens),
            evaluated=read + len(own),
            ms=round(ms, 3),
        )
