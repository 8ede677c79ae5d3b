"""Exams of knowledge in Chinese, taken by a model exactly as their authors say, and fast.

An exam is what it asks (``cmmlu``, ``ceval``: one small file each) and how it is asked (``wording``). The
runner has each question read once, keeps every answer in a results file, and goes on where it stopped.
Questions are read from a folder, or fetched from the home of the data set; none is part of Homebody.
"""
