"""Direct quotations in languages without a lexicon: by their marks and dashes alone, given to nobody."""

import re

from articles.quotation.confidence import confidence_of
from articles.quotation.marks import dialogue_lines, marked_passages
from articles.quotation.quotations import Kind, Quotation, Range
from articles.quotation.rules import Rule

NO_LEXICON = "there is no lexicon for the language of this text"
WORD = re.compile(r"\w+")
# In words, and in characters for scripts that write no spaces: less is a name or an irony.
SHORTEST, SHORTEST_UNSPACED = 4, 8
STOPS = ".!?…。！？؟"


def direct_quotations(text: str) -> list[Quotation]:
    """What stands within marks and reads as speech, and lines of dialogue, in order."""
    lines = dialogue_lines(text)
    found = [(start, end, Rule.DIALOGUE) for start, end in lines]
    for passage in marked_passages(text):
        inner = text[passage.inner_start : passage.inner_end].strip()
        is_long = len(WORD.findall(inner)) >= SHORTEST or len(inner) >= 2 * SHORTEST_UNSPACED
        is_within = any(start <= passage.start < end for start, end in lines)
        if not is_within and (is_long or (len(inner) >= SHORTEST_UNSPACED and inner[-1] in STOPS)):
            found.append((passage.start, passage.end, Rule.MARKS_ONLY))
    return [
        Quotation(
            start, end, Kind.DIRECT, rule, confidence_of(rule), why_unattributed=NO_LEXICON,
            verbatim=(Range(start, end),),
        )
        for start, end, rule in sorted(found)
    ]  # fmt: skip
