"""Lines below pictures: what the picture shows is a caption of the story, who made it is a credit."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.paragraphs import ends_sentence

HEADLINES = frozenset({"h1", "h2", "h3", "h4"})
CAPTION_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.LIST_ITEM})
# In elements: how far above its caption a picture's part begins.
HIGHEST = 4
PICTURES = ("img", "picture", "amp-img", "video")
# In code points and lines: what stands with a picture and still is its caption.
LONGEST_TEXT = 700
MOST_LINES = 4
# What holds words right below a picture; in code points, how many. Paragraphs there may be the story.
BELOW_PICTURES = frozenset({"div", "span", "small", "center"})
LONGEST_BELOW = 300
CREDIT_NAME = re.compile(
    r"(?:^|[\W_])(?:\w*credits?|\w*copyright|imgcr|cred|satsuei|photographer|\w*-?source|quelle|byline|attribution)(?:$|[\W_])",
    re.IGNORECASE,
)
CREDIT_LABEL = re.compile(
    r"[(（\[]?\s*(?:(?:news |file |handout )?(?:photo(?:graph|graphy|s)?|image(?: source| credit)?|picture|"
    r"crédito|illustration|credit|courtesy|fot|foto|kuva|fotograf|fotos|bild|grafik|quelle|source|crédit|crédits|fuente|imagen|zdjęcie|źródło|"
    r"фото|фотография|світлина|источник|джерело|fotoğraf|kaynak|صورة|تصوير|عدسة|تصویر|عکس|צילום|קרדיט|फोटो|撮影|写真|摄影|图|"
    r"图片|사진)(?:s)?\b\.?\s*(?:[:：,・/|]|\.\.\.|…|by\b|von\b|par\b|de\b|via\b|©|–|-|\s)\s*|(?:photographers?|photographe|fotograaf|"
    r"fotógraf[oa]|fotografía|fotografi|kuvaaja|beeld|bron|fonte|immagine|imágenes|ilustración|zdjęcia|archivfoto|"
    r"bildquelle|"
    r"bildrechte|screenshot|graphics?|grafika|obrázek|zdroj|kép|forrás|foto's|kilde|källa|lähde|πηγή|φωτογραφία|مصدر|المصدر|"
    r"منبع|מקור|स्रोत|फोटो|तस्वीर|छायाचित्र|사진|来源|來源|출처|出典|提供)\s*[:：/|＝=]\s*|©\s*)\S.*",
    re.IGNORECASE,
)
# Whose picture it is, by its house: “Sentinel photo by R Sudhindra”; or by whose leave it is shown.
CREDIT_OF_HOUSE = re.compile(
    r"[(（\[]?(?:(?:[A-ZÀ-Ž][\w.'’&-]*|staff|file|special|contributed|submitted|courtesy|handout)\s+){0,4}"
    r"(?:photo|photograph|picture|image|illustration|graphic|video)s?\s+(?:by|from|courtesy|provided)\b.{2,60}"
    r"|(?i:courtesy of|with permission of|per gentile concessione|avec l.aimable autorisation|"
    r"mit freundlicher genehmigung|cortesía de|cedida por|gentilmente cedida|avec la permission)\b.{2,70}"
)
# What stands with names of people who write no spaces: “林小明攝”.
NAME_WITH_SIGN = re.compile(r"[(（]?[\u3400-\u9fff、．・]{2,12}[攝摄]\s*[)）]?")
NAME_FOR_OUTLET = re.compile(
    r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w.'’-]*\s*(?:/|\bfor\b|\bvia\b)\s*(?:[^\W\d_]\w*\s*){1,5}"
)


def photo_lines(root: HtmlElement, lines: Sequence[HtmlLine]) -> set[int]:
    """Numbers of short lines that stand alone with a picture, in a figure or in a part built for it."""
    parts = _PhotoParts(root, lines)
    within: dict[HtmlElement, list[int]] = {}
    for number, line in enumerate(lines):
        element = parts.nearest(line.element)
        if element is not None:
            within.setdefault(element, []).append(number)
    below = {number for number, line in enumerate(lines) if parts.is_below_picture(line.element)}
    return below | {
        number
        for numbers in within.values()
        if len(numbers) <= MOST_LINES
        for number in numbers
        if lines[number].block.kind in CAPTION_KINDS
    }


class _PhotoParts:
    """Elements that hold a picture and little else, found in one pass over the page."""

    def __init__(self, root: HtmlElement, lines: Sequence[HtmlLine]) -> None:
        self._length: dict[HtmlElement, int] = {}
        self._portrayed: dict[HtmlElement, str] = {}
        self._headed: set[HtmlElement] = set()
        for line in lines:
            self._length[line.element] = self._length.get(line.element, 0) + len(line.block.text)
        for element in reversed(list(root.iter())):
            self._hand_on(element)

    def _hand_on(self, element: HtmlElement) -> None:
        """Tell the parent what the element and everything in it holds."""
        parent = element.getparent()
        if element.tag in PICTURES:
            self._portrayed[element] = element.get("alt", "")
        if element.tag in HEADLINES:
            self._headed.add(element)
        if parent is None:
            return
        if element in self._length:
            self._length[parent] = self._length.get(parent, 0) + self._length[element]
        if element in self._portrayed:
            self._portrayed[parent] = self._portrayed[element]
        if element in self._headed:
            self._headed.add(parent)

    def nearest(self, element: HtmlElement | None) -> HtmlElement | None:
        """The nearest such element round the line, at most three up; none where it is a link or a portrait."""
        for _ in range(HIGHEST):
            if element is None or element.tag in ("body", "article", "main", "html"):
                return None
            if element in self._portrayed:
                return element if self._is_photo_part(element) else None
            element = element.getparent()
        return None

    def is_below_picture(self, element: HtmlElement) -> bool:
        """Whether the short words of the element stand right below one that shows a picture and says nothing."""
        above = element.getprevious()
        if above is None or element.tag not in BELOW_PICTURES or self._length.get(element, 0) > LONGEST_BELOW:
            return False
        return above in self._portrayed and above.tag != "a" and not self._length.get(above, 0)

    def _is_photo_part(self, element: HtmlElement) -> bool:
        if self._length.get(element, 0) > LONGEST_TEXT or element in self._headed or element.tag == "a":
            return False
        portrayed = self._portrayed[element]
        # A portrait beside the name of who it shows is the author's.
        return len(portrayed.split()) < 2 or portrayed not in "".join(element.itertext())


def is_credit(line: HtmlLine, *, beside_picture: bool) -> bool:
    """Whether a short line says who made a picture, and not what it shows."""
    text = line.block.text
    if len(text) > 120:
        return False
    names = f"{line.element.get('class', '')} {line.element.get('id', '')}"[:600]
    is_named = bool(CREDIT_NAME.search(names)) and len(text.split()) <= 12
    is_labelled = bool(CREDIT_LABEL.fullmatch(text)) and not (ends_sentence(text) and len(text.split()) > 12)
    if not beside_picture:
        return is_named and is_labelled
    return (
        is_named
        or is_labelled
        or bool(
            NAME_WITH_SIGN.fullmatch(text)
            or CREDIT_OF_HOUSE.fullmatch(text)
            or (NAME_FOR_OUTLET.fullmatch(text.strip("()（）[]")) and not ends_sentence(text))
        )
    )
