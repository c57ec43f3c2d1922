"""Where sentences begin and end, by rules made for news copy.

A stop ends a sentence when white space follows, unless the next word goes on in lower case, the stop belongs
to an abbreviation, an initial or a list number, or quoted words end in a question and their speaker follows.
Stops of scripts without letter case and of scripts without spaces are known too.
"""

import re
from collections.abc import Iterator

# Stops that need white space after them, and stops of scripts that put none.
SPACED_STOPS = ".!?…‽؟۔।॥։።။។⸮"
UNSPACED_STOPS = "。！？｡．"
CLOSING_MARKS = "\"'”’»›)\\]}」』）】》〉"
OPENING_MARKS = "\"'“‘„‚«‹(\\[{「『（【《〈¿¡—–-"

PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
STOP = re.compile(rf"([{SPACED_STOPS}{UNSPACED_STOPS}]+)((?:[{CLOSING_MARKS}]|[ \u00a0\u202f][»›](?=\s|$))*)")
NEXT_WORD = re.compile(rf"\s+([{OPENING_MARKS}]*)([^\W_]{{0,24}})(\.?)")
WORD_BEFORE = re.compile(r"[\w.&’'-]*$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
LONGEST_WORD_BEFORE = 24


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Never the end of a sentence: a name follows.
TITLES = _words(
    "mr mrs ms mx dr prof gen sen rep gov lt col sgt capt cmdr maj adm rev hon pres supt messrs mme mlle mt"
)
# The end of a sentence only when the next word is one that opens sentences.
ABBREVIATIONS = _words(
    "inc ltd corp co jr sr etc vs dept univ ave blvd rd st bros al approx est dist assn "
    "jan feb mar apr jun jul aug sept sep oct nov dec ph.d"
)
# Never the end when a number follows; case matters, for “no” is also a word.
NUMBERED = _words("No Nos p pp Vol vol Fig fig Art Sec Ch Ref")
OPENING_WORDS = _words(
    "A After All Although An And Another As At Because Before But By Despite During Each Earlier Even Every "
    "Following For From Given He Her Here His How However I If In Instead It Its Last Later Many Meanwhile "
    "More Most Much My Neither No None Nor Not Now Of On Once One Only Or Other Our Over She Since So Some "
    "Still Such That The Their Then There These They This Those Though Through Thus To Today Under Unlike "
    "Until We Were What When Where Whether Which While Who Why With Without Yet You Your"
)
SPEAKER_FOLLOWS = re.compile(
    r"\s+(?:[^\W\d_a-z][\w’'.-]{0,30}\s+){1,4}"
    r"(?:said|says|asked|asks|told|wrote|writes|added|adds|shouted|replied|exclaimed|wondered|tweeted)\b"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Give the spans of the sentences, in order, in code points.

    No span crosses a blank line or starts or ends with white space; what stands between two spans is white
    space. The work is linear in the length of the text.
    """
    spans = []
    for start, end in _paragraphs(text):
        opening = start
        for stop in STOP.finditer(text, start, end):
            if stop.end() < end and _ends_sentence(text, opening, stop, end):
                spans.append((opening, stop.end()))
                opening = _skip_space(text, stop.end(), end)
        spans.append((opening, end))
    return spans


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in [*PARAGRAPH_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        words = text[start:end].strip()
        if words:
            first = _skip_space(text, start, end)
            yield first, first + len(words)
        start = gap.end() if gap else end


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _ends_sentence(text: str, opening: int, stop: re.Match[str], end: int) -> bool:
    if not set(stop[1]).isdisjoint(UNSPACED_STOPS):
        return True
    following = NEXT_WORD.match(text, stop.end(), end)
    if following is None or following[2][:1].islower():
        return False
    if stop[1] == ".":
        return _full_stop_ends(text, opening, stop, following)
    return not (stop[2] and SPEAKER_FOLLOWS.match(text, stop.end(), end))


def _full_stop_ends(text: str, opening: int, stop: re.Match[str], following: re.Match[str]) -> bool:
    before = text[max(opening, stop.start() - LONGEST_WORD_BEFORE) : stop.start()]
    found = WORD_BEFORE.search(before)
    word = found.group() if found else ""
    if word == before and word.isdigit():
        return False
    if word.lower() in TITLES or (word in NUMBERED and following[2].isdigit()):
        return False
    if word.lower() in ABBREVIATIONS or INITIALS.fullmatch(word):
        return bool(following[1]) or (following[2] in OPENING_WORDS and not following[3])
    return True
