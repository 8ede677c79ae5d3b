"""One clause, read: what kind of sentence it is, of what it speaks, what it wishes. `reader` fills it."""

from __future__ import annotations

from dataclasses import dataclass, field

from homebody.assistant.plan import Comparison
from homebody.assistant.understanding.moods.mood import Mood
from homebody.assistant.understanding.times.timing import Said
from homebody.assistant.understanding.words.numbers import Number
from homebody.assistant.understanding.words.token import Token


@dataclass(slots=True)
class Head:
    """A thing that was named: exact devices, or kinds, with its place and its number."""

    words: list[Token]
    devices: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    areas: list[str] = field(default_factory=list)
    floors: list[str] = field(default_factory=list)
    absent: list[Token] = field(default_factory=list)  # places and names that this home does not have
    nowhere: bool = False  # "in the stable": an unknown word that must be a place
    beside: list[Token] = field(default_factory=list)  # such places, joined by "and" to ones that it has
    refined: tuple[str, ...] = ()
    """Kinds of a word right behind a device's name."""
    plural: bool = False
    shared: bool = False
    """Of all things of its kind: "all the lights", "which lights"."""
    weight: float = 1.0

    @property
    def place(self) -> bool:
        return bool(self.areas or self.floors)

    @property
    def thing(self) -> bool:
        return bool(self.devices or self.kinds)


@dataclass(slots=True)
class Direction:
    """Brighter, 亮一点, too dark: the functions that it may be of, and the way (1 or -1).

    ``complaint``: the way that it is already too far.
    """

    functions: tuple[str, ...]
    direction: int
    complaint: bool
    token: Token


@dataclass(slots=True)
class Frame:
    """Everything that a clause says."""

    tokens: list[Token]
    mood: Mood = "command"
    verbs: list[tuple[str, Token]] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    exceptions: list[Head] = field(default_factory=list)
    functions: list[Token] = field(default_factory=list)
    choices: list[Token] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    counted: str = ""
    """What the last number counts, if that is strange: 三圈, 一杯抹茶."""
    levels: list[str] = field(default_factory=list)
    tints: list[float] = field(default_factory=list)
    """Kinds of white, in kelvin."""
    changes: list[Direction] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    comparison: Comparison | None = None
    moments: list[Said] = field(default_factory=list)
    unknown: list[Token] = field(default_factory=list)
    amount: float = 1.0
    count: int = 0
    """How many things, where that was said."""
    all: bool = False
    everything: bool = False
    other: bool = False
    pronoun: bool = False
    here: bool = False
    home: bool = False
    also: bool = False
    to: bool = False
    by: bool = False
    more: bool = False
    needs: list[str] = field(default_factory=list)
    measures: tuple[str, ...] = ()
    event: bool = False
    keep: bool = False
    ensure: bool = False
    lack: bool = False
    text_from: int = 0
    """Where free text begins that a function takes; 0 for none."""
    text: str = ""
    """That text, in the person's own words."""
    continues: bool = False
    """It begins with "and", or with a correction of the last turn."""
    spoken_of: frozenset[str] = frozenset()
    """The functions that were set last, which more and less are of where none is named."""
    condition: str | None = None
    loose: list[Token] = field(default_factory=list)
    """Unknown words that name no thing: a call, an aside."""
    loose_end: list[Token] = field(default_factory=list)
    """Unknown words of what a wish is for, which change nothing."""
    strange_verb: bool = False
    """It wishes for something in a word that nobody knows."""

    @property
    def start(self) -> int:
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        return self.tokens[-1].end if self.tokens else 0

    @property
    def wish(self) -> bool:
        return bool(
            self.verbs
            or self.changes
            or self.levels
            or self.numbers
            or self.choices
            or self.needs
            or self.tints
            or self.text_from
        )

    @property
    def targets(self) -> bool:
        return bool(self.heads) or self.everything or self.pronoun or self.here
