"""The simulated dog: its model, its world, its sensors, its battery and its heat.

It does not model the motors' electronics, a soft floor, cloth or water; feet are balls, and contact
is MuJoCo's.
"""
