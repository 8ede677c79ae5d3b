"""A language model on this computer: which ones there are, which one suits it, and how to ask it.

``catalogue`` says which models there are, ``fit`` which one suits this computer, ``engine`` runs it in this
process, ``prompt`` writes what it reads. ``model`` is the protocol that the rest of Homebody knows, and
``scripted`` its double for tests. The file itself is a matter of ``homebody.weights``.

This room does not know homes, devices, plans or skills: it takes a text and a grammar and gives back a text.
It does not know whether an answer is right, it does not check facts, and a confidence is only what the model
itself found likely. It runs one request at a time on the processor; graphics cards are left alone.
"""
