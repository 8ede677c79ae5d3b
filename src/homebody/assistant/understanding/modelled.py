"""The model's turn: what the grammar is not sure of.

The model sees a fixed prefix (kept evaluated on disk), the few things near the sentence, and the sentence. It
writes one short line, and a grammar made of exactly these things lets it write nothing else:

    say: words          an answer in words: talk, knowledge, or that it does not know
    do A power on       one change; the letters stand for the things that it was shown
    unknown             it does not know what is meant

The first word is the decision, and how likely the model found it is most of how sure it is. A sentence that
the grammar took for a question, a negation, a report or a quotation can only be answered in words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homebody.assistant.plan import Command, Plan, Problem, Step
from homebody.assistant.understanding.retrieval import Near
from homebody.home.function import Action, Function, Type, Value
from homebody.home.label import Language
from homebody.language.prompt import Prompt, chat

SYSTEM = """\
You are Homebody (宅家), the voice of a home; you run on this computer and nothing leaves it. Answer with \
one line, in the language of the message, after >.
say: ...  answer talk, questions and stories in one short honest sentence. You know no news, weather, prices \
or internet: say so.
do A power on  change ONE thing from the list, only if the person clearly wants it or needs it now.
unknown  if it is unclear, or the thing is not in the list."""

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("A 书房台灯 power, brightness 1-100\n> 看书有点费眼睛", "do A power on"),
    ("> 你喜欢什么颜色", "say: 我喜欢蓝色，像晚上的天空。"),
    ("A bedroom fan power, speed 0-100\nB bedroom light power\n> let some air move in here", "do A power on"),
    ("> why is the sky blue", "say: Air scatters blue light more than red, so the sky looks blue."),
    ("A 客厅空调 power, target 16-30\n> 空调为什么会滴水", "say: 多半是排水管堵了，可以请人清洗一下。"),
    ("A kettle power, target 40-100\n> get the water ready for green tea", "do A target 80"),
    ("> 明天会下雨吗", "say: 我看不到天气预报，所以不知道。"),
    (
        "A kitchen light power\n> how do I change the bulb in the kitchen",
        "say: Turn it off, let it cool, and swap it.",
    ),
    ("A 客厅灯 power\n> 那个东西弄一下", "unknown"),
    ("A living room TV power, volume 0-100\n> I can't make out a word they say", "do A volume 40"),
    ("A 玄关灯 power\n> 我今天工作好累", "say: 辛苦了，早点休息吧。"),
    ("A study light power\n> start the popcorn machine", "unknown"),
)

MAX_TOKENS = 48


def prompt(message: str, examples: Sequence[tuple[str, str]] = EXAMPLES) -> Prompt:
    return chat(system=SYSTEM, examples=examples, user=message)


PREFIX = prompt("").prefix
"""What every turn's prompt begins with: evaluated once, kept on disk."""

_SAY = "say:"
_NAME = re.compile(r"[^A-Za-z0-9_]")
_LINE = re.compile(r"^do (?P<letter>[A-Z]) (?P<function>[A-Za-z0-9_]+)(?: (?P<value>\S+))?$")
_SHORT = {"on_off": "power", "thermostat": "target", "fan_speed": "speed", "color_temperature": "kelvin"}
"""Names that a small model knows better."""
_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """What the model may choose from: things by letter, functions by the name they are shown under."""

    things: tuple[Near, ...]

    def letter(self, index: int) -> str:
        return chr(ord("A") + index)

    def functions(self, index: int) -> dict[str, Function]:
        return {_SHORT.get(f.id, _NAME.sub("_", f.id)): f for f in self.things[index].functions}

    def lines(self, language: Language) -> str:
        lines: list[str] = []
        for index, thing in enumerate(self.things):
            functions = ", ".join(_shown(name, f) for name, f in self.functions(index).items())
            lines.append(f"{self.letter(index)} {thing.device.name.text(language)} {functions}\n")
        return "".join(lines)


def _shown(name: str, function: Function) -> str:
    if function.type is Type.NUMBER and Action.SET in function.actions:
        bounded = math.isfinite(function.min) and math.isfinite(function.max)
        return f"{name} {function.min:g}-{function.max:g}" if bounded else name
    if function.type is Type.CHOICE and Action.SET in function.actions:
        return f"{name} {'|'.join(choice.id for choice in function.choices[:_CHOICES])}"
    return name


def user_message(text: str, shown: Shown, language: Language) -> str:
    return f"{shown.lines(language)}> {' '.join(text.split())}"


def _words(function: Function) -> dict[str, tuple[Action, Value | None]]:
    """What can be written behind a function's name, and what it means."""
    result: dict[str, tuple[Action, Value | None]] = {}
    for action in function.actions:
        if action is Action.SET:
            result |= {choice.id: (action, choice.id) for choice in function.choices[:_CHOICES]}
        elif action is not Action.TOGGLE:
            result[action.value] = (action, None)
    return result


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def grammar_for(shown: Shown, *, may_act: bool) -> str:
    """The GBNF of all lines that the model may write."""
    rules = ['say ::= "say: " [^\\n;{}<>]{2,140}']
    changes: list[str] = []
    if may_act:
        for index in range(len(shown.things)):
            for name, function in shown.functions(index).items():
                start = f"do {shown.letter(index)} {name}"
                if function.type is Type.NUMBER and Action.SET in function.actions:
                    changes.append(f"{_quoted(start + ' ')} number")
                if words := _words(function):
                    if function.type is Type.ACTION:
                        changes.append(_quoted(start))
                    else:
                        changes.append(f"{_quoted(start + ' ')} ({' | '.join(map(_quoted, words))})")
    if changes:
        rules += [
            f"change ::= {' | '.join(changes)}",
            'number ::= "-"? [0-9]{1,5} ("." [0-9])?',
            'root ::= say | "unknown" | change',
        ]
    else:
        rules.append('root ::= say | "unknown"')
    return "\n".join(rules) + "\n"


def spoken(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Takes the pieces of a line as the model writes it; tells the words behind ``say:``, nothing else."""
    written = ""
    told = 0

    def take(piece: str) -> None:
        nonlocal written, told
        written += piece
        if written.startswith(_SAY) and len(written) > max(told, len(_SAY)):
            start, told = max(told, len(_SAY)), len(written)
            tell(written[start:])

    return take


def sureness(probabilities: Sequence[float]) -> float:
    """How sure the model was of a change, 0..1: of its decision (the first token), times the geometric mean
    of the rest. Measured in docs/understanding.md."""
    if not probabilities:
        return 0.0
    first, *rest = probabilities
    if not rest:
        return first
    return first * math.exp(sum(math.log(max(p, 1e-6)) for p in rest) / len(rest))


def plan_of(line: str, text: str, language: Language, shown: Shown, confidence: float) -> Plan:
    """The plan that a line stands for. What the devices cannot do becomes a problem, whatever was written."""
    line = line.strip()
    words = text.strip()
    base = Plan(text=text, language=language, source="model", confidence=round(confidence, 3))
    if line.startswith(_SAY) and (said := line.removeprefix(_SAY).strip()):
        return _with(base, say=said)
    match = _LINE.match(line)
    index = ord(match["letter"]) - ord("A") if match else -1
    if match is None or index >= len(shown.things):
        return _with(base, problems=[Problem(kind="not_understood", words=words)])
    device = shown.things[index].device
    function = shown.functions(index).get(match["function"])
    if function is None:
        return _with(base, problems=[Problem(kind="not_understood", words=words)])
    action, value = _meaning(function, match["value"])
    if action is None or function.reject(action, value):
        problem = Problem(kind="out_of_range", words=words, device=device.id, function=function.id,
                          min=function.min, max=function.max, unit=function.unit)  # fmt: skip
        return _with(base, problems=[problem])
    unit = function.unit if function.type is Type.NUMBER and action is Action.SET else ""
    step = Command(device=device.id, function=function.id, action=action, value=value, unit=unit, words=words)
    return _with(base, steps=[step])


def _with(
    plan: Plan, *, say: str | None = None, steps: Sequence[Step] = (), problems: Sequence[Problem] = ()
) -> Plan:
    return Plan(text=plan.text, language=plan.language, source=plan.source, confidence=plan.confidence,
                steps=tuple(steps), problems=tuple(problems), say=say)  # fmt: skip


def _meaning(function: Function, written: str | None) -> tuple[Action | None, Value | None]:
    if written is None:
        return (Action.RUN, None) if Action.RUN in function.actions else (None, None)
    words = _words(function)
    if written in words:
        return words[written]
    try:
        number = float(written)
    except ValueError:
        return None, None
    return Action.SET, int(number) if number.is_integer() else number
