"""Words and widths that the commands share when they print."""

from __future__ import annotations

from rich.console import Console

from homebody.home.function import Value

_PIPE_WIDTH = 160  # columns where nobody's window says; rich would take 80 and fold every table


def console() -> Console:
    """The terminal as it is now. Names and paths are printed as they are, never read as markup."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


def plain(value: Value) -> str:
    """A state as short as it can be said."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"


def megabytes(count: float) -> str:
    """Bytes as decimal megabytes, which is how disks and downloads are sold."""
    return f"{count / 1e6:,.0f} MB" if count >= 1e7 else f"{count / 1e6:,.1f} MB"


def duration(seconds: float) -> str:
    """A time that is left, as coarse as a person wants it."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
