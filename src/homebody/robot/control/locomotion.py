"""Walking: a gait, forces for the feet that stand, arcs for those that swing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from homebody.robot.control.footholds import Ground, footholds
from homebody.robot.control.gaits import Gait, GaitClock
from homebody.robot.control.predictive import Motion, PredictiveControl
from homebody.robot.control.rotations import wrapped
from homebody.robot.control.state import Flags, State
from homebody.robot.dimensions import (
    BODY_CENTRE,
    BODY_MASS,
    FOOT_RADIUS,
    MASS,
    Array,
)

CENTRE: Array = np.array([BODY_CENTRE[0] * BODY_MASS / MASS, 0.0, 0.005])
"""Centre of mass of the whole standing dog, body frame."""

_SWING_STIFFNESS, _SWING_DAMPING = 700.0, 14.0
_JOINT_DAMPING = np.array([0.1, 0.1, 0.1])
_ACCELERATION = np.array([2.0, 2.0, 5.0])  # of the command: m/s², m/s², rad/s²
_LEASH = 0.05  # m that the reference may be ahead of the body
_YAW_LEASH = 0.2
_SPEED_INTEGRAL = 0.6  # 1/s
_MOST_INTEGRAL = np.array([0.15, 0.1, 0.2])
_CONTROL_TICKS = 8
_GRIP = 0.004  # m that a foot is set below the ground, so that it surely lands
_FASTEST_RISE = 0.1  # m/s of the commanded height


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkCommand:
    """Speeds in the body's heading frame, and how the body is held; all must be finite."""

    forward: float = 0.0  # m/s
    left: float = 0.0  # m/s
    turning: float = 0.0  # rad/s
    roll: float = 0.0
    pitch: float = 0.0
    height: float = 0.25  # m of the body's origin over the ground


class Locomotion:
    """Ticks at ``dt``; forces are solved anew every few ticks."""

    def __init__(self, gait: Gait, dt: float) -> None:
        self._dt = dt
        self.clock = GaitClock(gait)
        self._solver = PredictiveControl()
        self.command = WalkCommand()
        self._speed = np.zeros(3)  # the command, with its acceleration limited
        self._integral = np.zeros(3)
        self._height: float | None = None
        self._ground = Ground()
        self._yaw = 0.0
        self._place = np.zeros(2)
        self._placed = np.zeros((4, 3))
        self._lifted = np.zeros((4, 3))
        self._was_standing: Flags = np.ones(4, dtype=bool)
        self._forces = np.zeros((4, 3))
        self._tick = 0
        self.supports: Flags = np.ones(4, dtype=bool)

    def torques(self, state: State) -> Array:
        """Joint torques (4, 3) for this tick."""
        world = state.position + state.feet @ state.rotation.T
        centre = state.position + state.rotation @ CENTRE
        if self._height is None:
            self._begin(state, centre, world)
        velocity = self._follow(state, centre)
        standing = self.clock.standing
        self._placed[standing] = world[standing]
        leaving = self._was_standing & ~standing
        if leaving.any():
            self._lifted[leaving] = world[leaving]
        self._was_standing = self.supports = standing
        landing = self._landing(state, velocity)
        if self._tick % _CONTROL_TICKS == 0:
            self._ground.update(self._placed)
            self._forces = self._solve(state, centre, velocity, world, landing)
        push = self._swing(state, landing) if not standing.all() else np.zeros((4, 3))
        push[standing] = -(self._forces @ state.rotation)[standing]
        self._tick += 1
        self.clock.advance(self._dt)
        torques: Array = np.matmul(push[:, None, :], state.jacobians)[:, 0] - _JOINT_DAMPING * state.speeds
        return torques

    def _begin(self, state: State, centre: Array, world: Array) -> None:
        self._yaw = state.angles[2]
        self._place = centre[:2].copy()
        self._placed[:] = world
        self._lifted[:] = world
        self._height = float(state.position[2] - world[:, 2].mean()) + FOOT_RADIUS

    def _follow(self, state: State, centre: Array) -> Array:
        """Move the reference on by a tick; gives the wanted velocity (3,) in the odometry frame."""
        dt, yaw = self._dt, state.angles[2]
        cosine, sine = math.cos(yaw), math.sin(yaw)
        heading = np.array([[cosine, -sine], [sine, cosine]])
        asked = np.array([self.command.forward, self.command.left, self.command.turning])
        change = _ACCELERATION * dt
        self._speed += np.clip(asked - self._speed, -change, change)
        actual = np.array([*(state.velocity[:2] @ heading), state.turning[2]])
        self._integral += _SPEED_INTEGRAL * dt * (self._speed - actual)
        np.clip(self._integral, -_MOST_INTEGRAL, _MOST_INTEGRAL, out=self._integral)
        if not self._speed.any():
            self._integral *= 1.0 - dt
        velocity = np.zeros(3)
        velocity[:2] = heading @ (self._speed[:2] + self._integral[:2])
        ahead = wrapped(self._yaw + (self._speed[2] + self._integral[2]) * dt - yaw)
        self._yaw = yaw + max(-_YAW_LEASH, min(_YAW_LEASH, ahead))
        off = self._place + velocity[:2] * dt - centre[:2]
        self._place = centre[:2] + np.clip(off, -_LEASH, _LEASH)
        if self.clock.gait.stance >= 1.0:
            self._place = self._placed[:, :2].mean(axis=0)
        assert self._height is not None
        rise = max(-_FASTEST_RISE * dt, min(_FASTEST_RISE * dt, self.command.height - self._height))
        self._height += rise
        return velocity

    def _landing(self, state: State, velocity: Array) -> Array:
        gait = self.clock.gait
        landing = footholds(
            position=state.position,
            yaw=state.angles[2],
            velocity=state.velocity,
            wanted=velocity,
            turning=float(self._speed[2]),
            height=float(self.command.height),
            until_landing=(1.0 - self.clock.phases) * gait.period,
            stance_s=gait.stance_s,
        )
        landing[:, 2] = self._ground.heights(self._placed, landing) - _GRIP
        return landing

    def _solve(self, state: State, centre: Array, velocity: Array, world: Array, landing: Array) -> Array:
        solver, command = self._solver, self.command
        steps, times = solver.steps, solver.dt * (np.arange(solver.steps) + 1.0)
        standing = self.clock.schedule(steps, solver.dt)
        # a foot that is in the air before a step has then moved to its next place
        moved = np.logical_or.accumulate(~standing, axis=0)
        ahead = np.arange(steps)[:, None] * solver.dt * velocity
        feet = np.where(moved[:, :, None], landing, world) - (centre + ahead)[:, None, :]
        roll, pitch = self._ground.tilt(state.angles[2])
        turning = float(self._speed[2] + self._integral[2])
        angles = np.empty((steps, 3))
        angles[:, 0], angles[:, 1] = roll + command.roll, pitch + command.pitch
        angles[:, 2] = self._yaw + turning * times
        position = np.empty((steps, 3))
        position[:, :2] = self._place + times[:, None] * velocity[:2]
        ground = self._ground.heights(self._placed, position) - FOOT_RADIUS
        assert self._height is not None
        position[:, 2] = ground + self._height + CENTRE[2]
        wanted = Motion(
            angles=angles,
            position=position,
            turning=np.array([0.0, 0.0, turning]),
            velocity=velocity,
        )
        now = Motion(
            angles=np.array(state.angles),
            position=centre,
            turning=state.rotation @ state.turning,
            velocity=state.velocity,
        )
        return solver.forces(now, wanted, feet, standing)

    def _swing(self, state: State, landing: Array) -> Array:
        """Forces in the body frame that draw the feet in the air along their arcs, (4, 3)."""
        gait = self.clock.gait
        done = (self.clock.phases - gait.stance) / (1.0 - gait.stance)
        done = np.clip(done, 0.0, 1.0)[:, None]
        way = landing - self._lifted
        place = self._lifted + way * (done * done * (3.0 - 2.0 * done))
        speed = way * (6.0 * done * (1.0 - done) / gait.swing_s)
        place[:, 2] += gait.clearance * (4.0 * done * (1.0 - done))[:, 0]
        speed[:, 2] += gait.clearance * (4.0 * (1.0 - 2.0 * done) / gait.swing_s)[:, 0]
        # in the body frame a place moves with the body's own motion too
        x, y, z = state.turning.tolist()
        carried = np.array([[0.0, z, -y], [-z, 0.0, x], [y, -x, 0.0]])  # rows times this: minus turning x row
        place = (place - state.position) @ state.rotation
        speed = (speed - state.velocity) @ state.rotation + place @ carried.T
        moving = np.matmul(state.jacobians, state.speeds[:, :, None])[:, :, 0]
        force: Array = _SWING_STIFFNESS * (place - state.feet) + _SWING_DAMPING * (speed - moving)
        return force
