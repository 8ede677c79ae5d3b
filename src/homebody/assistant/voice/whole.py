"""By meaning: whether words are a whole command, so that nobody has to wait for silence.

Words that could well go on are not whole: they end in "and", 把, or in the middle of a wish.
"""

from __future__ import annotations

import re

from homebody.assistant.plan import Plan

SURE = 0.8
"""So sure has the grammar to be, to act before the silence says that it is over."""
_GOES_ON = re.compile(
    r"(?:\b(?:and|or|but|then|the|a|an|to|in|of|at|for|with|by|my|until|when|if|except|please)"
    r"|[和跟与及或把将给在到从再还但等当的]|如果|除了|然后|以后|之后|之前|直到|还有|以及|或者|但是|并且)"
    r"[\s,.，。、…]*$",
    re.IGNORECASE,
)


def is_whole(text: str, plan: Plan) -> bool:
    """Whether the grammar's plan of ``text`` is complete: nothing is missing, and nothing announces more."""
    if _GOES_ON.search(text) or plan.confidence < SURE or plan.problems:
        return False
    return bool(plan.steps) or plan.answer is not None
