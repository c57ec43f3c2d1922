from django.utils.translation import gettext_lazy as _

from articles.models.laws import append_only
from articles.models.noun import Noun


class Story(Noun):
    """What several outlets wrote about from the same copy: its versions are the articles that name it."""

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        default_permissions = ()
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.uid)
