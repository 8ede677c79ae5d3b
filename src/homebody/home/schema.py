"""The structure of a home file: which keys there are, and of what type (``homebody.home/1``).

Structure only. Whether references lead somewhere and states are possible is judged in `building`. The JSON
schema of `home_schema` comes from here, and so do the keys that docs/home-file.md must explain. How devices
are bound to adapters is in `binding`.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from homebody.home.binding import AdaptersEntry, BindingEntry
from homebody.home.drawing import FloorPlanEntry
from homebody.home.entry import Entry, Name, Number, Text, Unit, Word, form, name_form

SCHEMA = "homebody.home/1"


class TextsByLanguage(Entry):
    zh: list[Text] = []
    """In Chinese."""
    en: list[Text] = []
    """In English."""


def _aliases_form(value: object) -> str:
    return "<keys>" if form(value) == "<keys>" else "<list>"


def _sensitive_form(value: object) -> str:
    return "<bool>" if form(value) == "<bool>" else "<list>"


Aliases = Annotated[
    Annotated[list[Text], Tag("<list>")] | Annotated[TextsByLanguage, Tag("<keys>")],
    Discriminator(_aliases_form),
]
Sensitive = Annotated[
    Annotated[list[Word], Tag("<list>")] | Annotated[bool, Tag("<bool>")], Discriminator(_sensitive_form)
]


def _scalar(value: object) -> object:
    if not isinstance(value, bool | int | float | str):
        raise ValueError("needs true, false, a number or a text")
    return value


State = Annotated[bool | int | float | str, BeforeValidator(_scalar)]


class ChoiceEntry(Entry):
    id: Text
    """Unique among the choices."""
    name: Name
    """What people call it."""
    aliases: Aliases = []
    """Other names."""


TraitChoice = Annotated[
    Annotated[Text, Tag("<text>")] | Annotated[ChoiceEntry, Tag("<keys>")], Discriminator(name_form)
]


Adapter = Annotated[
    Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Tag("<text>")]
    | Annotated[BindingEntry, Tag("<keys>")],
    Discriminator(name_form),
]


class TraitEntry(Entry):
    min: Number | None = None
    """Least value, in the trait's unit."""
    max: Number | None = None
    """Greatest value, in the trait's unit."""
    step: Annotated[Number, Field(gt=0)] | None = None
    """Distance between two values."""
    choices: Annotated[list[TraitChoice], Field(min_length=1)] | None = None
    """What the device offers, of color and mode: ids of the trait's own choices, or new ones with a name."""


class ControlEntry(Entry):
    id: Text
    """Unique within the device."""
    name: Name
    """What people call it."""
    aliases: Aliases = []
    """Other names."""
    type: Literal["bool", "number", "choice", "text", "action"]
    """What can be said to it."""
    min: Number | None = None
    """Least number."""
    max: Number | None = None
    """Greatest number."""
    step: Annotated[Number, Field(gt=0)] | None = None
    """Distance between two numbers."""
    unit: Unit | None = None
    """Unit of the number."""
    choices: list[ChoiceEntry] | None = None
    """For type choice: what can be chosen."""
    max_length: Annotated[int, Field(ge=1, le=2000)] | None = None
    """For type text: how many characters it takes."""
    access: Literal["read_write", "read", "write"] = "read_write"
    """read: it can only be looked at. write: its state cannot be read back."""


class BehaviourEntry(Entry):
    offline: bool = False
    """It never answers."""
    refuse: bool = False
    """It answers no to every command."""
    lie: bool = False
    """It answers yes to every command and does nothing."""
    slow: Annotated[Number, Field(ge=0, le=3600)] = 0.0
    """Seconds that it takes longer to answer."""
    latency: Annotated[Number, Field(ge=0, le=60)] = 0.02
    """Seconds that it usually takes to answer."""
    travel: Annotated[Number, Field(ge=0, le=3600)] = 8.0
    """Seconds that a curtain takes from end to end."""


class DeviceEntry(Entry):
    id: Text
    """Any unique text."""
    kind: Word
    """A word: light, curtain, kettle. Words that Homebody has never met work too."""
    kind_name: Name | None = None
    """What people call things of this kind, where the word is not in the table of kinds."""
    name: Name
    """What people call it."""
    aliases: Aliases = []
    """Other names."""
    area: Text | None = None
    """Id of the area that it is in."""
    part_of: Text | None = None
    """Id of the device that it is a part of."""
    traits: dict[str, TraitEntry | None] = {}
    """What it can do, of the things that everybody knows."""
    controls: list[ControlEntry] = []
    """What it can do besides."""
    sensitive: Sensitive = []
    """Actions that a person is asked about first; true for all of them."""
    adapter: Adapter = "simulated"
    """Who speaks to it: an adapter's name, or the name with what it needs to know of this device."""
    state: dict[str, State] = {}
    """How a simulated device starts, by trait or control."""
    behaviour: BehaviourEntry | None = None
    """How a simulated device misbehaves."""


class FloorEntry(Entry):
    id: Text
    """Unique among the floors."""
    name: Name
    """What people call it."""
    aliases: Aliases = []
    """Other names."""


class AreaEntry(Entry):
    id: Text
    """Unique among the areas."""
    name: Name
    """What people call it."""
    aliases: Aliases = []
    """Other names."""
    floor: Text | None = None
    """Id of the floor that it is on."""


class PersonEntry(Entry):
    id: Text
    """Unique among the people."""
    name: Name
    """What people call them."""
    role: Literal["adult", "child", "guest"] = "adult"
    """Who they are in the household."""


class LocationEntry(Entry):
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    """Degrees north."""
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    """Degrees east."""


class HomeFile(Entry):
    """A home: its floors, areas, devices and people."""

    schema_: Annotated[Literal["homebody.home/1"], Field(alias="schema")]
    """The version of this format."""
    name: Name
    """What people call it."""
    location: LocationEntry | None = None
    """Where it is, for sunrise and sunset."""
    floors: list[FloorEntry] = []
    """Its floors."""
    areas: list[AreaEntry] = []
    """Its rooms and other places."""
    plan: list[FloorPlanEntry] = []
    """Its floors as they are drawn: where walls, doors and furniture are."""
    adapters: AdaptersEntry | None = None
    """What adapters need to know of the home as a whole, by adapter."""
    devices: list[DeviceEntry] = []
    """Its things."""
    people: list[PersonEntry] = []
    """Who lives there."""


@cache
def _json_schema() -> dict[str, Any]:
    return HomeFile.model_json_schema(by_alias=True)


def home_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a home file."""
    return {**_json_schema(), "title": "Homebody home file", "$comment": SCHEMA}


def allowed_keys(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that a mapping at this path of a home file may have; empty where any may stand."""
    nodes = _forms(_json_schema())
    for segment in path:
        inner: list[dict[str, Any]] = []
        for node in nodes:
            child = (
                node.get("items")
                if isinstance(segment, int)
                else node.get("properties", {}).get(segment, node.get("additionalProperties"))
            )
            if isinstance(child, dict):
                inner += _forms(child)
        nodes = inner
    return tuple(key for node in nodes for key in node.get("properties", {}))


def _forms(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema node with its references followed and its alternatives spread out."""
    if "$ref" in node:
        return _forms(_json_schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    if alternatives := node.get("anyOf") or node.get("oneOf"):
        return [form for alternative in alternatives for form in _forms(alternative)]
    return [node]
