from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Mark, Noun, Span
from articles.models.laws import append_only, counted_versions, never_deleted
from articles.models.noun import MarkQuerySet


class Level(models.TextChoices):
    SPAN = "span", _("words")
    SENTENCE = "sentence", _("sentence")
    ARTICLE = "article", _("whole article")


class Codebook(models.Model):
    """One version of a set of bias categories. Editing makes the next version and never rewrites old tags."""

    uid = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    number = models.PositiveIntegerField(_("version"))
    change_note = models.TextField(_("what changed"), blank=True)
    # nobody, for the one that comes with the desk
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("codebook")
        verbose_name_plural = _("codebooks")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="codebook_version_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class BiasCategory(models.Model):
    """A category as one codebook version defines it."""

    uid = models.UUIDField(unique=True, editable=False)
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="categories")
    order = models.PositiveSmallIntegerField(_("order"))
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=100)
    family = models.CharField(_("family"), max_length=40)
    definition = models.TextField(_("definition"))
    levels = ArrayField(models.CharField(max_length=8, choices=Level), verbose_name=_("levels"))
    maps_to = models.TextField(_("in other codebooks"), blank=True)

    class Meta:
        verbose_name = _("bias category")
        verbose_name_plural = _("bias categories")
        default_permissions = ()
        ordering = ["codebook", "order"]
        constraints = [
            models.UniqueConstraint(fields=["codebook", "slug"], name="category_slug_once_per_codebook"),
            models.UniqueConstraint(fields=["codebook", "order"], name="category_order_once_per_codebook"),
            models.CheckConstraint(condition=Q(levels__contained_by=Level.values), name="category_levels_are_known"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.name


class Polarity(models.IntegerChoices):
    AGAINST = -1, _("against")
    NEITHER = 0, _("neither")
    FOR = 1, _("in favour of")


class Voice(models.TextChoices):
    """Whose words carry the bias."""

    AUTHOR = "author", _("the author")
    PARAPHRASE = "paraphrase", _("a paraphrase")
    QUOTE = "quote", _("a quotation")
    STRUCTURE = "structure", _("the structure of the piece")


class Severity(models.IntegerChoices):
    MILD = 1, _("mild word")
    SHIFTS = 2, _("shifts the reading")
    MISLEADS = 3, _("misleads on a material fact")


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class BiasTag(Mark):
    """One annotator's tag. Secondary categories keep their order."""

    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="bias_tags")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="bias_tags")
    # A foreign key of span and article together (0002_laws) holds it to a span of the article.
    span = models.OneToOneField(
        Span, on_delete=models.PROTECT, null=True, blank=True, related_name="bias_tag", db_constraint=False
    )
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.SPAN)
    category = models.ForeignKey(BiasCategory, on_delete=models.PROTECT, related_name="tags")
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    polarity = models.SmallIntegerField(_("polarity"), choices=Polarity, default=Polarity.NEITHER)
    target = models.CharField(_("towards"), max_length=200, blank=True)
    voice = models.CharField(_("voice"), max_length=10, choices=Voice, default=Voice.AUTHOR)
    neutral_alternative = models.TextField(_("neutral alternative"), blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta(Mark.Meta):
        abstract = False
        verbose_name = _("bias tag")
        verbose_name_plural = _("bias tags")
        default_permissions = ()
        constraints = [
            *Mark.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level="article", span=None) | (~Q(level="article") & Q(span__isnull=False)),
                name="tag_on_words_has_a_span",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="tag_level_is_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="tag_severity_is_known"),
            models.CheckConstraint(condition=Q(polarity__in=Polarity.values), name="tag_polarity_is_known"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="tag_voice_is_known"),
            models.CheckConstraint(condition=Q(polarity=0) | ~Q(target=""), name="tag_polarity_has_a_target"),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.category} · {self.severity}"


class SecondaryCategory(models.Model):
    """A further category of a tag, at its place in the order. Replaced as a whole when the tag changes."""

    tag = models.ForeignKey(BiasTag, on_delete=models.PROTECT, related_name="secondary")
    category = models.ForeignKey(BiasCategory, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("secondary category")
        verbose_name_plural = _("secondary categories")
        default_permissions = ()
        ordering = ["tag", "position"]
        constraints = [
            models.UniqueConstraint(fields=["tag", "position"], name="secondary_position_once"),
            models.UniqueConstraint(fields=["tag", "category"], name="secondary_category_once"),
        ]

    def __str__(self) -> str:
        return str(self.category)


class BiasExample(Noun):
    """Words that show what a category means, or what it does not."""

    category = models.ForeignKey(BiasCategory, on_delete=models.PROTECT, related_name="examples")
    words = models.TextField(_("words"))
    is_positive = models.BooleanField(_("an instance of it"), default=True)
    # Whoever may not know of its article does not see the example either.
    tag = models.ForeignKey(
        BiasTag, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken from")
    )

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(words__regex=r"\S"), name="example_has_words"),
            models.UniqueConstraint(fields=["category", "tag"], name="example_taken_once"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.words[:60]


class KeptTag(Noun):
    """Somebody looked at a tag after its codebook had got a new version, and found that it still holds.

    The tag goes on naming the entry it was made under.
    """

    tag = models.ForeignKey(BiasTag, on_delete=models.PROTECT, related_name="kept")
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("kept tag")
        verbose_name_plural = _("kept tags")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["tag", "codebook"], name="tag_kept_once_per_codebook")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.tag_id} · {self.codebook}"
