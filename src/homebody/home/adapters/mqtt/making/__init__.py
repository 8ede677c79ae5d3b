"""Makers of wires: one component of a discovery message each, by platform. Which makes what: `components`."""
