"""An invented data set of CMMLU's shape, for tests: no question of an exam is in this project."""

from __future__ import annotations

from pathlib import Path

import yaml

from homebody.lab.exams.reading import HERE

HEADER = ",Question,A,B,C,D,Answer\n"


def write_exam(folder: Path, questions: int = 7) -> Path:
    """A folder with sums for questions, five of them solved, in every subject."""
    subjects = yaml.safe_load((HERE / "cmmlu.yaml").read_text(encoding="utf-8"))["subjects"]
    for split, count in (("dev", 5), ("test", questions)):
        (folder / split).mkdir(parents=True)
        for subject in subjects:
            rows = "".join(f'{n},"{n}, plus one?",{n},{n + 1},{n + 2},{n + 3},B\n' for n in range(count))
            (folder / split / f"{subject}.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder
