"""The demonstration desk: the sample article with its quotes, claims, tags, sources and checks.

Every word of the data is looked up in a table; an unknown one stops the build, so the demo cannot drift away from
what the desk knows. The sources are our own paraphrases and say so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import (
    BiasCategory,
    Checkable,
    Claim,
    ClaimantKind,
    ClaimType,
    Decision,
    FactCheck,
    Level,
    Polarity,
    Priority,
    Qualifier,
    Rating,
    Stance,
    Verdict,
    Voice,
)
from annotations.operations.checking.claims import everyday_desk, record_claim
from annotations.operations.checking.evidence import attach_evidence
from annotations.operations.checking.factchecks import (
    open_check,
    propose_check,
    review_check,
    send_to_review,
    write_check,
)
from annotations.operations.checking.latersources import note_later_sources
from annotations.operations.desk.intake import bring_in
from annotations.operations.studies.projects import assign
from annotations.operations.studies.readings import begin_reading, submit_reading
from annotations.operations.workbench.bias import tag_bias
from articles.ingest.readers import read
from articles.models import (
    Article,
    ArticleState,
    Basis,
    DateBasis,
    Quote,
    QuoteKind,
    Rights,
    Source,
    Speaker,
    SpeakerKind,
)
from articles.operations.articles import change_article, move_article
from articles.operations.quotes import record_quote
from articles.operations.sources import store_source
from articles.operations.spans import Words
from articles.operations.speakers import add_speaker

Found = TypeVar("Found")

AN_HOUR = timedelta(hours=1)
FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "demo"
ARTICLE_FILE = FOLDER / "article.txt"
DESK_FILE = FOLDER / "desk.json"

LEVELS = {"span": Level.SPAN, "sentence": Level.SENTENCE, "article": Level.ARTICLE}
POLARITIES = {"against": Polarity.AGAINST, "neither": Polarity.NEITHER, "for": Polarity.FOR}
PRIORITIES = {"none": Priority.NONE, "low": Priority.LOW, "medium": Priority.MEDIUM, "high": Priority.HIGH}
RATINGS = {
    "True": "true",
    "Mostly true": "mostly-true",
    "Misleading (missing context)": "misleading",
    "False": "false",
    "Unproven": "unproven",
}
READ = {
    "V": "Our paraphrase. The gist was read on other pages; the page named here was not opened.",
    "M": "Our paraphrase, from memory. The page named here was not opened.",
}
CHECK_STATES = frozenset({"proposed", "gathering", "drafted", "in_review", "returned", "approved"})


class UnknownWord(Exception):
    """The data of the demo uses a word that its tables do not have."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who did what on the demonstration desk."""

    editor: AbstractUser
    checker: AbstractUser
    researcher: AbstractUser
    reviewer: AbstractUser
    annotator: AbstractUser


@dataclass(slots=True)
class Built:
    """What has been built so far, by the names the data uses."""

    article: Article
    speakers: dict[str, Speaker] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


@transaction.atomic
def build_demo_desk(*, cast: Cast, at: datetime) -> Article:
    """Build the demonstration desk, all of it or nothing. Its marks are nobody's acts: nobody undoes them by a key.

    Most of it happened an hour before; a source that was stored since makes one verdict stale.

    :raises UnknownWord: when the data names something that the tables above or the codebook do not have.
    """
    desk = json.loads(DESK_FILE.read_text(encoding="utf-8"))
    before = at - AN_HOUR
    built = build_material(desk, cast=cast, at=before)
    _tag_bias(built, desk["tags"], cast, before)
    _read_to_the_end(built.article, by=cast.researcher, at=before)
    for entry in desk["checks"]:
        _check(built, entry, cast, _moment(entry, before))
    for entry in desk["sources"]:
        if entry.get("is_later"):
            note_later_sources(snapshot=built.sources[entry["id"]].snapshots.get().uid)
    assign(article=built.article, person=cast.annotator, task="Read once more for bias", by=cast.editor, at=at)
    return built.article


def build_material(desk: dict[str, Any], *, cast: Cast, at: datetime) -> Built:
    """What a checker starts from: the article, its speakers, quotes and claims, and the sources.

    :param desk: the data of the demonstration, or a part of it.
    :param at: when; what its data call later came an hour after.
    :raises UnknownWord: when it names something that the tables above do not have.
    """
    built = Built(article=_bring_in(desk["article"], cast, at))
    _add_speakers(built, desk["speakers"], cast, at)
    _record_quotes(built, desk["quotes"], cast, at)
    _store_sources(built, desk["sources"], cast, at)
    _record_claims(built, desk["claims"], cast, at)
    return built


def _moment(entry: Mapping[str, Any], at: datetime) -> datetime:
    return at + AN_HOUR if entry.get("is_later") else at


def look_up(table: Mapping[str, Found], word: str) -> Found:
    """The entry of a table.

    :raises UnknownWord: when there is none.
    """
    if word not in table:
        raise UnknownWord(f"{word!r} is none of {sorted(table)}")
    return table[word]


def _bring_in(entry: dict[str, Any], cast: Cast, at: datetime) -> Article:
    content = ARTICLE_FILE.read_bytes()
    article = bring_in(
        incoming=read(content, name=ARTICLE_FILE.name)[0],
        content=content,
        media_type="text/plain",
        reader="plain-text",
        name=ARTICLE_FILE.name,
        by=cast.editor,
        at=at,
        is_demonstration=True,
    )
    change_article(
        article=article,
        seen=article.version,
        by=cast.editor,
        at=at,
        language=entry["language"],
        published_at=datetime.fromisoformat(entry["published"]).astimezone(UTC),
        date_basis=DateBasis(entry["date_basis"]),
        date_note=entry["date_note"],
        rights=Rights.QUOTATION_ONLY,
    )
    return move_article(article=article, state=ArticleState.CHECKING, seen=article.version, by=cast.editor, at=at)


def _add_speakers(built: Built, entries: list[dict[str, Any]], cast: Cast, at: datetime) -> None:
    for entry in entries:
        speaker = add_speaker(
            name=entry["name"],
            kind=SpeakerKind(entry["kind"]),
            title=entry["title"],
            affiliation=entry["affiliation"],
            aliases=entry["aliases"],
            is_demonstration=True,
            by=cast.editor,
            at=at,
        )
        built.speakers |= dict.fromkeys([speaker.name, *speaker.aliases], speaker)


def _words(entry: dict[str, Any]) -> Words:
    return Words(entry["start"], entry["end"], exact=entry["exact"])


def _record_quotes(built: Built, entries: list[dict[str, Any]], cast: Cast, at: datetime) -> None:
    for entry in entries:
        built.quotes[entry["id"]] = record_quote(
            article=built.article,
            base=1,
            words=_words(entry),
            kind=QuoteKind(entry["kind"]),
            speaker=look_up(built.speakers, entry["speaker"]) if entry["speaker"] else None,
            mention=entry["mention"],
            cue=entry["cue"],
            by=cast.editor,
            at=at,
            noted=None,
        )


def _store_sources(built: Built, entries: list[dict[str, Any]], cast: Cast, at: datetime) -> None:
    for entry in entries:
        built.sources[entry["id"]] = store_source(
            title=entry["title"],
            text=entry["passage"],
            basis=Basis(entry["basis"]),
            publisher=entry["publisher"],
            kind=entry["kind"],
            url=entry["url"],
            url_note=entry["url_note"],
            published_date=date.fromisoformat(entry["date"]),
            language="en",
            note=look_up(READ, entry["read"]),
            is_demonstration=True,
            by=cast.checker,
            at=_moment(entry, at),
        )


def _record_claims(built: Built, entries: list[dict[str, Any]], cast: Cast, at: datetime) -> None:
    for entry in entries:
        claim = record_claim(
            article=built.article,
            base=1,
            words=_words(entry),
            canonical=entry["canonical"],
            claimant_kind=ClaimantKind(entry["claimant"]),
            speaker=look_up(built.speakers, entry["speaker"]) if entry["speaker"] else None,
            quote=look_up(built.quotes, entry["quote"]) if entry["quote"] else None,
            claim_date=date.fromisoformat(entry["date"]),
            date_basis=DateBasis.INFERRED,
            date_note="from the weekdays in the text",
            claim_type=ClaimType(entry["type"]),
            checkable=Checkable(entry["checkable"]),
            checkable_reason="" if entry["checkable"] == "yes" else "a position or a forecast, not a fact",
            priority=look_up(PRIORITIES, entry["priority"]),
            note=entry["note"],
            by=cast.checker,
            at=at,
            noted=None,
        )
        built.claims[entry["id"]] = claim
        for evidence in entry["evidence"]:
            snapshot = look_up(built.sources, evidence["source"]).snapshots.get(number=1)
            attach_evidence(
                claim=claim,
                snapshot=snapshot,
                start=0,
                end=len(snapshot.text),
                stance=Stance(evidence["stance"]),
                by=cast.checker,
                at=max(at, snapshot.created_at),
                noted=None,
            )


def _tag_bias(built: Built, entries: list[dict[str, Any]], cast: Cast, at: datetime) -> None:
    categories = {
        category.slug: category for category in BiasCategory.objects.filter(codebook=everyday_desk().codebook_id)
    }
    for entry in entries:
        tag_bias(
            article=built.article,
            base=1,
            words=_words(entry) if "exact" in entry else None,
            level=look_up(LEVELS, entry["level"]),
            category=look_up(categories, entry["category"]),
            secondary=[look_up(categories, slug) for slug in entry["secondary"]],
            severity=entry["severity"],
            polarity=look_up(POLARITIES, entry["polarity"]),
            target=entry["target"] or "",
            voice=Voice(entry["voice"]),
            note=entry["note"],
            by=cast.researcher,
            at=at,
            noted=None,
        )


def _read_to_the_end(article: Article, *, by: AbstractUser, at: datetime) -> None:
    """Whoever tagged the text has read all of it, so shares of what was read can be shown."""
    reading = begin_reading(revision=article.head, project=everyday_desk(), by=by, at=at)
    submit_reading(reading=reading, seen=reading.version, by=by, at=at)


def _check(built: Built, entry: dict[str, Any], cast: Cast, at: datetime) -> None:
    """Take one check as far as the data says, by the same steps people take."""
    claim, state = look_up(built.claims, entry["claim"]), entry["state"]
    if state not in CHECK_STATES:
        raise UnknownWord(f"{state!r} is none of {sorted(CHECK_STATES)}")
    if state == "proposed":
        propose_check(claim=claim, by=cast.editor, at=at)
        return
    check = open_check(claim=claim, checker=cast.checker, by=cast.checker, at=at)
    if state == "gathering":
        return
    _write(check, entry, cast, at)
    if state != "drafted":
        send_to_review(check=check, seen=check.version, by=cast.checker, at=at)
    if state == "approved":
        review_check(check=check, seen=check.version, decision=Decision.APPROVE, by=cast.reviewer, at=at)
    if state == "returned":
        review_check(
            check=check,
            seen=check.version,
            decision=Decision.RETURN,
            reason=entry["returned_because"],
            by=cast.reviewer,
            at=at,
        )


def _write(check: FactCheck, entry: dict[str, Any], cast: Cast, at: datetime) -> None:
    write_check(
        check=check,
        seen=check.version,
        by=cast.checker,
        at=at,
        verdict=Verdict(entry["verdict"]),
        rating=Rating.objects.get(scale__slug="rating", slug=look_up(RATINGS, entry["rating"])),
        qualifiers=[Qualifier(word) for word in entry["qualifiers"]],
        reason=entry["reason"],
        one_source_reason=entry.get("one_source_reason", ""),
    )
