"""What the views for the workbench's script share: the words that a page counted, and refusals as JSON."""

from __future__ import annotations

from django.http import JsonResponse
from django.utils.translation import gettext as _

from annotations.forms.workbench import WordsForm
from articles.operations.spans import Words

BAD_FIELDS, CONFLICT, OTHER_WORDS = 400, 409, 422


def counted(form: WordsForm) -> Words | None:
    """The words as the page counted them; None when it did not."""
    if not form.is_valid() or form.cleaned_data["start"] is None or not form.cleaned_data["end"]:
        return None
    typed = form.cleaned_data
    return Words(typed["start"], typed["end"], typed["exact"] or None, typed["text_sha256"] or None)


def refusal(sentence: str, *, status: int, **more: str) -> JsonResponse:
    """Why nothing was written, in a sentence."""
    return JsonResponse({"problem": sentence, **more}, status=status)


def other_words() -> str:
    return _("Other words stand there than the ones you saw. Select them again.")


def newer_text() -> str:
    return _("The text was saved anew in between. Load the newest, then mark the words in it.")
