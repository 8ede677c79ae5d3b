"""How sure a model was, as a number that was held against what came true (docs/understanding.md)."""

from __future__ import annotations

import math
from collections.abc import Sequence

ACT = 0.3
"""A model's change needs to be this sure; below it, it is not understood. Between this and the policy's own
limit a person is asked first."""


def sureness(probabilities: Sequence[float]) -> float:
    """0 to 1: how likely the model found its decision (the first token), times the geometric mean of the
    rest."""
    if not probabilities:
        return 0.0
    first, *rest = probabilities
    mean = math.exp(sum(math.log(max(p, 1e-6)) for p in rest) / len(rest)) if rest else 1.0
    return round(first * mean, 3)
