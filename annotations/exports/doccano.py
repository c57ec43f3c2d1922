"""Sequence labels of doccano (JSONL): a text with ``[start, end, label]`` for each mark.

The other keys become metadata of the example. A project has to allow overlapping spans for all to come in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from annotations.exports.conll import label_of
from annotations.exports.record import CODE_POINTS, About, ExportArticle, details_of, gettext_noop


class SequenceLabels:
    name = "doccano"
    media_type = "application/x-ndjson"
    about = About(
        title="doccano",
        suffix="doccano.jsonl",
        sentence=gettext_noop("Texts with labels for doccano, one article a line."),
        drops=gettext_noop(
            "A label has no room for who, when and why: that is in the metadata, as are marks without a place."
        ),
    )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        for article in articles:
            yield json.dumps(_example(article), ensure_ascii=False).encode() + b"\n"


def _example(article: ExportArticle) -> dict[str, object]:
    shared = {"article", "headline", "outlet", "revision", "text_sha256", "exact"}
    return {
        "text": article.text,
        "label": [[mark.start, mark.end, f"{mark.type}:{label_of(mark)}"] for mark in article.placed],
        "article": article.uid,
        "revision": article.revision,
        "text_sha256": article.text_sha256,
        "language": article.language,
        "outlet": article.outlet,
        "offsets": CODE_POINTS,
        "marks": [details_of(mark, but=shared) for mark in article.placed],
        "unplaced": [details_of(mark, but=shared) for mark in article.unplaced],
    }
