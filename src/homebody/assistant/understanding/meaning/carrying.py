"""Whether a wish is carried by enough of its clause: a lone word that happens to be the home's is none.

"A large pizza" is no size of ice, "bang on" and "sit on it" are no order to a thing that bangs or sits.
"""

from __future__ import annotations

from homebody.assistant.understanding.reading.frame import Frame


def carried(frame: Frame) -> bool:
    """A verb, a thing or a function carries a wish; a choice alone does with nothing strange beside."""
    if frame.heads or (frame.pronoun and frame.choices) or frame.text_from:
        return True
    if _beside_particle(frame):
        return False
    lone = bool(frame.choices) and not (
        frame.verbs or frame.functions or frame.numbers or frame.changes or frame.needs or frame.tints
    )
    strange = [*frame.unknown, *frame.loose, *frame.loose_end]
    return not (lone and any(token.text.isascii() for token in strange))


def _beside_particle(frame: Frame) -> bool:
    """Bang on, sit on it: an action's name with a particle that is not of it."""
    first, *rest = frame.tokens
    if len(rest) > 2:
        return False
    return first.is_("action") and bool(rest) and rest[0].text in ("on", "off") and not frame.numbers
