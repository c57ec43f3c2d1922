"""Which sentences of a text are worth checking, and why, by rules over a lexicon for each language.

Pure: without a model or a database. Texts are canonical texts; every offset is half-open, in code points of the text
passed in.
"""

# What suggestions name as the version of the rules that made them; raised whenever rules or lexicon find other things.
VERSION = "1"
