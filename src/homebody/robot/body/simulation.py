"""The dog in MuJoCo: torques in, sensor readings out, and the truth beside them for tests and pictures."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np

from homebody.robot.body.model import TIMESTEP, dog_model
from homebody.robot.control.kinematics import feet_and_jacobians
from homebody.robot.control.rotations import Quaternion, matrix, quaternion_of, roll_pitch_yaw
from homebody.robot.control.state import Flags, Readings, State
from homebody.robot.dimensions import LEGS, Array

LYING = np.tile([0.0, 1.40, -2.45], (4, 1))
_TOUCH_N = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Standard deviations of the sensors' errors, the gyroscope's bias, and the age of readings."""

    gyro: float = 0.0  # rad/s
    gyro_bias: float = 0.0  # rad/s, each axis
    acceleration: float = 0.0  # m/s²
    joints: float = 0.0  # rad
    speeds: float = 0.0  # rad/s
    delay_ticks: int = 0


QUIET = Noise()


class SimulatedDog:
    """One dog in one world. ``step`` moves both by one tick of ``dt`` seconds."""

    def __init__(
        self,
        *,
        scenery: str = "",
        friction: float = 0.8,
        payload_kg: float = 0.0,
        noise: Noise = QUIET,
        seed: int = 0,
    ) -> None:
        self.model = mujoco.MjModel.from_xml_string(dog_model(scenery=scenery, friction=friction))
        self.data = mujoco.MjData(self.model)
        self.dt = TIMESTEP
        base = self.model.body("base").id
        self.model.body_mass[base] += payload_kg
        self._base = base
        joints = self.model.jnt_qposadr[self.model.joint("FR_abad_joint").id]
        speeds = self.model.jnt_dofadr[self.model.joint("FR_abad_joint").id]
        self._joints = slice(joints, joints + 12)
        self._speeds = slice(speeds, speeds + 12)
        self._touch = [self.model.sensor(f"{leg}_touch").adr[0] for leg in LEGS]
        self._gyro = slice(*_span(self.model, "gyro"))
        self._accelerometer = slice(*_span(self.model, "accelerometer"))
        self._noise = noise
        self._random = np.random.default_rng(seed)
        self._delayed: list[Readings] = []
        self._push: tuple[Array, float] | None = None
        self.place()

    def place(
        self,
        *,
        x: float = 0.0,
        y: float = 0.0,
        z: float = 0.14,
        roll: float = 0.0,
        pitch: float = 0.0,
        yaw: float = 0.0,
        joints: Array = LYING,
    ) -> None:
        """Put the dog down there, at rest."""
        mujoco.mj_resetData(self.model, self.data)
        self.data.qpos[:3] = x, y, z
        self.data.qpos[3:7] = quaternion_of(roll, pitch, yaw)
        self.data.qpos[self._joints] = joints.ravel()
        self._delayed.clear()
        mujoco.mj_forward(self.model, self.data)

    def step(self, torques: Array) -> None:
        """One tick under these joint torques, (4, 3) N·m."""
        data = self.data
        data.ctrl[:] = torques.ravel()
        if self._push is not None:
            force, until = self._push
            data.xfrc_applied[self._base, :3] = force if data.time < until else 0.0
            if data.time >= until:
                self._push = None
        mujoco.mj_step(self.model, data)

    def push(self, force: Array, seconds: float) -> None:
        """Push the body with this force (3,), in newtons of the world's frame, for so long."""
        self._push = (force, self.data.time + seconds)

    def readings(self) -> Readings:
        """What the sensors say now, with their noise and delay."""
        data, noise = self.data, self._noise
        sensed = data.sensordata
        gyro, acceleration = sensed[self._gyro].tolist(), sensed[self._accelerometer].tolist()
        joints = data.qpos[self._joints].reshape(4, 3).copy()
        speeds = data.qvel[self._speeds].reshape(4, 3).copy()
        if noise is not QUIET:
            draw = self._random.standard_normal(30)
            gyro = [
                g + noise.gyro * n + noise.gyro_bias for g, n in zip(gyro, draw[:3].tolist(), strict=True)
            ]
            acceleration = [
                a + noise.acceleration * n for a, n in zip(acceleration, draw[3:6].tolist(), strict=True)
            ]
            joints += noise.joints * draw[6:18].reshape(4, 3)
            speeds += noise.speeds * draw[18:30].reshape(4, 3)
        now = Readings(
            gyro=(gyro[0], gyro[1], gyro[2]),
            acceleration=(acceleration[0], acceleration[1], acceleration[2]),
            joints=joints,
            speeds=speeds,
            contact=self.contact(),
        )
        if not noise.delay_ticks:
            return now
        self._delayed.append(now)
        return self._delayed.pop(0) if len(self._delayed) > noise.delay_ticks else self._delayed[0]

    def contact(self) -> Flags:
        sensed = self.data.sensordata
        return np.array([sensed[touch] > _TOUCH_N for touch in self._touch])

    @property
    def time(self) -> float:
        return float(self.data.time)

    def truth(self) -> State:
        """The state as the simulator has it, in the world's frame; nothing that controls may ask for it."""
        data = self.data
        quaternion: Quaternion = tuple(data.qpos[3:7].tolist())
        joints = data.qpos[self._joints].reshape(4, 3).copy()
        feet, jacobians = feet_and_jacobians(joints)
        return State(
            quaternion=quaternion,
            angles=roll_pitch_yaw(quaternion),
            rotation=matrix(quaternion),
            position=data.qpos[:3].copy(),
            velocity=data.qvel[:3].copy(),
            turning=data.qvel[3:6].copy(),
            joints=joints,
            speeds=data.qvel[self._speeds].reshape(4, 3).copy(),
            feet=feet,
            jacobians=jacobians,
            contact=self.contact(),
        )


def _span(model: mujoco.MjModel, sensor: str) -> tuple[int, int]:
    named = model.sensor(sensor)
    return int(named.adr[0]), int(named.adr[0] + named.dim[0])
