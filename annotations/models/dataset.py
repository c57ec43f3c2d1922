from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Noun, Revision
from articles.models.laws import append_only, verified_hash


class Licence(models.TextChoices):
    """Under what others may use the annotations, by SPDX identifier. Texts keep the rights that they have."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"


class Dataset(Noun):
    """A frozen release of what a project's readers found: made once, and the same bytes for everybody ever after.

    Nobody's name is in it. The key that pseudonyms are made with is not kept, so nobody can make them again.

    :ivar counts: how many texts, texts in full, readings, labels, adjudicated labels and annotators it holds.
    """

    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="datasets")
    release = models.CharField(_("release"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence)
    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "release"], name="dataset_release_once"),
            models.CheckConstraint(
                condition=models.Q(release__regex=r"^[0-9A-Za-z][0-9A-Za-z._-]*$"), name="dataset_release_names_a_file"
            ),
            verified_hash("content", "sha256", name="dataset_matches_its_hash", bytes_already=True),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.project_id} · {self.release}"

    @property
    def file_name(self) -> str:
        return f"{self.project.slug}-{self.release}.zip"


class DatasetText(models.Model):
    """A text that a release is about; whoever may not know of its article does not know of the release.

    :ivar is_in_full: its words are in the release.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="texts")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    is_in_full = models.BooleanField(_("in full"))

    class Meta:
        verbose_name = _("text of a dataset")
        verbose_name_plural = _("texts of datasets")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["dataset", "revision"], name="dataset_text_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.dataset_id} · {self.revision_id}"
