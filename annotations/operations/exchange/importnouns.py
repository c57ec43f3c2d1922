"""What marks rest on, taken in from another desk: people, speakers, sources, codebooks, studies, articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotations.imports.record import Incoming, RecordRefused
from annotations.models import BiasCategory, Codebook, Project
from annotations.operations.exchange.importrefs import Known, insert, keyed, named, refuse_unfit
from articles.anchoring.passages import passages_of
from articles.anchoring.text import Block, BlockMalformed, HeadlineMissing, canonical_text, sha256_of
from articles.models import Article, ArticleState, Passage, Revision, Snapshot, Source, Speaker
from articles.naming.keys import name_keys
from articles.operations.jobs import enqueue
from articles.operations.passagewords import index_passages
from articles.operations.quotedwords import keep_passages
from articles.operations.sources import STORED

Refusals = dict[int, RecordRefused]
Record = Mapping[str, Any]

_FACTS = (
    *("slug", "language", "outlet", "byline", "dateline", "credit", "section", "canonical_url", "published_at"),
    *("date_basis", "date_note", "received_at", "embargo_until", "rights", "rights_terms", "rights_end_date"),
    *("usage_terms", "editor_note", "access", "access_reason", "is_demonstration"),
)
_OF_SOURCE = (
    *("title", "publisher", "kind", "url", "url_note", "published_date", "obtained_from", "interests", "language"),
    *("rights", "rights_terms", "rights_end_date", "access", "access_reason", "is_demonstration", "version"),
)
_OF_SPEAKER = ("name", "kind", "title", "affiliation", "aliases", "is_demonstration", "version")
_OF_CATEGORY = ("uid", "order", "slug", "name", "family", "definition", "levels", "maps_to")


def each_fit(records: Sequence[Incoming], ready: Callable[[Record], Any]) -> tuple[list[Any], Refusals]:
    """What ``ready`` makes of each record, and a refusal for each of which it makes nothing."""
    made, refusals = [], {}
    for each in records:
        assert each.record is not None
        try:
            made.append(ready(each.record))
        except RecordRefused as error:
            refusals[each.line] = error
    return made, refusals


def made(record: Record, people: Mapping[str, int]) -> dict[str, Any]:
    return {"created_by_id": people[record["created_by"]], "created_at": record["created_at"]}


def _records(records: Sequence[Incoming]) -> list[Record]:
    return [each.record for each in records if each.record is not None]


def write_people(records: Sequence[Incoming], known: Known) -> Refusals:
    known.add_people({record["uid"]: record["name"] for record in _records(records)})
    return {}


def write_speakers(records: Sequence[Incoming], known: Known) -> Refusals:
    people = known.people(record["created_by"] for record in _records(records))
    keys = dict(zip((record["uid"] for record in _records(records)), keyed(Speaker, len(records)), strict=True))
    found = {**known.look_up(Speaker, [record["merged_into"] for record in _records(records)]), **keys}

    def row(record: Record) -> dict[str, Any]:
        values = {name: record[name] for name in _OF_SPEAKER}
        refuse_unfit(Speaker, {name: values[name] for name in ("name", "kind", "title", "affiliation")})
        into = record["merged_into"]
        return {
            "id": keys[record["uid"]],
            "uid": record["uid"],
            **values,
            "keys": name_keys([record["name"], *record["aliases"]]),
            "merged_into_id": named(found, into, "merged_into") if into else None,
            **made(record, people),
        }

    rows, refusals = each_fit(records, row)
    insert(Speaker, rows)
    return refusals


def write_sources(records: Sequence[Incoming], known: Known) -> Refusals:
    """Store sources with the texts they had; each text is cut into passages and can be searched."""
    makers = [record["created_by"] for record in _records(records)]
    makers += [shot["created_by"] for record in _records(records) for shot in record["snapshots"]]
    people = known.people(makers)

    def source(record: Record) -> None:
        values = {name: record[name] for name in _OF_SOURCE}
        refuse_unfit(Source, values)
        for shot in record["snapshots"]:
            refuse_unfit(Snapshot, {"basis": shot["basis"]})
        stored = Source.objects.create(uid=record["uid"], **values, **made(record, people))
        for shot in record["snapshots"]:
            _store_snapshot(stored, shot, people)

    _stored, refusals = each_fit(records, source)
    return refusals


def _store_snapshot(source: Source, shot: Record, people: Mapping[str, int]) -> None:
    names = ("uid", "number", "text", "text_sha256", "basis", "captured_at", "note")
    snapshot = Snapshot.objects.create(source=source, **{name: shot[name] for name in names}, **made(shot, people))
    passages = Passage.objects.bulk_create(
        Passage(snapshot=snapshot, position=position, start=start, end=end, text=snapshot.text[start:end])
        for position, (start, end) in enumerate(passages_of(snapshot.text))
    )
    index_passages(passages, language=source.language)
    if snapshot.is_verbatim:
        keep_passages(passages)
    enqueue(STORED, snapshot=str(snapshot.uid))


def write_codebooks(records: Sequence[Incoming], known: Known) -> Refusals:
    people = known.people(record["created_by"] for record in _records(records))

    def codebook(record: Record) -> None:
        if record["created_by"] is None or record["created_at"] is None:
            raise RecordRefused("The codebook that comes with the desk is another one here.", field="uid")
        if Codebook.objects.filter(name=record["name"], number=record["number"]).exists():
            raise RecordRefused("Another codebook has this name and number here.", field="number")
        written = Codebook.objects.create(
            uid=record["uid"], name=record["name"], number=record["number"], **made(record, people)
        )
        BiasCategory.objects.bulk_create(
            BiasCategory(codebook=written, **{name: each[name] for name in _OF_CATEGORY})
            for each in record["categories"]
        )

    _written, refusals = each_fit(records, codebook)
    return refusals


def write_projects(records: Sequence[Incoming], known: Known) -> Refusals:
    people = known.people(record["created_by"] for record in _records(records))
    codebooks = known.look_up(Codebook, [record["codebook"] for record in _records(records)])

    def project(record: Record) -> None:
        names = ("slug", "name", "guidelines", "suggestion_policy", "suggestion_rules", "is_blind", "version")
        if Project.objects.filter(slug=record["slug"]).exists():
            raise RecordRefused("Another project has this slug here.", field="slug")
        refuse_unfit(Project, {name: record[name] for name in ("slug", "name", "suggestion_policy")})
        Project.objects.create(
            uid=record["uid"],
            codebook_id=named(codebooks, record["codebook"], "codebook"),
            **{name: record[name] for name in names},
            **made(record, people),
        )

    _written, refusals = each_fit(records, project)
    return refusals


def write_articles(records: Sequence[Incoming], known: Known) -> Refusals:
    """Store articles with all their texts. They begin as incoming: how far a piece is, is each desk's own affair."""
    makers = [record["created_by"] for record in _records(records)]
    makers += [text["created_by"] for record in _records(records) for text in record["revisions"]]
    people = known.people(makers)
    keys = iter(keyed(Article, len(records)))
    count = sum(len(record["revisions"]) for record in _records(records))
    revision_keys = iter(keyed(Revision, count))

    def article(record: Record) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        refuse_unfit(Article, {name: record[name] for name in _FACTS})
        _refuse_other_texts(record["revisions"])
        key = next(keys)
        revisions = [_revision(text, next(revision_keys), key, people) for text in record["revisions"]]
        row = {
            "id": key,
            "uid": record["uid"],
            "head_id": revisions[-1]["id"],
            "state": ArticleState.INCOMING.value,
            "came_unattended": True,
            **{name: record[name] for name in _FACTS},
            **made(record, people),
        }
        return row, revisions

    written, refusals = each_fit(records, article)
    insert(Article, [row for row, _revisions in written])
    insert(Revision, [revision for _row, revisions in written for revision in revisions])
    return refusals


def _revision(text: Record, key: int, article: int, people: Mapping[str, int]) -> dict[str, Any]:
    names = ("uid", "number", "headline", "blocks", "text", "text_sha256", "removed", "note")
    return {"id": key, "article_id": article, **{name: text[name] for name in names}, **made(text, people)}


def _refuse_other_texts(revisions: Sequence[Record]) -> None:
    """Refuse texts that are not numbered from 1, or not what their headline and blocks make.

    :raises RecordRefused: says which.
    """
    if [text["number"] for text in revisions] != list(range(1, len(revisions) + 1)) or not revisions:
        raise RecordRefused("An article comes with all its revisions, numbered from 1.", field="revisions")
    for text in revisions:
        refuse_unfit(Revision, {"note": text["note"]})
        try:
            derived = canonical_text(text["headline"], [Block.from_json(block) for block in text["blocks"]])
        except (BlockMalformed, HeadlineMissing) as error:
            raise RecordRefused(f"Revision {text['number']} has no text: {error}", field="revisions") from error
        if derived != text["text"] or sha256_of(derived) != text["text_sha256"]:
            reason = f"The text of revision {text['number']} is not what its headline and blocks make."
            raise RecordRefused(reason, field="revisions")
