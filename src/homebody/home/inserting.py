"""Putting a device or a broker into a home file that a person wrote, leaving every other line as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from homebody.core.errors import InputError
from homebody.home.file import parse_home

_BLOCK = re.compile(r"^devices:[ \t]*(#.*)?$", re.MULTILINE)
_EMPTY = re.compile(r"^devices:[ \t]*\[[ \t]*\][ \t]*(#.*)?$", re.MULTILINE)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_LIKE_A_NUMBER = re.compile(r"[-+.]?[.]?[0-9]")
_USUAL_INDENT = "  "


class _Dumper(yaml.SafeDumper):
    """Quotes texts that look like numbers to us and not to PyYAML, such as 0E0."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _LIKE_A_NUMBER.match(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


def yaml_text(data: object) -> str:
    """Plain data as a home file writes it."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def entry_text(*entries: Mapping[str, Any]) -> str:
    """Entries of devices, as the first items of a list."""
    return yaml_text([dict(entry) for entry in entries])


def with_devices(text: str, entries: Sequence[Mapping[str, Any]], source: str) -> str:
    """The text of a home file with some more devices, first in its list.

    Raises ``InputError`` where the list cannot be found, ``HomeFileError`` if the file is wrong, before or
    after.
    """
    parse_home(text, source)
    if found := _BLOCK.search(text):
        item = _ITEM.search(text, found.end())
        indent = item[1] if item else _USUAL_INDENT
        made = (
            f"{text[: found.end()]}\n{_indented(entries, indent)}{text[found.end() :].removeprefix(chr(10))}"
        )
    elif found := _EMPTY.search(text):
        rest = text[found.end() :].removeprefix("\n")
        made = f"{text[: found.start()]}devices:\n{_indented(entries, _USUAL_INDENT)}{rest}"
    elif re.search(r"^devices:", text, re.MULTILINE):
        raise InputError(f"{source}: its devices stand in one line", hint="Put the entry in by hand.")
    else:
        made = f"{text.rstrip(chr(10))}\ndevices:\n{_indented(entries, _USUAL_INDENT)}"
    parse_home(made, source)
    return made


def with_adapter(text: str, name: str, settings: Mapping[str, Any], source: str) -> str:
    """The text of a home file that says of an adapter what it needs to know of the home as a whole.

    Raises ``InputError`` where that must be put in by hand, ``HomeFileError`` if the file is wrong.
    """
    parse_home(text, source)
    said = yaml_text({name: dict(settings)})
    lines = "".join(f"{_USUAL_INDENT}{line}\n" for line in said.splitlines())
    if re.search(r"^adapters:", text, re.MULTILINE):
        raise InputError(
            f"{source} says something of its adapters already",
            hint=f"Put this in by hand, under adapters:\n{lines}",
        )
    made = f"{text.rstrip(chr(10))}\nadapters:\n{lines}"
    parse_home(made, source)
    return made


def add_devices(path: Path, entries: Sequence[Mapping[str, Any]]) -> None:
    """Put devices into a home file."""
    _rewrite(path, lambda text: with_devices(text, entries, str(path)))


def add_adapter(path: Path, name: str, settings: Mapping[str, Any]) -> None:
    """Put what an adapter needs to know into a home file."""
    _rewrite(path, lambda text: with_adapter(text, name, settings, str(path)))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    """A crash leaves the old file or the new one."""
    try:
        text = path.read_text(encoding="utf-8")
        made = change(text)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(made, encoding="utf-8")
        beside.chmod(path.stat().st_mode & 0o777)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The home file {path} cannot be changed: {error}") from error


def _indented(entries: Sequence[Mapping[str, Any]], indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in entry_text(*entries).splitlines())
