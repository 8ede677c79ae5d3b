"""What every adapter of a network has in common: keeping connections, and knowing how they are.

It knows nothing of any protocol. Rates of what devices tell are bounded for all adapters in `home.influx`,
and the order of operations on one device is kept by the registry.
"""
