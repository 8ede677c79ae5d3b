"""What is sent to the board, tick after tick: decided from wishes and senses, without sockets or clocks.

Whatever is wished for, in whatever order, these hold of the packets that come out (they are property-tested):

- while the emergency stop is pressed, every packet is the stop, with a fresh life count until the board is in
  it: a packet may be lost, and another master may have spoken in between;
- nothing but stopping and lying down is sent when the owner is silent, the battery is empty or a motor fails;
- every velocity is finite, within the limits of its gait, place and moment, and can stop before what is seen;
- a motion that may not follow what the board is doing is not sent.
"""

from __future__ import annotations

from dataclasses import replace

from homebody.robot.driver.wishes import Drive, Perform, Pose, Wish
from homebody.robot.motions import MOTIONS, STEP_HEIGHT, Mode, Motion
from homebody.robot.safety.checks import (
    EMERGENCY,
    FOREIGN,
    NOT_A_NUMBER,
    NOT_OWNER,
    Refusal,
    must_rest,
    refusal,
)
from homebody.robot.safety.emergency import EmergencyStop
from homebody.robot.safety.foreign import ForeignWatch
from homebody.robot.safety.heartbeat import Heartbeat, Level
from homebody.robot.safety.lease import Lease, Owner
from homebody.robot.safety.limits import STILL, Velocity, bounds, clamp
from homebody.robot.safety.obstacles import slowed
from homebody.robot.senses import Senses
from homebody.robot.wire.messages import COMMAND, RobotCommand, next_life_count

SETTLE_S = 1.0
"""A gait without a velocity steps on the spot for so long; then the dog stands."""
IDLE_S = 300.0
STOP = MOTIONS["emergency_stop"]
REST = Perform(name="lie")
VERTICAL_LEGS = 2
"""Bit 1 of ``value``: legs straight below the hips."""


class Pilot:
    """One dog's. Calls must come from one task; ``now`` never goes back."""

    def __init__(self, *, heartbeat: Heartbeat | None = None) -> None:
        self.lease = Lease()
        self.emergency = EmergencyStop()
        self.heartbeat = heartbeat or Heartbeat()
        self.foreign = ForeignWatch()
        self.slowed_by: tuple[str, ...] = ()
        """Why the dog goes slower than it was wished to, at the latest tick."""
        self._wish: Wish | None = None
        self._still_since: float | None = None
        self._left = 0.0
        self._fresh = False
        self._life_count = 0
        self._last: RobotCommand | None = None

    def wish(self, owner: Owner, wish: Wish, senses: Senses) -> Refusal | None:
        """Ask for something from now on, in place of what was asked for before; or why not."""
        if self.emergency.pressed:
            return EMERGENCY
        if not self.lease.holds(owner):
            return NOT_OWNER
        if self.foreign.alarm(senses.now) and wish.motion.kind != "rest":
            return FOREIGN
        if no := refusal(wish.motion, senses):
            return no
        if isinstance(wish, Pose):
            bounded = wish.within_bounds()
            if bounded is None:
                return NOT_A_NUMBER
            wish = bounded
        if isinstance(wish, Drive) and wish.motion.limits is None:
            raise ValueError(f"{wish.gait} is no gait")
        if wish != self._wish and not (isinstance(wish, Drive) and isinstance(self._wish, Drive)):
            self._still_since = None
        self._wish = wish
        self._fresh = True
        self.heartbeat.beat(senses.now)
        return None

    def beat(self, owner: Owner, now: float) -> bool:
        """The owner is still there. Whether it is the owner."""
        if not self.lease.holds(owner):
            return False
        self.heartbeat.beat(now)
        return True

    def leave(self, owner: Owner, now: float) -> None:
        """Give the lease back. The dog goes on doing what it does, but it does not go on walking; and when
        nobody has wanted anything of it for ``IDLE_S``, it lies down."""
        if self.lease.holds(owner):
            self.lease.give_back(owner)
            self.heartbeat.end()
            self._left = now
            if isinstance(self._wish, Drive):
                self._wish = replace(self._wish, velocity=STILL)

    def tick(self, senses: Senses) -> RobotCommand | None:
        """The packet for now; None as long as nobody has ever wished for anything."""
        if senses.response is not None and not senses.silent:
            self.emergency.hear(senses.response.mode)
        if self.emergency.pressed:
            self._wish = None
            return self._command(_packet(STOP), again=not self.emergency.confirmed)
        level = self.heartbeat.level(senses.now)
        if level is Level.CUT:
            self._wish = None
            return self._command(_packet(STOP))
        idle = self.lease.owner is None and senses.now - self._left >= IDLE_S
        if self._wish is not None and (idle or level is Level.LIE or must_rest(senses)):
            self._wish = REST
        match self._wish:
            case Drive():
                return self._drive(self._wish, senses, stop=level is not Level.FINE)
            case Perform():
                return self._perform(self._wish.motion, senses)
            case Pose():
                return self._pose(self._wish, senses)
            case None:
                return self._hold()

    def press(self, by: str) -> RobotCommand:
        """Press the emergency stop and have its packet at once."""
        self.emergency.press(by)
        self._wish = None
        return self._command(_packet(STOP), again=True)

    def _hold(self) -> RobotCommand | None:
        """What was sent last, without its velocity: it keeps the board awake and asks for nothing new."""
        if self._last is not None and self._last.velocity != STILL:
            return self._command(replace(self._last, velocity=STILL))
        return self._last

    def _perform(self, motion: Motion, senses: Senses) -> RobotCommand | None:
        """The motion, once for each time that it was wished for; lying down also while nothing is heard."""
        asked = self._last is not None and (self._last.mode, self._last.gait_id) == motion.key
        if asked and not self._fresh:
            return self._last
        if motion.kind != "rest" and refusal(motion, senses):
            return self._hold()
        fresh, self._fresh = self._fresh, False
        return self._command(_packet(motion), again=fresh)

    def _pose(self, wish: Pose, senses: Senses) -> RobotCommand | None:
        if refusal(wish.motion, senses):
            return self._hold()
        fresh, self._fresh = self._fresh, False
        packet = replace(
            _packet(wish.motion),
            attitude=wish.attitude,
            position=(0.0, 0.0, wish.height),
            duration_ms=round(wish.duration_s * 1000),
        )
        return self._command(packet, again=fresh)

    def _drive(self, wish: Drive, senses: Senses, *, stop: bool) -> RobotCommand | None:
        assert wish.motion.limits is not None  # judged when it was wished for
        no = refusal(wish.motion, senses)
        if no and no.id in ("not_from_here", "fallen"):
            # the board let itself down, or was stopped by somebody else: walking on is over
            self._wish = None if senses.response and senses.response.mode == Mode.OFF else REST
            return self._command(_packet(STOP)) if self._wish is None else self._perform(REST.motion, senses)
        wanted = STILL if stop or no or senses.now >= wish.until else wish.velocity
        allowed = bounds(wish.motion.limits, senses, indoors=wish.indoors)
        velocity, cut = slowed(clamp(wanted, allowed.limits), senses.ranges)
        self.slowed_by = _reasons(wanted, velocity, allowed.reasons, cut=cut)
        if velocity != STILL:
            self._still_since = None
        elif self._still_since is None:
            self._still_since = senses.now
        elif senses.now - self._still_since >= SETTLE_S and senses.now >= wish.until:
            return self._perform(MOTIONS["stand"], senses)
        packet = replace(
            _packet(wish.motion),
            velocity=velocity,
            step_height=(STEP_HEIGHT, STEP_HEIGHT),
            value=VERTICAL_LEGS,
        )
        return self._command(packet)

    def _command(self, packet: RobotCommand, *, again: bool = False) -> RobotCommand:
        """The same packet as before where nothing changed, else one with the next life count."""
        same = self._heard(replace(packet, life_count=self._life_count))
        if self._last == same and not again:
            return self._last
        self._life_count = next_life_count(self._life_count)
        self._last = self._heard(replace(packet, life_count=self._life_count))
        return self._last

    @staticmethod
    def _heard(packet: RobotCommand) -> RobotCommand:
        """As it arrives: the wire's floats have 32 bits."""
        return COMMAND.decode(COMMAND.encode(packet))


def _packet(motion: Motion) -> RobotCommand:
    mode, gait = motion.key
    return RobotCommand(mode=mode, gait_id=gait)


def _reasons(wanted: Velocity, velocity: Velocity, reasons: tuple[str, ...], *, cut: bool) -> tuple[str, ...]:
    if all(abs(one - other) < 1e-6 for one, other in zip(wanted, velocity, strict=True)):
        return ()
    return (*reasons, "obstacle") if cut else reasons
