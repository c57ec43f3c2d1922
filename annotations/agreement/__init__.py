"""How far people agree who marked the same texts: coefficients, with intervals, and why one is undefined.

Pure: without a database. A *question* is what people answered of every unit (the tag of a sentence, its severity,
whether a category is there); a *mark* is words of a text with a category. All offsets are half-open, in code points.
docs/reference/agreement.md gives the formulas, the conventions, and when a figure is undefined.
"""
