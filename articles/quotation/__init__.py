"""Who said what in a text: quotations with their speakers, by rules over a lexicon, without a model or a database.

Texts are canonical texts; every offset is half-open, in code points of the text passed in.
"""
