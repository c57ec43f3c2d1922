"""The administration: every table is there, within the bounds of visibility, and written only through operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from annotations.models import Assignment, BiasCategory, BiasTag, Claim, Comment, Level, Project
from annotations.operations.workbench.bias import tag_bias
from articles.models import Article, Quote, Speaker
from articles.operations.articles import change_article, restrict_article
from articles.operations.sources import restrict_source
from articles.operations.speakers import merge_speakers
from articles.permissions import Role
from newsdesk.models import SignInLink, Token, User
from tests.factories import AT, make_article, make_claim, make_quote, make_source, make_speaker, make_tag
from tests.factories.whole import WholeDesk, make_person, make_whole_desk

BAIT = "Zanzibar"
OURS = [
    model
    for app in ("articles", "annotations", "newsdesk")
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.endswith("Event")
]
WAYS_IN = {"Token", "SignInLink", "IdempotencyKey", "WebHook", "WebHookDelivery", "WebHookAttempt", "User"}


def of_model(model: type[models.Model]) -> str:
    return model.__name__


def list_page(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def form_page(noun: models.Model) -> str:
    return reverse(f"admin:{noun._meta.app_label}_{noun._meta.model_name}_change", args=[noun.pk])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """What the form at this address would send, unchanged."""
    form = client.get(address).context["adminform"].form
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        sent.update(zip(_parts(bound), _values(bound, value), strict=True))
    return {name: "" if value is None else value for name, value in sent.items()}


def _parts(bound: Any) -> list[str]:
    several = hasattr(bound.field.widget, "widgets")
    return [f"{bound.html_name}_{index}" for index in (0, 1)] if several else [bound.html_name]


def _values(bound: Any, value: Any) -> list[Any]:
    return bound.field.widget.decompress(value) if hasattr(bound.field.widget, "widgets") else [value]


@pytest.fixture
def desk(db: None) -> WholeDesk:
    return make_whole_desk()


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[WholeDesk]:
    """One desk for all tests that change nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_whole_desk()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def administrator(kept: WholeDesk) -> Client:
    return signed_in(make_person("wholeadministrator", Role.ADMINISTRATOR))


@pytest.fixture(scope="module")
def editor(kept: WholeDesk) -> Client:
    return signed_in(kept.editor)


def test_every_table_has_its_place() -> None:
    registered = set(admin.site._registry)

    assert set(OURS) <= registered


@pytest.mark.parametrize("model", OURS, ids=of_model)
def test_every_table_can_be_searched_and_filters_nothing_out_by_itself(model: type[models.Model]) -> None:
    table = admin.site._registry[model]

    assert table.search_fields
    assert table.show_full_result_count is False


@pytest.mark.parametrize("role", [None, Role.READER, Role.ANNOTATOR, Role.FACT_CHECKER, Role.REVIEWER, Role.RESEARCHER])
def test_nobody_else_opens_the_administration(db: None, role: Role | None) -> None:
    client = signed_in(make_person("somebody", *([role] if role else [])))

    answers = [client.get(address).status_code for address in ("/admin/", list_page(Article), list_page(User))]

    assert answers == [403, 403, 403]


def test_a_superuser_without_a_role_stays_outside(db: None) -> None:
    person = make_person("root")
    person.is_superuser = person.is_staff = True
    person.save()

    assert signed_in(person).get("/admin/").status_code == 403


def test_a_stranger_is_sent_to_the_one_door(db: None, client: Client) -> None:
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/?next=/admin/").headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("model", OURS, ids=of_model)
def test_an_administrator_reads_every_list_and_every_row(administrator: Client, model: type[models.Model]) -> None:
    client = administrator
    row = admin.site._registry[model].get_queryset(client.get("/admin/").wsgi_request).first()

    assert client.get(list_page(model), {"q": "bridge"}).status_code == 200
    assert client.get(list_page(model)).status_code == 200
    if row is None:
        assert model.__name__ in {"Draft", "FetchRequest", "Mention", "Notice", "Presence"}, (
            "what is one person’s alone, and nothing else"
        )
        return
    assert client.get(form_page(row)).status_code == 200
    assert client.get(form_page(row).replace("/change/", "/history/")).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=of_model)
def test_an_editor_reads_all_but_the_ways_in(editor: Client, model: type[models.Model]) -> None:
    expected = 403 if model.__name__ in WAYS_IN else 200

    assert editor.get(list_page(model)).status_code == expected
    assert (list_page(model) in editor.get("/admin/").content.decode()) is (expected == 200)


@pytest.mark.parametrize("model", OURS, ids=of_model)
def test_nothing_can_be_deleted_or_changed_past_its_operation(administrator: Client, model: type[models.Model]) -> None:
    client = administrator
    row = model._base_manager.order_by("pk")[0]
    written = model._base_manager.filter(pk=row.pk).values().get()

    deleted = client.post(form_page(row).replace("/change/", "/delete/"), {"post": "yes"})
    swept = client.post(list_page(model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    added = client.post(list_page(model) + "add/", {})

    assert deleted.status_code in {403, 404}
    assert swept.status_code in {200, 302}
    assert added.status_code == (200 if model in {Assignment, Speaker, User} else 403)
    assert model._base_manager.filter(pk=row.pk).values().get() == written


@pytest.mark.parametrize("model", [model for model in OURS if model.__name__ not in WAYS_IN], ids=of_model)
def test_a_restricted_article_and_source_are_nowhere(ada: User, alice: User, model: type[models.Model]) -> None:
    client = signed_in(ada)
    text = f"{BAIT} votes\n\n“We had no choice,” the mayor of {BAIT} said. It was reckless in {BAIT}.\n"
    article = make_article(by=alice, text=text)
    make_quote(article, by=alice, mention=BAIT)
    first = make_claim(article, f"It was reckless in {BAIT}", by=alice, canonical=f"{BAIT} was reckless.")
    make_tag(article, by=alice, target=BAIT, polarity=-1)
    source = make_source(by=alice, title=BAIT, text=f"All about {BAIT}.")
    open_claim = make_claim(make_article(by=alice), by=alice)
    open_claim.change(seen=1, same_as=first)
    shown = BAIT in client.get(list_page(model)).content.decode()

    restrict_article(
        article=article, reason="At risk", people=[], seen=article.version, by=alice, at=article.created_at
    )
    restrict_source(source=source, reason="At risk", people=[], seen=source.version, by=alice, at=article.created_at)

    assert shown is (model.__name__ in TELLING)
    assert BAIT not in client.get(list_page(model)).content.decode()
    assert BAIT not in client.get(form_page(open_claim)).content.decode()
    for noun in (article, first, source):
        assert client.get(form_page(noun)).status_code == 404
        assert client.get(form_page(noun).replace("/change/", "/history/")).status_code == 404
    assert BAIT in signed_in(alice).get(list_page(Article)).content.decode()


# the tables whose lists show the words of an article or of a source
TELLING = {
    "Act",
    "Admission",
    "Anchor",
    "Article",
    "BiasTag",
    "Claim",
    "CurrentAnchor",
    "Fingerprint",
    "Intake",
    "Passage",
    "PassageWords",
    "Quote",
    "QuotedWords",
    "Revision",
    "Snapshot",
    "Source",
    "Span",
} - {"Admission"}


@pytest.mark.parametrize(
    ("model", "queries"),
    [(Article, 4), (Quote, 4), (Claim, 4), (BiasTag, 5), (Speaker, 4)],
    ids=["articles", "quotes", "claims", "tags", "speakers"],
)
def test_a_list_costs_the_same_for_one_and_for_three(alice: User, model: type[models.Model], queries: int) -> None:
    client = signed_in(alice)

    def add_one() -> None:
        another = make_article(by=alice)
        make_quote(another, by=alice, speaker=make_speaker(by=alice))
        make_claim(another, by=alice)
        make_tag(another, by=alice)

    add_one()
    client.get(list_page(model))
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(list_page(model))
        costs.append(len(asked))
        add_one()
        add_one()

    assert costs == [queries, queries]


def test_a_change_goes_through_the_operation_and_its_version(alice: User) -> None:
    article, client = make_article(by=alice), signed_in(alice)
    sent = fields_of(client, form_page(article)) | {"outlet": "The Harbour Post", "state": "checking"}

    answer = client.post(form_page(article), sent)

    changed = Article.objects.get(pk=article.pk)
    assert answer.status_code == 302
    assert (changed.outlet, changed.state, changed.version) == ("The Harbour Post", "checking", 3)


def test_the_second_of_two_savers_is_told_what_changed_and_has_written_nothing(alice: User, ada: User, at: Any) -> None:
    article, client = make_article(by=alice), signed_in(alice)
    sent = fields_of(client, form_page(article)) | {"byline": "Somebody"}
    change_article(article=article, seen=1, by=ada, at=at, outlet="The Harbour Post")

    answer = client.post(form_page(article), sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody changed this while you were writing" in page
    assert "outlet: was empty, is “The Harbour Post”" in page
    assert Article.objects.get(pk=article.pk).byline == ""


def test_a_law_of_the_database_is_an_error_on_the_form(alice: User) -> None:
    article, client = make_article(by=alice), signed_in(alice)
    sent = fields_of(client, form_page(article)) | {"date_basis": "stated"}

    answer = client.post(form_page(article), sent)

    assert answer.status_code == 200
    assert "article_date_has_a_basis" in answer.content.decode()


@pytest.mark.parametrize(
    ("make", "field", "value"),
    [
        (lambda by: make_quote(make_article(by=by), by=by), "cue", "insisted"),
        (lambda by: make_claim(make_article(by=by), by=by), "canonical", "It will cost 13 million."),
        (lambda by: make_tag(make_article(by=by), by=by), "note", "Strong word."),
        (lambda by: make_speaker(by=by), "title", "mayor"),
        (lambda by: make_source(by=by), "publisher", "The city"),
        (lambda by: Project.objects.get(is_default=True), "guidelines", "Read slowly."),
    ],
    ids=["quote", "claim", "tag", "speaker", "source", "project"],
)
def test_each_editable_noun_is_changed(alice: User, make: Any, field: str, value: str) -> None:
    noun, client = make(alice), signed_in(alice)

    answer = client.post(form_page(noun), fields_of(client, form_page(noun)) | {field: value})

    stands = type(noun)._base_manager.get(pk=noun.pk)
    assert answer.status_code == 302
    assert (getattr(stands, field), stands.version) == (value, 2)


def test_saving_without_a_change_writes_nothing(alice: User) -> None:
    claim, client = make_claim(make_article(by=alice), by=alice), signed_in(alice)

    client.post(form_page(claim), fields_of(client, form_page(claim)))

    assert Claim.objects.get().version == 1


def test_a_speaker_is_added_with_its_keys(alice: User) -> None:
    signed_in(alice).post(list_page(Speaker) + "add/", {"name": "Ana Šimić", "kind": "person", "aliases": "A. Simic"})

    speaker = Speaker.objects.get()
    assert speaker.keys == [".a simik", ".s ana", "=ana simik", "ana", "simik"]
    assert speaker.created_by == alice


def test_a_speaker_is_found_by_a_name_without_its_accents(alice: User) -> None:
    make_speaker(by=alice, name="Ana Šimić")
    make_speaker(by=alice, name="Ines Duarte")

    page = signed_in(alice).get(list_page(Speaker), {"q": "simic"}).content.decode()

    assert "Ana Šimić" in page
    assert "Ines Duarte" not in page


def test_two_speakers_are_merged_after_a_question(alice: User) -> None:
    kept, merged, client = make_speaker(by=alice), make_speaker(by=alice, name="I. Duarte"), signed_in(alice)
    chosen = {"action": "merge", "_selected_action": [kept.pk, merged.pk]}

    asked = client.post(list_page(Speaker), chosen)
    answered = chosen | {"kept": kept.pk, f"seen-{kept.pk}": 1, f"seen-{merged.pk}": 1}
    client.post(list_page(Speaker), answered)

    assert "Which name stays?" in asked.content.decode()
    assert Speaker.objects.get(pk=merged.pk).merged_into == kept
    assert Speaker.objects.get(pk=kept.pk).aliases == ["I. Duarte"]


def test_a_merged_speaker_is_taken_apart_after_a_question(alice: User) -> None:
    kept, former, client = make_speaker(by=alice), make_speaker(by=alice, name="I. Duarte"), signed_in(alice)
    merge_speakers(kept=kept, merged=former, seen_kept=1, seen_merged=1, by=alice, at=AT)
    chosen = {"action": "split", "_selected_action": [former.pk]}

    asked = client.post(list_page(Speaker), chosen)
    client.post(list_page(Speaker), chosen | {"sure": "yes", f"seen-{kept.pk}": 2, f"seen-{former.pk}": 2})

    assert "Leave it merged" in asked.content.decode()
    assert Speaker.objects.get(pk=former.pk).merged_into is None
    assert Speaker.objects.get(pk=kept.pk).aliases == []


def test_only_a_merged_speaker_is_taken_apart(alice: User) -> None:
    speaker, client = make_speaker(by=alice), signed_in(alice)

    answer = client.post(list_page(Speaker), {"action": "split", "_selected_action": [speaker.pk]}, follow=True)

    assert "Choose exactly one speaker that was merged" in answer.content.decode()
    assert Speaker.objects.get().version == 1


@pytest.mark.parametrize("kind", ["quote", "claim", "tag"])
def test_annotations_are_retracted_with_a_reason(desk: WholeDesk, kind: str) -> None:
    noun, client = getattr(desk, kind), signed_in(desk.editor)
    chosen = {"action": "retract", "_selected_action": [noun.pk]}

    asked = client.post(list_page(type(noun)), chosen)
    client.post(list_page(type(noun)), chosen | {"reason": "Wrong words", f"seen-{noun.pk}": noun.version})

    stands = type(noun)._base_manager.get(pk=noun.pk)
    assert "Keep them" in asked.content.decode()
    assert (stands.retracted_by, stands.retraction_reason) == (desk.editor, "Wrong words")


def test_an_annotation_that_changed_meanwhile_is_not_retracted(desk: WholeDesk) -> None:
    client = signed_in(desk.editor)
    desk.quote.change(seen=1, cue="said")

    answer = client.post(
        list_page(Quote),
        {"action": "retract", "_selected_action": [desk.quote.pk], "reason": "", f"seen-{desk.quote.pk}": 1},
        follow=True,
    )

    assert "is at version 2, not 1" in answer.content.decode()
    assert Quote.objects.get(origin="human").retracted_at is None


def test_a_retracted_quote_is_only_read(desk: WholeDesk) -> None:
    client = signed_in(desk.editor)
    desk.quote.change(seen=1, retracted_by=desk.editor, retracted_at=desk.quote.created_at)

    assert client.get(form_page(desk.quote)).status_code == 200
    assert client.post(form_page(desk.quote), {"cue": "said"}).status_code == 403


def test_an_assignment_is_handed_out_and_taken_back(alice: User, bob: User) -> None:
    article, client = make_article(by=alice, state="incoming"), signed_in(alice)
    project = Project.objects.get(is_default=True)
    sent = {
        "project": project.pk,
        "article": article.pk,
        "person": bob.pk,
        "task": "Look",
        "due_at_0": "",
        "due_at_1": "",
    }

    first = client.post(list_page(Assignment) + "add/", sent)
    second = client.post(list_page(Assignment) + "add/", sent, follow=True)
    client.post(list_page(Assignment), {"action": "take_back", "_selected_action": [Assignment.objects.get().pk]})

    assert first.status_code == 302
    assert (
        "works on this article already" in second.content.decode() or "assignment_open_once" in second.content.decode()
    )
    assert Assignment.objects.get().ended_at is not None


def test_an_article_one_may_not_know_of_cannot_be_assigned(alice: User, ada: User, bob: User, at: Any) -> None:
    article = make_article(by=alice)
    restrict_article(article=article, reason="At risk", people=[], seen=1, by=alice, at=at)
    sent = {"project": Project.objects.get(is_default=True).pk, "article": article.pk, "person": bob.pk}

    answer = signed_in(ada).post(list_page(Assignment) + "add/", sent)

    assert "not one of the available choices" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_comment_is_dealt_with(desk: WholeDesk) -> None:
    chosen = {"action": "resolve", "_selected_action": [desk.comment.pk]}

    signed_in(desk.editor).post(list_page(Comment), chosen)

    assert Comment.objects.get().resolved_by == desk.editor


def test_the_history_says_who_changed_what(alice: User) -> None:
    article, client = make_article(by=alice), signed_in(alice)
    client.post(form_page(article), fields_of(client, form_page(article)) | {"outlet": "The Harbour Post"})

    page = client.get(form_page(article).replace("/change/", "/history/")).content.decode()

    assert "outlet: was empty, is “The Harbour Post”" in page
    assert "<td>Alice Moreau</td>" in page


def test_inviting_somebody_shows_a_link_once_that_lets_them_in(ada: User) -> None:
    client = signed_in(ada)
    sent = {"username": "noor", "name": "Noor Sahin", "email": "noor@desk.example", "roles": ["annotator"]}

    page = client.post(list_page(User) + "add/", sent).content.decode()

    noor = User.objects.get(username="noor")
    [link] = re.findall(r"http://testserver(/in/[^<]+)<", page)
    assert [group.name for group in noor.groups.all()] == ["annotator"]
    assert not noor.has_usable_password()
    assert "Sign in as Noor Sahin" in Client().get(link).content.decode()
    assert link not in client.get(form_page(noor)).content.decode()
    assert link not in client.get("/admin/").content.decode()


def test_a_lost_link_is_replaced(ada: User, bob: User) -> None:
    client = signed_in(ada)
    address = reverse("admin:newsdesk_user_invite", args=[bob.pk])

    assert client.get(address).status_code == 405
    assert "/in/" in client.post(address).content.decode()
    assert SignInLink.objects.filter(person=bob).count() == 1


def test_an_editor_invites_nobody(alice: User, bob: User) -> None:
    client = signed_in(alice)

    assert client.get(list_page(User) + "add/").status_code == 403
    assert client.post(reverse("admin:newsdesk_user_invite", args=[bob.pk])).status_code == 403
    assert not SignInLink.objects.exists()


def test_deactivating_somebody_ends_their_tokens(ada: User, desk: WholeDesk) -> None:
    client, person = signed_in(ada), desk.editor
    sent = {"name": person.name, "email": person.email, "roles": ["editor"]}

    client.post(form_page(person), sent)

    assert not User.objects.get(pk=person.pk).is_active
    assert Token.objects.get(person=person).revoked_at is not None


def test_nobody_gives_up_their_own_administration(ada: User) -> None:
    client = signed_in(ada)
    sent = {"name": ada.name, "email": ada.email, "roles": ["editor"], "is_active": "on"}

    answer = client.post(form_page(ada), sent, follow=True)

    assert "Somebody else has to take your administration away" in answer.content.decode()
    assert [group.name for group in ada.groups.all()] == ["administrator"]


def test_keys_and_digests_are_shown_to_nobody(ada: User, desk: WholeDesk) -> None:
    client, token, link = signed_in(ada), Token.objects.get(), SignInLink.objects.get()

    pages = [client.get(form_page(row)).content.decode() for row in (token, link)]

    assert token.digest not in pages[0]
    assert link.digest not in pages[1]


def test_the_words_in_a_search_box_are_looked_up_and_not_run(alice: User) -> None:
    make_article(by=alice)
    client = signed_in(alice)

    pages = [client.get(list_page(Article), {"q": words}).status_code for words in ("harb", "':* | !(", "  ", "’")]

    assert pages == [200, 200, 200, 200]


def test_the_frame_wears_the_desk_and_leads_back_to_it(alice: User) -> None:
    page = signed_in(alice).get("/admin/").content.decode()

    assert "css/tokens.css" in page
    assert '<a href="/">Back to the desk</a>' in page
    assert reverse("account") in page


@pytest.mark.parametrize(("chosen", "wears"), [("dark", True), ("light", True), ("system", False), ("x y", False)])
def test_the_theme_chosen_on_the_desk_holds_here_too(alice: User, chosen: str, wears: bool) -> None:
    client = signed_in(alice)
    client.cookies["theme"] = chosen

    page = client.get("/admin/").content.decode()

    assert (f"is-{chosen}" in page) is wears


@pytest.mark.parametrize("make", [make_quote, make_tag])
def test_lists_of_marks_show_their_words(alice: User, make: Any) -> None:
    mark = make(make_article(by=alice), by=alice)
    words = mark.span.current_anchors.get().anchor.exact

    page = signed_in(alice).get(list_page(type(mark))).content.decode()

    assert words in page


def test_a_tag_on_the_whole_article_has_no_words(alice: User) -> None:
    whole = BiasCategory.objects.get(slug="omitted-context")
    tag_bias(article=make_article(by=alice), category=whole, severity=2, level=Level.ARTICLE, by=alice, at=AT)

    row = signed_in(alice).get(list_page(BiasTag)).content.decode()

    assert '<td class="field-words">–</td>' in row
