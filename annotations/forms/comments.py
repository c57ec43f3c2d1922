"""What somebody says about a piece."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.operations.workbench.comments import LONGEST


class CommentForm(forms.Form):
    """A remark on the mark that ``mark`` names, on the whole piece without one, or an answer in ``thread``."""

    text = forms.CharField(
        max_length=LONGEST,
        error_messages={"required": _("This comment is empty. Write what you want to say.")},
    )
    mark = forms.UUIDField(required=False)
    thread = forms.UUIDField(required=False)
