"""A need in one half of a sentence, and the list in the other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from homebody.assistant.understanding.everyday.english_supplies import supply

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "action", "item"),
    [
        ("we're out of milk, add it to the list", "add", "milk"),
        ("we're running low on coffee, pop it on the shopping list", "add", "coffee"),
        ("the milk's run out, put it on the list", "add", "milk"),
        ("i have bought the potatoes, tick them off the shopping list", "complete", "potatoes"),
    ],
)
def test_the_item_is_named_before_the_list(text: str, action: str, item: str) -> None:
    found = supply(text, text, NOW)
    assert found is not None
    assert (found.action, found.item) == (action, item)


@pytest.mark.parametrize(
    "text", ["put milk on the list, it's run out", "turn it on, we need light", "read me the list"]
)
def test_nothing_else_is_taken_for_it(text: str) -> None:
    assert supply(text, text, NOW) is None
