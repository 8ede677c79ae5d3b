"""What is known of the present state of devices, for wishes that depend on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from homebody.home.function import Value

States = Callable[[str], Mapping[str, Value]]
"""The last known state of a device, by its id: function id to value; empty where nothing is known."""
