"""Pieces of journalism: their texts, where words stand in them, and who said what."""
