"""What a model adds, counted: with a model that answers from a script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from homebody.assistant.understanding.model import second_look
from homebody.assistant.understanding.model.modelled import Showing
from homebody.lab import model_run
from homebody.lab.model_run import SHOWINGS, Variant, compare, left_over, sample, table
from homebody.lab.suite import Suite, load_suites
from homebody.language.scripted import ScriptedModel

SUITE = """\
schema: homebody.suite/1
cases:
  - {say: turn on the kitchen light, class: plain, steps: ["kitchen.light on_off on"]}
  - {say: blorf the kitchen light, class: wording, steps: ["kitchen.light on_off on"]}
  - {say: blorf the study light, class: small_talk, reply: true}
  - {say: wug the snizzle, class: small_talk, problems: [{kind: not_understood}]}
  - {say: recommend a book about lighthouses, class: small_talk, reply: true}
"""


@pytest.fixture
def suites(tmp_path: Path) -> tuple[Suite, ...]:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "small.yaml").write_text(SUITE, encoding="utf-8")
    return load_suites(tmp_path)[0]


def script(prompt: str) -> str:
    turn = prompt.rsplit("<|im_start|>user", 1)[1]
    if "change: " in turn:
        return "yes"
    return "say: To the Lighthouse." if "book" in turn else "do A power on" if "blorf" in turn else "unknown"


def test_only_what_the_grammar_does_not_settle_is_left(suites: tuple[Suite, ...]) -> None:
    said = [case.say for _, case in left_over(suites)]
    assert said == [case.say for case in suites[0].cases[1:]]


def test_a_sample_is_always_the_same(suites: tuple[Suite, ...]) -> None:
    work = left_over(suites)
    assert sample(work, 2) == sample(work, 2) and len(sample(work, 2)) == 2
    assert sample(work, 100) == work


async def test_what_a_model_adds_is_counted(
    suites: tuple[Suite, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = ScriptedModel(script)
    shown: list[Showing] = []

    @asynccontextmanager
    async def loaded(_: str | None, showing: Showing) -> AsyncIterator[ScriptedModel]:
        shown.append(showing)
        yield model

    monkeypatch.setattr(model_run, "loaded", loaded)
    variants = [Variant(model="scripted", showing=showing) for showing in SHOWINGS]
    rows = await compare(variants, left_over(suites), lambda *_: None)
    assert shown == list(SHOWINGS)
    first = rows[0]
    assert (first.right, first.wrong, first.abstained, first.late) == (2, 1, 1, 0)
    assert first.changes == (2, 1)
    assert first.gained == 1
    assert first.added_dangers == 1  # a deed where talk was expected
    assert any(second_look.PREFIX in prompt for prompt in model.prompts)
    lines = table(rows).splitlines()
    assert len(lines) == 2 + len(SHOWINGS)
    assert lines[2].startswith("| scripted | nearest things, examples | 4 | 2 | 1 | 1 | 0 | 2, 1 | +1 | 1 |")
