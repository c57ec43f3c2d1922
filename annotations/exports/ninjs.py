"""IPTC ninjs, news in JSON, versions 2.1 and 3.1: one item for each article, one item a line.

The standard has no place for marks, so each is an associated item of type ``component``: its words as one body, and
all that is said of it as a JSON body beside. Speakers are people of the article. The text is in it only where the
rights let readers have all of it. Version 3 spells its names in camel case; nothing else differs in what is used here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.exports.record import CODE_POINTS, About, ExportArticle, ExportRecord, details_of, gettext_noop
from annotations.exports.schema_org import known

STATUS = {"published": "usable", "corrected": "usable", "withdrawn": "canceled"}
NAMES_OF_2 = {
    "representationType": "representationtype",
    "versionCreated": "versioncreated",
    "pubStatus": "pubstatus",
    "usageTerms": "usageterms",
    "contentType": "contenttype",
    "charCount": "charcount",
    "wordCount": "wordcount",
    "infoSources": "infosources",
    "altIds": "altids",
    "copyrightHolder": "copyrightholder",
}


class Ninjs:
    media_type = "application/x-ndjson"

    def __init__(self, version: str) -> None:
        self._version = version
        self.name = f"ninjs-{version}"
        self.about = About(
            title=f"ninjs {version}",
            suffix=f"ninjs-{version}.ndjson",
            sentence=gettext_noop("News items of the IPTC for archives and agencies, one article a line."),
            drops=gettext_noop("Texts that readers may not have in full are not in it; the words of marks are."),
        )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        for article in articles:
            item = self._item(article)
            written = item if self._version.startswith("3") else _renamed(item)
            yield json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def _item(self, article: ExportArticle) -> dict[str, Any]:
        address = f"http://www.iptc.org/std/ninjs/ninjs-schema_{self._version}.json#"
        speakers = dict.fromkeys((mark.speaker, mark.speaker_uid) for mark in article.marks if mark.speaker)
        body = {
            "contentType": "text/plain",
            "charCount": len(article.body),
            "wordCount": len(article.body.split()),
            "value": article.body,
        }
        return known(
            {
                "uri": f"urn:uuid:{article.uid}",
                "standard": {"name": "ninjs", "version": self._version, "schema": address},
                "type": "text",
                "representationType": "full" if article.is_whole else "partial",
                "version": str(article.revision),
                "versionCreated": article.modified,
                "pubStatus": STATUS.get(article.state, "withheld"),
                "language": article.language,
                "usageTerms": article.usage_terms,
                "headlines": [{"value": article.headline}],
                "bodies": [body] if article.is_whole and article.body else [],
                "by": article.byline,
                "infoSources": [{"name": article.outlet}] if article.outlet else [],
                "people": [{"name": name, "uri": f"urn:uuid:{uid}"} for name, uid in speakers],
                "altIds": [
                    {"role": "text_sha256", "value": article.text_sha256},
                    *({"role": "address", "value": url} for url in (article.url, article.original_url) if url),
                ],
                "associations": [_component(mark) for mark in article.marks],
            }
        )


def _component(mark: ExportRecord) -> dict[str, Any]:
    said = {"offsets": CODE_POINTS, **details_of(mark, but={"headline", "outlet", "exact"})}
    words = [{"role": "words", "contentType": "text/plain", "value": mark.exact}] if mark.exact else []
    return {
        "name": mark.type,
        "uri": f"urn:uuid:{mark.uid}",
        "type": "component",
        "representationType": "full",
        "bodies": [
            *words,
            {"role": "annotation", "contentType": "application/json", "value": json.dumps(said, ensure_ascii=False)},
        ],
    }


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(each) for each in value]
    if isinstance(value, dict):
        return {NAMES_OF_2.get(name, name): _renamed(each) for name, each in value.items()}
    return value


NINJS_2_1 = Ninjs("2.1")
NINJS_3_1 = Ninjs("3.1")
