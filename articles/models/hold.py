"""What keeps a piece, or the verdict on one claim of it, from readers at once, and who lets it go again."""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.laws import counted_versions, never_deleted
from articles.models.noun import Editable
from articles.models.span import Span
from articles.models.wire import WireItem


class HoldGround(models.TextChoices):
    """Why a piece is stopped: its provider said so, somebody of the desk did, or it was pulled in an emergency."""

    CANCELED = "canceled", _("canceled by its provider")
    WITHHELD = "withheld", _("withheld by its provider")
    STOPPED = "stopped", _("stopped by the desk")
    PULLED = "pulled", _("taken down at once")


OF_PROVIDERS = (HoldGround.CANCELED, HoldGround.WITHHELD)


class PlacedAs(models.TextChoices):
    """In which role somebody stopped it; the same role lets it go."""

    EDITOR = "editor", _("editor")
    COUNSEL = "counsel", _("counsel")
    REVIEWER = "reviewer", _("on-call reviewer")


class HoldQuerySet(models.QuerySet["Hold"]):
    def standing(self) -> Self:
        """The holds that nobody has lifted."""
        return self.filter(lifted_at=None)

    def of_articles(self) -> Self:
        """Those that keep a whole article from readers, not the verdict on one of its claims."""
        return self.filter(span=None)

    def of_providers(self) -> Self:
        """Those that came with a wire."""
        return self.filter(wire_item__isnull=False)

    def of_people(self) -> Self:
        """Those that somebody of the desk placed."""
        return self.filter(wire_item=None)

    def unacknowledged(self) -> Self:
        """Those that nobody has put their name to."""
        return self.filter(acknowledged_at=None)


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Hold(Editable):
    """An article is stopped: readers get a notice in its place until every hold on it is lifted.

    With a ``span`` the verdict on the claim of these words is stopped, and the rest of the article is not.

    :ivar wire_item: the message of the provider; None where somebody of the desk placed the hold.
    :ivar agreed_by: the first of the two who put back what was pulled; the second lifts it.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="holds")
    # One foreign key of both (hold_and_span_share_an_article) holds it to a span of the article.
    span = models.ForeignKey(
        Span, on_delete=models.PROTECT, null=True, blank=True, related_name="holds", db_constraint=False
    )
    ground = models.CharField(_("ground"), max_length=8, choices=HoldGround)
    wire_item = models.ForeignKey(WireItem, on_delete=models.PROTECT, null=True, blank=True, related_name="holds")
    reason = models.TextField(_("reason"), blank=True)
    placed_as = models.CharField(_("placed as"), max_length=8, choices=PlacedAs, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    agreed_at = models.DateTimeField(_("agreed to put it back"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_as = models.CharField(_("lifted as"), max_length=8, choices=PlacedAs, blank=True)
    lift_reason = models.CharField(_("why it was lifted"), max_length=500, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        default_permissions = ()
        indexes = [
            models.Index(fields=["article"], condition=Q(lifted_at=None), name="hold_that_stands"),
            models.Index(fields=["-created_at"], condition=Q(acknowledged_at=None), name="hold_nobody_acknowledged"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "wire_item"], name="hold_once_for_a_wire_item"),
            models.UniqueConstraint(
                fields=["article", "span", "placed_as", "ground"],
                condition=Q(lifted_at=None, wire_item=None),
                nulls_distinct=False,
                name="hold_once_while_it_stands",
            ),
            models.CheckConstraint(condition=Q(ground__in=HoldGround.values), name="hold_ground_is_known"),
            models.CheckConstraint(
                condition=~Q(ground__in=OF_PROVIDERS) | Q(wire_item__isnull=False, placed_as="", reason="", span=None),
                name="hold_of_a_provider_names_its_message",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=OF_PROVIDERS) | Q(wire_item=None, reason__regex=r"\S"),
                name="hold_of_the_desk_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=OF_PROVIDERS)
                | Q(ground="stopped", placed_as__in=["editor", "counsel"])
                | Q(ground="pulled", placed_as="reviewer"),
                name="hold_of_the_desk_is_placed_in_a_role",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_by=None, acknowledged_at=None)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="hold_is_acknowledged_by_name",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lift_reason="")
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="hold_is_lifted_by_name",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_as="") | Q(lifted_at__isnull=False, lifted_as=F("placed_as")),
                name="hold_is_lifted_by_the_role_that_placed_it",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(ground="pulled", agreed_by__isnull=False, agreed_at__isnull=False),
                name="hold_is_agreed_on_by_name",
            ),
            models.CheckConstraint(
                condition=~Q(ground="pulled")
                | Q(lifted_at=None)
                | Q(agreed_by__isnull=False) & ~Q(agreed_by=F("lifted_by")),
                name="hold_that_was_pulled_is_put_back_by_two",
            ),
        ]
        triggers = [
            counted_versions(),
            never_deleted(),
            pgtrigger.Trigger(
                name="answered_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=pgtrigger.Func(
                    """
                    IF (NEW.article_id, NEW.span_id, NEW.ground, NEW.wire_item_id, NEW.reason, NEW.placed_as)
                            IS DISTINCT FROM
                            (OLD.article_id, OLD.span_id, OLD.ground, OLD.wire_item_id, OLD.reason, OLD.placed_as)
                        OR OLD.acknowledged_at IS NOT NULL AND (NEW.acknowledged_by_id, NEW.acknowledged_at)
                            IS DISTINCT FROM (OLD.acknowledged_by_id, OLD.acknowledged_at)
                        OR OLD.agreed_at IS NOT NULL AND (NEW.agreed_by_id, NEW.agreed_at)
                            IS DISTINCT FROM (OLD.agreed_by_id, OLD.agreed_at)
                        OR OLD.lifted_at IS NOT NULL AND (NEW.lifted_by_id, NEW.lifted_at, NEW.lift_reason)
                            IS DISTINCT FROM (OLD.lifted_by_id, OLD.lifted_at, OLD.lift_reason)
                    THEN
                        RAISE EXCEPTION 'a hold is acknowledged and lifted once'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.get_ground_display()}"
