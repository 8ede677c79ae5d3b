"""The format of suites: what is read, and what is said of a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from homebody.lab.suite import SUITES, SuiteError, load_suite, load_suites, suite_files
from homebody.lab.suite_check import check_suites

HEAD = "schema: homebody.suite/1\ncases:\n"


def written(folder: Path, cases: str, name: str = "tiny.yaml", head: str = HEAD) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + cases, encoding="utf-8")
    return path


def test_suite_shorthand_and_long_form(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """\
  - say: turn on the kitchen light
    class: plain
    steps: ["kitchen.light on_off on"]
  - say: set it to half in ten minutes
    class: time
    after: [turn on the kitchen light]
    area: kitchen
    state: {kitchen.light: {brightness: 20}}
    steps:
      - device: kitchen.light
        function: brightness
        action: set
        value: 50
        when: {kind: after, duration: PT10M}
    or: [{problems: [{kind: ambiguous}]}]
  - {say: tell me a joke, class: small_talk, reply: true}
  - {say: do not turn it off, class: negation}
""",
    )
    suite = load_suite(path, "en")
    plain, timed, joke, negation = suite.cases
    assert (suite.name, suite.home_name, suite.held_out) == ("tiny", "default", False)
    assert plain.expected[0].steps == (
        {"do": "command", "device": "kitchen.light", "function": "on_off", "action": "on"},
    )
    assert timed.after == ("turn on the kitchen light",)
    assert (timed.area, timed.state) == ("kitchen", {"kitchen.light": {"brightness": 20}})
    assert timed.expected[0].steps[0]["do"] == "command"
    assert timed.expected[1].problems == ({"kind": "ambiguous"},)
    assert joke.expected[0].say is True
    assert negation.expected[0].say is None
    assert plain.where == f"{path}:3:5"


@pytest.mark.parametrize(
    ("value", "read"), [("40", 40.0), ("true", True), ("quick wash", "quick wash"), ("off", "off")]
)
def test_suite_values_of_the_shorthand(tmp_path: Path, value: str, read: object) -> None:
    path = written(tmp_path, f'  - {{say: x, class: plain, steps: ["a b set {value}"]}}\n')
    assert load_suite(path, "en").cases[0].expected[0].steps[0]["value"] == read


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("  - {say: x, class: plain}", "expects nothing"),
        ("  - {say: x, class: Plain, reply: true}", "cases[0].class"),
        ("  - {say: x, class: plain, answer: maybe}", "cases[0].answer"),
        ("  - {say: x, class: plain, stpes: []}", "cases[0].stpes: no such key (case 'x')"),
        ("  - {class: plain, reply: true}", "cases[0].say: is missing"),
        ("  - {say: '', class: plain, reply: true}", "cases[0].say: is empty"),
        ("  - {say: x, say: true, class: plain}", "stands here twice"),
        ('  - {say: x, class: plain, steps: ["a b"]}', "needs DEVICE FUNCTION ACTION [VALUE]"),
        ('  - {say: x, class: plain, steps: ["a b set"]}', "set needs a value"),
        ('  - {say: x, class: plain, steps: ["a b jump"]}', "there is no action 'jump'"),
        ("  - {say: x, class: plain, steps: [{device: a, action: 'on'}]}", "a command also needs function"),
        ("  - {say: x, class: plain, steps: [{do: dance}]}", "must be one of command, query"),
        ("  - {say: x, class: plain, problems: [{device: a}]}", "a problem needs its kind"),
        ("  - {say: x, class: plain, reply: true, nothing: true}", "means no steps"),
        ("  - {say: x, class: plain, reply: true, or: [{}]}", "cases[0].or[0]: expects nothing"),
        ('  - {say: x, class: plain, steps: [{device: a, function: b, action: "on", when: now}]}', "when"),
    ],
)
def test_suite_errors_name_file_and_case(tmp_path: Path, case: str, message: str) -> None:
    path = written(tmp_path, case + "\n")
    with pytest.raises(SuiteError) as raised:
        load_suite(path, "en")
    assert raised.value.message.startswith(f"{path}:")
    assert message in raised.value.message


def test_suite_errors_of_the_file_itself(tmp_path: Path) -> None:
    for head, message in (
        ("schema: homebody.suite/2\ncases:\n", "schema"),
        ("schema: homebody.suite/1\nhome: nowhere\ncases:\n", "There is no home 'nowhere'"),
        ("- ", "needs keys and values"),
        ("schema: [\n", "not YAML"),
    ):
        path = written(tmp_path, "  - {say: x, class: plain, reply: true}\n", head=head)
        with pytest.raises(SuiteError, match=r"(?s)" + message.replace("(", r"\(")):
            load_suite(path, "en")


def test_suite_held_out_keeps_its_sentences_in_errors(tmp_path: Path) -> None:
    path = written(tmp_path, "  - {say: secret words, class: plain}\n", "held_out/tiny.yaml")
    with pytest.raises(SuiteError) as raised:
        load_suite(path, "en")
    assert "secret" not in raised.value.message + raised.value.hint


def test_suite_folder_goes_on_after_a_wrong_file(tmp_path: Path) -> None:
    written(tmp_path, "  - {say: x, class: plain, reply: true}\n", "en/good.yaml")
    written(tmp_path, "  - {say: x, class: plain}\n", "en/wrong.yaml")
    written(tmp_path, "  - {say: y, class: plain, reply: true}\n", "zh/held_out/good.yaml")
    suites, errors = load_suites(tmp_path)
    assert [(suite.language, suite.held_out) for suite in suites] == [("en", False), ("zh", True)]
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("keys", "doubt"),
    [
        ('steps: ["kitchen.lamp on_off on"]', "there is no device 'kitchen.lamp'"),
        ('steps: ["kitchen.light color set red"]', "kitchen.light has no 'color'"),
        ('steps: ["kitchen.light brightness set 140"]', "out of range 1..100%"),
        ('steps: ["hallway.lock lock open"]', "lock cannot open"),
        ("steps: [{device: kitchen.light, function: brightness, action: set}]", "set needs a value"),
        ("steps: [{do: query, what: value, devices: [nobody]}]", "there is no device 'nobody'"),
        ("steps: [{do: query, what: why}]", "Query has no what 'why'"),
        ("steps: [{do: timer, action: set, colour: red}]", "Timer has no 'colour'"),
        (
            'steps: [{device: kitchen.light, function: on_off, action: "on", when: {kind: at, time: noon}}]',
            "'noon' is not in ISO 8601",
        ),
        (
            'steps: [{device: kitchen.light, function: on_off, action: "on",'
            " when: {kind: if, condition: {device: kitchen.light, function: on_off, value: 7}}}]",
            "condition: kitchen.light on_off cannot be 7",
        ),
        ("problems: [{kind: lost}]", "Problem has no kind 'lost'"),
        ("reply: true, area: cellar", "there is no area 'cellar'"),
        ("reply: true, state: {kitchen.light: {brightness: high}}", "brightness cannot be 'high'"),
    ],
)
def test_suite_check_doubts_what_the_home_does_not_have(tmp_path: Path, keys: str, doubt: str) -> None:
    path = written(tmp_path, f"  - {{say: x, class: plain, {keys}}}\n")
    doubts = check_suites([load_suite(path, "en")])
    assert any(doubt in found.text for found in doubts), doubts


def test_suite_check_is_content_with_vague_and_relative_values(tmp_path: Path) -> None:
    vague = "{device: kitchen.light, function: brightness, action: set, value: {above: 20}}"
    change = "{device: kitchen.light, function: brightness, action: set, delta: 10}"
    path = written(tmp_path, f"  - {{say: x, class: relative, steps: [{vague}, {change}]}}\n")
    assert check_suites([load_suite(path, "en")]) == []


def test_suite_check_finds_the_same_sentence_twice(tmp_path: Path) -> None:
    case = "  - {say: hello, class: small_talk, reply: true}\n"
    doubts = check_suites([load_suite(written(tmp_path, case + case), "en")])
    assert [found.text.split(" in ")[0] for found in doubts] == ["the same sentence stands"]


def test_suites_of_the_project_are_sound() -> None:
    suites, errors = load_suites()
    assert errors == ()
    assert check_suites(suites) == []
    assert {(language, path.name) for language, path in suite_files(SUITES)} == {
        (suite.language, f"{suite.name}.yaml") for suite in suites
    }
