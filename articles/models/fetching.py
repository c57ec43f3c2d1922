"""What the desk asked of other people's sites: one address for somebody, and what is remembered about hosts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.intake import Capture
from articles.models.laws import counted_versions, never_deleted
from articles.models.noun import Editable
from articles.models.source import Source


class FetchState(models.TextChoices):
    """How far a request for an address has come; the last three are its ends."""

    QUEUED = "queued", _("waiting its turn")
    FETCHING = "fetching", _("being fetched")
    FETCHED = "fetched", _("fetched")
    REFUSED = "refused", _("not fetched")
    CANCELED = "canceled", _("canceled")


class FetchPurpose(models.TextChoices):
    """What somebody wants the page for."""

    ARTICLE = "article", _("an article")
    SOURCE = "source", _("a source")


UNDER_WAY = (FetchState.QUEUED, FetchState.FETCHING)


class FetchRequest(Editable):
    """Somebody asks for what stands at an address. A job fetches it; nothing is stored but the bytes as they came."""

    url = models.URLField(_("address"), max_length=2000)
    purpose = models.CharField(_("for"), max_length=10, choices=FetchPurpose, default=FetchPurpose.ARTICLE)
    # The source whose text is captured anew; none for a new one.
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="fetch_requests")
    state = models.CharField(_("state"), max_length=10, choices=FetchState, default=FetchState.QUEUED)
    reason = models.CharField(_("why it was not fetched"), max_length=1000, blank=True)
    is_temporary = models.BooleanField(_("another try may end otherwise"), default=False)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="fetch_requests")
    # Raised by every try, so that a job left over from an earlier one knows that it is late.
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("fetch request")
        verbose_name_plural = _("fetch requests")
        default_permissions = ()
        indexes = [models.Index(fields=["created_by", "-created_at"], name="fetch_request_of_whom")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FetchState.values), name="fetch_request_state_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=FetchPurpose.values), name="fetch_request_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(state="fetched", capture__isnull=False) | (~Q(state="fetched") & Q(capture=None)),
                name="fetch_request_fetched_what",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(reason=""))
                | (~Q(state="refused") & Q(reason="", is_temporary=False)),
                name="fetch_request_refused_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, ended_at=None) | (~Q(state__in=UNDER_WAY) & Q(ended_at__isnull=False)),
                name="fetch_request_ended_when",
            ),
            models.CheckConstraint(
                condition=Q(source=None) | Q(purpose="source"), name="fetch_request_source_has_its_purpose"
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.url

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class HostTurn(models.Model):
    """From when on a host may be asked again. Shared by all workers; dropped when long past."""

    host = models.CharField(_("host"), max_length=255, primary_key=True)
    free_from = models.DateTimeField(_("free from"), db_index=True)

    class Meta:
        verbose_name = _("turn at a host")
        verbose_name_plural = _("turns at hosts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.host


class RobotsCopy(models.Model):
    """What a site said in its robots.txt, kept for an hour; ``is_reachable`` is false where the site failed."""

    origin = models.CharField(_("site"), max_length=300, primary_key=True)
    text = models.TextField(_("rules"), blank=True)
    is_reachable = models.BooleanField(_("reachable"), default=True)
    fresh_until = models.DateTimeField(_("fresh until"), db_index=True)

    class Meta:
        verbose_name = _("robots.txt")
        verbose_name_plural = _("robots.txt files")
        default_permissions = ()

    def __str__(self) -> str:
        return self.origin
