from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Revision
from articles.models.laws import append_only


class Fingerprint(models.Model):
    """By what a text is found again: its folded words whole, and the keys it shares with texts like it.

    ``folded_sha256`` is of :func:`articles.anchoring.text.fold`; ``bands`` are
    :func:`articles.ingest.likeness.band_keys`, signed 32-bit numbers (docs/explanation/duplicates.md).
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, related_name="fingerprint", verbose_name=_("revision")
    )
    folded_sha256 = models.CharField("SHA-256", max_length=64)
    bands = ArrayField(models.IntegerField(), verbose_name=_("keys"))

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        default_permissions = ()
        indexes = [
            models.Index(fields=["folded_sha256"], name="fingerprint_by_folded_text"),
            GinIndex(fields=["bands"], name="fingerprint_by_bands"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(folded_sha256__regex=r"^[0-9a-f]{64}$"), name="fingerprint_hash_is_hexadecimal"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.folded_sha256[:12]
