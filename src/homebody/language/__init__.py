"""A language model on this computer: which ones there are, where the file lies, and how to ask it.

``catalogue`` says which models there are, ``fit`` which one suits this computer, ``store`` (with ``sources``)
fetches and keeps the file, ``engine`` runs it in this process, ``prompt`` writes what it reads. ``model`` is
the protocol that the rest of Homebody knows, and ``scripted`` its double for tests.

This room does not know homes, devices, plans or skills: it takes a text and a grammar and gives back a text.
It does not know whether an answer is right, it does not check facts, and a confidence is only what the model
itself found likely. It runs one request at a time on the processor; graphics cards are left alone.
"""
