"""The simulated dog walks as it is told, steered by what its sensors feel."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("daqp")

from homebody.robot.body.simulation import SimulatedDog
from homebody.robot.control.estimation import Estimator
from homebody.robot.control.gaits import MEDIUM_TROT
from homebody.robot.control.kinematics import feet_and_jacobians, joints_for
from homebody.robot.control.locomotion import Locomotion, WalkCommand
from homebody.robot.control.postures import STAND
from homebody.robot.dimensions import FOOT_RADIUS, LEGS, MASS


def test_the_model_has_the_published_mass_and_our_kinematics() -> None:
    dog = SimulatedDog()
    dog.place(z=0.5, joints=STAND)
    assert dog.model.body_subtreemass[1] == pytest.approx(MASS)
    feet, _ = feet_and_jacobians(STAND)
    for leg, foot in zip(LEGS, feet, strict=True):
        assert dog.data.geom(f"{leg}_foot").xpos - [0, 0, 0.5] == pytest.approx(foot, abs=1e-9)


def test_inverse_kinematics_undoes_forward_kinematics_and_jacobians_are_derivatives() -> None:
    random = np.random.default_rng(1)
    for _ in range(50):
        joints = STAND + random.uniform(-0.3, 0.3, (4, 3))
        feet, jacobians = feet_and_jacobians(joints)
        assert joints_for(feet) == pytest.approx(joints, abs=1e-6)
        step = random.uniform(-1e-6, 1e-6, (4, 3))
        moved = feet_and_jacobians(joints + step)[0] - feet
        assert moved == pytest.approx(np.matmul(jacobians, step[:, :, None])[:, :, 0], abs=1e-11)


@pytest.mark.parametrize(("forward", "turning"), [(0.6, 0.0), (0.0, 1.0)])
def test_a_trot_keeps_the_speed_it_is_told_within_five_percent(forward: float, turning: float) -> None:
    dog = SimulatedDog()
    dog.place(z=0.25, joints=STAND)
    for _ in range(200):  # the feet settle
        settled = dog.readings()
        dog.step(80.0 * (STAND - settled.joints) - 2.0 * settled.speeds)
    estimator, legs = Estimator(dog.dt), Locomotion(MEDIUM_TROT, dog.dt)
    legs.command = WalkCommand(forward=forward, turning=turning)
    ahead, turned, errors = [], [], []
    for tick in range(2000):
        state = estimator.observe(dog.readings(), legs.supports)
        dog.step(legs.torques(state))
        if tick >= 1000:
            truth = dog.truth()
            ahead.append(float((truth.rotation.T @ truth.velocity)[0]))
            turned.append(float(truth.turning[2]))
            errors.append(truth.angles[1] - state.angles[1])
    assert truth.up > 0.98
    assert truth.position[2] > 0.2 + FOOT_RADIUS
    assert np.mean(ahead) == pytest.approx(forward, abs=0.05 * max(forward, 0.3))
    assert np.mean(turned) == pytest.approx(turning, abs=0.05 * max(turning, 0.5))
    assert math.sqrt(np.mean(np.square(errors))) < 0.03
