"""A story of the corpus as a document of each format, as the programs of outlets and offices would write it."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from textwrap import wrap

from bench.corpus import Corpus, GeneratedArticle, Kind, Mark

TYPES = {Kind.QUOTE: "quote", Kind.CLAIM: "claim", Kind.BIAS: "bias_tag"}
ENTRIES = 20
LINKS = 60
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NEWS = "http://iptc.org/std/nar/2006-10-01/"
WIDTH, LINES_OF_PAGE = 90, 60


def documents() -> Mapping[str, bytes]:
    """One document for each reader, by its name; feeds have :data:`ENTRIES` stories, the others one."""
    corpus = Corpus()
    several = list(corpus.articles(ENTRIES))
    story = several[0]
    return {
        "newsml-g2": _newsml(story).encode(),
        "feed": _feed(several).encode(),
        "json-feed": _json_feed(several).encode(),
        "ninjs": _ninjs(story).encode(),
        "mail": _mail(story).encode(),
        "pdf": _pdf(story),
        "word": _word(story),
        "html-page": _page(story, several[1:]).encode(),
        "records": ndjson([story], corpus.speakers),
        "plain-text": story.text.encode(),
    }


def ndjson(articles: Sequence[GeneratedArticle], speakers: Sequence[str]) -> bytes:
    """Records with their judgements, one per line."""
    return b"".join(json.dumps(_record(each, speakers), ensure_ascii=False).encode() + b"\n" for each in articles)


def short_records(count: int) -> Iterator[bytes]:
    """So many records of two paragraphs without marks, made while they are read, a thousand at a time."""
    corpus = Corpus()
    stories = corpus.unmarked(count, like=list(corpus.articles(ENTRIES)))
    while thousand := list(islice(stories, 1_000)):
        yield b"".join(
            json.dumps({"headline": each.headline, "blocks": _blocks(each.paragraphs[:2])}, ensure_ascii=False).encode()
            + b"\n"
            for each in thousand
        )


def _record(article: GeneratedArticle, speakers: Sequence[str]) -> dict[str, object]:
    text = article.text
    return {
        "headline": article.headline,
        "language": "en",
        "blocks": _blocks(article.paragraphs),
        "annotations": [_annotation(text, mark, speakers) for mark in article.marks],
    }


def _blocks(paragraphs: Sequence[str]) -> list[dict[str, object]]:
    return [{"kind": "paragraph", "text": paragraph, "marks": []} for paragraph in paragraphs]


def _annotation(text: str, mark: Mark, speakers: Sequence[str]) -> dict[str, object]:
    said: dict[Kind, dict[str, object]] = {
        Kind.QUOTE: {"kind": "direct", "cue": "said", "speaker": speakers[mark.choice % len(speakers)]},
        Kind.CLAIM: {"claimant": "author"},
        Kind.BIAS: {"category": "spin", "severity": mark.severity},
    }
    place = {"type": TYPES[mark.kind], "start": mark.start, "end": mark.end, "exact": text[mark.start : mark.end]}
    return place | said[mark.kind]


def _paragraphs(article: GeneratedArticle) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)


def _page(article: GeneratedArticle, others: Sequence[GeneratedArticle]) -> str:
    """With a menu, related pieces and a footer, as pages have them."""
    links = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(LINKS))
    related = "".join(
        f'<li><a href="/story/{number}"><h3>{escape(each.headline)}</h3></a></li>' for number, each in enumerate(others)
    )
    said = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.headline,
            "datePublished": "2025-05-13T09:30:00+02:00",
            "author": {"@type": "Person", "name": "Ines Duarte"},
        }
    )
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(article.headline)}</title>'
        f'<script type="application/ld+json">{said}</script></head><body><nav><ul>{links}</ul></nav>'
        f"<main><article><h1>{escape(article.headline)}</h1>{_paragraphs(article)}</article></main>"
        f'<aside class="related"><h2>Related</h2><ul>{related}</ul></aside>'
        f"<footer><ul>{links}</ul><p>All rights reserved.</p></footer></body></html>"
    )


def _feed(articles: Sequence[GeneratedArticle]) -> str:
    items = "".join(
        f"<item><guid>{number}</guid><title>{escape(each.headline)}</title><link>https://paper.example/{number}</link>"
        f"<description>{escape(_paragraphs(each))}</description></item>"
        for number, each in enumerate(articles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>{items}</channel></rss>'


def _json_feed(articles: Sequence[GeneratedArticle]) -> str:
    items = [
        {"id": str(number), "title": each.headline, "content_html": _paragraphs(each)}
        for number, each in enumerate(articles)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "items": items})


def _ninjs(article: GeneratedArticle) -> str:
    return json.dumps(
        {
            "uri": "urn:newsml:wire.example:1",
            "version": "1",
            "pubstatus": "usable",
            "headlines": [{"role": "main", "value": article.headline}],
            "bodies": [{"role": "main", "contenttype": "text/html", "value": _paragraphs(article)}],
        }
    )


def _newsml(article: GeneratedArticle) -> str:
    return (
        f'<?xml version="1.0"?><newsItem xmlns="{NEWS}" guid="urn:newsml:wire.example:1" version="1" '
        'standard="NewsML-G2" standardversion="2.30"><itemMeta><itemClass qcode="ninat:text"/>'
        '<provider qcode="wire:example"/><versionCreated>2025-05-13T09:30:00+02:00</versionCreated>'
        f'<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>{escape(article.headline)}</headline>'
        '</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{_paragraphs(article)}</body></html></inlineXML></contentSet>'
        "</newsItem>"
    )


def _mail(article: GeneratedArticle) -> str:
    body = "\n\n".join(article.paragraphs)
    subject = f"=?utf-8?q?{_quoted(article.headline)}?="
    return (
        f"From: Press <press@council.example>\nTo: desk@paper.example\nSubject: {subject}\n"
        "Date: Tue, 13 May 2025 09:30:00 +0200\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{body}\n\n-- \nPress office\n"
    )


def _quoted(words: str) -> str:
    return "".join(f"={byte:02X}" for byte in words.encode())


def _word(article: GeneratedArticle) -> bytes:
    headline = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{escape(article.headline)}</w:t></w:r></w:p>'
    body = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in article.paragraphs)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{headline}{body}</w:body></w:document>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
    return written.getvalue()


def _pdf(article: GeneratedArticle) -> bytes:
    """Lines of Helvetica on as many pages as they take."""
    lines = [line for paragraph in article.paragraphs for line in wrap(paragraph, WIDTH)]
    pages = [lines[first : first + LINES_OF_PAGE] for first in range(0, len(lines), LINES_OF_PAGE)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 595 842] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        content = b"\n".join(_shown(wrap(article.headline, 40), 20, 800) if number == 0 else [])
        content += b"\n" + b"\n".join(_shown(page, 10, 740))
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {fonts} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return _file(objects)


def _shown(lines: Sequence[str], size: int, top: int) -> list[bytes]:
    escaped = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in lines]
    return [
        f"BT /F1 {size} Tf 60 {top - number * size * 1.2:g} Td ({line}) Tj ET".encode("cp1252", "replace")
        for number, line in enumerate(escaped)
    ]


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects with their table of places (ISO 32000-1, 7.5)."""
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    begin = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return bytes(written) + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, begin)
