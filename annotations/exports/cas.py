"""Documents of Apache UIMA: XMI with its type system, and the JSON of UIMA (version 0.4.0). One file per article.

Offsets count UTF-16 code units, as Java does. A mark is an annotation of type ``newsdesk.Quote``, ``newsdesk.Claim`` or
``newsdesk.BiasTag``; marks without a place are ``newsdesk.Unplaced``, which stand on no words. Features are the columns
of the other formats.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any
from xml.sax.saxutils import quoteattr

from annotations.exports.csv import SEPARATOR
from annotations.exports.record import UTF_16, About, ExportArticle, ExportRecord, gettext_noop
from annotations.exports.zipped import MEDIA_TYPE, ZipStream

STRING, INTEGER = "uima.cas.String", "uima.cas.Integer"
# The place is that of the annotation, and the words are those it covers.
FEATURES: dict[str, str] = {
    each.name: INTEGER if str(each.type).startswith("int") else STRING
    for each in fields(ExportRecord)
    if each.name not in {"start", "end", "type"}
}
OF_ARTICLES: dict[str, str] = {
    name: INTEGER if name == "revision" else STRING
    for name in ("uid", "headline", "outlet", "byline", "url", "state", "revision", "text_sha256", "offsets")
}
TYPES: dict[str, tuple[str, dict[str, str]]] = {
    "newsdesk.Mark": ("uima.tcas.Annotation", FEATURES),
    "newsdesk.Quote": ("newsdesk.Mark", {}),
    "newsdesk.Claim": ("newsdesk.Mark", {}),
    "newsdesk.BiasTag": ("newsdesk.Mark", {}),
    "newsdesk.Unplaced": ("uima.cas.TOP", {"layer": STRING, **FEATURES}),
    "newsdesk.Article": ("uima.cas.TOP", OF_ARTICLES),
}
BY_LAYER = {"quote": "Quote", "claim": "Claim", "bias_tag": "BiasTag"}
# XML 1.0 has no way to write these; one code unit stands for one, so that offsets hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WHITE = {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_FIRST = 2  # the sofa is 1


class Cas:
    """An archive with one document per article."""

    media_type = MEDIA_TYPE

    def __init__(self, name: str, about: About, ending: str, write: Callable[[ExportArticle], str]) -> None:
        self.name, self.about, self._ending, self._write = name, about, ending, write

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        archive = ZipStream()
        if self._ending == "xmi":
            archive.add("TypeSystem.xml", type_system().encode())
        for article in articles:
            archive.add(f"{article.uid}.{self._ending}", self._write(article).encode())
            if archive.is_ready():
                yield archive.taken()
        yield archive.end()


class Utf16Offsets:
    """Offsets in UTF-16 code units by those in code points, for many offsets in one text."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, letter in enumerate(text) if letter > "\uffff"] if not text.isascii() else []

    def of(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset)


def structures(article: ExportArticle) -> Iterator[tuple[str, dict[str, Any]]]:
    """The type of each feature structure, and its features."""
    units = Utf16Offsets(article.text)
    of_article = {name: getattr(article, name) for name in OF_ARTICLES if name != "offsets"}
    yield "newsdesk.Article", {**of_article, "offsets": UTF_16}
    for mark in article.placed:
        place = {"begin": units.of(mark.start or 0), "end": units.of(mark.end or 0)}
        yield f"newsdesk.{BY_LAYER[mark.type]}", {**place, **_features(mark)}
    for mark in article.unplaced:
        yield "newsdesk.Unplaced", {"layer": mark.type, **_features(mark)}


def _features(mark: ExportRecord) -> dict[str, Any]:
    said = {name: getattr(mark, name) for name in FEATURES}
    return {
        name: SEPARATOR.join(value) if isinstance(value, list) else value
        for name, value in said.items()
        if value is not None
    }


def xmi(article: ExportArticle) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        'xmlns:newsdesk="http:///newsdesk.ecore" xmi:version="2.0">',
        '<cas:NULL xmi:id="0"/>',
    ]
    number = _FIRST
    for number, (kind, features) in enumerate(structures(article), start=_FIRST):
        place = ' sofa="1"' if "begin" in features else ""
        said = "".join(f" {name}={_attribute(value)}" for name, value in features.items())
        lines.append(f'<newsdesk:{kind.removeprefix("newsdesk.")} xmi:id="{number}"{place}{said}/>')
    members = " ".join(map(str, range(_FIRST, number + 1)))
    lines += [
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" '
        f"sofaString={_attribute(article.text)}/>",
        f'<cas:View sofa="1" members="{members}"/>',
        "</xmi:XMI>",
    ]
    return "\n".join(lines) + "\n"


def _attribute(value: object) -> str:
    return quoteattr(_UNWRITABLE.sub("\ufffd", str(value)), _WHITE)


def uima_json(article: ExportArticle) -> str:
    found = list(enumerate(structures(article), start=_FIRST))
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain"}
    document = {
        "%HEADER": {"%VERSION": "0.4.0", "%OFFSET_ENCODING": "UTF-16"},
        "%TYPES": {
            kind: {
                "%NAME": kind,
                "%SUPER_TYPE": parent,
                **{name: {"%NAME": name, "%RANGE": reach} for name, reach in features.items()},
            }
            for kind, (parent, features) in TYPES.items()
        },
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [number for number, _structure in found]}},
        "%FEATURE_STRUCTURES": [
            {**sofa, "sofaString": article.text},
            *(
                {"%ID": number, "%TYPE": kind, **({"@sofa": 1} if "begin" in features else {}), **features}
                for number, (kind, features) in found
            ),
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def type_system() -> str:
    """The description that readers of XMI need beside it."""
    types = "".join(
        f"<typeDescription><name>{kind}</name><description/><supertypeName>{parent}</supertypeName><features>"
        + "".join(
            f"<featureDescription><name>{name}</name><description/><rangeTypeName>{reach}</rangeTypeName>"
            "</featureDescription>"
            for name, reach in features.items()
        )
        + "</features></typeDescription>\n"
        for kind, (parent, features) in TYPES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">'
        f"<types>\n{types}</types></typeSystemDescription>\n"
    )


XMI = Cas(
    "xmi",
    About("UIMA CAS XMI", "xmi.zip", gettext_noop("Documents of Apache UIMA with their type system."), unit=UTF_16),
    "xmi",
    xmi,
)
UIMA_JSON = Cas(
    "cas-json",
    About("UIMA CAS JSON", "cas-json.zip", gettext_noop("Documents of Apache UIMA as JSON."), unit=UTF_16),
    "json",
    uima_json,
)
