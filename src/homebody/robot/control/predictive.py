"""Convex model-predictive control: the ground forces that carry the body along a reference.

The body is one rigid piece under the forces of the standing feet; over the horizon its yaw and the levers of
the feet are taken as known, which makes its motion linear in the forces. Because the state matrix is the
identity plus a nilpotent part, the response at step j to a force at step k has the closed form used below:
the condensed quadratic programme is a few products of small matrices instead of a chain of them.
Method: Di Carlo et al., "Dynamic Locomotion in the MIT Cheetah 3 Through Convex Model-Predictive Control",
2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import daqp
import numpy as np
from numpy.typing import NDArray

from homebody.robot.control.estimation import GRAVITY
from homebody.robot.control.rotations import skew
from homebody.robot.control.state import Flags
from homebody.robot.dimensions import MASS, Array

_UNBOUNDED = 1e30


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    angles: tuple[float, float, float] = (20.0, 20.0, 25.0)
    position: tuple[float, float, float] = (8.0, 8.0, 80.0)
    turning: tuple[float, float, float] = (0.3, 0.3, 0.5)
    velocity: tuple[float, float, float] = (2.0, 2.0, 1.0)
    force: float = 4e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """The rigid body now, or where it should be at a step: odometry frame, angles as roll, pitch, yaw."""

    angles: Array
    position: Array
    turning: Array
    velocity: Array


class PredictiveControl:
    """Solves for forces over ``steps`` of ``dt`` seconds and gives those of the first."""

    def __init__(
        self,
        *,
        steps: int = 8,
        dt: float = 0.032,
        mass: float = MASS,
        inertia: tuple[float, float, float] = (0.075, 0.16, 0.18),
        friction: float = 0.45,
        lightest: float = 2.0,
        heaviest: float = 150.0,
        weights: Weights = Weights(),
    ) -> None:
        self.steps, self.dt, self._mass = steps, dt, mass
        self.friction = friction
        self._force_range = (lightest, heaviest)
        self._inertia = np.array(inertia)
        self._weights = weights
        self._angle_weight = np.array(weights.angles)
        self._turning_weight = np.array(weights.turning)
        index = np.arange(steps)
        self._times = (index + 1) * dt
        later = index[None, :] >= index[:, None]  # [k, j]: a force at k acts on state j
        self._sum = later.astype(float)
        self._later_steps = self._sum.sum(axis=1)
        self._integral = np.where(later, dt * (index[None, :] - index[:, None] + 0.5), 0.0)
        # [k, l]: what two forces have in common over the rest of the horizon
        self._both_sum = self._sum @ self._sum.T
        self._both_integral = self._integral @ self._integral.T
        push = dt / mass
        velocity, position = np.array(weights.velocity), np.array(weights.position)
        self._linear = push**2 * (
            velocity[:, None, None] * self._both_sum + position[:, None, None] * self._both_integral
        )
        self._push = push
        self._position_weight, self._velocity_weight = position, velocity

    def forces(self, now: Motion, wanted: Motion, feet: Array, standing: Flags) -> Array:
        """Forces of the ground on the feet at the first step, (4, 3) N, zero for feet in the air.

        ``wanted`` holds angles and positions of every step, (steps, 3), and one turning and one velocity,
        (3,); ``feet`` (steps, 4, 3) are places of the feet from the centre of mass, ``standing`` (steps, 4)
        tells which bear weight. All in the odometry frame.
        """
        step_of, leg_of = np.nonzero(standing)
        count = len(step_of)
        result = np.zeros((4, 3))
        if count == 0:
            return result
        hessian, gradient = self._problem(now, wanted, feet[step_of, leg_of], step_of)
        matrix, upper, lower, sense = _cones(count, self.friction, *self._force_range)
        solution, _, flag, _ = daqp.solve(hessian, gradient, matrix, upper, lower, sense)
        if flag < 0:
            raise ArithmeticError(f"the solver of ground forces gave up with {flag}")
        first = int(standing[0].sum())
        result[leg_of[:first]] = solution[: 3 * first].reshape(first, 3)
        return result

    def _problem(
        self, now: Motion, wanted: Motion, levers: Array, step_of: NDArray[np.intp]
    ) -> tuple[Array, Array]:
        dt, count = self.dt, len(step_of)
        cosine, sine = np.cos(now.angles[2]), np.sin(now.angles[2])
        heading = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
        inverse_inertia = (heading / self._inertia) @ heading.T
        # (3, 3 * count): how each force changes the turning within one step
        twist = dt * (inverse_inertia @ skew(levers)).transpose(1, 0, 2).reshape(3, 3 * count)
        both_sum = self._both_sum[step_of[:, None], step_of]
        both_integral = self._both_integral[step_of[:, None], step_of]
        angle_weight = (heading * self._angle_weight) @ heading.T
        hessian = _spread(both_sum) * (twist.T @ (self._turning_weight[:, None] * twist))
        hessian += _spread(both_integral) * (twist.T @ angle_weight @ twist)
        linear = self._linear[:, step_of[:, None], step_of]
        for axis in range(3):
            hessian[axis::3, axis::3] += linear[axis]
        hessian.flat[:: 3 * count + 1] += self._weights.force

        times = self._times[:, None]
        drift_angles = now.angles + times * (heading.T @ now.turning)
        drift_position = now.position + times * now.velocity
        drift_position[:, 2] -= 0.5 * GRAVITY * self._times**2
        drift_velocity = np.repeat(now.velocity[None, :], self.steps, axis=0)
        drift_velocity[:, 2] -= GRAVITY * self._times
        off_angles = (drift_angles - wanted.angles) * self._angle_weight
        off_turning = (now.turning - wanted.turning) * self._turning_weight
        off_position = (drift_position - wanted.position) * self._position_weight
        off_velocity = (drift_velocity - wanted.velocity) * self._velocity_weight
        turn_pull = self._later_steps[:, None] * off_turning + self._integral @ (off_angles @ heading.T)
        move_pull = self._push * (self._sum @ off_velocity + self._integral @ off_position)
        gradient = np.matmul(turn_pull[step_of][:, None, :], twist.reshape(3, count, 3).transpose(1, 0, 2))
        return hessian, (gradient[:, 0] + move_pull[step_of]).ravel()


def _spread(table: Array) -> Array:
    """Each element as a block of three by three."""
    return table.repeat(3, axis=0).repeat(3, axis=1)


@lru_cache(maxsize=64)
def _cones(
    count: int, friction: float, lightest: float, heaviest: float
) -> tuple[Array, Array, Array, Array]:
    """Friction pyramids and limits of so many forces, as the solver wants them: bounds first, then rows."""
    side = friction / np.sqrt(2.0)
    rows = np.zeros((4 * count, 3 * count))
    for index in range(count):
        for row, (axis, sign) in enumerate(((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0))):
            rows[4 * index + row, 3 * index + axis] = sign
            rows[4 * index + row, 3 * index + 2] = side
    upper = np.full(7 * count, _UNBOUNDED)
    lower = np.concatenate([np.full(3 * count, -_UNBOUNDED), np.zeros(4 * count)])
    upper[2 : 3 * count : 3], lower[2 : 3 * count : 3] = heaviest, lightest
    return rows, upper, lower, np.zeros(7 * count, dtype=np.int32)
