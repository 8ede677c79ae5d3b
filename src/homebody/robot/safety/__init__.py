"""What the dog must never do, whoever asks: pure rules, without sockets, clocks or tasks.

`limits` and `obstacles` bound speeds; `checks` says no to motions; `faults` names what is wrong with the dog;
`lease`, `emergency` and `heartbeat` say who may ask, and what happens when nobody does; `foreign` notices a
second master. The driver applies them to every packet that it sends.

What it does not know: what no sensor shows. A glass door, or a step down, is not in the ranges.
"""
