"""The list of claims and the page of one: read, change, retract."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.claims import (
    CheckForm,
    ClaimFilterForm,
    ClaimForm,
    PublishForm,
    RetractForm,
    ReviewForm,
    VersionedForm,
)
from annotations.forms.evidence import TranslationForm
from annotations.forms.replies import AnswerForm, AskForm, DeadlineForm, UnaskedForm
from annotations.forms.searching import EvidenceSearchForm
from annotations.models import CheckState, Claim, Stance
from annotations.operations.checking.claims import change_claim, retract_claim
from annotations.permissions import visible_claims
from annotations.queries.checking.claimchain import claimant_of
from annotations.queries.checking.claimchecks import missing_to_send, own_among
from annotations.queries.checking.claimevidence import Searched
from annotations.queries.checking.claimhistory import history_of
from annotations.queries.checking.claimpage import build_claim_page, claim_to_show, grounds_of
from annotations.queries.checking.claims import MOST_PRESSING_FIRST, claim_rows, narrow_claims, with_numbers
from annotations.queries.checking.matching import verdict_as_draft
from annotations.queries.desk.history import version_of
from annotations.queries.paging import read_page
from annotations.queries.readers.holds import verdict_holds
from annotations.queries.readers.reading import works_here
from annotations.queries.workbench.comments import threads_on_claim
from annotations.views.readers.embedding import public_place
from annotations.views.rights import page_address, person_of, refuse_without
from annotations.views.workbench.conflicts import settle
from articles.models import Stale
from articles.operations.quotes import AlreadyRetracted
from articles.permissions import roles_to_stop_in


@login_required
@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """Claims the person may know of, most pressing first."""
    person = person_of(request)
    form = ClaimFilterForm(request.GET, is_for_readers=not works_here(person))
    filters = form.filters()
    claims = narrow_claims(visible_claims(person).live(), **filters)
    page = read_page(
        with_numbers(claims).select_related("article__head", "speaker"),
        order=MOST_PRESSING_FIRST,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(
        request,
        "annotations/claim_list.html",
        {
            "form": form,
            "filters": filters,
            "rows": claim_rows(page.rows, person),
            "works_here": works_here(person),
            "is_demonstration": any(claim.article.is_demonstration for claim in page.rows),
            "earlier_href": page_address(request, "before", page.before),
            "later_href": page_address(request, "after", page.after),
        },
    )


@login_required
@require_safe
def claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show_claim(request, find_claim(request, uid))


def find_claim(request: HttpRequest, uid: UUID) -> Any:
    """The claim of an address, with what its page needs; 404 for whoever may not know of it."""
    return get_object_or_404(claim_to_show(person_of(request)), uid=uid)


def show_claim(request: HttpRequest, claim: Any, *, status: int = 200, **changed: Any) -> HttpResponse:
    """Draw the page of a claim.

    :param changed: what another view puts in place: ``check_form`` with errors, ``conflict``, ``problem``, and by
        the key of a check ``review_forms`` and ``publish_forms``; ``reply_forms``, see :func:`_hearing`.
    """
    person = person_of(request)
    search = EvidenceSearchForm(request.GET)
    asked = Searched(search.query, search.narrowed(claim.claim_date))
    page = build_claim_page(claim, person=person, asked=asked)
    mine = own_among(page.every_check, person)
    is_working = works_here(person)
    may_judge = is_working and claim.is_live
    may_comment = is_working and person.has_perm("annotations.comment")
    context = {
        "page": page,
        "search": search,
        "claim": claim,
        "claimant": claimant_of(claim),
        "mine": mine,
        "check_form": CheckForm(initial=_begun_with(request, page, mine), prefix="check"),
        "to_send": missing_to_send(mine, page.attached),
        "stances": Stance.choices,
        "cards": _cards(page, person, changed.pop("review_forms", {}), changed.pop("publish_forms", {})),
        "grounds": grounds_of(page.published),
        **_hearing(page, person, changed.pop("reply_forms", {})),
        "history": history_of(page),
        "works_here": is_working,
        "may_comment": may_comment,
        "threads": threads_on_claim(claim, person) if may_comment else [],
        "may_stop": is_working and bool(roles_to_stop_in(person)),
        "held": verdict_holds(claim, person) if is_working else [],
        "may_attach": may_judge and person.has_perm("annotations.attach_evidence"),
        "may_write": may_judge and person.has_perm("annotations.write_factcheck", mine),
        "translation_forms": _translation_forms(page, changed.pop("translation_forms", {})) if may_judge else {},
        "blind": page.blind,
        "may_blind": may_judge and person.has_perm("annotations.begin_blind_round"),
        "may_unblind": person.has_perm("annotations.end_blind_round"),
        "may_change": may_judge and person.has_perm("annotations.change_claim", claim),
        "may_detach": {
            each.evidence.pk
            for each in page.attached
            if claim.is_live and person.has_perm("annotations.detach_evidence", each.evidence)
        },
        "public": public_place(claim) if page.published else None,
        "is_demonstration": claim.article.is_demonstration,
        **changed,
    }
    return render(request, "annotations/claim.html", context, status=status)


def _begun_with(request: HttpRequest, page: Any, mine: Any) -> dict[str, Any]:
    """What the form of a check begins with: its draft; before there is one, the verdict on a linked claim if asked."""
    values = CheckForm.values_of(mine)
    asked = request.GET.get("verdict_of", "")
    claims = (each.claim for each in page.appearances if each.score is None)
    linked = next((claim for claim in claims if str(claim.uid) == asked), None)
    if linked is None or (mine is not None and mine.verdict):
        return values
    return {**values, **verdict_as_draft(linked, person_of(request))}


def _translation_forms(page: Any, sent: dict[int, TranslationForm]) -> dict[int, TranslationForm]:
    """By the key of a piece of evidence, for those in another language than the article."""
    return {
        each.evidence.pk: sent.get(each.evidence.pk)
        or TranslationForm(
            prefix=f"translation-{each.evidence.pk}", initial={"language": page.claim.article.language or "en"}
        )
        for each in page.attached
        if each.is_foreign
    }


def _hearing(page: Any, person: AbstractUser, sent: dict[Any, Any]) -> dict[str, Any]:
    """The forms about replies that this person may fill in; those that came back stand open.

    :param sent: forms with errors, by ``ask`` and ``unasked``, or by what they do and the key of the reply.
    """
    claim = page.claim
    if not (claim.is_live and works_here(person) and person.has_perm("annotations.hear")):
        return {"heard_forms": {}}
    forms = {
        "ask": sent.get("ask") or AskForm(claim=claim, prefix="ask"),
        "unasked": sent.get("unasked") or UnaskedForm(claim=claim, prefix="unasked"),
    }
    heard = {each.reply.pk: _forms_of_reply(each.reply, sent) for each in page.replies}
    return {"reply_forms": forms, "heard_forms": heard, "open_form": next(iter(sent), "")}


def _forms_of_reply(reply: Any, sent: dict[Any, Any]) -> dict[str, Any]:
    opened = next((key[0] for key in sent if isinstance(key, tuple) and key[1] == reply.pk), "")
    if reply.retracted_at is not None:
        return {"is_open": opened}
    forms: dict[str, Any] = {"is_open": opened}
    kinds: dict[str, Any] = {"answer": AnswerForm, "deadline": DeadlineForm, "retract": VersionedForm}
    for name in kinds if reply.was_asked else ("retract",):
        began = {field: getattr(reply, field) for field in kinds[name].base_fields}
        forms[name] = sent.get((name, reply.pk)) or kinds[name](initial=began, prefix=f"{name}-{reply.pk}")
    return forms


def _cards(
    page: Any, person: AbstractUser, review_forms: dict[int, ReviewForm], publish_forms: dict[int, PublishForm]
) -> list[dict[str, Any]]:
    """Each check with the forms that this person may fill in about it."""
    cards = []
    for card in page.checks:
        check = card.check
        initial = {"version": check.version}
        is_due = check.state == CheckState.IN_REVIEW and page.claim.is_live
        may_review = is_due and not card.decided and person.has_perm("annotations.review_factcheck", check)
        may_publish = check.state == CheckState.APPROVED and person.has_perm("annotations.publish_verdict")
        prefix = f"c{check.pk}"
        review = review_forms.get(check.pk) or (
            ReviewForm(initial=initial, auto_id=f"{prefix}-%s") if may_review else None
        )
        publish = publish_forms.get(check.pk) or (
            PublishForm(initial=initial, auto_id=f"{prefix}-%s") if may_publish else None
        )
        cards.append(
            {
                "card": card,
                "check": check,
                "review_form": review,
                "publish_form": publish,
                "is_own_work": is_due and person.pk in check.authors,
                "may_withdraw": page.claim.is_live
                and check.state not in {CheckState.PUBLISHED, CheckState.CORRECTED}
                and person.has_perm("annotations.write_factcheck", check),
            }
        )
    return cards


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what a claim says, or how it ranks."""
    person, claim = person_of(request), find_claim(request, uid)
    refuse_without(person, "annotations.change_claim", claim)
    if request.method != "POST":
        form = ClaimForm(initial=ClaimForm.values_of(claim), claim=claim, person=person)
        return _show_change(request, claim, form)
    if request.POST.get("resolution") == "theirs":
        return redirect("annotations:claim", uid=uid)
    form = ClaimForm(request.POST, claim=claim, person=person)
    if not form.is_valid():
        return _show_change(request, claim, form, status=422)
    try:
        change_claim(claim=claim, seen=form.seen, by=person, at=timezone.now(), **form.values())
    except Stale as stale:
        current = find_claim(request, uid)
        theirs = ClaimForm(initial=ClaimForm.values_of(current), claim=current, person=person)
        conflict = settle(stale, began=_began(stale), theirs=theirs, yours=form)
        return _show_change(request, current, form, status=409, conflict=conflict)
    except AlreadyRetracted:
        return show_claim(request, find_claim(request, uid), status=409, problem=_("This claim was retracted."))
    messages.success(request, _("The claim is changed."))
    return redirect("annotations:claim", uid=uid)


def _began(stale: Stale) -> dict[str, Any] | None:
    """What the form began with, as far as the version that was seen ever was."""
    former = version_of(stale.noun, stale.seen)
    return None if former is None else ClaimForm.values_of(former)


def _show_change(request: HttpRequest, claim: Any, form: ClaimForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "claim": claim,
        "form": form,
        "label": f"C{claim.number}",
        "retract_form": RetractForm(initial={"version": claim.version}, auto_id="retract-%s"),
        "is_demonstration": claim.article.is_demonstration,
        **more,
    }
    return render(request, "annotations/claim_change.html", context, status=status)


@login_required
@require_POST
def claim_retract(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a claim back, with a reason."""
    person, claim = person_of(request), find_claim(request, uid)
    refuse_without(person, "annotations.change_claim", claim)
    form = RetractForm(request.POST, auto_id="retract-%s")
    if not form.is_valid():
        change = ClaimForm(initial=ClaimForm.values_of(claim), claim=claim, person=person)
        return _show_change(request, claim, change, status=422, retract_form=form)
    try:
        retract_claim(claim=claim, seen=form.seen, by=person, at=timezone.now(), reason=form.cleaned_data["reason"])
    except Stale:
        problem = _("Somebody changed this claim while you were writing. Read it again before you retract it.")
        return show_claim(request, find_claim(request, uid), status=409, problem=problem)
    except AlreadyRetracted:
        return show_claim(request, find_claim(request, uid), status=409, problem=_("This claim was retracted before."))
    messages.success(request, _("The claim is retracted. Its checks stay in the history."))
    return redirect("annotations:claim", uid=uid)


def live_or_conflict(claim: Claim) -> str:
    """Why nothing is judged on this claim any more; empty while it stands."""
    return "" if claim.is_live else _("This claim was retracted. Nothing is added to it any more.")
