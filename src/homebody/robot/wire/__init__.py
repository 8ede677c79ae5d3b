"""CyberDog 2's motion protocol on the wire: LCM messages, codec, channels and transport.

Three layers: `codec` (bytes), `messages` and `channels` (what is said, and where), `transport` (sockets).
Written from the documented message definitions and from LCM's documented encoding; tried against our own
board only, not on the robot.

What it does not know: the files of user-defined gaits (`user_gait_file`), and the low-level motor interface.
"""
