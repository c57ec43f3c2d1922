"""Articles with their quotations, in the words of schema.org: a NewsArticle with a Quotation for each quote.

The text is in it only where the rights let readers have all of it; a quotation always is. One JSON-LD array.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.exports.claimreview import MEDIA_TYPE, piece_of
from annotations.exports.labelstudio import in_array
from annotations.exports.record import About, ExportArticle, ExportRecord, gettext_noop
from annotations.exports.schema_org import known, named, news_article


class NewsArticles:
    name = "newsarticle"
    media_type = MEDIA_TYPE
    about = About(
        title="NewsArticle",
        suffix="newsarticle.jsonld",
        sentence=gettext_noop("Articles with who is quoted in them, for archives and search engines (schema.org)."),
        unit="",
        drops=gettext_noop(
            "Claims, bias tags and places in the text are not in it, nor texts that readers may not have in full."
        ),
    )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        yield from in_array(_document(article) for article in articles)


def _document(article: ExportArticle) -> dict[str, Any]:
    quotes = [_quotation(mark, article) for mark in article.marks if mark.type == "quote"]
    further = {
        "identifier": f"urn:uuid:{article.uid}",
        "version": article.revision,
        "creativeWorkStatus": "sample material" if article.is_demonstration else article.state,
        "hasPart": quotes,
    }
    return known({**news_article(piece_of(article), article.publisher), **further})


def _quotation(mark: ExportRecord, article: ExportArticle) -> dict[str, Any]:
    return known(
        {
            "@type": "Quotation",
            "identifier": f"urn:uuid:{mark.uid}",
            "text": mark.exact,
            "spokenByCharacter": named(mark.speaker, kind="Person") if mark.speaker else None,
            "inLanguage": article.language,
            "dateCreated": mark.created_at,
        }
    )
