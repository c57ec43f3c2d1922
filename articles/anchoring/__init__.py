"""Where words stand in a text, and where they stand after an edit.

Pure: no database, no framework. Offsets everywhere are half-open ranges ``[start, end)`` of Unicode code
points in an article's canonical text (see :mod:`articles.anchoring.text`).
"""
