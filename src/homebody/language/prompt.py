"""Prompts in ChatML, the chat format that every model of the catalogue was trained with.

The prompt is in two pieces: the ``prefix`` (system text and examples), which stays the same for many turns,
so that its key-value cache is kept, and the ``turn``, which is new each time. The prefix ends with a
newline before a special token, where a tokenizer never joins characters, so its tokens stay the same too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Special tokens of these models begin with "<" and a letter, a bar or a slash: <|im_end|>, </s>, <think>.
_OPENING = re.compile(r"<(?=[^\s\d=<])")


def neutral(text: str) -> str:
    """The same text with no special token in it, so that nobody can write another role into a prompt.

    The less-than sign before a word becomes its full-width twin, which models read alike; "a < 5" stays.
    """
    return _OPENING.sub("＜", text)


@dataclass(frozen=True, slots=True)
class Prompt:
    """``prefix`` may be given to ``Engine.prime``; ``text`` is what the model completes."""

    prefix: str
    turn: str

    @property
    def text(self) -> str:
        return self.prefix + self.turn


def chat(*, system: str, user: str, examples: Iterable[tuple[str, str]] = (), thinks: bool = False) -> Prompt:
    """A prompt for the answer to ``user``, after ``examples`` of (user, assistant).

    No text can close its own message: special tokens in it are made harmless. ``thinks`` is the mark of the
    same name in the catalogue: such a model gets an empty thought to begin with, so that it answers at once.
    """
    prefix = _message("system", system) + "".join(
        _message("user", question) + _message("assistant", answer) for question, answer in examples
    )
    thought = "<think>\n\n</think>\n\n" if thinks else ""
    return Prompt(prefix, f"{_message('user', user)}<|im_start|>assistant\n{thought}")


def _message(role: str, text: str) -> str:
    return f"<|im_start|>{role}\n{neutral(text)}<|im_end|>\n"
