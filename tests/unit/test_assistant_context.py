"""The conversation's memory: what it keeps, for how long, and the one question that may be answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from homebody.assistant.context import Context, Conversation, Pending
from homebody.assistant.plan import Command, Plan, Query, Step
from homebody.assistant.turn import Decision, Receipt, StepResult, Turn, Utterance
from homebody.core.clock import ManualClock
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.label import Language

HOME = parse_home("""\
schema: homebody.home/1
name: test
areas: [{id: den, name: den}, {id: hall, name: hall}]
devices:
  - {id: lamp, kind: light, area: den, name: lamp, traits: {on_off: {}, brightness: {}}}
  - {id: spot, kind: light, area: den, name: spot, traits: {on_off: {}}}
  - {id: lock, kind: lock, area: hall, name: lock, traits: {lock: {}}}
  - {id: stray, kind: light, name: stray, traits: {on_off: {}}}
""")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))


@pytest.fixture
def conversation(clock: ManualClock) -> Conversation:
    return Conversation(clock, area="den", turns=3)


def on(device: str, function: str = "on_off", value: Value | None = None) -> Command:
    return Command(device=device, function=function, action=Action.ON, value=value)


def turn(*steps: Step, language: Language = "en") -> Turn:
    allow = Decision(verdict="allow")
    return Turn(
        id="t",
        at="",
        utterance=Utterance(text="x"),
        plan=Plan(text="x", language=language, steps=steps),
        results=tuple(StepResult(step=step, decision=allow) for step in steps),
        reply="",
        status="done",
        receipt=Receipt(),
    )


QUESTION = Pending(kind="confirm", plan=Plan(text="x", language="en", steps=(on("lock"),)))


def test_at_the_start_only_the_place_is_known(conversation: Conversation) -> None:
    assert conversation.context() == Context(area="den")
    assert conversation.context("hall").area == "hall"  # an utterance knows better where it was said


def test_the_last_commands_and_what_they_were_about(conversation: Conversation) -> None:
    conversation.remember(turn(on("lamp"), on("spot")), HOME)
    context = conversation.context()
    assert context.last_commands == (on("lamp"), on("spot"))
    assert (context.last_devices, context.last_function) == (("lamp", "spot"), "on_off")
    assert (context.last_area, context.language) == ("den", "en")


@pytest.mark.parametrize(
    ("devices", "area"),
    [(("lamp", "lock"), None), (("stray",), None), (("ghost",), None), (("lock",), "hall")],
)
def test_an_area_is_remembered_if_all_share_it(
    conversation: Conversation, devices: tuple[str, ...], area: str | None
) -> None:
    conversation.remember(turn(*map(on, devices)), HOME)
    assert conversation.context().last_area == area


def test_a_device_that_was_named_twice_is_one(conversation: Conversation) -> None:
    conversation.remember(turn(on("lamp"), on("lamp", "brightness", 5)), HOME)
    assert conversation.context().last_devices == ("lamp",)
    assert conversation.context().last_function == "brightness"


def test_a_question_is_remembered_beside_the_commands_before_it(conversation: Conversation) -> None:
    query = Query(what="state", devices=("lock",), function="lock", area="hall")
    conversation.remember(turn(on("lamp")), HOME)
    conversation.remember(turn(query, language="zh"), HOME)
    context = conversation.context()
    assert context.last_query == query and context.last_commands == (on("lamp"),)
    assert (context.last_devices, context.last_function, context.last_area) == (("lock",), "lock", "hall")
    assert context.language == "zh"


def test_small_talk_forgets_nothing(conversation: Conversation) -> None:
    conversation.remember(turn(on("lamp")), HOME)
    conversation.remember(turn(language="zh"), HOME)
    context = conversation.context()
    assert context.last_devices == ("lamp",) and context.language == "zh"


async def test_five_minutes_later_all_is_forgotten_but_the_place(
    conversation: Conversation, clock: ManualClock
) -> None:
    conversation.remember(turn(on("lamp")), HOME)
    await clock.advance(300)
    assert conversation.context().last_devices == ("lamp",)
    await clock.advance(0.1)
    assert conversation.context() == Context(area="den")


def test_the_memory_is_bounded(conversation: Conversation) -> None:
    conversation.remember(turn(on("lamp")), HOME)
    for _ in range(3):
        conversation.remember(turn(), HOME)
    assert conversation.context().last_devices == ()


# --- the open question


def test_a_question_waits_until_it_is_taken_once(conversation: Conversation) -> None:
    conversation.ask(QUESTION)
    assert conversation.pending is QUESTION and conversation.context().pending is QUESTION
    assert conversation.take(QUESTION) is QUESTION
    assert conversation.take(QUESTION) is None and conversation.pending is None


async def test_a_question_expires_after_a_minute(conversation: Conversation, clock: ManualClock) -> None:
    conversation.ask(QUESTION)
    await clock.advance(60)
    assert conversation.pending is QUESTION
    await clock.advance(0.1)
    assert conversation.take(QUESTION) is None and conversation.context().pending is None


def test_an_answer_to_an_older_question_does_not_answer_the_newer(conversation: Conversation) -> None:
    older = Pending(kind="confirm", plan=QUESTION.plan)
    conversation.ask(older)
    conversation.ask(QUESTION)
    assert conversation.take(older) is None  # equal, and still not this very question
    assert conversation.pending is QUESTION


def test_a_question_that_is_withdrawn_is_gone(conversation: Conversation) -> None:
    conversation.withdraw()
    conversation.ask(QUESTION)
    conversation.withdraw()
    assert conversation.take(QUESTION) is None and conversation.take(None) is None
