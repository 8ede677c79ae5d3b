"""One turn, shown: the answer, and folded beneath it the plan, the outcome with its evidence, and the
receipt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from homebody.assistant import policy, wording
from homebody.assistant import reply as replies
from homebody.assistant.plan import NOW, Query, Say, Step
from homebody.assistant.turn import StepResult, Turn
from homebody.core.clock import SystemClock
from homebody.home.outcome import Outcome, Status
from homebody.server.web.kit import Tag, badge, icon

if TYPE_CHECKING:
    from homebody.server.web.page import Page

LOOKS = {
    "done": "good", "accepted": "good", "scheduled": "good", "answered": "good",
    "asked": "ask", "unverified": "doubt", "not_done": "doubt",
    "refused": "bad", "unreachable": "bad", "not_possible": "bad", "not_understood": "quiet",
}  # fmt: skip
_ICONS = {"good": "done", "ask": "asked", "doubt": "doubt", "bad": "refused", "quiet": "asked"}
_clock = SystemClock()


def show_turn(page: Page, turn: Turn) -> Tag:
    """The answer of one turn; what is folded is made when somebody unfolds it."""
    status = in_a_word(turn)
    with Tag("div", classes="answer", data_status=turn.status) as answer:
        with Tag("div", classes=f"state {LOOKS[status]}"):
            icon(_ICONS[LOOKS[status]])
            Tag("span", page.t(status))
        Tag("p", turn.reply, "reply")
        with Tag("details", classes="how") as fold:
            with Tag("summary"):
                Tag("span", page.t("how"), "how-word")
                Tag("span", _in_short(page, turn), "how-cost")
            body = Tag("div", classes="how-body")

        def unfold(opened: object) -> None:
            if opened and not body.default_slot.children:
                with body:
                    _plan(page, turn)
                    _outcome(page, turn)
                    _receipt(page, turn)

        fold.toggle(unfold)
    return answer


def _in_short(page: Page, turn: Turn) -> str:
    count = len(turn.results)
    steps = page.t("no_steps") if not count else page.t("step") if count == 1 else page.t("steps", n=count)
    total = turn.receipt.ms.get("total", 0.0)
    parts = [
        steps,
        page.t("ms", n=_number(total)),
        page.t("bytes_out", bytes=page.size(turn.receipt.bytes_out)),
    ]
    return " · ".join(parts)


# what was meant


def _plan(page: Page, turn: Turn) -> None:
    plan = turn.plan
    with Tag("section", classes="part"):
        Tag("h3", page.t("plan"))
        if plan.source == "none":
            Tag("p", page.t("not_understood_by"), "quiet-text")
        else:
            sure = f"{round(plan.confidence * 100)}%"
            Tag("p", page.t("understood_by", who=page.t(plan.source), confidence=sure), "quiet-text")
        with Tag("ul", classes="items"):
            for step in plan.steps:
                _step(page, turn, step)
            for problem in plan.problems:
                with Tag("li", classes="item"):
                    icon("doubt", "doubt")
                    Tag("span", replies.problem_text(problem, plan, page.assistant.home, page.language))
            if plan.say:
                Tag("li", page.t("said_itself"), "item")
        with Tag("details", classes="json"):
            Tag("summary", page.t("json"))
            Tag("pre", json.dumps(plan.to_json(), ensure_ascii=False, indent=2), tabindex="0")


def _step(page: Page, turn: Turn, step: Step) -> None:
    with Tag("li", classes="item"):
        icon("asked" if isinstance(step, Query) else "play", "quiet")
        Tag("span", _step_words(page, step))
        decision = next((result.decision for result in turn.results if result.step is step), None)
        if decision and decision.verdict != "allow":
            why = policy.why(decision.rule)
            reason = why.text(page.language) if why else decision.rule
            confirm = decision.verdict == "confirm"
            badge(
                page.t("confirm_rule" if confirm else "refused_rule", why=reason), "ask" if confirm else "bad"
            )


def _step_words(page: Page, step: Step) -> str:
    home, language = page.assistant.home, page.language
    if isinstance(step, Query):
        return page.t("query", words=step.words or step.what)
    if isinstance(step, Say):
        return step.text
    done = wording.do([step], home, language)
    when = getattr(step, "when", NOW)
    moment = wording.when(when, home, _clock.now(), language) if when != NOW else ""
    return f"{moment} {done}".strip()


# what became of it


def _outcome(page: Page, turn: Turn) -> None:
    with Tag("section", classes="part"):
        Tag("h3", page.t("outcome"))
        if not turn.results:
            Tag("p", page.t("nothing_done"), "quiet-text")
            return
        with Tag("ul", classes="items"):
            for result in turn.results:
                _result(page, result)


def in_a_word(turn: Turn) -> str:
    """The status of a turn, as one word of `LOOKS`: that of its only step, if that is all there is to it."""
    if len(turn.results) == 1 and not turn.plan.problems:
        return status_of(turn.results[0])
    return "answered" if turn.status == "done" and not turn.results else turn.status


def status_of(result: StepResult) -> str:
    """One word of `LOOKS` for what became of a step."""
    if result.asked:
        return "asked"
    if result.decision.verdict == "refuse" or result.note:
        return "not_possible"
    if result.outcome is not None:
        return str(result.outcome.status)
    if result.scheduled or result.appointments:
        return "scheduled"
    return "answered"


def _result(page: Page, result: StepResult) -> None:
    home, language = page.assistant.home, page.language
    status = status_of(result)
    look = LOOKS[status]
    with Tag("li", classes="item"):
        icon(_ICONS[look], look)
        with Tag("div", classes="item-text"):
            step = result.step
            if result.outcome is not None:
                operation = result.outcome.operation
                Tag("strong", wording.part(home, (operation.device,), operation.function, language))
                Tag("span", _evidence(page, result.outcome))
            elif result.findings:
                for finding in result.findings[:12]:
                    device = home.device(finding.device)
                    function = device.function(finding.function) if device and finding.function else None
                    what = (
                        wording.part(home, (finding.device,), finding.function, language)
                        if finding.function
                        else wording.thing(home, finding.device, language)
                    )
                    seen = (
                        wording.value(function, finding.value, language)
                        if finding.reachable and finding.value is not None
                        else page.t("unreachable" if not finding.reachable else "unknown")
                    )
                    Tag("span", f"{what}: {seen}")
            else:
                Tag("span", _step_words(page, step))
        badge(page.t(status), look)


def _evidence(page: Page, outcome: Outcome) -> str:
    """How it is known: what was read before and after, by what, and how long it took."""
    device = page.assistant.home.device(outcome.operation.device)
    function = device.function(outcome.operation.function) if device else None
    parts = []
    if outcome.detail == "already":
        parts.append(page.t("already"))
    elif outcome.before is not None and outcome.after is not None and outcome.before != outcome.after:
        before, after = (wording.value(function, v, page.language) for v in (outcome.before, outcome.after))
        parts.append(page.t("was_now", before=before, after=after))
    elif outcome.after is not None:
        parts.append(page.t("reads", value=wording.value(function, outcome.after, page.language)))
    if outcome.wanted is not None and outcome.status is not Status.DONE:
        parts.append(page.t("wanted", value=wording.value(function, outcome.wanted, page.language)))
    if outcome.detail == "moving":
        parts.append(page.t("moving"))
    known = {"read_back", "pushed", "none"}
    if outcome.evidence in known:
        parts.append(page.t(f"evidence_{outcome.evidence}"))
    else:
        parts.append(page.t("evidence_error", text=outcome.evidence))
    parts.append(page.t("ms", n=_number(outcome.ms)))
    return " · ".join(parts)


# what it cost


def _receipt(page: Page, turn: Turn) -> None:
    receipt = turn.receipt
    rows = [
        (page.t(f"stage_{stage}") if f"stage_{stage}" in _known() else stage, page.t("ms", n=_number(ms)))
        for stage, ms in receipt.ms.items()
    ]
    tokens = f"{receipt.tokens_in} / {receipt.tokens_cached} / {receipt.tokens_out}"
    rows += [
        (page.t("tokens"), tokens),
        (page.t("left_machine"), page.size(receipt.bytes_out)),
    ]
    with Tag("section", classes="part receipt"):
        Tag("h3", page.t("receipt"))
        with Tag("table"), Tag("tbody"):
            for name, value in rows:
                with Tag("tr"):
                    Tag("th", name, scope="row")
                    Tag("td", value)
        Tag("p", turn.id, "receipt-id")


def _known() -> frozenset[str]:
    return frozenset({"stage_grammar", "stage_model", "stage_act", "stage_reply", "stage_total"})


def _number(ms: float) -> str:
    return f"{ms:.0f}" if ms >= 10 else f"{ms:.1f}"
