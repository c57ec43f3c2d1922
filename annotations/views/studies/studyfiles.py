"""Texts of files for a round of a study: what would come in is shown first."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.forms.studyfiles import StudyFilesForm
from annotations.models import Project, Round
from annotations.operations.studies.rounds import InRoundBefore, NothingToRead, RoundOutOfOrder
from annotations.operations.studies.studytexts import OwnText, bring_in_for
from annotations.views.rights import person_of, refuse_without
from annotations.views.studies.leading import RIGHT, find_study

CONFLICT, UNFIT = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def study_files(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Choose files, look at what was read from them, bring the texts in."""
    study = find_study(request, slug)
    refuse_without(person_of(request), RIGHT)
    found = get_object_or_404(study.rounds.select_related("project"), number=number)
    if request.method != "POST":
        return _show(request, study, found, StudyFilesForm())
    form = StudyFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, study, found, form, status=UNFIT)
    if "bring-in" not in request.POST:
        return _show(request, study, found, form)
    if not form.was_seen:
        form.add_error(None, _("These are not the texts you saw before. Look at them now, then bring them in."))
        return _show(request, study, found, form, status=UNFIT)
    return _bring_in(request, study, found, form)


def _bring_in(request: HttpRequest, study: Project, found: Round, form: StudyFilesForm) -> HttpResponse:
    person = person_of(request)
    texts = [
        OwnText(read.incoming, copy.content, copy.media_type, copy.reader, copy.name, form.text_uid(number, person.pk))
        for number, (copy, read) in enumerate(form.seen)
    ]
    try:
        made = bring_in_for(round=found, texts=texts, rights=form.cleaned_data["rights"], by=person, at=timezone.now())
    except (InRoundBefore, NothingToRead, RoundOutOfOrder) as refusal:
        form.add_error(None, str(refusal))
        return _show(request, study, found, form, status=CONFLICT)
    said = ngettext("%(count)s text is in the round.", "%(count)s texts are in the round.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect("annotations:study", slug=study.slug)


def _show(
    request: HttpRequest, study: Project, found: Round, form: StudyFilesForm, *, status: int = 200
) -> HttpResponse:
    context = {"study": study, "round": found, "form": form}
    return render(request, "annotations/study_files.html", context, status=status)
