"""What the longer commands do and print: ``homebody models``, ``homebody doctor``, ``homebody settings``."""
