"""Boxes: elements beside the flow of a story, told apart by how they are built and not by what they are called.

The paragraphs of a story are built alike: the same element, named alike, in parents named alike. An element that
holds none of them, nor the headline, is a box.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from articles.anchoring.sentences import sentences
from articles.anchoring.text import BlockKind
from articles.ingest.furniture_rules import ABOUT_THIS_STORY
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_pieces import is_custom
from articles.ingest.html_witnesses import linked_share, reads_as_prose
from articles.ingest.page_builds import Build, build_of, usual_builds
from articles.ingest.page_labels import rule_of_label
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.words import word_keys

BOX_TAGS = frozenset(
    {"div", "section", "aside", "amp-list", "details", "article", "header", "footer", "center", "table"}
)
# In words: shorter lines stand in paragraphs by chance.
SHORTEST_REPEATED = 5
# In words: a quotation that may leave out who speaks in the middle of it, and the runs of it that are looked for.
LONG_REPEATED, RUN, MOST_OF_RUNS = 8, 3, 0.7
FORM_TAGS = ("button", "form", "input", "textarea", "select")
# In lines: a box of buttons is short.
SHORT_BOX = 10
# In paragraphs: what a story has before its end can be told.
SHORTEST_STORY = 3
# Where links lead that pass a story on, and those that gather stories on one subject.
SHARING = re.compile(
    r"(?:facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share|home)|wa\.me/|whatsapp\.com/send|"
    r"t\.me/share|telegram\.me/share|linkedin\.com/(?:share|sharing|cws)|pinterest\.[a-z.]+/pin/create|"
    r"reddit\.com/submit|vk\.com/share|weibo\.[a-z.]+/share|line\.me/R/|getpocket\.com/(?:save|edit)|bsky\.app/intent|"
    r"mailto:\?)",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"/(?:tags?|topics?|keywords?|themen?|themes?|etiquetas?|temas?|tematy|konu|etiket)/", re.IGNORECASE
)
FEWEST_LINKS = 2
# In words: a heading that the page does not call one.
LONGEST_SUBHEAD = 8
# In words: the title of a box.
LONGEST_TITLE = 10
# In lines and in code points: what asks a reader for something.
LONGEST_APPEAL, LONGEST_APPEAL_TEXT = 4, 300
# In labels of one row, and in words of one label.
FEWEST_LABELS, MOST_LABELS, LONGEST_LABEL = 3, 20, 4
# In characters: what is looked at of an address.
LONGEST_ADDRESS = 300

# What outlets call the elements of headings that are no heading elements.
HEADING_NAME = re.compile(
    r"(?:^|[\W_])(?:sub-?)?(?:heading|headline|header|head|hed|title|zwischentitel|zwischenueberschrift|intertitre|"
    r"intertitulo|ladillo|mellemrubrik|mellomtittel|mellanrubrik|tussenkop|srodtytul)(?:$|[\W_])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Box:
    """A box and the numbers of its lines."""

    element: HtmlElement
    numbers: list[int] = field(default_factory=list)


class PageBoxes:
    """The boxes of a page; ``voted`` says which lines the witnesses take for the story."""

    def __init__(
        self,
        root: HtmlElement,
        lines: Sequence[HtmlLine],
        words: Sequence[list[str]],
        voted: Sequence[bool],
        headline: int | None,
    ) -> None:
        self._lines, self._words, self._voted = lines, words, voted
        self.usual = usual_builds(lines, words, voted)
        in_flow = [number for number, line in enumerate(lines) if voted[number] and build_of(line) in self.usual]
        self._said = "\n".join(" ".join(words[number]) for number in in_flow)
        self._parents_of_flow = {lines[number].element.getparent() for number in in_flow}
        self._first = min(in_flow, default=len(lines))
        self._last = max(in_flow) if len(in_flow) >= SHORTEST_STORY else len(lines)
        self._box_of = _outermost(root, [lines[number].element for number in [*in_flow, *filter(None, [headline])]])
        self._boxes: dict[HtmlElement, Box] = {}
        for number, line in enumerate(lines):
            element = self._box_of.get(line.element)
            if element is not None:
                self._boxes.setdefault(element, Box(element)).numbers.append(number)
        self.subheads = self._subheads()
        self._rules = {element: self._rule_of(box) for element, box in self._boxes.items()}

    def _subheads(self) -> frozenset[int]:
        """Numbers of short lines the witnesses know that stand right above paragraphs of the story.

        Several are built alike, between paragraphs of the same parent, and say different things: labels of
        buttons and of advertisements repeat themselves.
        """
        alike: dict[Build, dict[str, int]] = {}
        for number in range(1, len(self._lines) - 1):
            line = self._lines[number]
            if self._voted[number] and line.block.kind is BlockKind.PARAGRAPH and self._may_be_subhead(number):
                alike.setdefault(build_of(line), {})[line.block.text] = number
        several = {build: texts for build, texts in alike.items() if len(texts) > 1}
        parents = {self._lines[number].element.getparent() for texts in several.values() for number in texts.values()}
        return frozenset(
            number
            for number, line in enumerate(self._lines)
            if (texts := several.get(build_of(line))) and line.element.getparent() in parents
            if number in texts.values() or self._may_be_above_picture(number)
        ) | frozenset(number for number in range(1, len(self._lines) - 1) if self._is_named_subhead(number))

    def _is_named_subhead(self, number: int) -> bool:
        """Whether a short line between paragraphs of the story is called a heading by its own element."""
        line = self._lines[number]
        if not self._voted[number] or not HEADING_NAME.search(line.element.get("class", "")[:LONGEST_ADDRESS]):
            return False
        if line.block.kind is not BlockKind.PARAGRAPH or not 0 < len(self._words[number]) <= LONGEST_SUBHEAD:
            return False
        is_said = not ends_sentence(line.block.text) and linked_share(line) == 0
        return is_said and number > self._first and not self.is_in_flow(number) and self.is_in_flow(number + 1)

    def _may_be_above_picture(self, number: int) -> bool:
        """Whether a line built as subheads are stands above a picture instead of a paragraph."""
        line = self._lines[number]
        is_short = 0 < len(self._words[number]) <= LONGEST_SUBHEAD and not ends_sentence(line.block.text)
        behind = line.element.getnext()
        return is_short and behind is not None and next(behind.iter("img", "picture", "figure"), None) is not None

    def _may_be_subhead(self, number: int) -> bool:
        line = self._lines[number]
        if self.is_in_flow(number) or not 0 < len(self._words[number]) <= LONGEST_SUBHEAD:
            return False
        if ends_sentence(line.block.text) or linked_share(line) > 0 or not self.is_in_flow(number + 1):
            return False
        return line.element.getparent() is self._lines[number + 1].element.getparent()

    def repeats(self, number: int) -> bool:
        """Whether the line says again, in large letters, what a paragraph of the story says."""
        words = " ".join(self._words[number])
        return len(self._words[number]) >= SHORTEST_REPEATED and words in self._said

    def repeats_in_sentences(self, number: int) -> bool:
        """Whether every sentence of the line stands in the story's paragraphs besides, wherever they part it."""
        text = self._lines[number].block.text
        said = [" ".join(word_keys(text[start:end])) for start, end in sentences(text)]
        own = int(self._voted[number] and self.is_in_flow(number))
        if len(self._words[number]) < SHORTEST_REPEATED:
            return False
        if all(self._said.count(words) > own for words in said if words):
            return True
        words = self._words[number]
        runs = [" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
        return len(words) >= LONG_REPEATED and sum(self._said.count(run) > own for run in runs) >= MOST_OF_RUNS * len(
            runs
        )

    def is_fact_box(self, number: int) -> bool:
        """Whether the line stands in a box among the paragraphs that has a title and says something, without any link.

        What asks a reader for something has a link, a button or a field.
        """
        element = self._box_of.get(self._lines[number].element)
        if element is None or not _is_box(element):
            return False
        box = self._boxes[element]
        title, *rest = box.numbers
        if not rest or next(element.iter("a", *FORM_TAGS), None) is not None or rule_of_label(self._words[title]):
            return False
        is_titled = 0 < len(self._words[title]) <= LONGEST_TITLE and not self._lines[title].block.text.endswith(
            (".", ":")
        )
        kinds = {self._lines[other].block.kind for other in rest}
        items = sum(self._lines[other].block.kind is BlockKind.LIST_ITEM for other in rest)
        says = kinds <= {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and (items > 1 or all(map(self._is_prose, rest)))
        return is_titled and says and element.getparent() in self._parents_of_flow

    def is_built_by_name(self, number: int) -> bool:
        """Whether the line is built as the story's paragraphs are, and they by a class and not by tags alone."""
        _, own, _, outer = build_of(self._lines[number])
        return self.is_in_flow(number) and bool(own or outer)

    def is_in_flow(self, number: int) -> bool:
        """Whether the line is built as the paragraphs of the story are."""
        return build_of(self._lines[number]) in self.usual

    def rule_of(self, number: int) -> str:
        """The rule that removes the box the line stands in; ``""`` where it stands in none, or in one to keep."""
        element = self._box_of.get(self._lines[number].element)
        return self._rules.get(element, "") if element is not None else ""

    def _rule_of(self, box: Box) -> str:
        first = rule_of_label(self._words[box.numbers[0]])
        if first and not self._is_long_prose(box):
            return first
        if not (_is_box(box.element) or box.element.tag == "td"):
            return ""
        kinds = {self._lines[number].block.kind for number in box.numbers}
        if kinds == {BlockKind.HEADING} or kinds & {BlockKind.CAPTION, BlockKind.TABLE_ROW, BlockKind.QUOTATION}:
            return ""
        if len(box.numbers) <= SHORT_BOX and next(box.element.iter(*FORM_TAGS), None) is not None:
            return "form"
        if not _is_box(box.element):
            return ""
        text = sum(len(self._lines[number].block.text) for number in box.numbers)
        linked = sum(len(self._lines[number].block.text) * linked_share(self._lines[number]) for number in box.numbers)
        if len(box.numbers) <= SHORT_BOX and not self._holds_voted_prose(box):
            rule = _rule_of_links(box.element)
            if rule:
                return rule
        if self._is_appeal(box):
            return "subscription"
        if linked > 0.6 * text and len(box.numbers) > 1:
            return "related-headlines"
        return ""

    def _is_appeal(self, box: Box) -> bool:
        """Whether a short box below the story says a little and ends with the link to follow."""
        last = box.numbers[-1]
        if box.numbers[0] <= self._last or not FEWEST_LINKS <= len(box.numbers) <= LONGEST_APPEAL:
            return False
        if ABOUT_THIS_STORY.match(self._lines[box.numbers[0]].block.text):
            return False
        is_call = len(self._words[last]) <= LONGEST_LABEL and linked_share(self._lines[last]) > 0.9
        length = sum(len(self._lines[number].block.text) for number in box.numbers)
        return is_call and length <= LONGEST_APPEAL_TEXT

    def _is_long_prose(self, box: Box) -> bool:
        prose = [number for number in box.numbers if self._voted[number] and self._is_prose(number)]
        return len(prose) > 3 and sum(len(self._lines[n].block.text) for n in prose) > 1500

    def _is_prose(self, number: int) -> bool:
        return reads_as_prose(self._lines[number], self._words[number])

    def holds_prose(self, number: int) -> bool:
        """Whether the box of the line holds a sentence that a witness takes for the story."""
        element = self._box_of.get(self._lines[number].element)
        if element is None:
            return True
        return self._holds_voted_prose(self._boxes[element])

    def _holds_voted_prose(self, box: Box) -> bool:
        return any(self._voted[number] and self._is_prose(number) for number in box.numbers)

    def is_behind_story(self, number: int) -> bool:
        """Whether the line stands below the last paragraph of the story."""
        return number > self._last

    def stands_below(self, number: int) -> bool:
        """Whether the line stands in a box that begins below the last paragraph of the story."""
        element = self._box_of.get(self._lines[number].element)
        return element is not None and _is_box(element) and self._boxes[element].numbers[0] > self._last

    def box_tag(self, number: int) -> str:
        element = self._box_of.get(self._lines[number].element)
        return "" if element is None else str(element.tag)


def _is_box(element: HtmlElement) -> bool:
    return element.tag in BOX_TAGS or is_custom(element)


def _rule_of_links(element: HtmlElement) -> str:
    """What the links of a short box are for: to pass the story on, or to lead to its subjects."""
    links = [(link.get("href", "")[:LONGEST_ADDRESS], link.get("rel", "")) for link in element.iter("a")]
    if sum(SHARING.search(address) is not None for address, _ in links) >= FEWEST_LINKS:
        return "share-bar"
    subjects = sum(relation == "tag" or SUBJECT.search(address) is not None for address, relation in links)
    return "tags" if subjects >= FEWEST_LINKS and subjects > len(links) / 2 else ""


def is_row_of_labels(line: HtmlLine) -> bool:
    """Whether the line is a row of short words, each in an element of its own, as buttons and paths are."""
    element = line.element
    if not FEWEST_LABELS <= len(element) <= MOST_LABELS or ends_sentence(line.block.text):
        return False
    between = [child.tail or "" for child in element]
    if any(character.isalnum() for text in between for character in text):
        return False
    return all(len(child) <= 1 and len((child.text or "").split()) <= LONGEST_LABEL for child in element)


def _outermost(root: HtmlElement, flow: Sequence[HtmlElement]) -> Mapping[HtmlElement, HtmlElement]:
    """For every element beside the flow, the outermost element round it that is beside the flow too."""
    holding: set[HtmlElement] = set()
    for element in flow:
        while element is not None and element not in holding:
            holding.add(element)
            element = element.getparent()
    outermost: dict[HtmlElement, HtmlElement] = {}
    for element in root.iter():
        if element not in holding:
            outermost[element] = outermost.get(element.getparent(), element)
    return outermost
