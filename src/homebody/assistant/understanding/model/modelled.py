"""The model's turn: what it is shown, and every line that it may write.

The model sees a fixed prefix (kept evaluated on disk), the few things near the sentence, and the sentence. It
writes one line, and a grammar of exactly these lines lets it write nothing else:

    say: words          an answer in words: talk, knowledge, or that it does not know
    do A power on       one change, from the finite list of those that `Offer` makes
    unknown             it does not know what is meant

Numbers are offered only where the sentence says them, else ``up`` and ``down``: a model that may write any
number writes one that nobody said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from homebody.assistant.understanding.model.retrieval import Near
from homebody.assistant.understanding.wishes.amounts import step_of
from homebody.assistant.understanding.wishes.change import Change
from homebody.assistant.understanding.wishes.units import convert, whole
from homebody.assistant.understanding.words.numbers import Number
from homebody.home.function import Action, Function, Type
from homebody.home.label import Language
from homebody.language.prompt import Prompt, chat

SYSTEM = """\
You are Homebody (宅家), the voice of a home; you run on this computer and nothing leaves it. Answer with \
one line, in the language of the message, after >.
say: ...  answer talk, questions and stories in one short honest sentence. You know no news, weather, \
prices, internet or what goes on in the home: say so.
do A power on  change ONE thing from the list, only if the person clearly wants it or needs it now.
unknown  if it is unclear, or the thing is not in the list."""

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("A 书房台灯 power, brightness 1-100\n> 看书有点费眼睛", "do A power on"),
    ("> 你喜欢什么颜色", "say: 我喜欢蓝色，像晚上的天空。"),
    ("A bedroom fan power, speed 0-100\nB bedroom light power\n> let some air move in here", "do A power on"),
    ("> why is the sky blue", "say: Air scatters blue light more than red, so the sky looks blue."),
    ("A 客厅空调 power, target 16-30\n> 空调为什么会滴水", "say: 多半是排水管堵了，可以请人清洗一下。"),
    ("A kettle power, target 40-100\n> get the water to 80 for green tea", "do A target 80"),
    ("> 明天会下雨吗", "say: 我看不到天气预报，所以不知道。"),
    (
        "A kitchen light power\n> how do I change the bulb in the kitchen",
        "say: Turn it off, let it cool, and swap it.",
    ),
    ("A 客厅灯 power\n> 那个东西弄一下", "unknown"),
    ("A living room TV power, volume 0-100\n> I can't make out a word they say", "do A volume up"),
    ("A 玄关灯 power\n> 我今天工作好累", "say: 辛苦了，早点休息吧。"),
    ("A study light power\n> start the popcorn machine", "unknown"),
)

MAX_TOKENS = 48

SAY = "say:"
_NAME = re.compile(r"[^A-Za-z0-9_]")
_SHORT = {"on_off": "power", "thermostat": "target", "fan_speed": "speed", "color_temperature": "kelvin"}
"""Names that a small model knows better."""
_CHOICES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What a model gets to see: the ``nearest`` things only (else the home from its beginning), and
    ``examples``. Both are worth their tokens; the lab measures how much."""

    nearest: bool = True
    examples: bool = True


SHOWING = Showing()


def prompt(message: str, showing: Showing = SHOWING) -> Prompt:
    return chat(system=SYSTEM, examples=EXAMPLES if showing.examples else (), user=message)


PREFIX = prompt("").prefix


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line's meaning: words to say, or a change of a thing; neither, where it is ``unknown``."""

    say: str = ""
    thing: Near | None = None
    change: Change | None = None


UNKNOWN = Proposal()


@dataclass(frozen=True, slots=True)
class Offer:
    """All that the model may choose from: things by letter, and the numbers that were said.

    Without ``may_act`` things are shown only as what the sentence is about; without ``may_say`` there are no
    answers in words.
    """

    things: tuple[Near, ...] = ()
    numbers: tuple[Number, ...] = ()
    may_act: bool = True
    may_say: bool = True

    def message(self, text: str, language: Language) -> str:
        """The things, one a line, and the sentence."""
        lines = [f"{self._letter(index)} {thing.device.name.text(language)} {_functions(thing)}\n"
                 for index, thing in enumerate(self.things)]  # fmt: skip
        return f"{''.join(lines)}> {' '.join(text.split())}"

    def changes(self) -> dict[str, Proposal]:
        """Every change that may be written, by its line."""
        if not self.may_act:
            return {}
        return {
            f"do {self._letter(index)} {short_name(function)}{f' {word}' if word else ''}": Proposal(
                thing=thing, change=change
            )
            for index, thing in enumerate(self.things)
            for function in thing.functions
            for word, change in self._words(thing, function)
        }

    def grammar(self, language: Language) -> str:
        """The GBNF of all lines that may be written. An answer in English does not begin in Chinese."""
        lines = "".join(f" | {_quoted(line)}" for line in self.changes())
        first = "[A-Z]" if language == "en" else "[^\\n;{}<> ]"
        say = f'say ::= "say: " {first} [^\\n;{{}}<>]{{1,140}}\n' if self.may_say else ""
        return f'{say}root ::= {"say | " if say else ""}"unknown"{lines}\n'

    def proposal(self, line: str) -> Proposal:
        """What a line stands for. A line that could not be written is unknown."""
        line = line.strip()
        if line.startswith(SAY):
            return Proposal(say=line.removeprefix(SAY).strip()) if self.may_say else UNKNOWN
        return self.changes().get(line, UNKNOWN)

    @staticmethod
    def _letter(index: int) -> str:
        return chr(ord("A") + index)

    def _words(self, thing: Near, function: Function) -> Iterator[tuple[str, Change]]:
        """What can stand behind a function's name, and what it means."""
        for action in function.actions:
            if action is Action.RUN:
                yield "", Change(function, action)
            elif action is not Action.SET and action is not Action.TOGGLE:
                yield action.value, Change(function, action)
        if Action.SET not in function.actions:
            return
        for choice in _choices(thing, function):
            yield choice, Change(function, Action.SET, choice)
        if function.type is Type.NUMBER:
            for number in self.numbers:
                if (value := convert(number, function)) is not None and math.isfinite(value):
                    yield f"{value:g}", Change(function, Action.SET, whole(value))
            if step := step_of(function, None):
                yield "up", Change(function, Action.SET, delta=step)
                yield "down", Change(function, Action.SET, delta=-step)


def short_name(function: Function) -> str:
    """What the model knows a function by."""
    return _SHORT.get(function.id, _NAME.sub("_", function.id))


def _functions(thing: Near) -> str:
    return ", ".join(_shown(thing, function) for function in thing.functions)


def _shown(thing: Near, function: Function) -> str:
    name = short_name(function)
    if function.type is Type.NUMBER and Action.SET in function.actions:
        bounded = math.isfinite(function.min) and math.isfinite(function.max)
        return f"{name} {function.min:g}-{function.max:g}" if bounded else name
    choices = _choices(thing, function) if Action.SET in function.actions else []
    return f"{name} {'|'.join(choices)}" if choices else name


def _choices(thing: Near, function: Function) -> list[str]:
    """At most `_CHOICES` ids, those first that the sentence names."""
    ids = [choice.id for choice in function.choices]
    return sorted(ids, key=lambda choice: (function.id, choice) not in thing.choices)[:_CHOICES]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
