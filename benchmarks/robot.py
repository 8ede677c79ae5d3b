"""The simulated dog under its own control: speed kept, pushes, falls, getting up, and what a tick costs.

All with the estimated state; the simulator's truth judges. Times are of the processor, not of the wall.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.machine import percentile
from homebody.robot.body.simulation import QUIET, Noise, SimulatedDog
from homebody.robot.control.estimation import Estimator
from homebody.robot.control.gaits import MEDIUM_TROT
from homebody.robot.control.locomotion import Locomotion, WalkCommand
from homebody.robot.control.postures import STAND
from homebody.robot.control.righting import Righting
from homebody.robot.control.state import State
from homebody.robot.dimensions import Array

SPEEDS = ((0.3, 0.0), (0.6, 0.0), (1.0, 0.0), (0.0, 0.5), (0.0, 1.5))
IMPULSES = (10.0, 14.0, 18.0)
NOISY = Noise(gyro=0.05, acceleration=0.3, joints=0.003, speeds=0.2, delay_ticks=2)
_PUSH_S = 0.1
_FLOOR = np.ones(4, dtype=bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Mean speeds after two seconds, the greatest tilt, and the processor's seconds of every tick."""

    forward: float
    turning: float
    fallen: bool
    ticks_s: list[float]
    simulated_s: float
    processor_s: float


def standing(**world: object) -> SimulatedDog:
    dog = SimulatedDog(**world)  # type: ignore[arg-type]
    dog.place(z=0.25, joints=STAND)
    for _ in range(200):
        readings = dog.readings()
        dog.step(80.0 * (STAND - readings.joints) - 2.0 * readings.speeds)
    return dog


def walk(
    dog: SimulatedDog,
    seconds: float,
    command: Callable[[float], WalkCommand],
    push: tuple[float, Array] | None = None,
) -> Trial:
    """``push``: after so many seconds, an impulse (3,) in N·s."""
    estimator, legs = Estimator(dog.dt), Locomotion(MEDIUM_TROT, dog.dt)
    speeds: list[tuple[float, float]] = []
    ticks: list[float] = []
    fallen = False
    began = time.process_time()
    for tick in range(int(seconds / dog.dt)):
        now = tick * dog.dt
        legs.command = command(now)
        if push is not None and abs(now - push[0]) < dog.dt / 2:
            dog.push(push[1] / _PUSH_S, _PUSH_S)
        readings = dog.readings()
        before = time.perf_counter()
        torques = legs.torques(estimator.observe(readings, legs.supports))
        ticks.append(time.perf_counter() - before)
        dog.step(torques)
        if tick % 10 == 0:
            truth = dog.truth()
            fallen = fallen or is_down(truth)
            if now > 2.0:
                speeds.append((float((truth.rotation.T @ truth.velocity)[0]), float(truth.turning[2])))
    mean = np.mean(speeds, axis=0) if speeds else (0.0, 0.0)
    return Trial(
        forward=float(mean[0]),
        turning=float(mean[1]),
        fallen=fallen,
        ticks_s=ticks,
        simulated_s=seconds,
        processor_s=time.process_time() - began,
    )


def is_down(truth: State) -> bool:
    return truth.up < 0.75 or float(truth.position[2]) < 0.12


def pushed(impulse: float, times: int, seed: int = 0) -> int:
    """How often the dog stays up of so many pushes in random directions at random moments of a walk."""
    random, up = np.random.default_rng(seed), 0
    for _ in range(times):
        angle, moment = random.uniform(0, 2 * np.pi), round(random.uniform(1.0, 1.4), 3)
        direction = np.array([np.cos(angle), np.sin(angle), 0.0])
        trial = walk(
            standing(), moment + 3.0, lambda _: WalkCommand(forward=0.4), (moment, impulse * direction)
        )
        up += not trial.fallen
    return up


def wandering(seconds: float, seed: int = 0) -> bool:
    """Whether it falls under a new random command every two seconds."""
    random = np.random.default_rng(seed)
    wishes = [
        WalkCommand(
            forward=random.uniform(-0.4, 1.0),
            left=random.uniform(-0.3, 0.3),
            turning=random.uniform(-1.2, 1.2),
        )
        for _ in range(int(seconds / 2) + 1)
    ]
    return walk(standing(), seconds, lambda now: wishes[int(now / 2)]).fallen


def rubble(height: float = 0.04, pieces: int = 120, seed: int = 0) -> str:
    random = np.random.default_rng(seed)
    return "".join(
        f'<geom class="world" type="box" '
        f'size="{random.uniform(0.03, 0.1)} {random.uniform(0.03, 0.1)} {height / 2}" '
        f'pos="{random.uniform(0.5, 4)} {random.uniform(-0.6, 0.6)} {height / 2}"/>'
        for _ in range(pieces)
    )


def righted(times: int, seed: int = 0) -> int:
    """How often the dog stands after a fall into a random pose, within 25 s."""
    random, stood = np.random.default_rng(seed), 0
    for _ in range(times):
        dog = SimulatedDog()
        joints = STAND + random.uniform(-0.4, 0.4, (4, 3))
        roll, pitch = random.uniform(-np.pi, np.pi), random.uniform(-1.2, 1.2)
        dog.place(z=0.35, roll=roll, pitch=pitch, joints=joints)
        for _ in range(500):  # limp, until it lies
            dog.step(-3.0 * dog.readings().speeds)
        estimator, righting = Estimator(dog.dt), Righting(dog.dt)
        for _ in range(int(25 / dog.dt)):
            dog.step(righting.torques(estimator.observe(dog.readings(), _FLOOR)))
            if righting.done:
                break
        truth = dog.truth()
        stood += truth.up > 0.95 and float(truth.position[2]) > 0.2
    return stood


def run(console: Console, *, share: float = 1.0) -> None:
    """``share`` of the repetitions and lengths, for a look in passing."""
    table = Table(title="Speed kept by the medium trot, estimated state")
    for column in ("told", "done", "error", "real-time factor", "tick p50, µs", "tick p99, µs"):
        table.add_column(column, justify="right")
    for forward, turning in SPEEDS:
        trial = walk(standing(), 6.0, lambda _, f=forward, t=turning: WalkCommand(forward=f, turning=t))  # type: ignore[misc]
        told, done = (forward, trial.forward) if forward else (turning, trial.turning)
        ticks = [tick * 1e6 for tick in trial.ticks_s]
        table.add_row(
            f"{told} {'m/s' if forward else 'rad/s'}", f"{done:.3f}", f"{abs(done / told - 1):.1%}",
            f"{trial.simulated_s / trial.processor_s:.1f}",
            f"{percentile(ticks, 0.5):.0f}", f"{percentile(ticks, 0.99):.0f}",
        )  # fmt: skip
    console.print(table)
    robust = Table(title="Staying up and getting up")
    for column in ("trial", "result"):
        robust.add_column(column)
    count = max(2, round(30 * share))
    for impulse in IMPULSES:
        robust.add_row(
            f"pushed with {impulse:.0f} N·s while walking", f"{pushed(impulse, count)} of {count} stay up"
        )
    length = max(10.0, 600 * share)
    robust.add_row(f"random commands for {length:.0f} s", "falls" if wandering(length) else "no fall")
    for name, dog in (
        ("rubble of 4 cm", standing(scenery=rubble())),
        ("friction 0.3", standing(friction=0.3)),
        ("2 kg on its back", standing(payload_kg=2.0)),
        ("noisy sensors, 4 ms late", standing(noise=NOISY)),
        ("sensors without noise", standing(noise=QUIET)),
    ):
        robust.add_row(
            name, "falls" if walk(dog, 8.0, lambda _: WalkCommand(forward=0.4)).fallen else "walks on"
        )
    count = max(2, round(50 * share))
    robust.add_row("fallen into a random pose", f"{righted(count)} of {count} get up")
    console.print(robust)
