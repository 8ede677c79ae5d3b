"""Where the body is and how it moves, from gyroscope, accelerometer, joints and foot contacts.

Velocity is a Kalman filter: the accelerometer predicts, and each foot that stands corrects, since what stands
still shows how the body moves over it. Feet are balls that roll: their centres move when the shank turns, and
leaving that out costs some 8 % of the speed. Tilt is a complementary filter: the gyroscope is integrated and
drawn towards gravity, which is what the accelerometer feels beyond the motion that the feet confirm; so
neither starting nor a curve tilts the horizon. With no foot on the ground, a body that feels about 1 g counts
as at rest.

Heading has no reference but the gyroscope, whose bias is learned while the dog stands still; heading and
position drift, as the real dog's do.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from homebody.robot.control.kinematics import feet_and_jacobians
from homebody.robot.control.rotations import Quaternion, matrix, quaternion_of, roll_pitch_yaw, skew, turned
from homebody.robot.control.state import Flags, Readings, State
from homebody.robot.dimensions import FOOT_RADIUS, Array

GRAVITY = 9.81
_TILT_GAIN = 0.5  # 1/s towards gravity
_BIAS_GAIN = 0.01  # 1/s²
_STILL_SPEED = 0.1  # rad/s, of every joint
_STILL_GAIN = 0.5  # 1/s, of the bias while nothing moves
_ACCELERATION_VARIANCE = 4.0  # (m/s²)²·s: also what a tilt error of some degrees does
_FOOT_VARIANCE = 0.01  # (m/s)²
_FAIR_SLIP = 0.3  # m/s from which on a foot is believed less
_SETTLING_S = 0.012  # after touch-down a foot still bounces
_LEVELLING_GAIN = 0.5  # 1/s, of the height towards the floor under the feet
_ALOFT_DECAY = 1.0  # 1/s, of a velocity that no foot confirms


class Observer(Protocol):
    """Makes a state of readings; ``planned`` says which feet are meant to stand, (4,)."""

    def observe(self, readings: Readings, planned: Flags) -> State: ...


class Estimator:
    def __init__(self, dt: float) -> None:
        self._dt = dt
        self._quaternion: Quaternion | None = None
        self._bias = [0.0, 0.0, 0.0]
        self._position = np.zeros(3)
        self._velocity = np.zeros(3)
        self._variance = _FOOT_VARIANCE
        self._standing = np.zeros(4)  # seconds that each foot has been down
        self._unexplained: tuple[float, float, float] | None = None
        self.aloft_s = 0.0  # for so long no foot has felt the ground

    def observe(self, readings: Readings, planned: Flags) -> State:
        quaternion = self._turn(readings)
        rotation = matrix(quaternion)
        feet, jacobians = feet_and_jacobians(readings.joints)
        gyro = readings.gyro
        turning = np.array([gyro[0] - self._bias[0], gyro[1] - self._bias[1], gyro[2] - self._bias[2]])
        self._move(readings, planned, rotation, turning, feet, jacobians)
        return State(
            quaternion=quaternion,
            angles=roll_pitch_yaw(quaternion),
            rotation=rotation,
            position=self._position.copy(),
            velocity=self._velocity.copy(),
            turning=turning,
            joints=readings.joints,
            speeds=readings.speeds,
            feet=feet,
            jacobians=jacobians,
            contact=readings.contact,
        )

    def _turn(self, readings: Readings) -> Quaternion:
        ax, ay, az = readings.acceleration
        if self._quaternion is None:
            self._quaternion = quaternion_of(math.atan2(ay, az), math.atan2(-ax, math.hypot(ay, az)), 0.0)
        w, x, y, z = self._quaternion
        up = (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y))
        if self._unexplained is not None:
            ax, ay, az = self._unexplained
        length = math.sqrt(ax * ax + ay * ay + az * az)
        trust = max(0.0, 1.0 - 2.0 * abs(length / GRAVITY - 1.0))
        gyro, bias, dt = readings.gyro, self._bias, self._dt
        turn = [g - b for g, b in zip(gyro, bias, strict=True)]
        if trust > 0.0:
            off = (
                (ay * up[2] - az * up[1]) / length,
                (az * up[0] - ax * up[2]) / length,
                (ax * up[1] - ay * up[0]) / length,
            )
            for axis in range(3):
                bias[axis] -= _BIAS_GAIN * trust * off[axis] * dt
                turn[axis] += _TILT_GAIN * trust * off[axis]
        if readings.contact.all() and float(np.abs(readings.speeds).max()) < _STILL_SPEED:
            for axis in range(3):
                bias[axis] += _STILL_GAIN * dt * (gyro[axis] - bias[axis])
        self._quaternion = turned(self._quaternion, turn[0] * dt, turn[1] * dt, turn[2] * dt)
        return self._quaternion

    def _move(
        self,
        readings: Readings,
        planned: Flags,
        rotation: Array,
        turning: Array,
        feet: Array,
        jacobians: Array,
    ) -> None:
        dt, velocity = self._dt, self._velocity
        velocity += dt * (rotation @ readings.acceleration)
        velocity[2] -= dt * GRAVITY
        self._variance += _ACCELERATION_VARIANCE * dt
        self._standing = np.where(readings.contact, self._standing + dt, 0.0)
        trusted = (self._standing > _SETTLING_S) & planned
        if trusted.any():
            self.aloft_s = 0.0
            seen = _body_velocities(readings, rotation, turning, feet, jacobians) @ rotation.T
            slip = ((seen - velocity) ** 2).sum(axis=1)
            weights = trusted / (1.0 + slip / _FAIR_SLIP**2)
            total = float(weights.sum())
            gain = self._variance / (self._variance + _FOOT_VARIANCE / total)
            correction = gain * (weights @ seen / total - velocity)
            velocity += correction
            # what the accelerometer felt, less the motion that the feet confirm: gravity, in the body frame
            x, y, _ = (correction * (-1.0 / dt)).tolist()
            self._unexplained = (rotation.T @ (x, y, GRAVITY)).tolist()
            self._variance *= 1.0 - gain
            heights = feet[trusted] @ rotation[2]
            floor = float(heights.mean()) - FOOT_RADIUS
            self._position[2] += _LEVELLING_GAIN * dt * (-floor - self._position[2])
        else:
            self._unexplained = None
            self.aloft_s = 0.0 if readings.contact.any() else self.aloft_s + dt
            velocity *= 1.0 - _ALOFT_DECAY * dt
        self._position += dt * velocity


def _body_velocities(
    readings: Readings, rotation: Array, turning: Array, feet: Array, jacobians: Array
) -> Array:
    """The body's velocity (4, 3), in its own frame, as each foot has it if it rolls without slipping."""
    joints, speeds = readings.joints, readings.speeds
    bend = speeds[:, 1] + speeds[:, 2]
    shank = np.empty((4, 3))
    shank[:, 0] = turning[0] + speeds[:, 0]
    shank[:, 1] = turning[1] + np.cos(joints[:, 0]) * bend
    shank[:, 2] = turning[2] + np.sin(joints[:, 0]) * bend
    rolling = shank @ skew(FOOT_RADIUS * rotation[2])
    carried = feet @ skew(turning)  # the negative of turning x feet
    seen: Array = rolling + carried - np.matmul(jacobians, speeds[:, :, None])[:, :, 0]
    return seen
