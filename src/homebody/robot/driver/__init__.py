"""Commanding the dog within the rules of `safety`: `pilot` decides what is sent, `driver` sends it.

What it does not know: whether the real robot behaves as documented. It speaks CyberDog 2's documented LCM
protocol and has not been tested on the robot.
"""
