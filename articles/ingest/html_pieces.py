"""The words that can be seen on an HTML page, in pieces: each with the element it stands in and how it looks.

Only what a reader of the page sees becomes text. White space is collapsed as browsers collapse it; quotation marks,
dashes, no-break and thin spaces stay.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from articles.anchoring.text import LINK_SCHEMES, BlockKind, InlineMark

# In code points: longer addresses are no links.
LONGEST_HREF = 2_000
# In code points: what is looked at of the names of an element.
LONGEST_NAMES = 300
# In digits: the number of a chapter or of an entry.
LONGEST_NUMBER = 3
# Formats inside formats beyond this depth say nothing; broken pages never close theirs.
DEEPEST_MARKS = 8


def _names(row: str) -> frozenset[str]:
    return frozenset(row.split())


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that begin and end a line of their own, as in the style sheet of the HTML standard.
BLOCKS = HEADINGS | _names(
    "address article aside amp-sidebar blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr html legend li main menu nav ol optgroup option p pre search "
    "section summary table tbody td tfoot th thead tr ul"
)
# Elements without words of the story: programs, media, form fields, and readings printed small above the words.
WORDLESS = _names(
    "applet area audio canvas datalist embed frame frameset head iframe img input link map meta noembed noframes "
    "noscript object param progress rp rt script select source style svg template textarea title track video"
)
EMPHASIS: dict[str, str] = {"em": "emphasis", "i": "emphasis", "cite": "emphasis", "strong": "strong", "b": "strong"}
HIDDEN_CLASSES = _names(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader-only hide-visually "
    "u-visually-hidden element-invisible a11y-hidden is-visually-hidden vh"
)
HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|\w*caption|caption-text|image-?caption|bildunterschrift|imgcap|(?<!drop[_-])cap|"
    r"legende|bu-text)(?:$|\s)"
)
CREDIT_CLASS = re.compile(r"(?:^|[\s_-])(?:\w*credits?|\w*copyright|imgcr|photographer)(?:$|\s)")
# Inline elements that pages give a line of their own with their style sheets, below pictures.
OWN_LINE_TAGS = frozenset({"span", "small", "i", "em", "cite"})

# What browsers collapse, with the line ends of Unicode.
WHITE_SPACE = re.compile("[ \t\n\r\f\x0b\x85\u2028\u2029]+")
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# Hints to the typesetter, broken bytes and orders to show words backwards are no part of the words.
UNWRITTEN = dict.fromkeys(
    [*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x200B, 0x202D, 0x202E, 0xFEFF]
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where in the page the words stand that are read just now."""

    element: HtmlElement
    kind: BlockKind = BlockKind.PARAGRAPH
    item: HtmlElement | None = None
    row: HtmlElement | None = None
    cell: HtmlElement | None = None
    preformatted: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    setting: Setting
    text: str
    marks: tuple[InlineMark, ...]


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page itself says that nobody sees the element."""
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    if HIDDEN_CLASSES.intersection(element.get("class", "")[:LONGEST_HREF].split()):
        return True
    return HIDDEN_STYLE.search(element.get("style", "")[:LONGEST_HREF]) is not None


class PieceCollector:
    """Walks the tree once, without recursion: pages nest as deep as the parser lets them."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._settings: list[Setting] = []
        self._open_marks: list[tuple[HtmlElement, str, str, int]] = []
        self._words: list[str] = []
        self._length = 0
        self._last = ""
        self._marks: list[InlineMark] = []
        self._pieces: list[Piece] = []

    def collect(self, root: HtmlElement) -> list[Piece]:
        self._settings = [_setting(root, Setting(root))]
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: HtmlElement | None = None
        for event, element in walk:
            if event == "start":
                if element is not root and (element.tag in WORDLESS or is_hidden(element)):
                    walk.skip_subtree()
                    skipped = element
                else:
                    self._begin(element, root)
            elif event == "end" and element is not skipped:
                self._end(element, root)
            if event != "start" and element is not root:
                self._add(element.tail)
        self._flush()
        return self._pieces

    def _begin(self, element: HtmlElement, root: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag in BLOCKS or _has_own_line(element):
            self._flush()
            if element is not root:
                self._settings.append(_setting(element, self._settings[-1]))
        elif len(self._open_marks) < DEEPEST_MARKS and (mark := self._mark_of(element)):
            self._open_marks.append((element, *mark, self._length))
        self._add(element.text)

    def _end(self, element: HtmlElement, root: HtmlElement) -> None:
        if element.tag in BLOCKS or _has_own_line(element):
            self._flush()
            if element is not root:
                self._settings.pop()
        elif self._open_marks and self._open_marks[-1][0] is element:
            _, kind, href, start = self._open_marks.pop()
            self._marks.append(InlineMark(kind, start, self._length, href))
        elif self._is_number_badge(element):
            self._break()

    def _is_number_badge(self, element: HtmlElement) -> bool:
        """Whether the element is the number that opens a heading without a space: style sheets set it apart."""
        if element.tag != "span" or self._settings[-1].kind is not BlockKind.HEADING or self._length > LONGEST_NUMBER:
            return False
        return "".join(self._words).isdecimal() and (element.tail or "")[:1].isalpha()

    def _mark_of(self, element: HtmlElement) -> tuple[str, str] | None:
        if element.tag == "a":
            # A link without an address is drawn as one and followed by a program; a named one is a place to go to.
            return _link(element.get("href", "" if "name" in element.attrib else "#"), self._base_url)
        kind = EMPHASIS.get(str(element.tag))
        return (kind, "") if kind else None

    def _add(self, text: str | None) -> None:
        """Add words of the page, white space collapsed into what stands before them."""
        if not text:
            return
        text = text.translate(UNWRITTEN)
        rows = LINE_END.split(text) if self._settings[-1].preformatted else [text]
        for number, row in enumerate(rows):
            if number:
                self._break()
            words = WHITE_SPACE.sub(" ", row)
            self._append(words[1:] if words[:1] == " " and self._last in ("", " ", "\n") else words)

    def _break(self) -> None:
        """Break the line; a second break in a row parts paragraphs, as on old pages."""
        if self._last == "\n":
            self._flush()
            return
        if self._last == " ":
            self._words[-1] = self._words[-1][:-1]
            self._length -= 1
        self._append("\n")

    def _append(self, text: str) -> None:
        if text:
            self._words.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _flush(self) -> None:
        """End the line. Marks that are open go on in the next line."""
        text = "".join(self._words)
        if text and not text.isspace():
            open_marks = [InlineMark(kind, start, len(text), href) for _, kind, href, start in self._open_marks]
            self._pieces.append(_piece(self._settings[-1], text, [*self._marks, *open_marks]))
        self._words, self._length, self._last, self._marks = [], 0, "", []
        self._open_marks = [(element, kind, href, 0) for element, kind, href, _ in self._open_marks]


def is_custom(element: HtmlElement) -> bool:
    """Whether the element is one of the page's own making, as ``news-lead``."""
    return "-" in str(element.tag)


def _has_own_line(element: HtmlElement) -> bool:
    if is_custom(element):
        return not _has_words_beside(element)
    if element.tag not in OWN_LINE_TAGS:
        return False
    parent = element.getparent()
    if element.tag == "small" and parent is not None and parent.tag == "figcaption":
        return True
    names = element.get("class", "")[:LONGEST_NAMES].lower()
    return bool(CAPTION_CLASS.search(names) or CREDIT_CLASS.search(names))


def _has_words_beside(element: HtmlElement) -> bool:
    """Whether words stand right before or behind the element, so that it is a part of their line."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return bool((text and not text.isspace()) or (element.tail and not element.tail.isspace()))


def _link(href: str, base_url: str) -> tuple[str, str] | None:
    """The mark of a link, its address empty where it leads nowhere; none for places in the page."""
    href = WHITE_SPACE.sub("", href[: LONGEST_HREF + 1].translate(UNWRITTEN))
    if not href or (href.startswith("#") and len(href) > 1):
        return None
    return "link", _followable(href, base_url)


def _followable(href: str, base_url: str) -> str:
    """The address of a link that can be followed from elsewhere; else ``""``."""
    if href == "#" or len(href) > LONGEST_HREF:
        return ""
    try:
        resolved = urljoin(base_url, href) if base_url else href
        return resolved if urlsplit(resolved).scheme in LINK_SCHEMES else ""
    except ValueError:
        return ""


def _setting(element: HtmlElement, outer: Setting) -> Setting:
    tag = element.tag
    inner = replace(outer, element=element)
    if tag in HEADINGS:
        return replace(inner, kind=BlockKind.HEADING)
    if (
        tag in ("figcaption", "caption")
        or str(tag).endswith("-caption")
        or CAPTION_CLASS.search(element.get("class", "")[:LONGEST_NAMES].lower())
    ):
        return replace(inner, kind=BlockKind.CAPTION)
    if tag == "blockquote":
        return replace(inner, kind=BlockKind.QUOTATION)
    if tag in ("li", "dt", "dd"):
        return replace(inner, item=element)
    if tag == "pre":
        return replace(inner, preformatted=True)
    if tag == "table":
        return replace(inner, row=None, cell=None)
    if tag == "tr":
        return replace(inner, row=element, cell=None)
    return replace(inner, cell=element) if tag in ("td", "th") else inner


def _piece(setting: Setting, text: str, marks: Sequence[InlineMark]) -> Piece:
    first, last = _trimmed(text, 0, len(text))
    inside = set()
    for mark in marks:
        start, end = _trimmed(text, max(mark.start, first), min(mark.end, last))
        if start < end:
            inside.add(InlineMark(mark.kind, start - first, end - first, mark.href))
    in_order = sorted(inside, key=lambda mark: (mark.start, -mark.end, mark.kind, mark.href))
    return _composed(Piece(setting, text[first:last], tuple(in_order)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _composed(piece: Piece) -> Piece:
    """The piece in Unicode NFC, its marks moved along."""
    text = unicodedata.normalize("NFC", piece.text)
    if text == piece.text:
        return piece
    offsets = sorted({offset for mark in piece.marks for offset in (mark.start, mark.end)})
    places, length = {0: 0}, 0
    for before, offset in pairwise([0, *offsets]):
        length += len(unicodedata.normalize("NFC", piece.text[before:offset]))
        places[offset] = min(length, len(text))
    moved = (replace(mark, start=places[mark.start], end=places[mark.end]) for mark in piece.marks)
    return replace(piece, text=text, marks=tuple(mark for mark in moved if mark.start < mark.end))
