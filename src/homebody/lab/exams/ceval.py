"""C-Eval: 52 subjects, 1,346 questions whose answers are published (https://github.com/hkust-nlp/ceval).

Only the split ``val`` is asked: the answers of ``test`` were kept by the authors for their own ranking, and
what others call C-Eval is therefore often another set of questions. The tables say so.
"""

from __future__ import annotations

from homebody.lab.exams.reading import Layout
from homebody.lab.exams.wording import Wording
from homebody.weights.files import HubFile, WeightFile

_HEAD = "以下是中国关于{title}考试的单项选择题，请选出其中的正确答案。"

LAYOUT = Layout(
    id="ceval",
    title="C-Eval (val)",
    licence="CC BY-NC-SA 4.0",
    demos="dev/{subject}_dev.csv",
    questions="val/{subject}_val.csv",
    text="question",
    answer="answer",
    count=1_346,
    archive=WeightFile(
        id="data-ceval",
        title="C-Eval",
        file="ceval-exam.zip",
        sha256=None,
        size=1_600_000,
        hub=HubFile(repo="datasets/ceval/ceval-exam", file="ceval-exam.zip"),
    ),
)

# Official: code/evaluator_series/evaluators/llama.py and resources/tutorial.md of the repository above. They
# leave out demos that do not fit, and do not say how many tokens fit: CMMLU's 2048 are taken. lm-eval: its
# tasks ceval-valid_*, version 2.0. OpenCompass: configs/datasets/ceval/ceval_ppl_578f8d.py, no template.
WORDINGS = {
    "official": Wording(head=_HEAD + "\n\n", question="", ask="\n答案：", limit=2048),
    "lm-eval": Wording(head=_HEAD + "\n\n", question="", ask="\n答案：", letter=" ", strip=True, bos=False),
    "opencompass": Wording(
        head="", question=_HEAD + "\n", ask="\n答案: \n",
        opening="\n", after_demo="\n\n\n", after_demos="\n\n",
    ),
}  # fmt: skip
