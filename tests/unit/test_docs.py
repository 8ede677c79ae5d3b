"""The documents say what is true: commands, settings, rooms and links are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from homebody.cli import app
from homebody.core.settings import settings_table

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_that_are_shown_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = set(re.findall(r"(?:^|`|/)homebody ([a-z]+)", text, re.MULTILINE))
    later = {
        "listen",
        "robot",
        "pair",
    }  # named in the changelog of plans only
    assert not (shown - set(COMMANDS) - {"lab"}) & (shown - later)


def test_make_targets_that_the_readme_shows_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in ("README.md", "README.zh.md"):
        for target in re.findall(r"^make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_setting_is_documented_as_it_is() -> None:
    rows = {}
    for line in (ROOT / "docs/settings.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            rows[cells[0].strip("`")] = cells[1:]
    assert list(rows) == [row.key for row in settings_table()]
    for row in settings_table():
        environment = " or ".join(f"`{name}`" for name in row.environment.split(" or "))
        assert rows[row.key] == [row.default or "none", environment, row.allowed, row.help]


def test_the_arrows_between_rooms() -> None:
    """core <- {weights <- {language, speech}, home, robot} <- assistant <- {server, commands, cli, lab}."""
    allowed = {
        "core": set(),
        "weights": {"core"},
        "language": {"core", "weights"},
        "speech": {"core", "weights"},
        "home": {"core"},
        "robot": {"core"},
        "assistant": {"core", "weights", "language", "speech", "home", "robot"},
        "server": {"core", "weights", "language", "speech", "home", "robot", "assistant"},
        "commands": {"core", "weights", "language", "speech", "home", "robot", "assistant", "server"},
        "lab": {"core", "weights", "language", "speech", "home", "robot", "assistant"},
    }
    source = ROOT / "src/homebody"
    rooms = {path.name for path in source.iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(allowed)
    wrong = []
    for room in rooms:
        for module in (source / room).rglob("*.py"):
            text = module.read_text(encoding="utf-8")
            for other in re.findall(r"^\s*(?:from|import) homebody\.(\w+)", text, re.MULTILINE):
                if other != room and other in allowed and other not in allowed[room]:
                    wrong.append(f"{module.relative_to(source)} imports {other}")
    assert not wrong
