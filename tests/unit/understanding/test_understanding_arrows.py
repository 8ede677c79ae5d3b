"""The rooms of the understanding call each other in one direction, as its docstring draws it."""

from __future__ import annotations

import re
from pathlib import Path

from homebody.assistant import understanding

SOURCE = Path(understanding.__file__).parent
BELOW: dict[str, set[str]] = {
    "words": set(),
    "times": {"words"},
    "home_words": {"words"},
    "hearing": {"words"},
    "clauses": {"words", "times", "home_words"},
    "moods": {"words"},
    "reading": {"words", "times", "clauses", "moods"},
    "wishes": {"words", "reading"},
    "meaning": {"words", "times", "home_words", "clauses", "moods", "reading", "wishes"},
    "everyday": {"words", "times", "clauses"},
    "skills": {"words", "clauses", "moods", "reading", "meaning"},
    "answering": {"words", "home_words", "clauses", "meaning", "everyday"},
    "limits": {"words"},
    "grammar": {
        "words", "home_words", "hearing", "clauses", "moods", "reading", "wishes", "meaning", "everyday",
        "answering", "limits", "skills",
    },
    "model": {"words", "home_words", "clauses", "wishes", "grammar"},
    "understanding": {"words", "wishes", "grammar", "model"},
}  # fmt: skip
"""For each room, or module that stands by itself, those that it may import from."""


def _room(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def test_the_rooms_are_those_that_are_drawn() -> None:
    assert {_room(module) for module in SOURCE.rglob("*.py")} - {"__init__"} == set(BELOW)


def test_no_arrow_points_back() -> None:
    wrong = []
    for module in SOURCE.rglob("*.py"):
        found = re.findall(
            r"^\s*from homebody\.assistant\.understanding\.(\w+)", module.read_text("utf-8"), re.MULTILINE
        )
        for other in set(found) - {_room(module)}:
            if other not in BELOW[_room(module)]:
                wrong.append(f"{module.relative_to(SOURCE)} imports {other}")
    assert not wrong


def test_the_drawing_has_no_way_round() -> None:
    done: set[str] = set()
    while ready := {room for room, below in BELOW.items() if below <= done} - done:
        done |= ready
    assert done == set(BELOW)


def test_files_are_short() -> None:
    """One idea a file; what grows beyond this holds several."""
    long = [
        str(module.relative_to(SOURCE))
        for module in SOURCE.rglob("*.py")
        if len(module.read_text("utf-8").splitlines()) > 350
    ]
    assert not long


def test_the_page_names_what_is_there() -> None:
    page = (Path(__file__).parents[3] / "docs/understanding.md").read_text("utf-8")
    named = re.findall(rf"[`*]((?:{'|'.join(BELOW)})/[\w/]*)", page)
    assert named
    assert not [name for name in named if not list(SOURCE.glob(f"{name.rstrip('/')}*"))]
