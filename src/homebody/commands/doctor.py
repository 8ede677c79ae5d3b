"""``homebody doctor`` and ``homebody settings``: how things stand, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields

from rich.table import Table
from rich.text import Text

from homebody.commands import checks
from homebody.commands.checks import Finding
from homebody.commands.terminal import console
from homebody.core.errors import HomebodyError
from homebody.core.settings import Settings, settings_table

STYLES = {"ok": "green", "look": "yellow", "mend": "bold red"}


def show(load: Callable[[], Settings]) -> int:
    """Print every check; 1 if something has to be mended, 0 if not. Settings that are wrong are a finding."""
    findings = examine(load)
    table = Table("", "what", "found", "what to do", title="Homebody doctor")
    for each in findings:
        table.add_row(Text(each.state, STYLES[each.state]), each.what, each.found, each.todo)
    out = console()
    out.print(table)
    bad = sum(each.state == "mend" for each in findings)
    out.print(f"{bad} to mend." if bad else "All is well: nothing has to be mended.")
    return 1 if bad else 0


def examine(load: Callable[[], Settings]) -> list[Finding]:
    """Every check, in the order in which a person would mend things."""
    findings = list(checks.of_machine())
    try:
        settings = load()
    except HomebodyError as error:
        findings.append(Finding(state="mend", what="settings", found=error.message, todo=error.hint))
        what = "not looked at: disk, data folder, home, model, port and network depend on the settings"
        findings.append(Finding(state="look", what="the rest", found=what))
        return findings
    changed = [each.name for each in fields(Settings) if _origin(each.name, settings) != "default"]
    found = f"changed: {', '.join(changed)}" if changed else "all as they come"
    findings.append(Finding(state="ok", what="settings", found=found))
    return findings + list(checks.of_settings(settings))


def show_settings(settings: Settings) -> None:
    """Print every setting: its value now, where it comes from, how to set it, and what it means."""
    table = Table("setting", "now", "from", "variable", "allowed", "meaning", title="Settings")
    for row in settings_table():
        origin = _origin(row.key, settings)
        unset = getattr(settings, row.key) in (None, "")
        shown = row.default if unset else _shown(getattr(settings, row.key))
        table.add_row(row.key, shown, origin, row.environment, row.allowed, row.help)
    out = console()
    out.print(table)
    out.print("Set them in ~/.config/homebody/settings.toml (key = value), or as environment variables.")


def _origin(key: str, settings: Settings) -> str:
    """Where a value comes from. A file that says what is the default anyway counts as the default."""
    variables = next(row.environment.split(" or ") for row in settings_table() if row.key == key)
    if any(os.environ.get(name) for name in variables):
        return "environment"
    return "default" if getattr(settings, key) == getattr(Settings(), key) else "file"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
