from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.checking.claims import ClaimRepresentation
from annotations.api.desk.blocks import blocks_of, headline_of
from annotations.api.readers.publishing import PublishedArticles
from annotations.api.readers.telling import TellingArticles
from annotations.api.workbench.bias import BiasTagRepresentation
from annotations.api.workbench.standing import marks_standing
from annotations.operations.desk.intake import bring_in
from annotations.operations.desk.suggesting import suggest_claims
from annotations.operations.workbench.revising import restore_removed, restore_revision, revise
from annotations.queries.readers.publishing import still_open
from articles.api.articles import ArticleChange, ArticleRepresentation, BlockFields
from articles.api.declaring import DeclaredBody, declared_in
from articles.api.fields import Choice, Number, StoredText, Text, WholeNumber
from articles.api.nouns import described
from articles.api.quotes import QuoteRepresentation
from articles.api.refusals import NotTogether, Refusal, VersionMissing
from articles.api.serializing import Body, NounBody, VersionSeen
from articles.api.sources import Restriction
from articles.ingest.readers import read_one, reader_of
from articles.ingest.record import IncomingArticle
from articles.models import Article, ArticleState
from articles.operations.articles import CHANGEABLE, NEXT_STATES, change_article, move_article
from articles.operations.deciding import accept_quotes_above
from articles.operations.revising import Rewritten
from articles.operations.spans import StaleRevision
from articles.operations.suggesting import suggest_quotes

MOST_BLOCKS = 20_000
DECLARED = "Needed where readers have the article: what this change is, and what was wrong."
# Where an article may begin; from there it moves.
NEW_STATES = [(state.value, state.label) for state in (ArticleState.INCOMING, ArticleState.EDITING)]


@extend_schema_field(BlockFields)
class BlockGiven(serializers.JSONField):
    """A block, read further by :func:`annotations.api.desk.blocks.blocks_of`."""


class WrittenText(Body):
    """A text as headline and blocks."""

    headline = Text(max_length=2000)
    blocks = serializers.ListField(child=BlockGiven(), max_length=MOST_BLOCKS)


class ArticleBody(NounBody):
    """Copy to be read (``text``), or what a program has read already (``headline`` and ``blocks``)."""

    text = StoredText(
        required=False, trim_whitespace=False, help_text="Copy as it came; furniture is found and removed."
    )
    name = Text(required=False, allow_blank=True, max_length=300, default="", help_text="Its file name.")
    keep = serializers.ListField(
        child=WholeNumber(min_value=0), required=False, max_length=10_000, help_text="Removed lines to keep, from 0."
    )
    headline = Text(required=False, max_length=2000)
    blocks = serializers.ListField(child=BlockGiven(), required=False, max_length=MOST_BLOCKS)
    state = Choice(choices=NEW_STATES, default=ArticleState.EDITING.value)

    class Meta:
        model = Article
        fields = ("text", "name", "keep", "headline", "blocks", "state", *sorted(CHANGEABLE))

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """One of the two ways, whole."""
        if "text" in values:
            doubled = [name for name in ("headline", "blocks") if name in values]
            if doubled:
                raise NotTogether({name: _("Give either text, or headline and blocks.") for name in doubled})
        else:
            missing = [name for name in ("headline", "blocks") if name not in values]
            if missing:
                raise NotTogether({name: _("Give this, or text to be read.") for name in missing})
        return values


class Rewriting(WrittenText):
    """The next text of an article."""

    base_revision = WholeNumber(min_value=1, required=False)
    note = Text(required=False, allow_blank=True, max_length=500)
    declared = DeclaredBody(required=False, help_text=DECLARED)


class Restoring(Body):
    """Which of the newest revision's removed lines is put back, counted from 0."""

    ordinal = WholeNumber(min_value=0)
    base_revision = WholeNumber(min_value=1, required=False)
    declared = DeclaredBody(required=False, help_text=DECLARED)


class RevisionRestoring(Body):
    """Which earlier revision becomes the newest text again, as a new revision."""

    number = WholeNumber(min_value=1)
    base_revision = WholeNumber(min_value=1, required=False)
    note = Text(required=False, allow_blank=True, max_length=500)
    declared = DeclaredBody(required=False, help_text=DECLARED)


class OpenMatters(Body):
    """How much is still open about an article, as ``open_matters`` of a refusal has it."""

    suggested = WholeNumber(min_value=0, help_text="Proposed by a machine and decided by nobody.")
    doubtful = WholeNumber(min_value=0, help_text="Marks that need a look, or have no place in the newest text.")
    under_check = WholeNumber(min_value=0, help_text="Claims with a check in progress.")
    unjudged = WholeNumber(min_value=0, help_text="Claims that can be checked, without a verdict and a check.")
    removed = WholeNumber(min_value=0, help_text="Lines taken out of the copy.")


class Move(VersionSeen):
    """The state an article goes to, and what whoever publishes it knows to be open."""

    state = Choice(choices=ArticleState.choices)
    open_matters = OpenMatters(required=False)


class Surely(Body):
    """How sure suggestions must be."""

    confidence = Number(min_value=0, max_value=1, help_text="The least confidence, from 0 to 1.")


class Accepted(serializers.Serializer[Any]):
    """The uids of the quotes that were accepted."""

    accepted = serializers.ListField(child=serializers.UUIDField())


class Suggested(serializers.Serializer[Any]):
    """The uids of the quotes and of the claims that were proposed; none where these rules have read the text before."""

    suggested = serializers.ListField(child=serializers.UUIDField())
    claims = serializers.ListField(child=serializers.UUIDField())


class MattersOpen(Refusal):
    """Something is still open about the article, and the writer did not say that they know."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = gettext_lazy(
        "Something is still open about this article. Look at it, or send these open_matters with the move to publish "
        "all the same."
    )


class MarksRepresentation(serializers.Serializer[Any]):
    """All annotations of an article that stand, where they stand in its newest text."""

    article = serializers.UUIDField()
    revision = serializers.IntegerField()
    text_sha256 = serializers.CharField()
    quotes = QuoteRepresentation(many=True)
    claims = ClaimRepresentation(many=True)
    bias_tags = BiasTagRepresentation(many=True)


@described(
    ArticleRepresentation,
    create=ArticleBody,
    partial_update=ArticleChange,
    move=Move,
    restrict=Restriction,
    open=VersionSeen,
    revise=Rewriting,
    restore=Restoring,
    restore_revision=RevisionRestoring,
)
class ArticleViewSet(TellingArticles, PublishedArticles):
    """Articles: their newest text, what is known of them, where they stand, and all annotations in one call."""

    def create(self, request: Request) -> Response:
        """Bring a piece to the desk."""
        self.require("articles.bring_in")
        values = self.body(ArticleBody)
        incoming, brought = _read(values) if "text" in values else _taken(values)
        return self.answer_made(self.again(self._store(values, incoming, brought)))

    @transaction.atomic
    def _store(self, values: dict[str, Any], incoming: IncomingArticle, brought: dict[str, Any]) -> Article:
        """One transaction, so that an embargoed piece is never seen without its embargo."""
        article = bring_in(incoming=incoming, state=values["state"], **brought, **self.act())
        known = {name: value for name, value in values.items() if name in CHANGEABLE}
        if known:
            change_article(article=article, seen=article.version, **known, **self.act())
        return article

    @action(detail=True, methods=["post"])
    def move(self, request: Request, uid: Any) -> Response:
        """Move it to its next state. To publish it with something open, say what: ``open_matters`` of the refusal."""
        article = self.noun()
        self.require("articles.change_article", article)
        values = self.body(Move)
        seen, known = self.seen(article, values), values.pop("open_matters", None)
        refuse_open_matters(article, request.user, state=values["state"], known=known)
        move_article(article=article, seen=seen, **values, **self.act())
        return self.answer_anew(article)

    @action(detail=True, methods=["post"])
    def revise(self, request: Request, uid: Any) -> Response:
        """Save a new text on top of ``base_revision``; every mark is carried along."""
        article = self.noun()
        self.require("articles.revise_article", article)
        values = self.body(Rewriting)
        rewritten = Rewritten(headline_of(values["headline"]), blocks_of(values["blocks"]))
        revise(
            article=article,
            base=self.base(article, values),
            rewritten=rewritten,
            note=values.get("note", ""),
            declared=declared_in(values),
            **self.act(),
        )
        return self.answer_anew(article)

    @action(detail=True, methods=["post"])
    def restore(self, request: Request, uid: Any) -> Response:
        """Put a removed line back where it stood, as a new revision."""
        article = self.noun()
        self.require("articles.revise_article", article)
        values = self.body(Restoring)
        restore_removed(
            article=article,
            base=self.base(article, values),
            ordinal=values["ordinal"],
            declared=declared_in(values),
            **self.act(),
        )
        return self.answer_anew(article)

    @action(detail=True, methods=["post"], url_path="restore-revision")
    def restore_revision(self, request: Request, uid: Any) -> Response:
        """Make the text of an earlier revision the newest, as a new revision; marks come back to where they stood."""
        article = self.noun()
        self.require("articles.revise_article", article)
        values = self.body(RevisionRestoring)
        restore_revision(
            article=article,
            base=self.base(article, values),
            number=values["number"],
            note=values.get("note", ""),
            declared=declared_in(values),
            **self.act(),
        )
        return self.answer_anew(article)

    @extend_schema(request=None, responses=Suggested)
    @action(detail=True, methods=["post"])
    def suggest(self, request: Request, uid: Any) -> Response:
        """Propose the quotations and the sentences worth checking of its newest text, where no rule has looked yet."""
        article = self.noun()
        self.require("articles.decide_suggestion")
        act = self.act()
        quotes, claims = suggest_quotes(article=article, **act), suggest_claims(article=article, **act)
        return Response(
            {"suggested": [str(quote.uid) for quote in quotes], "claims": [str(claim.uid) for claim in claims]}
        )

    @extend_schema(request=Surely, responses=Accepted)
    @action(detail=True, methods=["post"], url_path="accept-quotes")
    def accept_quotes(self, request: Request, uid: Any) -> Response:
        """Accept all its suggested quotes from a confidence on, as one act; they are noted as accepted in bulk."""
        article = self.noun()
        self.require("articles.decide_suggestion")
        quotes = accept_quotes_above(article=article, **self.body(Surely), **self.act())
        return Response({"accepted": [str(quote.uid) for quote in quotes]})

    def base(self, article: Article, values: dict[str, Any]) -> int:
        """The number of the revision the writer has seen: ``base_revision``, or the newest if ``If-Match`` matches.

        :raises VersionMissing: when neither is given.
        """
        stated = values.pop("base_revision", None)
        if self.names_tags():
            self.seen(article, values)
        elif stated is None:
            raise VersionMissing(field="base_revision")
        if stated is not None and stated != article.head.number:
            raise StaleRevision(article, base=stated, newest=article.head.number)
        return int(article.head.number)

    @extend_schema(responses=MarksRepresentation)
    @action(detail=True, methods=["get"])
    def marks(self, request: Request, uid: Any) -> Response:
        """Every quote, claim and tag that stands, where it stands in the newest text."""
        article = self.noun()
        about = {
            "article": str(article.uid),
            "revision": article.head.number,
            "text_sha256": article.head.text_sha256,
        }
        return Response(about | marks_standing(article, request.user))


def refuse_open_matters(article: Article, person: Any, *, state: str, known: dict[str, int] | None) -> None:
    """Ask before an article is published with something open, as its page does.

    :raises MattersOpen: when more or other things are open than ``known``; it carries how much of each.
    """
    if state != ArticleState.PUBLISHED or state not in NEXT_STATES[article.state]:
        return
    found = still_open(article, person)
    if found and known != found.numbers:
        raise MattersOpen(field="open_matters", open_matters=found.numbers)


def _read(values: dict[str, Any]) -> tuple[IncomingArticle, dict[str, Any]]:
    """The article in pasted copy, and what to keep of how it came.

    :raises ReadingRefused: when it cannot be read.
    """
    content, name = values["text"].encode(), values["name"]
    incoming = read_one(content, name=name, keep=values.get("keep", ()))
    reader = reader_of(content, name=name).name
    return incoming, {"content": content, "media_type": "text/plain", "reader": reader, "name": name}


def _taken(values: dict[str, Any]) -> tuple[IncomingArticle, dict[str, Any]]:
    """An article that a program has read; the blocks as it sent them are kept as the bytes it came in."""
    blocks = blocks_of(values["blocks"])
    incoming = IncomingArticle(headline=headline_of(values["headline"]), blocks=blocks)
    content = json.dumps({"headline": values["headline"], "blocks": values["blocks"]}, ensure_ascii=False).encode()
    brought = {"content": content, "media_type": "application/json", "reader": "api", "name": values["name"]}
    return incoming, brought
