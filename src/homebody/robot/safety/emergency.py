"""The emergency stop: anybody presses it, a person releases it, and in between nothing else is sent."""

from __future__ import annotations

from homebody.robot.motions import Mode
from homebody.robot.safety.lease import Owner


class EmergencyStop:
    """``pressed_by`` is who pressed it first; None while it is released."""

    def __init__(self) -> None:
        self.pressed_by: str | None = None
        self.confirmed = False

    @property
    def pressed(self) -> bool:
        return self.pressed_by is not None

    def press(self, by: str) -> None:
        """Needs no lease."""
        if self.pressed_by is None:
            self.pressed_by = by
            self.confirmed = False

    def release(self, by: Owner) -> bool:
        """Whether it is released now: only a person does that, and only when the stop has arrived."""
        if self.pressed and (not by.person or not self.confirmed):
            return False
        self.pressed_by = None
        return True

    def hear(self, mode: int) -> None:
        """The mode that the board is in. A stop counts as arrived for as long as the board says so."""
        self.confirmed = self.pressed and mode == Mode.OFF
