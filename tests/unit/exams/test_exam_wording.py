"""The text of a prompt, to the character, for each protocol."""

from __future__ import annotations

import pytest

from homebody.lab.exams import ceval, cmmlu
from homebody.lab.exams.exam import Question, Subject


def question(text: str, answer: str = "B", index: int = 0) -> Question:
    return Question(index=index, text=text, options=("一", "二", "三", "四"), answer=answer)


DEMOS = tuple(question(text, index=index) for index, text in enumerate(("短", "长" * 30, "中" * 10)))
SUBJECT = Subject(id="x", title="某学", categories=("STEM",), demos=DEMOS, questions=(question(" 问？"),))
ASKED = SUBJECT.questions[0]
OPTIONS = "\nA. 一\nB. 二\nC. 三\nD. 四"
CMMLU = "以下是关于某学的单项选择题，请直接给出正确答案的选项。"
CEVAL = "以下是中国关于某学考试的单项选择题，请选出其中的正确答案。"


def prompt(exam: str, protocol: str, shots: int) -> str:
    wordings = {"cmmlu": cmmlu.WORDINGS, "ceval": ceval.WORDINGS}[exam]
    return wordings[protocol].prompt(SUBJECT, ASKED, shots, len)


@pytest.mark.parametrize(
    ("exam", "protocol", "expected"),
    [
        ("cmmlu", "official", f"{CMMLU}\n\n题目： 问？{OPTIONS}\n答案是："),
        ("cmmlu", "lm-eval", f"{CMMLU}\n\n问？{OPTIONS}\n答案："),
        ("cmmlu", "opencompass", f"\n{CMMLU}\n题目： 问？{OPTIONS}\n答案是:"),
        ("ceval", "official", f"{CEVAL}\n\n 问？{OPTIONS}\n答案："),
        ("ceval", "lm-eval", f"{CEVAL}\n\n问？{OPTIONS}\n答案："),
        ("ceval", "opencompass", f"\n{CEVAL}\n 问？{OPTIONS}\n答案: \n"),
    ],
)
def test_without_solved_questions(exam: str, protocol: str, expected: str) -> None:
    assert prompt(exam, protocol, 0) == expected


@pytest.mark.parametrize(
    ("protocol", "demo"),
    [
        ("official", f"{CMMLU}\n\n题目：短{OPTIONS}\n答案是：B\n\n题目： 问？{OPTIONS}\n答案是："),
        ("lm-eval", f"{CMMLU}\n\n短{OPTIONS}\n答案： B\n\n问？{OPTIONS}\n答案："),
        (
            "opencompass",
            f"{CMMLU}\n题目：短{OPTIONS}\n答案是: B\n\n\n\n\n{CMMLU}\n题目： 问？{OPTIONS}\n答案是:",
        ),
    ],
)
def test_with_a_solved_question(protocol: str, demo: str) -> None:
    assert prompt("cmmlu", protocol, 1) == demo


def test_the_longest_demo_goes_first_where_all_do_not_fit() -> None:
    def count(text: str) -> int:
        return 14 * len(text)

    text = cmmlu.WORDINGS["official"].prompt(SUBJECT, ASKED, 3, count)
    assert "长" not in text
    assert "短" in text and "中中" in text
    assert text.startswith(CMMLU)


def test_a_question_that_does_not_fit_is_put_alone() -> None:
    text = cmmlu.WORDINGS["official"].prompt(SUBJECT, ASKED, 3, lambda text: 100 * len(text))
    assert text == f"题目： 问？{OPTIONS}\n答案是："
