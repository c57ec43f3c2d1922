"""Tasks of Label Studio with their annotations (https://labelstud.io/guide/task_format).

One annotation for each annotator; what a machine proposed and nobody decided is a prediction. Offsets are code points,
which Label Studio stores for ``Text``. The labels travel with each task, so one labelling configuration,
:data:`CONFIGURATION`, shows all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotations.exports.conll import label_of
from annotations.exports.record import CODE_POINTS, About, ExportArticle, ExportRecord, details_of, gettext_noop

CONFIGURATION = """<View>
  <Header value="$headline"/>
  <Labels name="label" toName="text" value="$labels"/>
  <Text name="text" value="$text"/>
  <Choices name="whole" toName="text" value="$labels" choice="multiple"/>
</View>
"""


class Tasks:
    name = "labelstudio"
    media_type = "application/json"
    about = About(
        title="Label Studio",
        suffix="labelstudio.json",
        sentence=gettext_noop(
            "Tasks with annotations for Label Studio; its labelling configuration is in the reference."
        ),
    )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        yield from in_array(_task(article) for article in articles)


def in_array(documents: Iterable[Any]) -> Iterator[bytes]:
    """A JSON array, one document a line."""
    opening = b"[\n"
    for document in documents:
        yield opening + json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        opening = b",\n"
    yield b"\n]\n" if opening == b",\n" else b"[]\n"


def _task(article: ExportArticle) -> dict[str, Any]:
    by_annotator: dict[str, list[ExportRecord]] = {}
    suggested = [mark for mark in article.marks if mark.origin == "suggested"]
    for mark in article.marks:
        if mark.origin != "suggested":
            by_annotator.setdefault(mark.annotator_uid, []).append(mark)
    labels = sorted({_label(mark) for mark in article.marks})
    return {
        "data": {
            "text": article.text,
            "headline": article.headline,
            "labels": [{"value": label} for label in labels],
            "article": article.uid,
            "revision": article.revision,
            "text_sha256": article.text_sha256,
            "language": article.language,
            "outlet": article.outlet,
            "offsets": CODE_POINTS,
        },
        "annotations": [
            {"result": _results(marks), "ground_truth": False, "was_cancelled": False}
            for marks in by_annotator.values()
        ],
        "predictions": [{"model_version": "newsdesk", "result": _results(suggested)}] if suggested else [],
    }


def _results(marks: Sequence[ExportRecord]) -> list[dict[str, Any]]:
    return [_result(mark) for mark in marks]


def _result(mark: ExportRecord) -> dict[str, Any]:
    meta = details_of(mark, but={"start", "end", "exact", "headline", "outlet", "article"})
    common = {"id": mark.uid, "to_name": "text", "origin": "manual", "meta": meta}
    if mark.start is None or mark.end is None:
        return {**common, "from_name": "whole", "type": "choices", "value": {"choices": [_label(mark)]}}
    value = {"start": mark.start, "end": mark.end, "text": mark.exact or "", "labels": [_label(mark)]}
    return {**common, "from_name": "label", "type": "labels", "value": value}


def _label(mark: ExportRecord) -> str:
    return f"{mark.type}:{label_of(mark)}"
