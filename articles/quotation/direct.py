"""Quoted passages that no cue has claimed: speech of its own, or no speech at all."""

import re
from dataclasses import dataclass

from articles.quotation.candidates import Candidate
from articles.quotation.marks import Marked
from articles.quotation.rules import Rule
from articles.quotation.tokens import Tokens

WORD = re.compile(r"\w+")
# In words: a shorter passage amid a sentence is a title, a nickname or a scare quote.
SHORTEST = 4
STOPS = ".!?…"


def words_within(text: str, passage: Marked) -> int:
    return len(WORD.findall(text, passage.inner_start, passage.inner_end))


def floating(tokens: Tokens, passages: list[Marked], found: list[Candidate]) -> list[Candidate]:
    """Passages that stand as sentences of their own, with the quotation whose speaker goes on in them."""
    candidates = []
    claimed = sorted((candidate.start, candidate.end) for candidate in found)
    for token, number in enumerate(tokens.quotes):
        if number < 0:
            continue
        passage = passages[number]
        if any(start < passage.end and passage.start < end for start, end in claimed):
            continue
        sentence = tokens.sentence_of(token)
        first, ceiling = tokens.sentences[sentence]
        alone = all(tokens.classes[other] in "Q.,:-" for other in range(first, ceiling))
        length = words_within(tokens.text, passage)
        inner = tokens.text[passage.inner_start : passage.inner_end].rstrip()
        before = tokens.words[token - 1] if token > first else ""
        if before in ("titled", "entitled", "named", "headlined", "dubbed", "called") or tokens.words[token + 1 : token + 2] == ["by"]:
            continue
        if alone:
            rule = Rule.STANDING_ALONE
        elif length >= SHORTEST and (tokens.classes[token - 1] in ":," if token > first else True) :
            rule = Rule.IN_PASSING
        elif length >= 2 * SHORTEST and inner[-1:] in STOPS + ",":
            rule = Rule.IN_PASSING
        else:
            continue
        candidates.append(Candidate(passage.start, passage.end, rule, sentence=sentence))
    return candidates
