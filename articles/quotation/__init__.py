"""Who said what in a text: quotations with their speakers, by rules over a lexicon, without a model or a database.

Texts are canonical texts; every offset is half-open, in code points of the text passed in.
"""

# What suggestions name as the version of the rules that made them; raised whenever rules or lexicon find other things.
VERSION = "1"
