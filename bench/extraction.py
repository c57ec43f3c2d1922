"""How much of the story comes out of a saved news page, and how much else: our reader beside plain trafilatura.

``python -m bench.extraction FOLDER`` scores a folder of gold pages (``NAME.html`` with ``NAME.json``). Without
``--pages`` it prints figures only, so that pages held out stay unseen. ``python -m bench.extraction --snippets
EVALDATA.json`` scores trafilatura's own evaluation pages, whose gold is pieces of text that have to come out and
pieces that must not.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import mean, median
from typing import Any

import trafilatura

from articles.anchoring.text import BlockKind
from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle, ReadingRefused
from bench.extraction_scores import (
    FIELDS,
    FurnitureCount,
    Score,
    agrees,
    furniture_came_in,
    lines_lost,
    mean_score,
    shingle_score,
    token_score,
)

OURS = "newsdesk"
# Attributes in which outlets name the parts of their pages.
NAMES = re.compile(rb"""(?P<opened>\s(?:class|id|data-component)=(?P<quote>["']))(?P<names>[^"']*)(?=(?P=quote))""")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one extractor made of one page: blocks or lines of text, parted by newlines."""

    text: str
    milliseconds: float
    article: IncomingArticle | None = None


@dataclass(slots=True)
class Tally:
    """What one extractor reached on all pages."""

    tokens: list[Score] = field(default_factory=list)
    shingles: list[Score] = field(default_factory=list)
    furniture: FurnitureCount = field(default_factory=FurnitureCount)
    milliseconds: list[float] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)


def _ours(page: bytes) -> Extracted:
    started = time.perf_counter()
    try:
        [article] = HtmlPageReader().read(page)
    except ReadingRefused:
        return Extracted("", 1000 * (time.perf_counter() - started))
    elapsed = 1000 * (time.perf_counter() - started)
    return Extracted("\n".join(block.text for block in article.blocks), elapsed, article)


def _ours_without_captions(page: bytes) -> Extracted:
    """As trafilatura's own gold has it: captions are no text of the story."""
    extracted = _ours(page)
    blocks = extracted.article.blocks if extracted.article else ()
    kept = (block.text for block in blocks if block.kind is not BlockKind.CAPTION)
    return replace(extracted, text="\n".join(kept))


def _trafilatura(page: bytes, *, fast: bool) -> Extracted:
    started = time.perf_counter()
    text = trafilatura.extract(page, fast=fast, include_comments=False, include_tables=True)
    return Extracted(text or "", 1000 * (time.perf_counter() - started))


EXTRACTORS: Mapping[str, Callable[[bytes], Extracted]] = {
    OURS: _ours,
    f"{OURS}, no captions": _ours_without_captions,
    "trafilatura": partial(_trafilatura, fast=False),
    "trafilatura, fast": partial(_trafilatura, fast=True),
}


def without_names(page: bytes) -> bytes:
    """The page with every class and identifier under another name, alike where they were alike."""
    return NAMES.sub(lambda found: found["opened"] + b" ".join(map(_other_name, found["names"].split())), page)


def _other_name(name: bytes) -> bytes:
    return b"q" + sha256(name).hexdigest()[:8].encode()


def score_gold(folder: Path, *, with_pages: bool, with_names: bool) -> None:
    tallies = {name: Tally() for name in EXTRACTORS}
    gold_files = sorted(folder.glob("*.json"))
    for gold_file in gold_files:
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        saved = gold_file.with_suffix(".html").read_bytes()
        page = saved if with_names else without_names(saved)
        found = {name: extract(page) for name, extract in EXTRACTORS.items()}
        for name, extracted in found.items():
            _count(tallies[name], gold, extracted)
        if with_pages:
            _print_page(gold_file.stem, gold, found)
    _print_tallies(tallies, len(gold_files))


def _count(tally: Tally, gold: Mapping[str, Any], extracted: Extracted) -> None:
    body = [line["text"] for line in gold["body"]]
    text = _without_headline(extracted.text, gold["headline"])
    tally.tokens.append(token_score("\n".join(body), text))
    tally.shingles.append(shingle_score("\n".join(body), text))
    came_in = len(furniture_came_in(gold["furniture"], body, text))
    tally.furniture += FurnitureCount(len(gold["furniture"]) - came_in, came_in, len(lines_lost(body, text)))
    tally.milliseconds.append(extracted.milliseconds)
    if extracted.article:
        tally.fields.update(name for name in FIELDS if agrees(name, gold, extracted.article))


def _without_headline(text: str, headline: str) -> str:
    """Extractors that print the headline above the body are not blamed for it."""
    first, _, rest = text.partition("\n")
    return rest if first.strip() == headline.strip() else text


def _print_page(name: str, gold: Mapping[str, Any], found: Mapping[str, Extracted]) -> None:
    body = [line["text"] for line in gold["body"]]
    texts = {extractor: _without_headline(found[extractor].text, gold["headline"]) for extractor in found}
    figures = "  ".join(f"{token_score(chr(10).join(body), text).f1:.3f}" for text in texts.values())
    _print(f"{figures}  {name}: {gold['style']}")
    for line in lines_lost(body, texts[OURS]):
        _print(f"    lost     {line[:110]}")
    for line in furniture_came_in(gold["furniture"], body, texts[OURS]):
        _print(f"    came in  {line[:110]}")
    article = found[OURS].article
    for wrong in [] if article is None else [name for name in FIELDS if not agrees(name, gold, article)]:
        _print(f"    {wrong:12} {gold.get(wrong)!r} is not {getattr(article, wrong)!r}")


def _print_tallies(tallies: Mapping[str, Tally], pages: int) -> None:
    _print(f"{pages} pages{'token F1':>28}{'P':>7}{'R':>7}{'shingle F1':>12}{'P':>7}{'R':>7}{'ms':>7}{'median':>8}")
    for name, tally in tallies.items():
        tokens, shingles = mean_score(tally.tokens), mean_score(tally.shingles)
        _print(
            f"{name:20}{mean(score.f1 for score in tally.tokens):15.4f}{tokens.precision:7.3f}{tokens.recall:7.3f}"
            f"{shingles.f1:12.4f}{shingles.precision:7.3f}{shingles.recall:7.3f}"
            f"{mean(tally.milliseconds):7.1f}{median(tally.milliseconds):8.1f}"
        )
    for name, tally in tallies.items():
        furniture = tally.furniture
        _print(
            f"{name:20} furniture precision {furniture.score.precision:.4f} recall {furniture.score.recall:.4f} "
            f"(away {furniture.away}, came in {furniture.came_in}, lines of the story lost {furniture.lost})"
        )
    for name in FIELDS:
        _print(f"{name:20}{tallies[OURS].fields[name] / pages:7.3f}")


def score_snippets(evaldata: Path, *, half: str, with_pages: bool) -> None:
    """Pieces of text found where they belong, over all pages, counted as trafilatura counts them."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in EXTRACTORS}
    times: dict[str, list[float]] = {name: [] for name in EXTRACTORS}
    for entry in _entries(evaldata, half):
        page = _saved_page(evaldata.parent, entry["file"])
        if page is None:
            continue
        found = {name: extract(page.read_bytes()) for name, extract in EXTRACTORS.items()}
        for name, extracted in found.items():
            counts[name] += _snippets(entry, extracted.text)
            times[name].append(extracted.milliseconds)
        if with_pages:
            _print_snippets(entry, found[OURS].text, found["trafilatura"].text)
    for name, count in counts.items():
        wanted = Score(count["hit"] / max(1, count["hit"] + count["intruder"]), count["hit"] / max(1, count["wanted"]))
        _print(
            f"{name:20} F1 {wanted.f1:.4f} precision {wanted.precision:.4f} recall {wanted.recall:.4f} {dict(count)} "
            f"{len(times[name])} pages, {mean(times[name]):.1f} ms, median {median(times[name]):.1f}"
        )


def _entries(evaldata: Path, half: str) -> Iterator[Mapping[str, Any]]:
    """The pages of one half, dealt by the hash of their name; of both with ``all``."""
    for entry in json.loads(evaldata.read_text(encoding="utf-8")).values():
        dealt = "tuning" if sha256(entry["file"].encode()).digest()[0] % 2 else "held_out"
        if half in (dealt, "all"):
            yield entry


def _saved_page(folder: Path, name: str) -> Path | None:
    return next((folder / place / name for place in ("cache", "eval") if (folder / place / name).is_file()), None)


def _snippets(entry: Mapping[str, Any], text: str) -> Counter[str]:
    words = _plain(text)
    return Counter(
        wanted=len(entry["with"]),
        unwanted=len(entry["without"]),
        hit=sum(_plain(piece) in words for piece in entry["with"]),
        intruder=sum(_plain(piece) in words for piece in entry["without"]),
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _print_snippets(entry: Mapping[str, Any], ours: str, theirs: str) -> None:
    words, other = " ".join(ours.split()), " ".join(theirs.split())
    for piece in (" ".join(piece.split()) for piece in entry["with"]):
        if piece not in words:
            _print(f"{entry['file']}: lost {'' if piece in other else '(by both)'} {piece}")
    for piece in (" ".join(piece.split()) for piece in entry["without"]):
        if piece in words:
            _print(f"{entry['file']}: came in {'(to both)' if piece in other else ''} {piece}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description="Score the reader of HTML pages.")
    parser.add_argument("folders", metavar="FOLDER", nargs="*", type=Path, help="gold pages")
    parser.add_argument("--pages", action="store_true", help="also print what went wrong on each page")
    parser.add_argument("--nameless", action="store_true", help="with other names for all classes of the gold pages")
    parser.add_argument("--snippets", metavar="EVALDATA.json", type=Path, help="trafilatura's evaluation pages")
    parser.add_argument("--half", choices=("tuning", "held_out", "all"), default="all", help="of those pages")
    wanted = parser.parse_args(arguments)
    for folder in wanted.folders:
        score_gold(folder, with_pages=wanted.pages, with_names=not wanted.nameless)
    if wanted.snippets:
        score_snippets(wanted.snippets, half=wanted.half, with_pages=wanted.pages)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
