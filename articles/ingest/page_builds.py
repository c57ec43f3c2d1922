"""How lines are built: paragraphs of one story are built alike, whatever its outlet calls them."""

import re
from collections import Counter
from collections.abc import Sequence

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import reads_as_prose

# The part of the story's code points that one way of building paragraphs accounts for at least.
USUAL = 0.15
DROP_CAP = re.compile(r"drop-?_?cap", re.IGNORECASE)

# What outlets call the elements of standfirsts.
STANDFIRST_NAME = re.compile(
    r"standfirst|(?:^|[\W_])(?:dek|deck|subtitle|sub-?headline|sub-?head|lead|lede|intro|introduction|summary|excerpt|"
    r"chapo|chapeau|sapo|vorspann|entradilla|bajada|ingress|spot|sottotitolo|occhiello|kicker-text|teaser-text|"
    r"stand-first|description|abstract|descr|subheading|subtitulo|lid|anons|annotation)(?:$|[\W_])",
    re.IGNORECASE,
)

# Tag and class of the element, and of its parent.
Build = tuple[str, str, str, str]


def build_of(line: HtmlLine) -> Build:
    """How a line is built: names of its element and of the parent."""
    parent = line.element.getparent()
    outer = ("", "") if parent is None else (str(parent.tag), parent.get("class", "")[:200])
    own = line.element.get("class", "")[:200]
    # A large first letter tells the first paragraph from the others in nothing else.
    own = own if "cap" not in own else " ".join(name for name in own.split() if not DROP_CAP.search(name))
    return (str(line.element.tag), own, *outer)


def usual_builds(lines: Sequence[HtmlLine], words: Sequence[list[str]], voted: Sequence[bool]) -> frozenset[Build]:
    mass: Counter[Build] = Counter()
    count: Counter[Build] = Counter()
    for number, line in enumerate(lines):
        if voted[number] and reads_as_prose(line, words[number]):
            mass[build_of(line)] += len(line.block.text)
            count[build_of(line)] += 1
    most = max(count.values(), default=0)
    usual = {build for build, held in mass.items() if held >= USUAL * mass.total() and (count[build] > 1 or most < 3)}
    standfirsts = {build for build in usual if count[build] == 1 and STANDFIRST_NAME.search(build[1])}
    return frozenset(usual - standfirsts or usual)
