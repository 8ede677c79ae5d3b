"""An exam with a real model: the scores are llama.cpp's, and a killed run finds the same."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("xllamacpp")
pytest.importorskip("numpy")

from tests.exam_data import write_exam

from homebody.core.errors import EngineError
from homebody.core.settings import load_settings
from homebody.lab.exams import cmmlu
from homebody.lab.exams.exam import Exam, Subject
from homebody.lab.exams.reading import Folder, read_exam
from homebody.lab.exams.results import load_results, writing
from homebody.lab.exams.runner import grouped, prompts, run
from homebody.lab.exams.wording import Wording
from homebody.lab.llama.scorer import Scorer
from homebody.language.catalogue import find
from homebody.weights.store import Store

MODEL = "smollm2-135m"
PATH = Store(load_settings().data_dir / "models", sources=()).path(find(MODEL))
pytestmark = [pytest.mark.model, pytest.mark.skipif(PATH is None, reason=f"{MODEL} is not here")]

# llama.cpp's own server, asked for every token's probability: another way through it, in another process.
SERVER = """
import json, sys, tempfile, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.n_ctx, parameters.n_parallel, parameters.verbosity = 1024, 1, -1
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
parameters.warmup = parameters.fit_params = parameters.ui = False
with tempfile.TemporaryDirectory() as folder:
    parameters.hostnames = [folder + "/test.sock"]
    server = xllamacpp.Server(parameters)
    for line in sys.stdin:
        request = {"prompt": json.loads(line), "max_tokens": 1, "logprobs": 60000, "temperature": 0}
        answer = server.handle_completions({**request, "cache_prompt": False})
        found = answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        of = {each["token"]: each["logprob"] for each in found if each["token"] in "ABCD"}
        print(json.dumps([of[letter] for letter in "ABCD"]), flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exam(tmp_path_factory.mktemp("exam"), 4)


@pytest.fixture(scope="module")
def exam(folder: Path) -> Exam:
    return read_exam(cmmlu.LAYOUT, Folder(folder))


@pytest.fixture(scope="module")
def scorer() -> Iterator[Scorer]:
    assert PATH is not None
    with Scorer.load(PATH, threads=1, context=1024) as loaded:
        yield loaded


def test_scores_are_those_of_llama_cpp_s_server(scorer: Scorer, exam: Exam) -> None:
    texts, ours = [], []
    subject = exam.subjects[0]
    for shots in (0, 2):
        found = prompts(scorer, subject, cmmlu.WORDINGS["official"], shots)
        (group,) = grouped(subject, {0, 3}, found)
        scorer.hold(group.shared)
        for prompt in group.asked:
            texts.append(prompt.text)
            ours.append(scorer.score(prompt.tokens[len(group.shared) :], prompt.letters))
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(
        [sys.executable, "-c", SERVER, str(PATH)],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    theirs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(theirs) == len(ours) == 4
    for mine, other in zip(ours, theirs, strict=True):
        # Activations are rounded to 8 bits, row by row of a batch, and the batches differ.
        assert mine == pytest.approx(other, abs=0.25)
        assert mine.index(max(mine)) == other.index(max(other)) or max(other) - sorted(other)[2] < 0.25


def test_a_score_does_not_depend_on_what_was_asked_before(scorer: Scorer, exam: Exam) -> None:
    subject = exam.subjects[1]
    found = prompts(scorer, subject, cmmlu.WORDINGS["official"], 1)
    (group,) = grouped(subject, set(range(4)), found)
    own = [prompt.tokens[len(group.shared) :] for prompt in group.asked]
    scorer.hold(())
    scorer.hold(group.shared)
    forward = [scorer.score(tokens, group.asked[0].letters) for tokens in own]
    scorer.hold(())
    scorer.hold(group.shared)
    backward = [scorer.score(tokens, group.asked[0].letters) for tokens in reversed(own)]
    assert forward == backward[::-1]


def test_a_shared_beginning_is_read_once(scorer: Scorer, exam: Exam, tmp_path: Path) -> None:
    from tests.unit.exams.test_exam_results import HEADING

    subject = exam.subjects[2]
    scorer.hold(())
    with writing(tmp_path / "r.jsonl", HEADING) as writer:
        run(
            scorer,
            HEADING,
            exam,
            cmmlu.WORDINGS["official"],
            {subject.id: subject.questions},
            writer,
            lambda _what, _done, _total: None,
        )
    first, *others = load_results(tmp_path / "r.jsonl").answered
    assert first.evaluated == first.tokens
    assert all(other.evaluated < other.tokens / 2 for other in others)


def test_what_does_not_fit_is_said_before_anything_is_read(
    scorer: Scorer, exam: Exam, tmp_path: Path
) -> None:
    from tests.unit.exams.test_exam_results import HEADING

    long = Wording(head="word " * 1100, question="", ask="?")
    subject = exam.subjects[0]
    with (
        pytest.raises(EngineError, match=r"agronomy, question 0: .* do not fit into a context of 1024"),
        writing(tmp_path / "r.jsonl", HEADING) as writer,
    ):
        run(scorer, HEADING, exam, long, {subject.id: subject.questions}, writer, lambda *_about: None)
    assert not load_results(tmp_path / "r.jsonl").answered


def test_letters_that_are_no_single_tokens_are_refused(scorer: Scorer, exam: Exam) -> None:
    subject: Subject = exam.subjects[0]
    with pytest.raises(EngineError, match="one token each"):
        prompts(scorer, subject, Wording(head="", question="", ask="?", letter=" the letter "), 0)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    with pytest.raises(EngineError, match="no model at"):
        Scorer.load(path)
    path.write_bytes(b"GGUF, but no more of it")
    with pytest.raises(EngineError, match="could not be loaded"):
        Scorer.load(path)


def sitting(folder: Path, results: Path) -> tuple[list[str], Mapping[str, str]]:
    command = [sys.executable, "-m", "homebody.lab.command", "cmmlu", "--model", MODEL, "--threads", "1"]
    subjects = ["--subject", "arts", "--subject", "virology", "--data", str(folder)]
    return [*command, *subjects, "--results", str(results)], {**os.environ, "OMP_NUM_THREADS": "1"}


def finish(folder: Path, results: Path) -> subprocess.CompletedProcess[str]:
    command, environment = sitting(folder, results)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def found(path: Path) -> dict[tuple[str, int], Any]:
    """Everything but how long it took."""
    return {
        (one.subject, one.index): (one.prompt, one.key, one.answer, one.scores)
        for one in load_results(path).answered
    }


def test_a_run_that_was_killed_goes_on_and_finds_the_same(folder: Path, tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole.jsonl", tmp_path / "killed.jsonl"
    assert finish(folder, whole).returncode == 0
    command, environment = sitting(folder, killed)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and lines(killed) < 3:
        select.select([], [], [], 0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    killed.write_bytes(killed.read_bytes() + b'{"subject": "art')  # as if in the middle of a line
    before = found(killed)
    assert 0 < len(before) < 8
    done = finish(folder, killed)
    assert done.returncode == 0, done.stderr
    assert found(killed) == found(whole)
    assert len(found(whole)) == 8
    assert "8 of 268 questions" in done.stdout


def test_two_runs_on_one_file_are_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    from tests.unit.exams.test_exam_results import HEADING

    with writing(path, HEADING):
        done = finish(folder, path)
    assert done.returncode == 2
    assert "Another run is writing" in done.stderr


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0
