"""The model's turn: what the grammar is not sure of.

The model sees a fixed prefix (kept evaluated on disk), the sentence, and the few devices near it. It writes
one short line, and a grammar made of exactly these devices lets it write nothing else:

    say: words            an answer in words: small talk, knowledge, or that it does not know
    A.brightness=40       changes; the letters stand for the devices that it was shown
    unknown               it does not know what is meant

A sentence that the grammar took for a question, a negation or a report can only be answered in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homebody.assistant.plan import Command, Plan, Problem, Step
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type, Value
from homebody.home.label import Language
from homebody.language.prompt import Prompt, chat

SYSTEM = """\
You are Homebody (宅家), a home assistant that runs on the person's own computer. Reply with one line in the \
person's language.
say: a short honest answer, for talk and questions. You cannot see news, weather or the internet: then say \
that you do not know.
A.power=on; B.mode=cool  to change listed devices, only when the person wants that.
unknown  when it is not clear what is wanted."""

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("A 书房台灯 on_off brightness(1-100)\n> 看书有点费眼睛", "A.on_off=on; A.brightness=80"),
    ("> 你会做什么", "say: 我能开关和调节家里的设备，查看它们的状态，也能陪你聊两句。"),
    (
        "A bedroom fan on_off fan_speed(0-100)\nB bedroom light on_off\n> it's stuffy, let some air move",
        "A.on_off=on",
    ),
    ("> why is the sky blue", "say: Air scatters blue light more than red, so the sky looks blue."),
    ("A kettle power target(40-100)\n> get the water ready for green tea", "A.power=on; A.target=80"),
    ("> 明天会下雨吗", "say: 我看不到天气预报，所以不知道。"),
    ("A 客厅灯 on_off\n> 那个东西弄一下", "unknown"),
)

MAX_TOKENS = 56


def prompt(message: str) -> Prompt:
    return chat(system=SYSTEM, examples=EXAMPLES, user=message)


PREFIX = prompt("").prefix
"""What every turn's prompt begins with: evaluated once, kept on disk."""

_SAY = "say:"
_NAME = re.compile(r"[^A-Za-z0-9_]")
_LINE = re.compile(r"^(?P<letter>[A-Z])\.(?P<function>[A-Za-z0-9_]+)(?:=(?P<value>.+))?$")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the model may choose from: devices by letter, functions by the name they are shown under."""

    devices: tuple[Device, ...]

    def letter(self, index: int) -> str:
        return chr(ord("A") + index)

    def functions(self, device: Device) -> dict[str, Function]:
        """At most six functions that can be changed, by a name that a grammar can hold."""
        able = [f for f in device.functions if f.writable and f.type is not Type.TEXT]
        return {_NAME.sub("_", f.id): f for f in able[:6]}

    def lines(self, language: Language) -> str:
        lines: list[str] = []
        for index, device in enumerate(self.devices):
            functions = " ".join(_shown(name, f) for name, f in self.functions(device).items())
            lines.append(f"{self.letter(index)} {device.name.text(language)} {functions}\n")
        return "".join(lines)


def _shown(name: str, function: Function) -> str:
    if function.type is Type.NUMBER:
        return f"{name}({function.min:g}-{function.max:g})"
    if function.type is Type.CHOICE and Action.SET in function.actions:
        return f"{name}({'|'.join(choice.id for choice in function.choices[:6])})"
    return name


def user_message(text: str, shown: Shown, language: Language) -> str:
    return f"{shown.lines(language)}> {text.strip()}"


def _words(function: Function) -> dict[str, tuple[Action, Value | None]]:
    """What can be written behind a function's name, and what it means."""
    result: dict[str, tuple[Action, Value | None]] = {}
    for action in function.actions:
        if action is Action.SET:
            result |= {choice.id: (action, choice.id) for choice in function.choices}
        elif action is not Action.TOGGLE:
            result[action.value] = (action, None)
    return result


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def grammar_for(shown: Shown, *, may_act: bool) -> str:
    """The GBNF of all lines that the model may write."""
    rules = ['say ::= "say: " [^\\n;{}<>]{2,120}']
    changes: list[str] = []
    if may_act:
        for index, device in enumerate(shown.devices):
            for name, function in shown.functions(device).items():
                start = f"{shown.letter(index)}.{name}"
                if function.type is Type.NUMBER and Action.SET in function.actions:
                    changes.append(f"{_quoted(start + '=')} number")
                if words := _words(function):
                    if function.type is Type.ACTION:
                        changes.append(_quoted(start))
                    else:
                        changes.append(f"{_quoted(start + '=')} ({' | '.join(map(_quoted, words))})")
    if changes:
        rules += [
            f"change ::= {' | '.join(changes)}",
            'number ::= "-"? [0-9]{1,5} ("." [0-9])?',
            'root ::= say | "unknown" | change ("; " change)?',
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


def plan_of(line: str, text: str, language: Language, shown: Shown, confidence: float) -> Plan:
    """The plan that a line stands for. What the devices cannot do becomes a problem, whatever was written."""
    line = line.strip()
    words = text.strip()
    base = Plan(text=text, language=language, source="model", confidence=round(confidence, 3))
    if line.startswith(_SAY):
        said = line.removeprefix(_SAY).strip()
        if said:
            return _with(base, say=said)
    steps: list[Step] = []
    problems: list[Problem] = []
    for part in line.split(";"):
        match = _LINE.match(part.strip())
        index = ord(match["letter"]) - ord("A") if match else -1
        if match is None or index >= len(shown.devices):
            continue
        device = shown.devices[index]
        function = shown.functions(device).get(match["function"])
        if function is None:
            continue
        action, value = _meaning(function, match["value"])
        if action is None or function.reject(action, value):
            problems.append(
                Problem(kind="out_of_range", words=words, device=device.id, function=function.id,
                        min=function.min, max=function.max, unit=function.unit)
            )  # fmt: skip
            continue
        unit = function.unit if function.type is Type.NUMBER and action is Action.SET else ""
        steps.append(
            Command(
                device=device.id, function=function.id, action=action, value=value, unit=unit, words=words
            )
        )
    if not steps and not problems:
        problems.append(Problem(kind="not_understood", words=words))
    return _with(base, steps=tuple(steps), problems=tuple(problems))


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
