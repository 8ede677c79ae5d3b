"""llama.cpp itself, one level below xllamacpp: tokens in, the last position's scores out.

It is the very library inside xllamacpp, so that what is measured here is what the assistant runs. Why this
and no other binding: docs/decisions/0014.
"""
