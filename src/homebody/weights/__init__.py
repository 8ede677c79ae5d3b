"""Files of weights, for any kind of model: what a file is known by, where it comes from, where it is kept.

``files`` has the values, ``sources`` the protocol of a source and local files; ``hub`` fetches from model
hubs and plain addresses, ``packages`` from the packages of an index, of which ``pip`` and ``npm`` are two.
``store`` keeps what came, by its hash. The rooms that run models have the catalogues: this room knows no
model, loads none, and never runs code that it fetched.
"""
