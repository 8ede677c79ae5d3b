"""From what the dog's sensors feel to twelve joint torques, five hundred times a second.

Arrays of legs have shape (4, 3): legs in the order FR, FL, RR, RL, joints abad, hip, knee. Units are metres,
radians, seconds, newtons and newton metres. The body frame has x forward, y left, z up; the odometry frame is
level, with its origin and heading where the estimate began.

Flips, jumps and gaits with all feet in the air are not here.
"""
