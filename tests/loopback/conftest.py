"""Real model weights for tests marked ``model``: found in the store, never fetched by a test."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from homebody.language.catalogue import find
from homebody.weights.store import Store


@pytest.fixture(scope="session")
def weights() -> Callable[[str], Path]:
    """The file of a model by its id. Absent: skipped, or with HOMEBODY_TEST_REQUIRE_MODELS=1 a failure."""
    data = Path(os.environ.get("HOMEBODY_DATA_DIR") or Path.home() / ".local/share/homebody")
    store = Store(data / "models", sources=())

    def locate(model_id: str) -> Path:
        path = store.path(find(model_id))
        if path is None:
            reason = f"no {model_id} in {store.root}: homebody models pull {model_id}"
            if os.environ.get("HOMEBODY_TEST_REQUIRE_MODELS") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return locate


@pytest.fixture
def first_port() -> int:
    """Where the ports of a robot's wire begin in one test, so that no two tests hear each other."""
    return 20000 + secrets.randbelow(4000) * 10
