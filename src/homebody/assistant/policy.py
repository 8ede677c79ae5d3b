"""What may be done at once, what a person is asked about first, and what is not done.

One table of rules, read from the top: the first that matches decides, and a step that none matches is
allowed. A rule looks at the step, the device as the home describes it, and how the plan was made. It
never sees words, so none can argue with it; and it never sees state, so that what it says can be read off
this page.

Why opening at a set time is refused and not asked: the yes would be given now, for a moment when nobody
looks. Closing, locking and arming may be scheduled. "Lock it for ten minutes" is an unlocking in ten
minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from homebody.assistant.plan import Command, Plan, Skill, Step
from homebody.assistant.turn import Decision, Verdict
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Value
from homebody.home.label import Label
from homebody.robot.skills.table import SKILLS

MANY = 30
"""A plan with more commands than this is asked about."""
SURE = 0.6
"""Commands of a model that is less confident than this are asked about."""

LOCKS = ("lock", "door_lock", "smart_lock")
GATES = ("garage_door", "garage", "gate", "door")
VALVES = ("valve", "gas_valve", "water_valve")
ALARMS = ("alarm", "alarm_panel", "security", "security_system")

OPPOSITE = {
    Action.ON: Action.OFF, Action.OFF: Action.ON, Action.OPEN: Action.CLOSE, Action.CLOSE: Action.OPEN,
    Action.LOCK: Action.UNLOCK, Action.UNLOCK: Action.LOCK, Action.PLAY: Action.PAUSE,
    Action.PAUSE: Action.PLAY, Action.START: Action.STOP, Action.STOP: Action.START,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a rule may look at. ``means`` are the actions that a command amounts to (`means`)."""

    step: Step
    device: Device | None = None
    function: Function | None = None
    means: frozenset[Action] = frozenset()
    commands: int = 1
    source: str = "grammar"
    confidence: float = 1.0

    @property
    def is_command(self) -> bool:
        return isinstance(self.step, Command)

    @property
    def later(self) -> bool:
        return isinstance(self.step, Command) and self.step.when.kind != "now"

    @property
    def undone(self) -> frozenset[Action]:
        """What will be done by itself when a command that is limited in time ends."""
        if not isinstance(self.step, Command) or not (self.step.when.lasting or self.step.when.until):
            return frozenset()
        return frozenset(OPPOSITE[action] for action in self.means if action in OPPOSITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row. ``why`` is what a person is told."""

    id: str
    verdict: Verdict
    why: Label
    matches: Callable[[Facts], bool]


def means(function: Function, action: Action, value: Value | None, delta: float | None) -> frozenset[Action]:
    """The actions that a command amounts to: setting a gate to 100 is opening it, and so is setting it to 50.

    A toggle, or a change from a state that is not known yet, may amount to any of them.
    """
    effects = dict(function.effects)
    if action is Action.TOGGLE or (action is Action.SET and (value is None or delta is not None)):
        return frozenset((action, *effects))
    if action is not Action.SET or value is None:
        return frozenset((action,))
    same = {other for other, result in effects.items() if function.matches(result, value)}
    if not same and Action.OPEN in effects:
        same = {Action.OPEN}
    return frozenset((action, *same))


def _guarded(facts: Facts, actions: frozenset[Action], instance: str) -> bool:
    """Whether these actions, on this device, open what keeps people or gas out.

    On a guarded kind of device everything does that is not known to close: its maker's own switches too.
    """
    assert facts.device is not None
    kind, function = facts.device.kind, facts.function
    match instance:
        case "lock":
            return Action.UNLOCK in actions or (kind in LOCKS and not _only(actions, Action.LOCK))
        case "gate":
            return kind in GATES and not _only(actions, Action.CLOSE, Action.STOP, Action.LOCK)
        case "valve":
            is_valve = kind in VALVES or (function is not None and function.id == "valve")
            return is_valve and not _only(actions, Action.CLOSE, Action.OFF, Action.STOP)
        case _:
            return kind in ALARMS and not (_only(actions, Action.ON, Action.LOCK) or _arms(facts))


def _only(actions: frozenset[Action], *allowed: Action) -> bool:
    """Whether a command amounts to some of these and to nothing else, however it was put."""
    amounts = actions - {Action.SET}
    return bool(amounts) and amounts <= set(allowed)


def _arms(facts: Facts) -> bool:
    """Setting an alarm to a choice such as armed_away."""
    step = facts.step
    return (
        isinstance(step, Command)
        and step.action is Action.SET
        and isinstance(step.value, str)
        and step.value.startswith("arm")
    )


def _opens(instance: str) -> Callable[[Facts], bool]:
    return lambda facts: (
        facts.device is not None and facts.is_command and _guarded(facts, facts.means, instance)
    )


def _opens_unattended(facts: Facts) -> bool:
    if facts.device is None or not facts.is_command:
        return False
    instances = ("lock", "gate", "valve", "alarm")
    at_its_time = facts.later and any(_guarded(facts, facts.means, instance) for instance in instances)
    by_itself = bool(facts.undone) and any(_guarded(facts, facts.undone, instance) for instance in instances)
    return at_its_time or by_itself


def _opens_by_a_guess(facts: Facts) -> bool:
    """A model may guess at lamps; what keeps people or gas out is opened on plain words only."""
    if facts.source != "model" or facts.device is None or not facts.is_command:
        return False
    return any(_guarded(facts, facts.means, instance) for instance in ("lock", "gate", "valve", "alarm"))


def _is_sensitive(facts: Facts) -> bool:
    if facts.device is None or not facts.is_command or not facts.device.sensitive:
        return False
    words = {word.lower() for word in facts.device.sensitive}
    return "true" in words or bool(words & {action.value for action in facts.means | facts.undone})


def _has_nothing_there(facts: Facts) -> bool:
    return facts.is_command and (facts.device is None or facts.function is None)


RULES: tuple[Rule, ...] = (
    Rule(id="no_such_skill", verdict="refuse",
         matches=lambda facts: isinstance(facts.step, Skill) and facts.step.name not in SKILLS,
         why=Label(zh="机器狗不会这个", en="the dog has no such skill")),
    Rule(id="skill_by_guess", verdict="refuse",
         matches=lambda facts: isinstance(facts.step, Skill) and facts.source == "model",
         why=Label(zh="机器狗的动作不靠猜，要的话请直接说",
                   en="what the dog does is never guessed; please say it plainly")),
    Rule(id="not_in_this_home", verdict="refuse", matches=_has_nothing_there,
         why=Label(zh="家里没有这个设备或功能", en="this home has no such device or function")),
    Rule(id="open_unattended", verdict="refuse", matches=_opens_unattended,
         why=Label(zh="开锁、开门、开阀门和撤防只在当面确认后做，不定时自动做",
                   en="unlocking, opening and disarming are done only when someone confirms them "
                      "at that moment")),
    Rule(id="open_by_guess", verdict="refuse", matches=_opens_by_a_guess,
         why=Label(zh="开锁、开门、开阀门和撤防不靠猜，要的话请直接说",
                   en="unlocking, opening and disarming are never guessed; please say it plainly")),
    Rule(id="unlock", verdict="confirm", matches=_opens("lock"),
         why=Label(zh="开锁前要确认", en="unlocking is confirmed first")),
    Rule(id="open_gate", verdict="confirm", matches=_opens("gate"),
         why=Label(zh="开门前要确认", en="opening a door or gate is confirmed first")),
    Rule(id="open_valve", verdict="confirm", matches=_opens("valve"),
         why=Label(zh="开阀门前要确认", en="opening a valve is confirmed first")),
    Rule(id="disarm", verdict="confirm", matches=_opens("alarm"),
         why=Label(zh="撤防前要确认", en="disarming is confirmed first")),
    Rule(id="sensitive", verdict="confirm", matches=_is_sensitive,
         why=Label(zh="这个设备设了操作前要确认", en="this device is set to be confirmed first")),
    Rule(id="many", verdict="confirm", matches=lambda facts: facts.is_command and facts.commands > MANY,
         why=Label(zh=f"一次超过{MANY}个操作要确认",
                   en=f"more than {MANY} commands at once are confirmed first")),
    Rule(id="unsure", verdict="confirm",
         matches=lambda facts: facts.is_command and facts.source == "model" and not facts.confidence >= SURE,
         why=Label(zh="我不太确定是不是这个意思", en="I am not sure that this is what was meant")),
)  # fmt: skip

_ALLOWED = Decision(verdict="allow")


def decide(
    step: Step, home: Home, *, commands: int = 1, source: str = "grammar", confidence: float = 1.0
) -> Decision:
    """The verdict on one step of a plan with so many ``commands``, made by ``source`` with ``confidence``
    0..1."""
    facts = Facts(step=step, commands=commands, source=source, confidence=confidence)
    if isinstance(step, Command):
        device = home.device(step.device)
        function = device.function(step.function) if device else None
        facts = Facts(
            step=step,
            device=device,
            function=function,
            means=means(function, step.action, step.value, step.delta)
            if function
            else frozenset((step.action,)),
            commands=commands,
            source=source,
            confidence=confidence,
        )
    rule = next((rule for rule in RULES if rule.matches(facts)), None)
    return Decision(verdict=rule.verdict, rule=rule.id) if rule else _ALLOWED


def decide_plan(plan: Plan, home: Home) -> tuple[Decision, ...]:
    """The verdict on each step of a plan, in order."""
    commands = sum(isinstance(step, Command) for step in plan.steps)
    return tuple(
        decide(step, home, commands=commands, source=plan.source, confidence=plan.confidence)
        for step in plan.steps
    )


def why(rule_id: str) -> Label | None:
    """What a person is told of a rule."""
    return next((rule.why for rule in RULES if rule.id == rule_id), None)


def policy_table() -> tuple[tuple[str, Verdict, Label], ...]:
    """The rules as the documentation shows them: id, verdict, reason; the first that matches decides."""
    return (*((rule.id, rule.verdict, rule.why) for rule in RULES),
            ("default", "allow", Label(zh="其他都直接做", en="everything else is done at once")))  # fmt: skip
