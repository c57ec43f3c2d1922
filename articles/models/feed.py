"""Addresses that bring copy by themselves, how polling them goes, and what each of their entries became."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.laws import counted_versions, never_deleted
from articles.models.noun import Editable

# In minutes.
SHORTEST_INTERVAL = 5
LONGEST_INTERVAL = 7 * 24 * 60


class FeedQuerySet(models.QuerySet["Feed"]):
    def live(self) -> Self:
        """Feeds that nobody has ended."""
        return self.filter(ended_at=None)

    def due(self, *, at: datetime) -> Self:
        """Live feeds whose next poll should have begun by then."""
        return self.live().filter(polling__next_poll_at__lte=at)


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Feed(Editable):
    """An address that brings copy by itself, as people set it up. How polling goes is in :class:`Polling`."""

    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("address"), max_length=2000)
    # What its pieces are filed under where an entry does not say.
    outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    interval_minutes = models.PositiveIntegerField(
        _("minutes between polls"),
        default=30,
        validators=[MinValueValidator(SHORTEST_INTERVAL), MaxValueValidator(LONGEST_INTERVAL)],
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="feed_has_a_name"),
            models.CheckConstraint(
                condition=Q(interval_minutes__gte=SHORTEST_INTERVAL, interval_minutes__lte=LONGEST_INTERVAL),
                name="feed_interval_is_polite",
            ),
            # An ended feed may be added anew.
            models.UniqueConstraint(fields=["url"], condition=Q(ended_at=None), name="feed_address_once"),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.name


class Polling(models.Model):
    """How polling a feed stands: written by every poll, so it is no part of the feed's versions and history."""

    feed = models.OneToOneField(Feed, on_delete=models.PROTECT, related_name="polling")
    # What the site gave with the last copy, and the address that gave it: shown to no other.
    etag = models.CharField("ETag", max_length=1000, blank=True)
    last_modified = models.CharField("Last-Modified", max_length=200, blank=True)
    final_url = models.CharField(_("address it came from"), max_length=2000, blank=True)
    polled_at = models.DateTimeField(_("last polled"), null=True, blank=True)
    next_poll_at = models.DateTimeField(_("next poll"), db_index=True)
    failure = models.CharField(_("why the last poll failed"), max_length=1000, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    brought = models.PositiveIntegerField(_("articles brought"), default=0)

    class Meta:
        verbose_name = _("polling")
        verbose_name_plural = _("pollings")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(failure="", failures=0) | (~Q(failure="") & Q(failures__gt=0)),
                name="polling_failures_have_a_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.feed_id)


class FeedEntry(models.Model):
    """An entry of a feed, by the name its site gives it, and the article it became. What comes again is known by it.

    ``text_sha256`` is of the canonical text as it came last, empty without one; ``number`` counts its texts from 1.
    """

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="entries")
    provider = models.CharField(_("provider"), max_length=200)
    guid = models.CharField(_("name of the entry"), max_length=400)
    number = models.PositiveIntegerField(_("texts so far"), default=0)
    text_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    errors = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("what could not be read"))
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="feed_entries")
    first_seen_at = models.DateTimeField(_("first seen"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("feed entry")
        verbose_name_plural = _("feed entries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["feed", "provider", "guid"], name="feed_entry_once"),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(errors__len__gt=0),
                name="feed_entry_became_an_article_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.guid
