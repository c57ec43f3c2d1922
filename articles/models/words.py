"""Finding names and titles by their words, in the indexes that hold them."""

import re

from django.contrib.postgres.search import SearchQuery

_WORD = re.compile(r"\w+")


def prefix_query(words: str) -> SearchQuery | None:
    """A text-search query for all of ``words``, the last as a prefix; None when there is no word in it."""
    found = _WORD.findall(words)
    if not found:
        return None
    terms = [f"'{word}'" for word in found[:-1]] + [f"'{found[-1]}':*"]
    return SearchQuery(" & ".join(terms), config="simple", search_type="raw")
