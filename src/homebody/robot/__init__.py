"""A robot dog, CyberDog 2: a body that obeys physics, a motion board, and what speaks to them.

``body`` is the simulated dog and the rooms it walks in; ``control`` turns what the dog's sensors feel into
joint torques; ``board`` is the motion board that serves CyberDog 2's documented LCM protocol, in a process of
its own. ``control`` knows nothing of the simulator: it reads sensors and never the simulator's truth.
``wire`` is that protocol; ``driver`` speaks it within the bounds of ``safety``; ``navigation`` finds ways on
the home's floor plan; ``skills`` are what the dog can be told. Driver and board meet on the wire only.

This room knows no devices and no plans, and it has never met the real robot: figures come from its
publisher's documents, behaviour from simulation.
"""
