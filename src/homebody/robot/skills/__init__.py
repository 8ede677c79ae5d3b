"""What the dog can be told: a closed table (`table`), how each is done (`moves`, `going`), and who runs them.

Nothing here believes what the board answers: that a skill was done is seen from odometry and pose (`seen`).
What it does not know: what a camera sees. Looking at a thing and following a person are refused by name.
"""
