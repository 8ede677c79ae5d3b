"""The results file, the sample and the averages."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from homebody.core.errors import InputError, RecordError
from homebody.lab.exams.exam import Question, Subject
from homebody.lab.exams.results import Answered, Heading, Writer, load_results, writing
from homebody.lab.exams.sampling import chosen
from homebody.lab.exams.scores import average
from homebody.lab.statistics import Share

HEADING = Heading(
    exam="e", title="E", data="d", protocol="official", shots=0, model="m", model_sha256="h", model_bytes=1,
    model_description="small", runtime="r 1", features="AVX", machine="here",
)  # fmt: skip


def answered(index: int) -> Answered:
    return Answered(
        subject="s", index=index, prompt="p", key="A", answer="A", scores=(-0.1, -3.0, -4.0, -5.0),
        tokens=9, evaluated=9, ms=1.0,
    )  # fmt: skip


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "r.jsonl"
    with writing(path, HEADING) as writer:
        writer.add(answered(0))
        assert load_results(path).answered == (answered(0),)  # also while it is being written
    with writing(path, replace(HEADING, machine="there")) as writer:
        assert writer.answered == (answered(0),)
        writer.add(answered(1))
    assert load_results(path).heading == HEADING
    assert load_results(path).answered == (answered(0), answered(1))


def test_a_line_that_was_cut_off_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with writing(path, HEADING) as writer:
        writer.add(answered(0))
        writer.add(answered(1))
    path.write_bytes(path.read_bytes()[:-7])
    with writing(path, HEADING) as writer:
        assert writer.answered == (answered(0),)
        writer.add(answered(2))
    assert [one.index for one in load_results(path).answered] == [0, 2]


def test_two_runs_do_not_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with (
        writing(path, HEADING) as writer,
        pytest.raises(InputError, match="Another run"),
        writing(path, HEADING),
    ):
        writer.add(answered(0))
    with writing(path, HEADING) as writer:
        assert not writer.answered


@pytest.mark.parametrize("change", [{"model_sha256": "x"}, {"protocol": "lm-eval"}, {"shots": 5}])
def test_a_file_of_another_run_is_refused_and_stays(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "r.jsonl"
    with writing(path, HEADING) as writer:
        writer.add(answered(0))
    before = path.read_bytes()
    other = replace(HEADING, **change)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=next(iter(change))), writing(path, other):
        pass
    assert path.read_bytes() == before


def test_a_file_of_something_else_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\nthere\n")
    with pytest.raises(InputError, match=r"notes\.txt, line 1"), writing(path, HEADING):
        pass
    assert path.read_text() == "hello\nthere\n"


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    full = Path("/dev/full")
    with full.open("wb", buffering=0) as file, pytest.raises(RecordError, match="No space left") as raised:
        Writer(full, file, ()).add(answered(0))
    assert "goes on" in raised.value.hint


def test_a_place_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(RecordError, match="cannot be written"), writing(file / "r.jsonl", HEADING):
        pass


def subjects(*sizes: int) -> list[Subject]:
    def question(index: int) -> Question:
        return Question(index=index, text="q", options=("a", "b", "c", "d"), answer="A")

    return [
        Subject(
            id=f"s{place}",
            title="t",
            categories=("c",),
            demos=(),
            questions=tuple(question(index) for index in range(size)),
        )
        for place, size in enumerate(sizes)
    ]


def test_a_sample_has_its_share_of_every_subject() -> None:
    small, large = (chosen(subjects(100, 300, 10), size) for size in (41, 205))
    assert [len(found) for found in small.values()] == [10, 29, 2]
    assert sum(len(found) for found in large.values()) == 205
    assert all(set(small[id_]) <= set(large[id_]) for id_ in small)
    assert small == chosen(subjects(100, 300, 10), 41)


def test_a_sample_that_is_too_small_is_refused() -> None:
    with pytest.raises(InputError, match="cannot have one of each"):
        chosen(subjects(5, 5, 5), 2)
    assert sum(len(found) for found in chosen(subjects(5, 5), 99).values()) == 10


def test_macro_counts_subjects_and_micro_counts_questions() -> None:
    found = average("x", [Share(right=1, total=1), Share(right=25, total=100)])
    assert found.macro == pytest.approx(0.625)
    assert found.micro == Share(right=26, total=101)


def test_the_interval_of_a_macro_average_covers_what_it_should() -> None:
    """Of exams drawn with known rates, about 95 % of the intervals hold the true average."""
    draw = random.Random(7)
    rates = [draw.uniform(0.15, 0.95) for _ in range(12)]
    truth = sum(rates) / len(rates)
    held = 0
    for _ in range(600):
        shares = [Share(right=sum(draw.random() < rate for _ in range(9)), total=9) for rate in rates]
        found = average("x", shares)
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 600 <= 0.99
