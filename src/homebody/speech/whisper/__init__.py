"""Whisper, of which every step is in our hands: two languages, several readings, phrases that are expected.

``ct2`` reads the published weights, ``graph`` and ``prepared`` turn them once into two small quantised ONNX
files; ``mel`` makes what the encoder hears, ``vocabulary`` knows the tokens, ``phrases`` what is expected,
``search`` finds the words, and ``recogniser`` is the engine.
"""
