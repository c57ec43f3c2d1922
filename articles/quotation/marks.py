"""Where quotation marks open and close: curly, straight, doubled, low, angular and single ones, dialogue dashes.

Marks are paired paragraph by paragraph. A mark left open closes where its paragraph ends; when the next paragraph
opens another, the words go on there, as newspapers print a long quotation.
"""

import re
from dataclasses import dataclass

PARAGRAPH = re.compile(r"[^\n]+")
# Two apostrophes or two accents stand for one mark.
MARK = re.compile(r"''|``|´´|‘‘|’’|,,(?=\w)|[\"“”„‟«»‹›「」『』〝〞＂″‘’‚']")
SINGLE = frozenset("‘’‚‹›'")
# What closes a mark that can only open.
CLOSERS = {"「": "」", "『": "』", "〝": "〞", "‘‘": "’’"}
ALWAYS_CLOSES = frozenset("」』〞")
OPENERS = frozenset({*CLOSERS, "„", "``", ",,", "‚"})
EITHER = frozenset({'"', "''", "＂", "″", "“", "”", "‟", "«", "»", "‹", "›", "´´", "’’", "‘", "’", "'"})
DIALOGUE = re.compile(r"[—–―-][ \t\u00a0\u2009]+(?=\w|[¿¡«“\"])|—(?=\w|[¿¡])")
BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f([{—–-/:…")
AFTER_CLOSING = frozenset(" \t\n\u00a0\u202f)]},.;:!?—–-/…’'\u200b")
# Speech ends in a comma or a stop before its mark; other words in marks tell less about the habits of a house.
ENDS_IN_DOUBLE = re.compile(r"[,.?!…](?:[\"”»]|''|’’)(?=[\s)—–]|$)")
ENDS_IN_SINGLE = re.compile(r"[,.?!…\"”][’'](?=[\s)—–]|$)")
# At the beginning, or after a space, a bracket or a dash.
OPENS_IN_SINGLE = re.compile(r"[‘'](?=\w)(?<![^\s(—–].)")
# In characters: less is an omission, as in "rock 'n' roll".
SHORTEST_IN_SINGLE = 2
DOUBLES = '"“„«'


@dataclass(frozen=True, slots=True)
class Marked:
    """Words within marks; ``start`` and ``end`` include the marks, ``inner`` leaves them out."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_closed: bool
    goes_on: bool = False
    """Whether they go on from the paragraph before."""


def marked_passages(text: str) -> list[Marked]:
    """Everything within outermost quotation marks, in order, none overlapping another."""
    found: list[Marked] = []
    left_open = False
    for paragraph in PARAGRAPH.finditer(text):
        singles_count = _quotes_in_single_marks(paragraph.group())
        here = _in_paragraph(text, paragraph.start(), paragraph.end(), singles_count=singles_count)
        if here:
            if left_open and not text[paragraph.start() : here[0].start].strip():
                first = here[0]
                here[0] = Marked(first.start, first.end, first.inner_start, first.inner_end, first.is_closed, True)
            left_open = not here[-1].is_closed
            found += here
        elif paragraph.group().strip():
            left_open = False
    return found


def _quotes_in_single_marks(text: str) -> bool:
    """Whether a paragraph quotes in single marks: speech ends in them more often than in double ones."""
    if "'" not in text and "‘" not in text:
        return False
    speech_in_doubles = len(ENDS_IN_DOUBLE.findall(text))
    speech_in_singles = min(len(OPENS_IN_SINGLE.findall(text)), len(ENDS_IN_SINGLE.findall(text)))
    if speech_in_singles or speech_in_doubles:
        return speech_in_singles > speech_in_doubles
    return len(OPENS_IN_SINGLE.findall(text)) > sum(text.count(mark) for mark in DOUBLES)


def _in_paragraph(text: str, start: int, end: int, *, singles_count: bool) -> list[Marked]:
    found: list[Marked] = []
    opened: re.Match[str] | None = None
    depth = 0
    for mark in MARK.finditer(text, start, end):
        kind = mark.group()
        if (kind in SINGLE and not singles_count) or _is_apostrophe_or_measure(text, mark, opened is not None):
            continue
        opens, closes = _can_open(text, mark, start), _can_close(text, mark, end)
        if opened is None:
            if opens and not (closes and kind in ALWAYS_CLOSES):
                opened, depth = mark, 0
            continue
        if not _is_partner(opened.group(), kind):
            continue
        if kind == "“" and opened.group() == "“" and opens and not closes:
            depth += 1
        elif kind == opened.group() and opens and not closes and kind in ('"', "''"):
            # The mark before was never closed: it held at most what stands before this one.
            opened = mark
        elif closes or not opens:
            if depth and kind == "”":
                depth -= 1
                continue
            if kind not in SINGLE or mark.start() - opened.end() >= SHORTEST_IN_SINGLE:
                found.append(Marked(opened.start(), mark.end(), opened.end(), mark.start(), True))
            opened = None
    if opened is not None and _may_stay_open(text, opened, start):
        end = start + len(text[start:end].rstrip())
        found.append(Marked(opened.start(), end, opened.end(), end, False))
    return found


def _is_apostrophe_or_measure(text: str, mark: re.Match[str], is_open: bool) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if mark.group() in SINGLE and before.isalnum() and after.isalnum():
        return True
    return mark.group() in ('"', "″", "''") and before.isdigit() and not is_open


def _can_open(text: str, mark: re.Match[str], start: int) -> bool:
    kind = mark.group()
    if kind in OPENERS:
        return True
    if kind in ALWAYS_CLOSES:
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if not after or (after.isspace() and kind not in "«»"):
        return False
    return mark.start() == start or before in BEFORE_OPENING or (kind in "“«" and not before.isspace())


def _can_close(text: str, mark: re.Match[str], end: int) -> bool:
    kind = mark.group()
    if kind in OPENERS:
        return False
    if kind in ALWAYS_CLOSES or kind == "”":
        return True
    after = text[mark.end() : mark.end() + 1]
    before = text[mark.start() - 1 : mark.start()]
    if before.isspace() and kind not in "«»":
        return False
    return mark.end() == end or after in AFTER_CLOSING or kind in '"“«»'


def _is_partner(opening: str, closing: str) -> bool:
    """Whether this mark may close that one, or opens another of its kind within."""
    if opening in CLOSERS:
        return closing == CLOSERS[opening] or (opening == "‘‘" and closing == "''")
    if opening in ("«", "»"):
        return closing in ("«", "»") and closing != opening
    if opening in ("‹", "›"):
        return closing in ("‹", "›") and closing != opening
    if opening in SINGLE:
        return closing in SINGLE - {"‹", "›"}
    if opening in ("„", ",,"):
        return closing in ("“", "”", '"', "‟", "''")
    return closing in ("“", "”", '"', "''", "’’", "´´", "‟", "＂", "″")


def _may_stay_open(text: str, mark: re.Match[str], start: int) -> bool:
    """A mark that nothing closes counts where a sentence could begin: after a stop, a colon or a comma."""
    before = text[start : mark.start()].rstrip()
    return not before or before[-1] in '.!?:,;…”"—–'


def dialogue_lines(text: str) -> list[tuple[int, int]]:
    """Paragraphs that open with a dash, as several languages print what people say; only where two or more do."""
    lines = [
        (found.end(), found.end() + len(text[found.end() : paragraph.end()].rstrip()))
        for paragraph in PARAGRAPH.finditer(text)
        if (found := DIALOGUE.match(text, paragraph.start()))
    ]
    return lines if len(lines) > 1 else []
