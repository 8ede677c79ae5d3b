"""The list at the end of a test run: what was skipped and what it wants."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """
import pytest

@pytest.mark.model
@pytest.mark.parametrize("n", [1, 2])
def test_with_a_model(n):
    pytest.skip("no weights here")

@pytest.mark.browser
def test_with_a_browser():
    pytest.skip("no chromium here")

def test_plain():
    pass
"""


def run(folder: Path, *arguments: str) -> str:
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_it.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  model: m\n  browser: b\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_skips_are_grouped_by_what_is_missing(tmp_path: Path) -> None:
    told = run(tmp_path)
    assert "1 skipped for want of chromium" in told
    assert "2 skipped for want of real model weights" in told
    assert "2 x no weights here" in told


def test_nothing_skipped_is_said_too(tmp_path: Path) -> None:
    told = run(tmp_path, "-k", "plain")
    assert "Nothing was skipped." in told and "3 were not asked for" in told
