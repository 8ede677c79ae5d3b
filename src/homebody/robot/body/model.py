"""The dog as MJCF, written from its published dimensions.

Bodies are boxes, cylinders, capsules and balls. What collides is in group 0; the dog (bit 1) meets the world
(bit 2) and not itself. Joints are called ``FR_abad_joint`` and so on, and run in the order of ``LEGS``.
"""

from __future__ import annotations

from homebody.robot.dimensions import (
    ABAD_MASS,
    ABAD_RANGE,
    ABAD_X,
    ABAD_Y,
    BODY_CENTRE,
    BODY_INERTIA,
    BODY_MASS,
    BODY_SIZE,
    FOOT_RADIUS,
    FRONT,
    FRONT_HIP_RANGE,
    GEAR,
    HIP_MASS,
    HIP_OFFSET,
    JOINTS,
    KNEE_MASS,
    KNEE_RANGE,
    LEGS,
    REAR_HIP_RANGE,
    ROTOR_INERTIA,
    ROTOR_MASS,
    SHANK,
    SIDE,
    THIGH,
    TORQUE_LIMIT,
)

TIMESTEP = 0.002
CAMERA_PLACE = (0.29, 0.0, 0.08)
CAMERA_FIELD_DEG = 70

_DARK, _ORANGE, _BLACK = ".16 .16 .18 1", ".93 .47 .12 1", ".05 .05 .05 1"
_JOINT = f'armature="{ROTOR_INERTIA * GEAR**2}" damping="0.01" frictionloss="0.1"'

_HEAD = """<mujoco model="dog">
<compiler angle="radian" autolimits="true"/>
<option timestep="{timestep}" integrator="implicitfast" cone="elliptic" iterations="20" ls_iterations="10"/>
<visual><global offwidth="1280" offheight="720"/><headlight ambient=".4 .4 .4"/></visual>
<default>
<default class="seen"><geom contype="0" conaffinity="0" mass="0"/></default>
<default class="dog"><geom contype="1" conaffinity="2" mass="0" friction="0.5"/></default>
<default class="world"><geom contype="2" conaffinity="1" friction="{friction} 0.02 0.01"/></default>
</default>
<asset>
<texture name="floor" type="2d" builtin="checker" rgb1=".76 .78 .80" rgb2=".66 .69 .72"
 width="256" height="256"/>
<material name="floor" texture="floor" texrepeat="20 20"/>
<texture type="skybox" builtin="gradient" rgb1=".75 .83 .9" rgb2=".95 .96 .97" width="64" height="384"/>
</asset>
<worldbody>
<light pos="0 0 5" dir="0 0 -1" directional="true" castshadow="false"/>
<geom name="floor" class="world" type="plane" size="40 40 .1" material="floor"/>
"""


def _leg(index: int, foot_friction: float) -> str:
    name, left = LEGS[index], SIDE[index]
    forward = 1 if FRONT[index] else -1
    hip = FRONT_HIP_RANGE if FRONT[index] else REAR_HIP_RANGE
    return f"""<body name="{name}_abad" pos="{forward * ABAD_X} {left * ABAD_Y} 0">
<inertial pos="{-0.013 * forward} {0.013 * left} 0" mass="{ABAD_MASS + ROTOR_MASS}"
 diaginertia="2.2e-4 3.3e-4 2.6e-4"/>
<joint name="{name}_abad_joint" axis="1 0 0" range="{ABAD_RANGE[0]} {ABAD_RANGE[1]}" {_JOINT}/>
<geom class="seen" type="cylinder" size="0.039 0.018" zaxis="1 0 0" rgba="{_DARK}"/>
<body name="{name}_hip" pos="0 {left * HIP_OFFSET} 0">
<inertial pos="-0.0018 {-0.026 * left} -0.015" mass="{HIP_MASS + 2 * ROTOR_MASS}"
 diaginertia="1.25e-3 1.1e-3 4.6e-4"/>
<joint name="{name}_hip_joint" axis="0 1 0" range="{hip[0]} {hip[1]}" {_JOINT}/>
<geom class="dog" type="cylinder" size="0.039 0.018" zaxis="0 1 0" rgba="{_DARK}"/>
<geom class="dog" type="capsule" size="0.016" fromto="0 0 0 0 0 {-THIGH}" rgba="{_ORANGE}"/>
<body name="{name}_knee" pos="0 0 {-THIGH}">
<inertial pos="0.0006 0 -0.0893" mass="{KNEE_MASS}" diaginertia="6.7e-4 6.7e-4 1.6e-5"/>
<joint name="{name}_knee_joint" axis="0 1 0" range="{KNEE_RANGE[0]} {KNEE_RANGE[1]}" {_JOINT}/>
<geom class="dog" type="capsule" size="0.009" fromto="0 0 -0.005 0 0 {0.02 - SHANK}" rgba="{_DARK}"/>
<geom name="{name}_foot" class="dog" type="sphere" size="{FOOT_RADIUS}" pos="0 0 {-SHANK}" rgba="{_BLACK}"
 friction="{foot_friction} 0.02 0.01" priority="1" solref="0.01 1"/>
<site name="{name}_foot" pos="0 0 {-SHANK}" size="{FOOT_RADIUS + 0.002}" group="4"/>
</body></body></body>
"""


def _base() -> str:
    x, y, z = BODY_SIZE
    return f"""<body name="base" pos="0 0 0.3"><freejoint name="base"/>
<inertial pos="{BODY_CENTRE[0]} {BODY_CENTRE[1]} {BODY_CENTRE[2]}" mass="{BODY_MASS}"
 diaginertia="{BODY_INERTIA[0]} {BODY_INERTIA[1]} {BODY_INERTIA[2]}"/>
<geom name="trunk" class="dog" type="box" size="{x / 2} {y / 2 - 0.02} {z / 2}" rgba="{_DARK}"/>
<geom name="head" class="dog" type="capsule" size="0.05" fromto="0.15 0 0.06 0.23 0 0.08" rgba="{_ORANGE}"/>
<geom name="muzzle" class="seen" type="box" size="0.012 0.03 0.018" pos="0.277 0 0.08" rgba="{_DARK}"/>
<camera name="head" pos="{CAMERA_PLACE[0]} 0 {CAMERA_PLACE[2]}" xyaxes="0 -1 0 0 0 1"
 fovy="{CAMERA_FIELD_DEG}"/>
<site name="imu" pos="0 0 0" size="0.005" group="4"/>
"""


def dog_model(*, scenery: str = "", friction: float = 0.8, timestep: float = TIMESTEP) -> str:
    """MJCF of the dog on a floor; ``scenery`` is more MJCF, of class ``world`` where it is solid.

    ``friction`` is that of the feet on anything: a foot's own counts, whatever it stands on.
    """
    legs = "".join(_leg(index, friction) for index in range(4))
    motors = "".join(
        f'<motor name="{leg}_{joint}" joint="{leg}_{joint}_joint" '
        f'ctrlrange="{-TORQUE_LIMIT} {TORQUE_LIMIT}"/>\n'
        for leg in LEGS
        for joint in JOINTS
    )
    touches = "".join(f'<touch name="{leg}_touch" site="{leg}_foot"/>\n' for leg in LEGS)
    return (
        _HEAD.format(timestep=timestep, friction=friction)
        + scenery
        + _base()
        + legs
        + f"</body></worldbody>\n<actuator>\n{motors}</actuator>\n<sensor>\n{touches}"
        + '<gyro name="gyro" site="imu"/><accelerometer name="accelerometer" site="imu"/>\n'
        + "</sensor>\n</mujoco>\n"
    )
