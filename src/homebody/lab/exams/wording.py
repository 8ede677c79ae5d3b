"""How a protocol puts a question: the exact text before the answer's letter.

All protocols here look at one place, the token after the text, and take the likeliest of the four letters
there. They differ in the text:

official      the authors' own: each letter is one token as it stands alone; solved questions are left out,
              the longest first, where the prompt would be longer than 2048 tokens.
lm-eval       lm-evaluation-harness: the letter follows a space. It counts every question the same (micro
              average), where the others count every subject the same (macro average).
opencompass   OpenCompass's perplexity mode: it compares the perplexity of the whole text with each of the
              four letters at its end. As these texts are equal but for their last token, the least perplexity
              is the greatest probability of that token: one pass finds the same answer as its four.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homebody.lab.exams.exam import LETTERS, Question, Subject

PROTOCOLS = ("official", "lm-eval", "opencompass")

Count = Callable[[str], int]  # tokens of a text, with the mark of its beginning where the model has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The parts of a prompt.

    ``head`` stands once at the beginning (``{title}`` is the subject), ``question`` before each question,
    ``ask`` after its options, ``letter`` before the letter of the answer. ``opening`` is what a prompt
    without solved questions begins with, ``after_demo`` and ``after_demos`` what follows each and all of
    them. ``strip`` takes blanks from the ends of a question. ``limit`` is in tokens; ``bos`` whether the
    model's mark of a beginning comes first.
    """

    head: str
    question: str
    ask: str
    letter: str = ""
    opening: str = ""
    after_demo: str = "\n\n"
    after_demos: str = ""
    strip: bool = False
    limit: int | None = None
    bos: bool = True

    def prompt(self, subject: Subject, question: Question, shots: int, count: Count) -> str:
        """All that stands before the letter."""
        head, stem = self.head.format(title=subject.title), self._stem(subject, question)
        demos = [self._demo(subject, demo) for demo in subject.demos[:shots]]
        if self.limit is not None:
            fixed = count(head) + count(stem)
            if fixed > self.limit:
                return stem
            demos = _fitting(demos, self.limit - fixed, count)
        shown = "".join(demos) + self.after_demos if demos else self.opening
        return head + shown + stem

    def answers(self) -> tuple[str, ...]:
        """What may follow a prompt, in the order of ``LETTERS``."""
        return tuple(self.letter + letter for letter in LETTERS)

    def _stem(self, subject: Subject, question: Question) -> str:
        text = question.text.strip() if self.strip else question.text
        options = "".join(
            f"\n{letter}. {option}" for letter, option in zip(LETTERS, question.options, strict=True)
        )
        return self.question.format(title=subject.title) + text + options + self.ask

    def _demo(self, subject: Subject, demo: Question) -> str:
        return self._stem(subject, demo) + self.letter + demo.answer + self.after_demo


def _fitting(demos: Sequence[str], room: int, count: Count) -> list[str]:
    """The demos that together take less than ``room`` tokens; the longest go first, all of equal length."""
    kept = [(demo, count(demo)) for demo in demos]
    while kept and sum(length for _, length in kept) >= room:
        longest = max(length for _, length in kept)
        kept = [(demo, length) for demo, length in kept if length != longest]
    return [demo for demo, _ in kept]
