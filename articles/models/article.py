from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from articles.models.laws import append_only, counted_versions, never_deleted, verified_hash
from articles.models.noun import Editable, Noun
from articles.models.story import Story
from articles.models.words import prefix_query


class ArticleState(models.TextChoices):
    """Where a piece stands on its way from the wire to the reader."""

    INCOMING = "incoming", _("Incoming")
    EDITING = "editing", _("Being edited")
    CHECKING = "checking", _("Being checked")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Rights(models.TextChoices):
    """What may be shown of a text to people outside the desk."""

    OWN = "own", _("our own")
    LICENSED = "licensed", _("licensed")
    QUOTATION_ONLY = "quotation_only", _("quotation only")
    PUBLIC_DOMAIN = "public_domain", _("public domain")
    UNKNOWN = "unknown", _("unknown")


class Access(models.TextChoices):
    """Who on the desk may know of a thing."""

    DESK = "desk", _("the desk")
    RESTRICTED = "restricted", _("named people only")


class DateBasis(models.TextChoices):
    """How a date is known."""

    STATED = "stated", _("stated in the text")
    INFERRED = "inferred", _("inferred")
    UNKNOWN = "unknown", _("unknown")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, by the words of the desk."""

    def with_head(self) -> Self:
        return self.select_related("head")

    def newest_first(self) -> Self:
        """In the order of every list; the key breaks ties so that pages never overlap."""
        return self.order_by("-received_at", "-pk")

    def in_state(self, *states: str) -> Self:
        return self.filter(state__in=states)

    def matching(self, words: str) -> Self:
        """Articles whose headline has every one of ``words``, the last one as a prefix."""
        query = prefix_query(words)
        return self.filter(head__headline_words=query) if query else self.none()


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Article(Editable):
    """A piece of journalism as the desk knows it. Its words are in its revisions."""

    # Held by article_head_is_its_own_revision (0002_laws).
    head = models.OneToOneField(
        "articles.Revision",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        verbose_name=_("newest revision"),
    )
    state = models.CharField(_("state"), max_length=10, choices=ArticleState, default=ArticleState.INCOMING)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    dateline = models.CharField(_("dateline"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    section = models.CharField(_("section"), max_length=200, blank=True)
    canonical_url = models.URLField(_("canonical address"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    date_basis = models.CharField(_("date is"), max_length=8, choices=DateBasis, default=DateBasis.UNKNOWN)
    date_note = models.CharField(_("how the date is known"), max_length=500, blank=True)
    received_at = models.DateTimeField(_("received"))
    rights = models.CharField(_("rights"), max_length=14, choices=Rights, default=Rights.UNKNOWN)
    rights_terms = models.TextField(_("terms"), blank=True)
    rights_end_date = models.DateField(_("rights end"), null=True, blank=True)
    usage_terms = models.TextField(_("usage terms"), blank=True)
    editor_note = models.TextField(_("note to editors"), blank=True)
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, null=True, blank=True, related_name="versions", verbose_name=_("story")
    )
    came_unattended = models.BooleanField(_("came without anybody looking"), default=False)
    removed_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("removed lines opened by"),
    )
    removed_seen_at = models.DateTimeField(_("removed lines opened"), null=True, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.DESK)
    access_reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        default_permissions = ()
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="article_newest_first"),
            models.Index(fields=["state", "-received_at", "-id"], name="article_by_state"),
            models.Index(fields=["language", "-received_at", "-id"], name="article_by_language"),
            models.Index(Upper("outlet"), F("received_at").desc(), F("id").desc(), name="article_by_outlet"),
            # For the list of what somebody brought in.
            models.Index(fields=["created_by"], name="article_by_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ArticleState.values), name="article_state_is_known"),
            models.CheckConstraint(condition=Q(rights__in=Rights.values), name="article_rights_are_known"),
            models.CheckConstraint(condition=Q(date_basis__in=DateBasis.values), name="article_date_basis_is_known"),
            models.CheckConstraint(
                condition=Q(published_at=None, date_basis="unknown")
                | Q(published_at__isnull=False, date_basis__in=["stated", "inferred"]),
                name="article_date_has_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(access="desk", access_reason="") | (Q(access="restricted") & ~Q(access_reason="")),
                name="article_restriction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(removed_seen_by=None, removed_seen_at=None)
                | Q(removed_seen_by__isnull=False, removed_seen_at__isnull=False),
                name="article_removed_lines_are_opened_by_name",
            ),
            # Nobody has read it before it came, so somebody looks at what the rules took out before it goes further.
            models.CheckConstraint(
                condition=Q(came_unattended=False)
                | Q(removed_seen_at__isnull=False)
                | ~Q(state__in=[ArticleState.APPROVED, ArticleState.PUBLISHED, ArticleState.CORRECTED]),
                name="article_that_came_unattended_was_looked_at",
            ),
        ]
        triggers = [
            counted_versions(),
            never_deleted(),
            pgtrigger.Trigger(
                name="spans_stand_on_the_head",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("head_id"),
                timing=pgtrigger.Deferred,
                func=pgtrigger.Func(
                    """
                    IF EXISTS (
                        SELECT FROM articles_span s JOIN articles_article a ON a.id = s.article_id
                        WHERE s.article_id = NEW.id AND NOT EXISTS (
                            SELECT FROM articles_currentanchor c
                            WHERE c.span_id = s.id AND c.revision_id = a.head_id)
                    ) THEN
                        RAISE EXCEPTION 'a span of article % has no anchor on its newest revision', NEW.uid
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NULL;
                    """
                ),
            ),
            pgtrigger.Trigger(
                name="readers_are_told",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
                func=pgtrigger.Func(
                    """
                    IF OLD.state IN ('published', 'corrected') AND NEW.state NOT IN ('published', 'corrected')
                        AND NOT EXISTS (
                            SELECT FROM articles_declaration d
                            WHERE d.revision_id = NEW.head_id AND d.kind = 'retraction')
                    THEN
                        RAISE EXCEPTION 'a piece that readers have is taken back by a retraction'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF NEW.state = 'published' AND EXISTS (
                        SELECT FROM articles_hold h
                        WHERE h.article_id = NEW.id AND h.span_id IS NULL AND h.lifted_at IS NULL)
                    THEN
                        RAISE EXCEPTION 'an article that is held is not published'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF NEW.state = 'corrected' AND NOT EXISTS (
                        SELECT FROM articles_declaration d WHERE d.article_id = NEW.id AND d.kind = 'correction')
                    THEN
                        RAISE EXCEPTION 'a piece is corrected by a correction that readers are told of'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NULL;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.head.headline


class Revision(Noun):
    """The text of an article as it was saved once. Never changes; ``text`` is what every offset counts in."""

    # revision_number_once finds the revisions of an article.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    headline = models.TextField(_("headline"))
    blocks = models.JSONField(_("blocks"))
    text = models.TextField(_("canonical text"))
    text_sha256 = models.CharField("SHA-256", max_length=64)
    removed = models.JSONField(_("removed lines"), default=list, blank=True)
    capture = models.ForeignKey("articles.Capture", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    headline_words = models.GeneratedField(
        expression=SearchVector("headline", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ()
        ordering = ["article", "number"]
        indexes = [
            GinIndex(fields=["headline_words"], name="revision_headline_words"),
            models.Index(fields=["text_sha256"], name="revision_by_hash"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            # What a composite foreign key needs to hold an article's head to its own revisions.
            models.UniqueConstraint(fields=["id", "article"], name="revision_belongs_to_article"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.CheckConstraint(condition=Q(headline__regex=r"\S"), name="revision_headline_is_not_empty"),
            models.CheckConstraint(
                condition=Func(F("text"), F("headline"), function="starts_with", output_field=models.BooleanField()),
                name="revision_text_starts_with_headline",
            ),
            verified_hash("text", "text_sha256", name="revision_text_matches_its_hash"),
        ]
        triggers = [
            append_only(),
            # A row at a time and only of later texts, so that an import does not pay for it.
            pgtrigger.Trigger(
                name="changes_are_declared",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__number__gt=1),
                func=pgtrigger.Func(
                    """
                    IF EXISTS (
                        SELECT FROM articles_article a
                        WHERE a.id = NEW.article_id AND a.state IN ('published', 'corrected')
                    ) AND NOT EXISTS (SELECT FROM articles_declaration d WHERE d.revision_id = NEW.id) THEN
                        RAISE EXCEPTION 'a new text of a piece that readers have is declared'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NULL;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} · {self.number}"


class Draft(models.Model):
    """What one person has written on top of a revision and not saved. Nobody else sees it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    headline = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # The body as the editor has it, with kinds and formats; null where it was written as plain text.
    blocks = models.JSONField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="draft_one_per_author")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.author}"


class Ground(models.TextChoices):
    """Why somebody is let in to a piece that most cannot see."""

    NAMED = "named", _("named in the restriction")
    ASSIGNED = "assigned", _("assigned to it")


class Admission(models.Model):
    """One person may see one article although its state, embargo or restriction hides it from others."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="admissions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=8, choices=Ground)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "person", "ground"], name="admission_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.article_id}"
