"""The project: wiring and platform.

It holds no rules of the desk; those live in ``articles`` and ``annotations``.
"""
