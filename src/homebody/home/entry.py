"""What every part of a home file is made of: entries with known keys, texts, words and numbers."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

_HIDDEN = {
    "Cc",
    "Cf",
    "Cs",
    "Zl",
    "Zp",
}  # control, format (bidi overrides, zero width), surrogates, line breaks


def _one_line(text: str) -> str:
    """A name is data that reaches prompts and pages: one visible line, nothing hidden in it."""
    for character in text:
        if unicodedata.category(character) in _HIDDEN:
            raise ValueError(
                f"holds the invisible character U+{ord(character):04X}; names are one visible line"
            )
    if not (stripped := text.strip()):
        raise ValueError("is blank")
    return stripped


def _no_space(text: str) -> str:
    if any(character.isspace() for character in text):
        raise ValueError("must be one word, without spaces")
    return text


Text = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_one_line)]
Word = Annotated[Text, Field(max_length=40), AfterValidator(_no_space)]
Unit = Annotated[Text, Field(max_length=20)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Entry(BaseModel):
    """Unknown keys are refused, and nothing is converted: a text is not a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class TextByLanguage(Entry):
    zh: Text | None = None
    """In Chinese."""
    en: Text | None = None
    """In English."""


def form(value: object) -> str:
    """Which of two forms a value has. The tags stand in brackets, since no key of a home file does."""
    if isinstance(value, bool):
        return "<bool>"
    if isinstance(value, dict | BaseModel):
        return "<keys>"
    return "<list>" if isinstance(value, list) else "<text>"


def name_form(value: object) -> str:
    return "<keys>" if form(value) == "<keys>" else "<text>"


Name = Annotated[
    Annotated[Text, Tag("<text>")] | Annotated[TextByLanguage, Tag("<keys>")], Discriminator(name_form)
]
