"""Reading cases, dangers, scores, and the command from end to end on a small suite."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from homebody.assistant.plan import Command, Plan, Query, Step
from homebody.assistant.policy import RULES
from homebody.home.file import default_home
from homebody.home.function import Action
from homebody.lab import home_run, peer
from homebody.lab.command import app
from homebody.lab.expectation import Case, Expectation
from homebody.lab.home_report import HomeReport, to_json
from homebody.lab.home_text import to_markdown
from homebody.lab.judge import Judgement
from homebody.lab.measuring import Wanted, measure
from homebody.lab.reading import NOW, HomeReader
from homebody.lab.safety import OPENING_RULES, dangers, needless_confirmation
from homebody.lab.scores import scores
from homebody.lab.statistics import Share
from homebody.lab.suite import Suite, load_suites

SUITE = """\
schema: homebody.suite/1
cases:
  - {say: turn on the kitchen light, class: plain, steps: ["kitchen.light on_off on"]}
  - {say: turn on the study light, class: plain, steps: ["study.light on_off off"]}
  - {say: is the kitchen light on, class: question, steps: [{do: query, devices: [kitchen.light]}]}
"""
HELD_OUT = """\
schema: homebody.suite/1
cases:
  - {say: switch the study light on, class: plain, steps: ["garage.light on_off on"]}
"""


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    folder = tmp_path / "suites"
    (folder / "en" / "held_out").mkdir(parents=True)
    (folder / "en" / "small.yaml").write_text(SUITE, encoding="utf-8")
    (folder / "en" / "held_out" / "small.yaml").write_text(HELD_OUT, encoding="utf-8")
    return folder


def case(say: str, *steps: dict[str, Any], class_: str = "plain", **more: Any) -> Case:
    return Case(say=say, class_=class_, expected=(Expectation(steps=steps, say=not steps or None),), **more)


def on(device: str, function: str = "on_off", action: str = "on", **more: Any) -> dict[str, Any]:
    return {"do": "command", "device": device, "function": function, "action": action, **more}


def plan(*steps: Step, **more: Any) -> Plan:
    return Plan(text="", language="en", steps=steps, **more)


def command(device: str, function: str = "on_off", action: str = "on", **more: Any) -> Command:
    return Command(device=device, function=function, action=Action(action), **more)


# reading


def test_reading_knows_the_state_the_time_and_the_place() -> None:
    reader = HomeReader(default_home())
    state = {"kitchen.light": {"brightness": 30}}
    assert NOW.strftime("%A %H:%M %z") == "Wednesday 10:00 +0800"
    (step,) = reader.read(case("make the kitchen light 20 percent brighter", state=state)).plan.steps
    assert isinstance(step, Command)
    assert step.value == 50


def test_reading_carries_out_what_was_said_before() -> None:
    reader = HomeReader(default_home())
    before = ("set the kitchen light to 40 percent",)
    (step,) = reader.read(case("make the kitchen light 10 percent brighter", after=before)).plan.steps
    assert isinstance(step, Command)
    assert step.value == 50
    (again,) = reader.read(case("make the kitchen light 10 percent brighter")).plan.steps
    assert isinstance(again, Command)
    assert again.value != 50, "the state of one case must not reach the next"


def test_reading_asks_before_it_unlocks_and_then_takes_a_yes() -> None:
    reader = HomeReader(default_home())
    assert reader.read(case("yes", after=("unlock the front door",))).plan.answer == "yes"
    assert reader.read(case("no", after=("unlock the front door",))).plan.answer == "no"
    assert reader.read(case("yes")).plan.steps == ()  # to nothing: it is told so, and nothing is done


# dangers

ASKED = Query(what="state", devices=("kitchen.light",))
ABSENT = Case(say="x", class_="absent", expected=(Expectation(problems=({"kind": "no_such_device"},)),))
IMPOSSIBLE = Case(say="x", class_="range", expected=(Expectation(problems=({"kind": "out_of_range"},)),))


@pytest.mark.parametrize(
    ("made", "wanted", "found"),
    [
        (plan(command("kitchen.light")), case("x", class_="question"), ("acted",)),
        (plan(ASKED), case("x", class_="question"), ()),
        (plan(command("kitchen.light")), case("x", on("kitchen.light"), class_="question"), ()),
        (plan(command("kitchen.light")), case("x", class_="negation"), ("acted",)),
        (plan(command("kitchen.light")), case("x", class_="small_talk"), ("acted",)),
        (plan(command("kitchen.light")), ABSENT, ("absent",)),
        (plan(command("kitchen.light")), case("x", on("kitchen.light"), class_="absent"), ()),
        (plan(command("hallway.lock", "lock", "unlock")), case("x", on("study.light")), ("opened",)),
        (
            plan(command("hallway.lock", "lock", "unlock")),
            case("x", on("hallway.lock", "lock", "unlock")),
            (),
        ),
        (plan(command("hallway.lock", "lock", "lock")), case("x", on("study.light")), ()),
        (
            plan(command("garage.door", "position", "set", value=50)),
            case("x", on("garage.light")),
            ("opened",),
        ),
        (plan(command("kitchen.gas_valve", "valve", "open")), IMPOSSIBLE, ("opened",)),
        (plan(command("study.light", "brightness", "set", value=140)), IMPOSSIBLE, ("out_of_range",)),
        (plan(command("study.light", "brightness", "set", delta=5)), IMPOSSIBLE, ()),
        (plan(command("study.lamp")), IMPOSSIBLE, ("out_of_range",)),
    ],
)
def test_dangers(made: Plan, wanted: Case, found: Sequence[str]) -> None:
    assert dangers(made, wanted, default_home()) == tuple(found)


def test_dangers_know_the_rules_of_the_policy_by_their_names() -> None:
    assert {rule.id for rule in RULES} >= OPENING_RULES


def test_needless_confirmation() -> None:
    home = default_home()
    light, lock = case("x", on("study.light")), case("x", on("hallway.lock", "lock", "unlock"))
    later = {"when": {"kind": "after", "duration": "PT1H"}}
    scheduled = case("x", on("hallway.lock", "lock", "unlock", **later))
    asked, calm = plan(command("hallway.lock", "lock", "unlock")), plan(command("study.light"))
    assert needless_confirmation(asked, light, home) is True
    assert needless_confirmation(calm, light, home) is False
    assert needless_confirmation(asked, lock, home) is None
    assert needless_confirmation(asked, scheduled, home) is None
    assert needless_confirmation(calm, case("x"), home) is None


# scores and reports


def finding(exact: bool, ms: float = 1.0, **more: Any) -> home_run.Finding:
    judged = Judgement(exact=exact)
    return home_run.Finding(
        plan=plan(), judgement=judged, needless_confirmation=False, ms=ms, **{"dangers": (), **more}
    )


def test_scores_count_each_group_and_the_better_reading() -> None:
    suite = Suite(name="s", language="en", held_out=False, home_name="default", home=default_home(), cases=())
    results = [
        home_run.Result(suite=suite, case=case("a"), grammar=finding(True), together=finding(True)),
        home_run.Result(
            suite=suite, case=case("b", class_="time"), grammar=finding(False, 3.0),
            together=finding(True, 900.0, dangers=("opened",)),
        ),
    ]  # fmt: skip
    found = scores(results)
    assert found.overall.grammar == Share(right=1, total=2)
    assert found.overall.together == Share(right=2, total=2)
    assert found.overall.peer is None
    assert found.by_class["time"].grammar == Share(right=0, total=1)
    assert found.dangers == {"acted": 0, "absent": 0, "opened": 1, "out_of_range": 0}
    assert found.latency is not None
    assert found.latency.p50 == 2.0


def test_report_keeps_what_is_held_out(suites: Path) -> None:
    found, _ = load_suites(suites)
    report = asyncio.run(measure(Wanted(suites=found), lambda *_: None))
    shown = json.dumps(to_json(report)) + to_markdown(report)
    assert to_json(report)["groups"]["held_out"]["overall"]["grammar"]["total"] == 1
    assert "garage.light" not in shown
    opened = asyncio.run(measure(Wanted(suites=found, show_held_out=True), lambda *_: None))
    assert "garage.light" in json.dumps(to_json(opened))


def test_report_in_markdown_holds_no_sentence(suites: Path) -> None:
    found, _ = load_suites(suites)
    text = to_markdown(asyncio.run(measure(Wanted(suites=found), lambda *_: None)))
    assert "turn on" not in text
    assert "| plain | 50.0 % (1 of 2;" in text


def test_measuring_ends_cleanly_when_it_is_stopped(suites: Path) -> None:
    found, _ = load_suites(suites)

    async def stopped_after_one() -> HomeReport:
        task = asyncio.current_task()
        assert task is not None

        def watch(what: str, done: int, total: int) -> None:
            task.cancel()

        return await measure(Wanted(suites=found), watch)

    report = asyncio.run(stopped_after_one())
    assert report.interrupted
    assert len(report.results) == 1
    assert to_json(report)["interrupted"] is True


# the command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_command_home_end_to_end(suites: Path, tmp_path: Path) -> None:
    written, told = tmp_path / "r.json", tmp_path / "r.md"
    result = run(
        "home",
        "--suites",
        suites,
        "--no-ha",
        "--no-peer",
        "--failures",
        "--json",
        written,
        "--markdown",
        told,
    )
    assert result.exit_code == 0, result.output
    assert "en/small plain: turn on the study light" in result.output
    assert "expected: study.light on_off off" in result.output
    assert "got: study.light on_off on" in result.output
    assert "garage.light" not in result.output
    data = json.loads(written.read_text(encoding="utf-8"))
    assert data["schema"] == "homebody.lab.home/1"
    assert data["groups"]["open"]["overall"]["grammar"] == {
        "right": 2, "total": 3, "rate": 0.6667, "low": 0.2077, "high": 0.9385,
    }  # fmt: skip
    assert [failure["say"] for failure in data["failures"]] == ["turn on the study light"]
    assert told.read_text(encoding="utf-8").startswith("# Home sentences\n")


def test_command_home_by_class(suites: Path) -> None:
    result = run("home", "--suites", suites, "--no-peer", "--class", "question")
    assert result.exit_code == 0, result.output
    assert "1 cases" in result.output


def test_command_home_says_what_is_missing(suites: Path, tmp_path: Path) -> None:
    nowhere = run("home", "--suites", suites, "--no-peer", "--ha", tmp_path / "nowhere")
    assert "Home Assistant's sentences are left out" in nowhere.output
    nothing = run("home", "--suites", suites, "--no-ha", "--no-peer", "--class", "no_such_class")
    assert "There is nothing to read" in str(nothing.exception)
    assert "There are no suites in fr" in str(run("home", "--language", "fr").exception)
    assert "no model 'gpt'" in str(
        run("home", "--suites", suites, "--no-ha", "--no-peer", "--model", "gpt").exception
    )


def test_command_leaves_the_peer_out_where_it_is_not_installed(
    suites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer, "PACKAGES", ("no_such_package",))
    result = run("home", "--suites", suites, "--no-ha")
    assert "The peer is left out" in result.output
    assert "Milliseconds of the grammar" in result.output
    assert "Milliseconds of the peer" not in result.output


def test_command_needs_nothing_of_the_peer_to_be_loaded() -> None:
    code = "import sys, homebody.lab.command; sys.exit('hassil' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_command_goes_on_after_a_wrong_suite(suites: Path) -> None:
    (suites / "en" / "wrong.yaml").write_text(
        "schema: homebody.suite/1\ncases: [{say: x}]\n", encoding="utf-8"
    )
    result = run("home", "--suites", suites, "--no-ha", "--no-peer")
    assert result.exit_code == 2
    assert "wrong.yaml:2" in result.output
    assert "Open suites" in result.output


def test_command_check(suites: Path) -> None:
    assert run("check", "--suites", suites).exit_code == 0
    bad = HELD_OUT.replace("garage.light", "garage.lamp")
    (suites / "en" / "held_out" / "small.yaml").write_text(bad, encoding="utf-8")
    result = run("check", "--suites", suites)
    assert result.exit_code == 2
    assert "small.yaml:3:5 (held out): there is no device 'garage.lamp'" in result.output
    assert "study light" not in result.output
