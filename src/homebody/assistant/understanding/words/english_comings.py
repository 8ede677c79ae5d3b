"""People who come and go, in English: "somebody walks into", "the last person has left"."""

from __future__ import annotations

from itertools import product

_PEOPLE = ("someone", "somebody", "anyone", "anybody", "a person", "people", "a visitor", "a guest")
_GOES = (
    "walks", "walk", "comes", "come", "goes", "go", "steps", "step", "gets", "get", "enters", "enter",
    "moves", "move", "passes", "pass", "arrives", "arrive", "shows up", "turns up", "wanders",
    "wander", "creeps",
)  # fmt: skip
_WHERE = (
    "", "in", "into", "through", "past", "by", "around", "about", "along", "down", "up", "in through", "near",
    "close to", "up to", "inside",
)  # fmt: skip
_GONE = (
    "leaves", "leave", "has left", "have left", "is gone", "are gone", "goes out", "is out of",
)  # fmt: skip
_EVERYONE = ("everyone", "everybody", "the last person", "the last one")


def rows() -> dict[str, dict[object, list[str]]]:
    """As the rows of the `lexicon`: people who come and go are motion, and none."""
    comes = [f"{who} {how} {where}".strip() for who, how, where in product(_PEOPLE, _GOES, _WHERE)]
    gone = [
        f"{who} {how}"
        for who, how in product((*_EVERYONE, "nobody", "no one"), (*_GONE, "is around", "is in"))
    ]
    return {"state": {"motion": comes, "no_motion": gone}, "event": {True: [*comes, *gone]}}
