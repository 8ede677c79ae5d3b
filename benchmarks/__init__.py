"""What Homebody takes, measured: ``make bench`` or ``python -m benchmarks [NAME ...]``.

Each module has ``run(console) -> None`` and prints one table. Figures depend on the machine and on what
else it does: medians and 99th percentiles over many runs, and the machine named above the tables.
"""
