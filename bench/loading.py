"""Puts a corpus into the desk's database: COPY into its tables, with every constraint and trigger on.

The product takes one article at a time; here 2,000 come at once. Rows are built from the models, so that new
columns take their defaults, and go in by COPY in the order that the laws ask for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from articles.anchoring.selectors import select
from articles.anchoring.text import SEPARATOR, Block, BlockKind, sha256_of
from articles.naming.keys import name_keys
from articles.operations.rows import state_that_no_law_is_lifted
from bench.corpus import Corpus, GeneratedArticle, Kind, Mark
from bench.names import Somebody

# The law that anchors stand on their words looks through a statement's anchors once per revision in it.
AT_ONCE = 50
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=1)
OUTLETS = ("Morning Courier", "The Harbour Post", "Wire One", "Evening Sheet", "Our own")
STATES = ("editing", "checking", "approved", "published")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article as the API names it, with the text that places are counted in."""

    uid: str
    text: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class _Keys:
    """What rows point to."""

    person: int
    project: int
    speakers: Sequence[int]
    categories: Sequence[int]


class Loader:
    """Loads a corpus. Every article it loads with ``load`` is newer than every one of ``load_older``."""

    def __init__(self, corpus: Corpus) -> None:
        self._keys = _find_keys(corpus)
        self._newer = BEGINNING
        self._older = BEGINNING

    def load(self, articles: Iterable[GeneratedArticle]) -> list[Loaded]:
        loaded = []
        for batch in _batches(articles):
            moments = [self._newer + APART * number for number in range(1, len(batch) + 1)]
            self._newer = moments[-1]
            loaded += _load(batch, moments, self._keys)
        return loaded

    def load_older(self, articles: Iterable[GeneratedArticle]) -> None:
        for batch in _batches(articles):
            moments = [self._older - APART * number for number in range(1, len(batch) + 1)]
            self._older = moments[-1]
            _load(batch, moments, self._keys)

    def load_speakers(self, crowd: Iterable[Somebody]) -> None:
        """Add a crowd to the speakers of the corpus."""
        rows = [
            {
                "name": each.name,
                "aliases": list(each.aliases),
                "title": each.title,
                "affiliation": each.affiliation,
                "keys": name_keys([each.name, *each.aliases]),
            }
            for each in crowd
        ]
        _new_rows("articles.Speaker", rows, created_by_id=self._keys.person, created_at=BEGINNING)

    def load_sources(self, sources: Iterable[Sequence[str]]) -> list[int]:
        """Store sources of the given passages, not searchable yet; returns the keys of the passages."""
        loaded: list[int] = []
        rest = iter(sources)
        while batch := list(islice(rest, AT_ONCE)):
            loaded += _load_sources(batch, {"created_by_id": self._keys.person, "created_at": BEGINNING})
        return loaded


def settle() -> None:
    """Let the database tidy up and count, so that no figure depends on when it would have."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _find_keys(corpus: Corpus) -> _Keys:
    """Make the speakers of the corpus, and find the editor, the everyday desk and its categories."""
    person = get_user_model()._default_manager.get(username="alice").pk
    project = _rows("annotations.Project").get(is_default=True)
    categories = _rows("annotations.BiasCategory").filter(codebook=project.codebook_id, levels__contains=["span"])
    speakers = _new_rows(
        "articles.Speaker",
        [{"name": name, "keys": name_keys([name])} for name in corpus.speakers],
        created_by_id=person,
        created_at=BEGINNING,
    )
    return _Keys(
        person=person,
        project=project.pk,
        speakers=[speaker.pk for speaker in speakers],
        categories=list(categories.values_list("pk", flat=True)),
    )


@transaction.atomic
def _load(batch: Sequence[GeneratedArticle], moments: Sequence[datetime], keys: _Keys) -> list[Loaded]:
    """Articles with their first revisions, and their marks."""
    state_that_no_law_is_lifted()
    revision_keys = _next_keys("articles.Revision", len(batch))
    articles = _new_rows(
        "articles.Article",
        [
            _article(generated, moment, revision)
            for generated, moment, revision in zip(batch, moments, revision_keys, strict=True)
        ],
        created_by_id=keys.person,
    )
    revisions = _new_rows(
        "articles.Revision",
        [
            {"pk": key, "article_id": article.pk, "created_at": article.created_at, **_revision(generated)}
            for key, article, generated in zip(revision_keys, articles, batch, strict=True)
        ],
        created_by_id=keys.person,
    )
    _load_marks(batch, revisions, keys)
    return [
        Loaded(str(article.uid), revision.text, revision.text_sha256)
        for article, revision in zip(articles, revisions, strict=True)
    ]


@transaction.atomic
def _load_sources(batch: Sequence[Sequence[str]], written: Mapping[str, Any]) -> list[int]:
    """Sources in one language with one snapshot each."""
    state_that_no_law_is_lifted()
    sources = _new_rows("articles.Source", [{"title": "A report", "language": "en"} for _ in batch], **written)
    texts = [SEPARATOR.join(passages) for passages in batch]
    snapshots = _new_rows(
        "articles.Snapshot",
        [
            {"source_id": source.pk, "number": 1, "text": text, "text_sha256": sha256_of(text)}
            for source, text in zip(sources, texts, strict=True)
        ],
        basis="capture",
        captured_at=BEGINNING,
        **written,
    )
    rows: list[dict[str, Any]] = []
    for snapshot, passages in zip(snapshots, batch, strict=True):
        start = 0
        for position, text in enumerate(passages):
            place = {"start": start, "end": start + len(text), "text": text}
            rows.append({"snapshot_id": snapshot.pk, "position": position, **place})
            start += len(text) + len(SEPARATOR)
    return [passage.pk for passage in _new_rows("articles.Passage", rows)]


def _article(generated: GeneratedArticle, moment: datetime, revision: int) -> dict[str, Any]:
    turn = revision % (len(OUTLETS) * len(STATES))
    return {
        "head_id": revision,
        "state": STATES[turn % len(STATES)],
        "outlet": OUTLETS[turn % len(OUTLETS)],
        "slug": f"bench-{revision}",
        "language": "en",
        "byline": generated.headline.split()[0],
        "received_at": moment,
        "created_at": moment,
    }


def _revision(generated: GeneratedArticle) -> dict[str, Any]:
    text = generated.text
    return {
        "number": 1,
        "headline": generated.headline,
        "blocks": [Block(BlockKind.PARAGRAPH, paragraph).to_json() for paragraph in generated.paragraphs],
        "text": text,
        "text_sha256": sha256_of(text),
    }


def _load_marks(batch: Sequence[GeneratedArticle], revisions: Sequence[Any], keys: _Keys) -> None:
    """For every mark its span, its anchor, and the quote, claim or tag that owns them."""
    marks = [(revision, mark) for revision, generated in zip(revisions, batch, strict=True) for mark in generated.marks]
    if not marks:
        return
    written = {"created_by_id": keys.person, "created_at": revisions[-1].created_at}
    owned = [(span, *mark) for span, mark in zip(_next_keys("articles.Span", len(marks)), marks, strict=True)]
    places = list(zip(_next_keys("articles.Anchor", len(marks)), owned, strict=True))
    _new_rows(
        "articles.CurrentAnchor",
        [{"span_id": span, "revision_id": revision.pk, "anchor_id": anchor} for anchor, (span, revision, _) in places],
    )
    _new_rows(
        "articles.Span", [{"id": span, "article_id": revision.article_id} for span, revision, _ in owned], **written
    )
    _new_rows(
        "articles.Anchor",
        [
            {"id": anchor, "span_id": span, "revision_id": revision.pk, **_place(revision.text, mark)}
            for anchor, (span, revision, mark) in places
        ],
        state="anchored",
        reason="marked",
        **written,
    )
    for kind, (name, judgement) in JUDGEMENTS.items():
        rows = [
            {"article_id": revision.article_id, "span_id": span, **judgement(revision.text, mark, keys)}
            for span, revision, mark in owned
            if mark.kind is kind
        ]
        _new_rows(name, rows, **written)


def _place(text: str, mark: Mark) -> dict[str, Any]:
    place = select(text, mark.start, mark.end)
    return {
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
        "prefix": place.prefix,
        "suffix": place.suffix,
    }


def _quote(_text: str, mark: Mark, keys: _Keys) -> dict[str, Any]:
    return {"kind": "direct", "cue": "said", "speaker_id": keys.speakers[mark.choice % len(keys.speakers)]}


def _claim(text: str, mark: Mark, keys: _Keys) -> dict[str, Any]:
    return {"project_id": keys.project, "canonical": text[mark.start : mark.end], "claimant_kind": "author"}


def _tag(_text: str, mark: Mark, keys: _Keys) -> dict[str, Any]:
    category = keys.categories[mark.choice % len(keys.categories)]
    return {"project_id": keys.project, "category_id": category, "severity": mark.severity, "level": "span"}


# The model that owns a mark of each kind, and what it says of it.
JUDGEMENTS = {
    Kind.QUOTE: ("articles.Quote", _quote),
    Kind.CLAIM: ("annotations.Claim", _claim),
    Kind.BIAS: ("annotations.BiasTag", _tag),
}


def _rows(label: str) -> Any:
    return apps.get_model(label)._default_manager


def _new_rows(label: str, rows: Sequence[Mapping[str, Any]], **shared: Any) -> list[Any]:
    """Build rows of a model, give keys to those without one, and COPY them in."""
    model: Any = apps.get_model(label)
    built = [model(**shared, **row) for row in rows]
    without = [row for row in built if row.pk is None]
    for row, key in zip(without, _next_keys(label, len(without)), strict=True):
        row.pk = key
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in built:
            copy.write_row([_value(field, row) for field in fields])
    return built


def _value(field: Any, row: Any) -> Any:
    value = getattr(row, field.attname)
    return Jsonb(value) if field.get_internal_type() == "JSONField" else value


def _next_keys(label: str, count: int) -> list[int]:
    """Keys of a table, taken in advance because rows name each other."""
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [key for (key,) in cursor.fetchall()]


def _batches(articles: Iterable[GeneratedArticle]) -> Iterator[list[GeneratedArticle]]:
    rest = iter(articles)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
