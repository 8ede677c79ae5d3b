"""CMMLU: 67 subjects, 11,582 questions, five solved ones each (https://github.com/haonan-li/CMMLU)."""

from __future__ import annotations

from homebody.lab.exams.reading import Layout
from homebody.lab.exams.wording import Wording
from homebody.weights.files import HubFile, WeightFile

_HEAD = "以下是关于{title}的单项选择题，请直接给出正确答案的选项。"

LAYOUT = Layout(
    id="cmmlu",
    title="CMMLU",
    licence="CC BY-NC-SA 4.0",
    demos="dev/{subject}.csv",
    questions="test/{subject}.csv",
    text="Question",
    answer="Answer",
    count=11_582,
    archive=WeightFile(
        id="data-cmmlu",
        title="CMMLU",
        file="cmmlu_v1_0_1.zip",
        sha256=None,
        size=1_100_000,
        hub=HubFile(repo="datasets/haonan-li/cmmlu", file="cmmlu_v1_0_1.zip"),
    ),
)

# Official: src/mp_utils.py and src/hf_causal_model.py of the repository above, at d6e7b71. lm-eval: its
# tasks cmmlu_*, version 1.0. OpenCompass: configs/datasets/cmmlu/cmmlu_ppl_8b9c76.py, for a model without a
# template.
WORDINGS = {
    "official": Wording(head=_HEAD + "\n\n", question="题目：", ask="\n答案是：", limit=2048),
    "lm-eval": Wording(head=_HEAD + "\n\n", question="", ask="\n答案：", letter=" ", strip=True, bos=False),
    "opencompass": Wording(
        head="", question=_HEAD + "\n题目：", ask="\n答案是:", letter=" ",
        opening="\n", after_demo="\n\n\n", after_demos="\n\n",
    ),
}  # fmt: skip
