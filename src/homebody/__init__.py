"""Homebody 宅家: the AI of the things you own, on a computer you own.

Rooms, and which may import which:

    core <- {language, home} <- assistant <- {server, cli, lab}

Middle rooms never import each other; only ``assistant`` knows devices and models together.
"""

__version__ = "0.1.0"
