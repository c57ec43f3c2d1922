"""Pure: whether two texts report the same words, what differs, and keys by which the same words are found among many.

Words are compared as people read them: case, shapes of quotation marks and dashes, white space and punctuation do not
count; an ellipsis and words in square brackets are an editor's marks and understood as such
(docs/explanation/quote-integrity.md).
"""

from articles.wording.comparing import SERIOUSNESS, Comparison, Cut, Finding, compare
from articles.wording.keys import FEWEST_WORDS, kept_keys, run_keys
from articles.wording.stretches import Stretch, What
from articles.wording.words import Words

__all__ = [
    "FEWEST_WORDS",
    "SERIOUSNESS",
    "Comparison",
    "Cut",
    "Finding",
    "Stretch",
    "What",
    "Words",
    "compare",
    "kept_keys",
    "run_keys",
]
