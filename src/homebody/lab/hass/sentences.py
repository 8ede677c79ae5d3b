"""Reading the test files: ``<language>/<Intent>/<slots>.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from homebody.core.errors import InputError
from homebody.home.label import Language

FOLDERS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing of the test's home. ``area`` is an area's name; ``unit`` and ``device_class`` may be empty."""

    name: str
    domain: str
    area: str | None = None
    state: str = ""
    device_class: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HassTest:
    """One group of sentences that mean the same: ``intent`` with ``slots``, in the home of its file.

    ``areas`` gives the floor (or None) of each area, by name; ``area`` is where the speaker is; ``response``
    what Home Assistant answers.
    """

    language: Language
    intent: str
    source: str
    sentences: tuple[str, ...]
    slots: Mapping[str, Any] = field(default_factory=dict)
    area: str | None = None
    response: str = ""
    areas: Mapping[str, str | None] = field(default_factory=dict)
    floors: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()


def read_tests(folder: Path, languages: tuple[Language, ...]) -> Iterator[HassTest]:
    """All tests below a folder. Raises InputError for a file that is not such a test."""
    for language in languages:
        for path in sorted((folder / FOLDERS[language]).glob("*/*.yaml")):
            try:
                data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
                yield from _tests(data, language, path)
            except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
                raise InputError(f"{path}: not a sentence test: {error!r}") from error


def _tests(data: Mapping[str, Any], language: Language, path: Path) -> Iterator[HassTest]:
    areas = {area["name"]: area.get("floor") for area in data.get("areas", ())}
    here = next((area["name"] for area in data.get("areas", ()) if area.get("context_area")), None)
    slotted = all("context" not in test for test in data["tests"])
    for test in data["tests"]:
        yield HassTest(
            language=language,
            intent=path.parent.name,
            source=f"{path.parent.name}/{path.stem}",
            sentences=tuple(test["sentences"]),
            slots=dict(test.get("slots") or {}),
            area=(test.get("context") or {}).get("area") or (here if slotted else None),
            response=str(test.get("response", "")),
            areas=areas,
            floors=tuple(floor["name"] for floor in data.get("floors", ())),
            entities=tuple(_entity(entity) for entity in data.get("entities", ())),
        )


def _entity(data: Mapping[str, Any]) -> Entity:
    attributes = data.get("attributes") or {}
    return Entity(
        name=data["name"],
        domain=data["domain"],
        area=data.get("area"),
        state=str(data.get("state") or ""),
        device_class=attributes.get("device_class", ""),
        unit=attributes.get("unit_of_measurement", ""),
    )
