"""Times as people say them, and what a schedule can keep of them."""
