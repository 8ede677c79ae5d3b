"""What a robot is told to do: sentences of nothing but its skills, in the order in which they were said.

Only homes with a robot that has skills are read so; robots that a home describes by controls alone are
commanded like any other thing.
"""
