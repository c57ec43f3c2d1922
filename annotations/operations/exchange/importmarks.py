"""Marks of another desk, with every place they ever had, and what rests on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from annotations.imports.record import FOREIGN, Incoming, RecordRefused
from annotations.models import (
    BiasCategory,
    BiasTag,
    Claim,
    Codebook,
    Evidence,
    Project,
    Reading,
    SecondaryCategory,
    SentenceFinding,
)
from annotations.operations.exchange.importnouns import Record, Refusals, each_fit, made
from annotations.operations.exchange.importrefs import Known, insert, keyed, named, refuse_unfit
from articles.anchoring.selectors import Place, select
from articles.anchoring.text import sha256_of
from articles.models import Anchor, Article, CurrentAnchor, ProposedSpeaker, Quote, Revision, Snapshot, Span

_JUDGED = ("note", "origin", "proposer", "proposer_version", "confidence", "rule", "retraction_reason", "version")
_OF_QUOTE = ("kind", "cue", "mention", "language", "wording")
_OF_CLAIM = (
    *("canonical", "claim_date", "date_basis", "date_note", "claim_type", "checkable", "checkable_reason", "priority"),
    *("risk", "risk_reason"),
)
_OF_TAG = ("level", "severity", "polarity", "target", "voice", "neutral_alternative")


@dataclass(frozen=True, slots=True)
class Text:
    """A revision that marks stand on."""

    key: int
    sha256: str
    text: str
    is_head: bool


@dataclass(slots=True)
class Prepared:
    """Rows of one mark, in the order in which the database looks at them."""

    mark: dict[str, Any]
    span: dict[str, Any] | None
    anchors: list[dict[str, Any]]
    current: list[dict[str, Any]]
    further: list[dict[str, Any]]


class Marks:
    """Marks of one type on their way in: what they name is looked up for all of them first."""

    def __init__(self, records: Sequence[Incoming], known: Known) -> None:
        self._records = _addressed([each.record for each in records if each.record is not None])
        self._by_uid = {record["uid"]: record for record in self._records}
        self._at = known.at
        self.type = self._records[0]["type"]
        anchors = [anchor for record in self._records for anchor in record["anchors"]]
        named_people = [
            record[name] for record in self._records for name in ("created_by", "decided_by", "retracted_by")
        ]
        self.people = known.people([*named_people, *(anchor["created_by"] for anchor in anchors)])
        self.articles = known.look_up(Article, self._all("article"))
        self.texts = _texts_of(self.articles[uid] for uid in set(self._all("article")) & self.articles.keys())
        self.speakers = known.speakers(self._all("speaker"))
        self.projects = known.projects(self._all("project"))
        self.quotes = known.look_up(Quote, self._all("quote"))
        self.model = {"quote": Quote, "claim": Claim, "bias_tag": BiasTag}[self.type]
        self.keys = dict(zip(self._all("uid"), keyed(self.model, len(self._records)), strict=True))
        self.claims = {**known.look_up(Claim, self._all("same_as")), **(self.keys if self.type == "claim" else {})}
        self.categories, self.slugs = _categories(self._records) if self.type == "bias_tag" else ({}, {})
        self._spans = iter(keyed(Span, sum(record["span"] is not None for record in self._records)))
        foreign = sum("place" in record for record in self._records)
        self._anchors = iter(keyed(Anchor, len(anchors) + foreign))

    def _all(self, name: str) -> list[Any]:
        return [record.get(name) for record in self._records]

    def prepare(self, record: Record) -> Prepared:
        """:raises RecordRefused: says what cannot be taken in."""
        record = self._by_uid[record["uid"]]
        refuse_unfit(self.model, {name: record[name] for name in ("origin", "proposer", "proposer_version", "rule")})
        if record["article"] not in self.articles:
            raise RecordRefused(f"The article {record['article']} is not here. Bring it in first.", field="article")
        article = self.articles[record["article"]]
        if "place" in record:
            record = self._placed(record, article)
        span = next(self._spans) if record["span"] is not None else None
        anchors, current = self._places(record, article, span)
        key = self.keys[record["uid"]]
        mark = {
            "id": key,
            "uid": record["uid"],
            "article_id": article,
            "span_id": span,
            **{name: record[name] for name in _JUDGED},
            **self._deeds(record),
        }
        own, further = getattr(self, f"_{self.type}")(record, key)
        row = {"id": span, "uid": record["span"], "article_id": article, **made(record, self.people)} if span else None
        return Prepared({**mark, **own}, row, anchors, current, further)

    def _placed(self, record: Record, article: int) -> dict[str, Any]:
        """A mark of another tool with the anchor of its words on the newest text."""
        created = {"created_by": record["created_by"], "created_at": record["created_at"] or self._at}
        number, text = max(self.texts[article].items())
        place = _found(record["place"], text.text)
        anchor = {
            "uid": str(uuid5(FOREIGN, f"anchor {record['uid']}")),
            "revision": number,
            "text_sha256": text.sha256,
            "sequence": 1,
            "start": place.start,
            "end": place.end,
            "exact": place.exact,
            "prefix": place.prefix,
            "suffix": place.suffix,
            "state": "anchored",
            "reason": "imported",
            "is_current": True,
            **created,
        }
        return {**record, **created, "anchors": [anchor]}

    def _deeds(self, record: Record) -> dict[str, Any]:
        """Who made, decided and retracted it, and when."""
        return {
            **made(record, self.people),
            "decided_by_id": self.people.get(record["decided_by"]),
            "decided_at": record["decided_at"],
            "retracted_by_id": self.people.get(record["retracted_by"]),
            "retracted_at": record["retracted_at"],
        }

    def _places(
        self, record: Record, article: int, span: int | None
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        texts, anchors, current = self.texts[article], [], []
        stands = span is None
        for place in record["anchors"]:
            text = texts.get(place["revision"])
            _refuse_misplaced(place, text)
            assert text is not None
            key = next(self._anchors)
            names = ("uid", "sequence", "start", "end", "exact", "prefix", "suffix", "state", "reason")
            written = {name: place[name] for name in names}
            anchors.append({"id": key, "span_id": span, "revision_id": text.key, **written, **made(place, self.people)})
            if place["is_current"]:
                current.append({"span_id": span, "revision_id": text.key, "anchor_id": key})
                stands = stands or text.is_head
        if not stands:
            newest = max(texts)
            raise RecordRefused(f"It has no place on revision {newest}, the newest text that is here.", field="anchors")
        return anchors, current

    def _speaker(self, record: Record) -> int | None:
        return named(self.speakers, record["speaker"], "speaker") if record["speaker"] else None

    def _quote(self, record: Record, key: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        values = {name: record[name] for name in _OF_QUOTE}
        refuse_unfit(Quote, values)
        proposed = record["proposed_speaker"]
        return {**values, "speaker_id": self._speaker(record)}, [{"quote_id": key, **proposed}] if proposed else []

    def _claim(self, record: Record, _key: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        values = {name: record[name] for name in _OF_CLAIM} | {"claimant_kind": record["claimant"]}
        refuse_unfit(Claim, values, {"claimant_kind": "claimant"})
        own = {
            **values,
            "speaker_id": self._speaker(record),
            "project_id": named(self.projects, record["project"], "project"),
            "quote_id": named(self.quotes, record["quote"], "quote") if record["quote"] else None,
            "same_as_id": named(self.claims, record["same_as"], "same_as") if record["same_as"] else None,
        }
        return own, []

    def _bias_tag(self, record: Record, key: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        values = {name: record[name] for name in _OF_TAG}
        refuse_unfit(BiasTag, values)
        own = {
            **values,
            "project_id": named(self.projects, record["project"], "project"),
            "category_id": self._category(record["category_uid"], record["codebook"], record["category"]),
        }
        secondary = zip(record["secondary_uids"], record["secondary"], strict=False)
        further = [
            {"tag_id": key, "category_id": self._category(uid, record["codebook"], slug), "position": position}
            for position, (uid, slug) in enumerate(secondary)
        ]
        return own, further

    def _category(self, uid: str, codebook: str, slug: str) -> int:
        found = self.categories.get(uid) or self.slugs.get((codebook, slug))
        if found is None:
            raise RecordRefused(
                f"The codebook {codebook[:60] or 'of the desk'} has no category {slug[:60]} here.", field="category"
            )
        return found


def write_marks(records: Sequence[Incoming], known: Known) -> Refusals:
    """Store quotes, claims or tags, with their spans and anchors.

    The database looks at spans when their current anchors are in, and at the words of anchors last (see
    :func:`articles.operations.bulk.write_spans`).
    """
    marks = Marks(records, known)
    prepared: list[Prepared]
    prepared, refusals = each_fit(records, marks.prepare)
    insert(CurrentAnchor, [row for each in prepared for row in each.current])
    insert(Span, [each.span for each in prepared if each.span is not None])
    insert(Anchor, [row for each in prepared for row in each.anchors])
    insert(marks.model, [each.mark for each in prepared])
    further = [row for each in prepared for row in each.further]
    insert(ProposedSpeaker if marks.model is Quote else SecondaryCategory, further)
    return refusals


def _addressed(records: Sequence[Record]) -> list[Record]:
    """The same records; those of other tools with the uid of their article, found by its address or its text."""
    wanted = {record["address"] for record in records if "address" in record}
    if not wanted:
        return list(records)
    by_url = Article.objects.filter(canonical_url__in=wanted).values_list("canonical_url", "uid")
    hashes = {sha256_of(each): each for each in wanted if "\n" in each}
    heads = Article.objects.filter(head__text_sha256__in=hashes).values_list("head__text_sha256", "uid")
    found = {**{url: str(uid) for url, uid in by_url}, **{hashes[sha256]: str(uid) for sha256, uid in heads}}
    return [{**record, "article": found.get(record.get("address"), record["article"])} for record in records]


def _found(place: Mapping[str, Any], text: str) -> Place:
    """Where the words of another tool's mark stand.

    Offsets count where the words stand there; without them the words stand once, or once between what is around them.

    :raises RecordRefused: when they stand nowhere, or nobody can say where.
    """
    start, end, exact = place["start"], place["end"], place["exact"]
    if start is not None and end is not None:
        if not 0 <= start < end <= len(text) or (exact and text[start:end] != exact):
            reason = f"At [{start}, {end}) of the newest text of its article stand other words than its own."
            raise RecordRefused(reason, field="start")
        return select(text, start, end)
    if place.get("is_optional") and text.count(exact) != 1:
        return select(text, 0, len(text.partition("\n")[0]))
    sought = f"{place['prefix']}{exact}{place['suffix']}"
    sought = sought if text.count(sought) == 1 else exact
    if text.count(sought) != 1:
        reason = (
            f"Its words stand {text.count(exact)} times in the newest text of its article, and it does not say which."
        )
        raise RecordRefused(reason, field="exact")
    first = text.index(sought) + (len(place["prefix"]) if sought != exact else 0)
    return select(text, first, first + len(exact))


def _texts_of(articles: Any) -> dict[int, dict[int, Text]]:
    """The texts of articles by their keys and numbers."""
    texts: dict[int, dict[int, Text]] = {}
    rows = Revision.objects.filter(article__in=list(articles)).values_list(
        "article", "number", "pk", "text_sha256", "text", "article__head"
    )
    for article, number, key, sha256, text, head in rows:
        texts.setdefault(article, {})[number] = Text(key, sha256, text, key == head)
    return texts


def _categories(records: Sequence[Record]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """The categories that tags name, by uid, and by codebook and slug."""
    uids = {uid for record in records for uid in (record["category_uid"], *record["secondary_uids"])}
    slugs = {slug for record in records for slug in (record["category"], *record["secondary"])}
    rows = list(
        BiasCategory.objects.filter(slug__in=slugs).values_list(
            "uid", "pk", "slug", "codebook__name", "codebook__number"
        )
    )
    by_uid = {str(uid): key for uid, key, *_named in rows if str(uid) in uids}
    by_slug = {(f"{name} {number}", slug): key for _uid, key, slug, name, number in rows}
    everyday = Project.objects.select_related("codebook").get(is_default=True).codebook
    return by_uid, by_slug | {("", slug): key for (codebook, slug), key in by_slug.items() if codebook == str(everyday)}


def _refuse_misplaced(place: Record, text: Text | None) -> None:
    """:raises RecordRefused: when the words do not stand where the anchor says, or count in another text."""
    number = place["revision"]
    if text is None:
        raise RecordRefused(f"There is no revision {number} of its article here.", field="anchors")
    if place["text_sha256"] != text.sha256:
        raise RecordRefused(f"Its offsets count in another text than revision {number} here.", field="text_sha256")
    refuse_unfit(Anchor, {name: place[name] for name in ("prefix", "suffix", "state", "reason")})
    start, end = place["start"], place["end"]
    if start is None or end is None:
        return
    if not 0 <= start < end <= len(text.text):
        reason = f"[{start}, {end}) does not lie in revision {number}, which has {len(text.text)} code points."
        raise RecordRefused(reason, field="start")
    if text.text[start:end] != place["exact"]:
        there = text.text[start:end][:40]
        raise RecordRefused(
            f"At [{start}, {end}) of revision {number} stands {there!r}, not its exact words.", field="exact"
        )


def write_evidence(records: Sequence[Incoming], known: Known) -> Refusals:
    found = [each.record for each in records if each.record is not None]
    people = known.people(record[name] for record in found for name in ("created_by", "detached_by"))
    claims = known.look_up(Claim, [record["claim"] for record in found])
    snapshots = known.look_up(Snapshot, [record["snapshot"] for record in found])
    texts = dict(Snapshot.objects.filter(uid__in=[record["snapshot"] for record in found]).values_list("pk", "text"))
    names = (
        "uid",
        "start",
        "end",
        "excerpt",
        "stance",
        "question",
        "found_query",
        "found_rank",
        "found_score",
        "version",
    )

    def row(record: Record) -> dict[str, Any]:
        refuse_unfit(Evidence, {name: record[name] for name in ("stance", "question")})
        snapshot = named(snapshots, record["snapshot"], "snapshot")
        if texts[snapshot][record["start"] : record["end"]] != record["excerpt"]:
            raise RecordRefused("The passage does not stand there in the text of the source.", field="excerpt")
        return {
            "claim_id": named(claims, record["claim"], "claim"),
            "snapshot_id": snapshot,
            **{name: record[name] for name in names},
            "detached_by_id": people.get(record["detached_by"]),
            "detached_at": record["detached_at"],
            **made(record, people),
        }

    rows, refusals = each_fit(records, row)
    insert(Evidence, rows)
    return refusals


def write_readings(records: Sequence[Incoming], known: Known) -> Refusals:
    found = [each.record for each in records if each.record is not None]
    findings = [finding for record in found for finding in record["findings"]]
    people = known.people(each["created_by"] for each in (*found, *findings))
    articles = known.look_up(Article, [record["article"] for record in found])
    texts = _texts_of(articles[uid] for uid in {record["article"] for record in found} & articles.keys())
    projects = known.projects(record["project"] for record in found)
    codebooks = known.look_up(Codebook, [record["codebook"] for record in found])
    keys = iter(keyed(Reading, len(found)))

    def rows(record: Record) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        text = texts[named(articles, record["article"], "article")].get(record["revision"])
        if text is None:
            raise RecordRefused(f"There is no revision {record['revision']} of its article here.", field="revision")
        key = next(keys)
        reading = {
            "id": key,
            "uid": record["uid"],
            "project_id": named(projects, record["project"], "project"),
            "revision_id": text.key,
            "codebook_id": named(codebooks, record["codebook"], "codebook"),
            "submitted_at": record["submitted_at"],
            "version": record["version"],
            **made(record, people),
        }
        names = ("uid", "start", "end", "finding", "sequence")
        said = [
            {"reading_id": key, **{name: each[name] for name in names}, **made(each, people)}
            for each in record["findings"]
        ]
        return reading, said

    written, refusals = each_fit(records, rows)
    insert(Reading, [reading for reading, _said in written])
    insert(SentenceFinding, [finding for _reading, said in written for finding in said])
    return refusals
