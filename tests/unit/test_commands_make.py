"""The Makefile: what it runs, and that it installs nothing twice. A stand-in for Python keeps a log."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAND_IN = """#!/bin/sh
echo "$*" >> "{log}"
test "$1" != -m || test ! -e "{no_index}"
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


class Checkout:
    """A folder with the project's Makefile and an environment that is only a log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.no_index = folder / "no-index"
        self.log = folder / "log"
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, folder / name)
        binaries = folder / ".venv/bin"
        binaries.mkdir(parents=True)
        for name in ("pip", "python"):
            (binaries / name).write_text(STAND_IN.format(log=self.log, no_index=self.no_index))
            (binaries / name).chmod(0o755)

    def make(self, *arguments: str) -> str:
        """Output of make, without the variables of a `make test` that may run this."""
        outer = {
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "MAKEFLAGS",
            "MFLAGS",
            "MAKELEVEL",
            "MAKEOVERRIDES",
            "YES",
            "PORT",
            "HOME_FILE",
        }
        env = {key: value for key, value in os.environ.items() if key not in outer}
        done = subprocess.run(
            ["make", *arguments],
            cwd=self.folder, env=env, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        return done.stdout

    def installed(self) -> list[str]:
        """What pip was asked to install, oldest first."""
        calls = self.log.read_text().splitlines() if self.log.exists() else []
        return [call.split()[-1] for call in calls if call.startswith("-m pip install")]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_base_then_everything_then_nothing_more(checkout: Checkout) -> None:
    for goal in (".venv/.base", ".venv/.base", ".venv/.dev", ".venv/.dev", ".venv/.base"):
        checkout.make(goal)
    assert checkout.installed() == [".", ".[all,dev]"]


def test_everything_counts_as_the_base_too(checkout: Checkout) -> None:
    checkout.make(".venv/.dev")
    checkout.make(".venv/.base")
    assert checkout.installed() == [".[all,dev]"]


def test_without_an_index_what_is_installed_goes_on_and_the_next_call_tries_again(checkout: Checkout) -> None:
    checkout.no_index.touch()
    assert "going on with what is installed" in checkout.make(".venv/.dev")
    checkout.no_index.unlink()
    checkout.make(".venv/.dev")
    assert checkout.installed() == [".[all,dev]", ".[all,dev]"]


def test_run_hands_its_variables_on(checkout: Checkout) -> None:
    told = checkout.make("-n", "run", "YES=1", "PORT=9000", "HOME_FILE=my home.yaml")
    assert "YES=1 .venv/bin/homebody run --port '9000' --home 'my home.yaml'" in told
    assert checkout.make("-n", "run").rstrip().endswith(".venv/bin/homebody run")


def test_help_lists_every_command(checkout: Checkout) -> None:
    told = checkout.make()
    for command in ("run", "test", "check", "fix", "bench"):
        assert f"  make {command} " in told
