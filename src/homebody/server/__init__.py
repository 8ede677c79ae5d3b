"""Doors: the page, and the small JSON interface beside it.

Knows the assistant by what it does. Does not know how a sentence is understood, how a device speaks, or where
a model comes from. NiceGUI is imported when a door opens, never before.
"""
