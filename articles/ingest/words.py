"""Words as witnesses compare them: without case, punctuation and typography."""

import re

from articles.anchoring.text import fold

# A word; characters of scripts that write no spaces between words stand for one each.
UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def word_keys(text: str) -> list[str]:
    """The words of a text, folded and in lower case."""
    return WORD.findall(fold(text).casefold())


def word_set(row: str) -> frozenset[str]:
    """The words of a row that white space parts, as lists of words are written in this room."""
    return frozenset(row.split())
