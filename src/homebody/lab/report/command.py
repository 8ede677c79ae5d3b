"""``homebody lab report``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from homebody.core.settings import load_settings


def add_report(app: typer.Typer, write: Callable[[Path, str], None]) -> None:
    """Give ``app`` the command; ``write`` writes a file."""

    @app.command()
    def report(
        results: Annotated[
            list[Path] | None, typer.Argument(help="Results files; all in the data folder without them.")
        ] = None,
        html: Annotated[Path | None, typer.Option(help="Write one page to this file.")] = None,
        markdown: Annotated[Path | None, typer.Option(help="Write tables to this file.")] = None,
    ) -> None:
        """Exams that models sat here, beside what was published of others."""
        from homebody.lab.report.page import to_html  # noqa: PLC0415
        from homebody.lab.report.rows import rows  # noqa: PLC0415
        from homebody.lab.report.text import to_markdown  # noqa: PLC0415

        paths = results or sorted((load_settings().data_dir / "exams").glob("*.jsonl"))
        found = rows(paths)
        text = to_markdown(found)
        if html is not None:
            write(html, to_html(found))
        if markdown is not None:
            write(markdown, text)
        if html is None and markdown is None:
            Console().print(Markdown(text))
