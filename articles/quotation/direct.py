"""Quoted passages that no cue has claimed: speech of its own, or no speech at all."""

import re
from bisect import bisect_right

from articles.quotation.candidates import Candidate
from articles.quotation.language import Language, Lexicon
from articles.quotation.marks import Marked
from articles.quotation.rules import Rule
from articles.quotation.subjects import Subject, main_subject
from articles.quotation.tokens import Tokens

WORD = re.compile(r"\w+")
# In words: a shorter passage amid a sentence is a title, a nickname or a scare quote; set off by a comma or a colon,
# half of that may be speech.
SHORTEST = 8
ENDS_SPEECH = ".!?…,"


def unclaimed(tokens: Tokens, passages: list[Marked], found: list[Candidate], language: Language) -> list[Candidate]:
    """Passages that stand as sentences of their own, and long ones within sentences that no cue explains."""
    claimed = sorted((candidate.start, candidate.end) for candidate in found)
    candidates = []
    for token, number in enumerate(tokens.quotes):
        if number < 0 or _is_claimed(passages[number], claimed):
            continue
        rule = _rule(tokens, token, passages[number], language.lexicon)
        if rule is not None:
            passage = passages[number]
            subject = _subject(tokens, token, rule, language)
            candidates.append(Candidate(passage.start, passage.end, rule, subject=subject))
    return candidates


def _subject(tokens: Tokens, token: int, rule: Rule, language: Language) -> Subject | None:
    """Whoever does something in the sentence, or in the one before that ends in a colon."""
    number = tokens.sentence_of(token)
    first, _ = tokens.sentences[number]
    if rule is Rule.IN_PASSING:
        return main_subject(tokens, first, token, language)
    if token == first and number > 0 and tokens.classes[token - 1] == ":":
        return main_subject(tokens, tokens.sentences[number - 1][0], token, language)
    return None


def _is_claimed(passage: Marked, claimed: list[tuple[int, int]]) -> bool:
    """Whether content that was found shares words with a passage; contents do not overlap."""
    before = bisect_right(claimed, (passage.end, -1)) - 1
    return any(claimed[number][1] > passage.start for number in range(max(0, before - 2), before + 1))


def _rule(tokens: Tokens, token: int, passage: Marked, lexicon: Lexicon) -> Rule | None:
    first, ceiling = tokens.sentences[tokens.sentence_of(token)]
    before = tokens.words[token - 1] if token > first else ""
    after = tokens.words[token + 1] if token + 1 < ceiling else ""
    if before in lexicon.naming or after in lexicon.by:
        return None
    if not tokens.classes[first:ceiling].strip("Q.,:-"):
        return Rule.STANDING_ALONE
    length = len(WORD.findall(tokens.text, passage.inner_start, passage.inner_end))
    is_set_off = token == first or tokens.classes[token - 1] in ":,"
    ends_as_speech = tokens.text[passage.inner_start : passage.inner_end].rstrip()[-1:] in ENDS_SPEECH
    if (length >= SHORTEST and ends_as_speech) or (is_set_off and length >= SHORTEST // 2):
        return Rule.IN_PASSING
    return None
