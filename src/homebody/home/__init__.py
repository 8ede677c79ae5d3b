"""Things: areas, devices and what they can do; where their state is known and changed.

Knows nothing of sentences, models or pages. It does not know how a device speaks either: that is an
adapter's affair (`adapters/`, loaded by name), of which `simulated` is one.
"""
