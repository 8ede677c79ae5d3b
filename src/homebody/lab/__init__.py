"""Measuring: how well sentences are understood, how fast, and beside whom. Nobody imports this room.

``homebody lab home`` reads suites of sentences with expected plans (docs/lab.md). What it does not know: how
pleasant an answer is, and what people really say; a suite holds what its writers thought of.
"""
