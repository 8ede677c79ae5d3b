"""Wishes whose subject is the thing: "the lamp should go off at ten", "the blinds are to come down"."""

from __future__ import annotations

from itertools import product

_DUTY = (
    "should", "must", "has to", "have to", "needs to", "need to", "ought to", "is to", "are to", "wants to",
    "want to", "had better", "'d better", "is supposed to", "are supposed to", "is meant to", "are meant to",
    "'s to", "'s got to", "has got to",
)  # fmt: skip
_LEAVE = ("can", "could", "may", "might", "might as well", "can now", "may now", "is allowed to")
"""What may be so only tells ("the lamp could be on"); what may move is let to."""
_MOVES = {
    "on": ("go on", "come on", "switch on", "turn on", "come back on", "go back on", "fire up", "kick in"),
    "off": ("go off", "go out", "switch off", "turn off", "shut off", "go back off", "shut down", "cut out"),
    "open": ("open", "open up", "go up", "come up"),
    "close": ("close", "shut", "go down", "come down", "close up"),
    "lock": ("lock",),
    "dock": ("go home", "go back to its dock", "go back to its base"),
    "stop": ("stop",),
    "start": ("start", "begin"),
}
_BEINGS = {
    "on": ("be on", "be switched on", "be turned on", "be running", "stay on"),
    "off": ("be off", "be out", "be switched off", "be turned off", "stay off"),
    "open": ("be open", "be opened", "stay open"),
    "close": ("be closed", "be shut", "stay shut", "stay closed"),
    "lock": ("be locked", "stay locked"),
}
_TO_BE = (
    "should be", "wants to be", "want to be", "needs to be", "need to be", "ought to be", "has to be",
    "have to be", "could do with being", "can do with being", "had better be", "is to be", "are to be",
    "could do with", "could use", "would be better", "should get", "ought to get",
)  # fmt: skip


def rows() -> dict[str, dict[object, list[str]]]:
    """As the rows of the `lexicon`: category, value, words. Nothing here unlocks: that is said clearly."""
    verbs: dict[object, list[str]] = {}
    for duties, table in (((*_DUTY, *_LEAVE), _MOVES), (_DUTY, _BEINGS)):
        for verb, phrases in table.items():
            verbs.setdefault(verb, []).extend(f"{duty} {phrase}" for duty, phrase in product(duties, phrases))
    return {"verb": verbs, "request": {True: list(_TO_BE)}}
