"""The report: ours and published told apart, and a page that needs nothing else."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.unit.exams.test_exam_results import HEADING, answered

from homebody.core.errors import InputError
from homebody.lab.exams.results import writing
from homebody.lab.report.page import to_html
from homebody.lab.report.rows import Row, published, rows
from homebody.lab.report.text import to_markdown


@pytest.fixture
def found(tmp_path: Path) -> list[Row]:
    path = tmp_path / "r.jsonl"
    with writing(path, replace(HEADING, exam="cmmlu", model="<mine>", model_bytes=5_000_000)) as writer:
        for index in range(6):
            wrong = "B" if index < 2 else "A"
            writer.add(replace(answered(index), subject="arts", answer=wrong))
    return rows([path])


def test_ours_are_scored_with_their_interval(found: list[Row]) -> None:
    (mine,) = [row for row in found if row.ours]
    assert mine.overall.value == pytest.approx(4 / 6)
    assert mine.overall.low is not None
    assert mine.overall.low < 4 / 6
    assert set(mine.categories) == {"Humanities"}
    assert "a sample of 6 of 11,582 questions in 1 subjects" in mine.note


def test_the_markdown_tells_whose_a_figure_is(found: list[Row]) -> None:
    lines = to_markdown(found).splitlines()
    mine = [line for line in lines if "<mine>" in line]
    assert [line.startswith("| **ours** |") for line in mine] == [True]
    others = [line for line in lines if "MiLM-6B |" in line]
    assert len(others) == 3
    assert all(line.startswith("| published |") for line in others)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.bars: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag == "rect" and "x" in values and "height" in values and values["height"] == "16":
            self.bars.append(values["class"] or "")


def test_the_page_needs_nothing_else_and_marks_ours(found: list[Row]) -> None:
    text = to_html(found)
    page = Page()
    page.feed(text)
    assert not page.fetched
    assert "@import" not in text
    assert "url(" not in text
    assert page.bars.count("ours") == 2  # overall and the one category
    assert "<mine>" not in text


def test_published_figures_have_a_source_and_are_shares() -> None:
    for row in published():
        assert "https://" in row.note
        for figure in (row.overall, *row.categories.values()):
            assert 0.2 < figure.value < 1


def test_results_of_an_unknown_exam_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with writing(path, HEADING):
        pass
    with pytest.raises(InputError, match="no exam e"):
        rows([path])
