"""Reading the questions of an exam: what is wrong with a file is said, with its name and line."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exam_data import HEADER, write_exam

from homebody.core.errors import InputError
from homebody.core.gate import Gate, installed
from homebody.core.settings import load_settings
from homebody.lab.exams import ceval, cmmlu
from homebody.lab.exams.fetching import open_exam
from homebody.lab.exams.reading import Folder, files_at, read_exam

ROW = '{},"Which, of these?",one,two,three,four,B\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_exam(tmp_path / "exam")


def test_a_folder_is_read(folder: Path) -> None:
    exam = read_exam(cmmlu.LAYOUT, files_at(folder))
    assert len(exam.subjects) == 67
    first = exam.subjects[0]
    assert (len(first.demos), len(first.questions)) == (5, 7)
    assert first.questions[3].index == 3
    assert first.questions[0].text == "0, plus one?"
    assert first.questions[0].options == ("0", "1", "2", "3")


def test_categories_overlap_as_published(folder: Path) -> None:
    exam = read_exam(cmmlu.LAYOUT, files_at(folder))
    sizes = {name: sum(name in s.categories for s in exam.subjects) for name in exam.categories}
    assert sizes == {"STEM": 17, "Humanities": 13, "Social Science": 22, "Other": 15, "China specific": 15}


def test_an_archive_is_read_as_its_folder_is(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cmmlu.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.glob("*/*.csv"):
            archive.write(file, f"cmmlu/{file.parent.name}/{file.name}")
    assert read_exam(cmmlu.LAYOUT, files_at(path)).digest == read_exam(cmmlu.LAYOUT, Folder(folder)).digest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"", "lacks the column"),
        (HEADER.encode(), "has no questions"),
        (b",Question,A,B,C,Answer\n0,q,a,b,c,A\n", "lacks the column D"),
        ((HEADER + "0,q,a,b,c,d,E\n").encode(), "line 2: the answer is 'E'"),
        ((HEADER + ROW.format(0) + "1,q,a,b\n").encode(), "line 3: C is empty"),
        ((HEADER + "0,,a,b,c,d,A\n").encode(), "line 2: Question is empty"),
    ],
)
def test_a_damaged_file_is_named(folder: Path, content: bytes, said: str) -> None:
    (folder / "test" / "virology.csv").write_bytes(content)
    with pytest.raises(InputError, match=said) as raised:
        read_exam(cmmlu.LAYOUT, files_at(folder))
    assert "virology.csv" in str(raised.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "dev" / "arts.csv").unlink()
    with pytest.raises(InputError, match=r"arts\.csv"):
        read_exam(cmmlu.LAYOUT, files_at(folder))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.zip"
    path.write_bytes(b"not an archive")
    with pytest.raises(InputError, match="not a zip archive"):
        files_at(path)
    with pytest.raises(InputError, match="no data set"):
        files_at(tmp_path / "nowhere")


def test_nothing_is_fetched_without_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = replace(load_settings(), data_dir=tmp_path)
    with installed(Gate()), pytest.raises(InputError, match="not here") as raised:
        open_exam(ceval.LAYOUT, settings, None, fetch=False)
    assert "--fetch" in raised.value.hint
    assert "CC BY-NC-SA 4.0" in raised.value.hint
