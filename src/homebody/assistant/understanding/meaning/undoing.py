"""Put it back, undo that: the contrary of what the last turn did."""

from __future__ import annotations

import re
from dataclasses import replace

from homebody.assistant.plan import NOW
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.home.function import Action

_BEGINS = r"(?:no,? |please |actually,? |then |and |so )*"
_WAS = r"(?:how|what|as|the way) (?:it|they) (?:was|were)(?: before)?"
_UNDO = re.compile(
    rf"(?:^|, |\. ){_BEGINS}(?:undo|reverse|revert|take back)(?: that| it| this| them)?(?: please)?[.! ]*$"
    rf"|(?:^|, ){_BEGINS}(?:put|change|set|turn|switch|make|bring) (?:it|that|them|everything|things)(?:"
    rf" all)?"
    rf" (?:back(?: again)?(?: please)?|back (?:to )?{_WAS}|{_WAS})[.! ]*$"
)
_OPPOSITE = {
    Action.ON: Action.OFF, Action.OFF: Action.ON, Action.OPEN: Action.CLOSE, Action.CLOSE: Action.OPEN,
    Action.PLAY: Action.PAUSE, Action.PAUSE: Action.PLAY,
}  # fmt: skip
_NEVER = ("lock", "valve")
"""What opens is said clearly."""


def undone(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether a sentence takes back what was just done; then its steps are added."""
    if not _UNDO.search(sentence.text.text.strip()):
        return False
    words = sentence.text.source.strip()
    for command in reversed(sentence.context.last_commands):
        device = vocabulary.home.device(command.device)
        function = device.function(command.function) if device else None
        if device is None or function is None or command.when != NOW or command.function in _NEVER:
            continue
        opposite = _OPPOSITE.get(command.action)
        if command.delta and isinstance(command.value, int | float):
            value = command.value - command.delta
            sentence.steps.append(replace(command, value=value, delta=-command.delta, words=words))
        elif opposite is not None and opposite in function.actions and opposite not in device.sensitive:
            sentence.steps.append(replace(command, action=opposite, value=None, words=words))
    return bool(sentence.steps)
