"""Words to be written on a thing: 'write "back at six" on the board', "log entry: fog at noon"."""

from __future__ import annotations

import re

from homebody.assistant.plan import Command, Problem, Step
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type

_WRITE = r"(?:write|put|display|show|print|type|scribble|chalk|post|note|enter|log|flash up|put up|stick)"
_POLITE = r"^(?:(?:please|can you|could you|would you|let's|i'd like you to|i want you to|kindly) )*"
_MARKS = "\"“”「」'‘’ "


class Writing:
    """The things of one home that take a text, and the sentences that write on them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._patterns: list[tuple[Device, Function, re.Pattern[str]]] = []
        for device in vocabulary.home.devices:
            for function in device.functions:
                if function.type is Type.TEXT and Action.SET in function.actions:
                    self._patterns.append((device, function, _pattern(device, function)))

    def read(self, text: str, words: str) -> tuple[list[Step], list[Problem]]:
        """The step of a (normalised) sentence that writes something; or why it cannot be done."""
        for device, function, pattern in self._patterns:
            match = pattern.search(text)
            if match is None:
                continue
            said = next(part for part in match.groups() if part)
            value = _as_said(said, words).strip(_MARKS)
            if len(value) > function.max_length:
                too_long = Problem(
                    kind="out_of_range", words=words, device=device.id, function=function.id,
                    max=float(function.max_length),
                )  # fmt: skip
                return [], [too_long]
            return [
                Command(device=device.id, function=function.id, action=Action.SET, value=value, words=words)
            ], []
        return [], []


def _pattern(device: Device, function: Function) -> re.Pattern[str]:
    things = _any(
        {*device.name.all(), *device.aliases, *(device.kind_name.all() if device.kind_name else ())}
    )
    texts = _any({*function.name.all(), *function.aliases})
    the = r"(?:the |my |our |that )?"
    place = rf"(?:{the}{things}(?:'s? {texts}| {texts})?|{the}{texts} (?:of|on) {the}{things})"
    must = r"(?:should|must|ought to|needs to|has to|is to|wants to|could|might)"
    return re.compile(
        rf"^(?:please )?{place} {must} (?:now )?(?:say|read|show|display|bear)s?:? (?P<e>.+)$"
        rf"|{_POLITE}{_WRITE} (?:up )?(?:on|onto|to|in|into|across) {place}[:,]? (?P<f>.+)$"
        rf"|{_POLITE}{_WRITE} (?P<a>.+?) (?:up )?(?:on|onto|to|in|into|across) (?:{place})(?: please)?$"
        rf"|{_POLITE}(?:set|change|make) {the}(?:{things})(?:'s?)? {texts} (?:to|say|read|into) (?P<b>.+)$"
        rf"|{_POLITE}(?:make|have|let|get) {the}(?:{things}) (?:say|read|show|display) (?P<c>.+)$"
        rf"|^(?:{things}|{texts})(?: {texts})?: ?(?P<d>.+)$"
    )


def _any(names: set[str]) -> str:
    folded = sorted({fold(name) for name in names}, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(map(re.escape, folded)) + ")"


def _as_said(text: str, words: str) -> str:
    """The text in the person's own capitals."""
    at = fold(words).find(text)
    return words[at : at + len(text)] if at >= 0 and len(fold(words)) == len(words) else text
