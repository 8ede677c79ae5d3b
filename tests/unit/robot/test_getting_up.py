"""The simulated dog stands up from lying and from its back, and lies down again."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("daqp")

from homebody.robot.body.simulation import SimulatedDog
from homebody.robot.control.estimation import Estimator
from homebody.robot.control.righting import Righting
from homebody.robot.control.splines import LIE_DOWN, STAND_UP, Spline

ALL_FEET = np.ones(4, dtype=bool)


def _play(dog: SimulatedDog, motion: Spline | Righting, at_most_s: float) -> None:
    estimator = Estimator(dog.dt)
    for _ in range(int(at_most_s / dog.dt)):
        dog.step(motion.torques(estimator.observe(dog.readings(), ALL_FEET)))
        if motion.done:
            return


def test_it_stands_up_and_lies_down() -> None:
    dog = SimulatedDog()
    _play(dog, Spline(STAND_UP, dog.dt), 3.0)
    assert dog.truth().position[2] > 0.22
    assert dog.truth().up > 0.98
    _play(dog, Spline(LIE_DOWN, dog.dt), 3.0)
    assert dog.truth().position[2] < 0.15


@pytest.mark.parametrize("roll", [math.pi, 1.57])
def test_it_gets_up_from_its_back_and_its_side(roll: float) -> None:
    dog = SimulatedDog()
    dog.place(z=0.2, roll=roll)
    for _ in range(350):
        dog.step(-3.0 * dog.readings().speeds)
    _play(dog, Righting(dog.dt), 25.0)
    assert dog.truth().up > 0.95
    assert dog.truth().position[2] > 0.2
