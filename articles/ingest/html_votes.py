"""Which lines of a page the witnesses take for the story, and the element that holds most of them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_pieces import is_custom
from articles.ingest.html_witnesses import SHINGLE, Witness, extracted_lines, reads_as_prose
from articles.ingest.page_json_ld import stated_bodies
from articles.ingest.page_labels import rule_of_label
from articles.ingest.page_parts import PartsOf

# The part of the story's code points that its container holds at least.
CONTAINED = 0.8
# Parts that hold more of what the witnesses say than this may be the story, whatever they are called.
MISLEADING = 0.6
# In paragraphs and code points: what a story has before its readers speak.
PARAGRAPHS_ABOVE, TEXT_ABOVE = 2, 200
BOX_TAGS = frozenset({"div", "section", "aside"})
STRUCTURE = frozenset({"html", "body", "main", "article", "section", "div", "table", "tbody", "tr", "td", "center"})


def votes(
    root: HtmlElement,
    lines: Sequence[HtmlLine],
    words: Sequence[list[str]],
    *,
    bodies: Sequence[str],
    parts_of: PartsOf,
    headline: int | None,
) -> list[bool]:
    """Say for each line whether a witness takes it for the story: an extractor, or the page's own ``bodies``.

    Parts whose names, labels or repeated items say that they stand beside the story are not asked, unless most
    of what the witnesses say stands in them, and little prose elsewhere: then the names mislead. What readers say
    below a story of its own may be longer than the story.
    """
    extracted = Witness(extracted_lines(root))
    told = Witness(row for body in bodies for row in body.split("\n"))
    stated = Witness(row for body in stated_bodies(root) for row in body.split("\n"))
    known = [told.knows(line) for line in words]
    voted = [
        extracted.knows(line) or by_page or (len(line) >= SHINGLE and stated.knows(line))
        for line, by_page in zip(words, known, strict=True)
    ]
    prose = [reads_as_prose(line, found) for line, found in zip(lines, words, strict=True)]
    if not any(voted):
        voted = prose
    beside = _named_beside(lines, words, parts_of)
    flowing = {number for number, is_prose in enumerate(prose) if is_prose and number not in beside}
    misleading = _misleading(lines, voted, beside, flowing)
    if _follows_a_story(lines, beside, flowing, headline):
        misleading.discard("comment-form")
    kept = [
        vote and (known[number] or number not in beside or beside[number] in misleading)
        for number, vote in enumerate(voted)
    ]
    if _length(lines, [number for number, vote in enumerate(kept) if vote]) < _length(lines, flowing) / 4:
        return [vote or number in flowing for number, vote in enumerate(kept)]
    return kept


def _misleading(
    lines: Sequence[HtmlLine], voted: Sequence[bool], beside: Mapping[int, str], flowing: set[int]
) -> set[str]:
    held: Counter[str] = Counter()
    for number, vote in enumerate(voted):
        held[beside.get(number, "")] += len(lines[number].block.text) if vote else 0
    whole, elsewhere = held.total(), _length(lines, flowing)
    return {rule for rule, mass in held.items() if mass > MISLEADING * whole and elsewhere < mass / 2}


def _follows_a_story(
    lines: Sequence[HtmlLine], beside: Mapping[int, str], flowing: set[int], headline: int | None
) -> bool:
    """Whether a story stands between the headline and the first line of a part for comments."""
    first = min((number for number, rule in beside.items() if rule == "comment-form"), default=0)
    if headline is None or first <= headline:
        return False
    above = [number for number in flowing if headline < number < first]
    return len(above) >= PARAGRAPHS_ABOVE and _length(lines, above) >= TEXT_ABOVE


def _length(lines: Sequence[HtmlLine], numbers: Sequence[int] | set[int]) -> int:
    return sum(len(lines[number].block.text) for number in numbers)


def _named_beside(lines: Sequence[HtmlLine], words: Sequence[list[str]], parts_of: PartsOf) -> dict[int, str]:
    """Lines in parts that names, items or the label at their beginning say stand beside the story."""
    parts = parts_of({}, _labelled_parts(lines, words))
    beside = {number: parts.rule_of(line.element) for number, line in enumerate(lines)}
    return {number: rule for number, rule in beside.items() if rule}


def _labelled_parts(lines: Sequence[HtmlLine], words: Sequence[list[str]]) -> dict[HtmlElement, str]:
    labelled: dict[HtmlElement, str] = {}
    entered: set[HtmlElement] = set()
    for line, found in zip(lines, words, strict=True):
        rule, parent = rule_of_label(found), line.element.getparent()
        if rule and parent is not None and (parent.tag in BOX_TAGS or is_custom(parent)) and parent not in entered:
            labelled[parent] = rule
        element = line.element
        while element is not None and element not in entered:
            entered.add(element)
            element = element.getparent()
    return labelled


def mass_of(root: HtmlElement, lines: Sequence[HtmlLine], voted: Sequence[bool]) -> dict[HtmlElement, int]:
    """How many code points of voted lines each element holds."""
    mass: dict[HtmlElement, int] = {}
    for line, vote in zip(lines, voted, strict=True):
        if vote:
            mass[line.element] = mass.get(line.element, 0) + len(line.block.text)
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element in mass:
            mass[parent] = mass.get(parent, 0) + mass[element]
    return mass


def with_entries_alike(
    container: HtmlElement, lines: Sequence[HtmlLine], flowing: Sequence[bool], headline: int | None
) -> HtmlElement:
    """The container, or the part above it whose other children are built alike and hold paragraphs of the story too.

    So are entries of a live report, of which an extractor may know one. A part that holds the headline is a whole
    story: what stands beside it and is built alike is the next story.
    """
    with_headline: set[HtmlElement] = set()
    if headline is not None:
        with_headline = {lines[headline].element, *lines[headline].element.iterancestors()}
    holding = {
        holder
        for line, flows in zip(lines, flowing, strict=True)
        if flows
        for holder in (line.element, *line.element.iterancestors())
    }
    wider = container
    for element in (container, *container.iterancestors()):
        parent = element.getparent()
        if parent is None or element in with_headline:
            break
        alike = [one for one in parent if one.tag == element.tag and one.get("class") == element.get("class")]
        if element.get("class") and len([one for one in alike if one in holding]) > 1:
            wider = parent
    return wider


def container_of(root: HtmlElement, mass: Mapping[HtmlElement, int]) -> HtmlElement:
    """The innermost element of the page's structure that holds most of the story."""
    container, enough = root, max(1.0, CONTAINED * mass.get(root, 0))
    while True:
        inner = [
            child
            for child in container
            if (child.tag in STRUCTURE or is_custom(child)) and mass.get(child, 0) >= enough
        ]
        if not inner:
            return container
        container = inner[0]
