"""Measures the desk as people run it, each figure beside its floor: plain SQL on the same database in the same run.

``python -m bench`` runs everything, ``python -m bench NAME`` one bench; docs/reference/benchmarks.md says what
each figure means.
"""
