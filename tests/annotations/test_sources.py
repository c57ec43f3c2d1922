"""The library of sources, and the files they came in."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations.views.workbench.conflicts import Sides
from articles.models import Capture, Source
from articles.operations.sources import capture_snapshot, change_source, restrict_source
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_evidence, make_source


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filled(**change: Any) -> Any:
    values = {
        "title": "Minutes of the council",
        "rights": "unknown",
        "basis": "capture",
        "text": "The council met.\n\nIt voted to close the bridge.",
    }
    return {**values, **change}


def test_a_stored_source_is_found_with_its_passages(bob: User) -> None:
    answer = signed_in(bob).post(reverse("annotations:source-new"), filled(url_note="page to be confirmed"))

    source = Source.objects.get()
    page = signed_in(bob).get(answer.headers["Location"]).content.decode()
    assert [passage.text for passage in source.snapshots.get().passages.all()] == [
        "The council met.",
        "It voted to close the bridge.",
    ]
    assert "page to be confirmed" in page


def test_an_uploaded_file_is_kept_as_it_came_and_handed_out_as_an_attachment(bob: User) -> None:
    content = "\ufeffDie Brücke ist zu.\r\n".encode()
    upload = SimpleUploadedFile("Brücke.txt", content, content_type="text/html")

    signed_in(bob).post(reverse("annotations:source-new"), filled(text="", upload=upload))

    capture = Capture.objects.get()
    answer = signed_in(bob).get(reverse("articles:capture", args=[capture.uid]))
    assert Source.objects.get().snapshots.get().text == "Die Brücke ist zu."
    assert answer.content == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_capture_is_only_for_those_who_may_see_what_rests_on_it(alice: User, bob: User, rana: User) -> None:
    capture = make_article(by=alice, state="incoming").head.capture
    assert capture is not None
    address = reverse("articles:capture", args=[capture.uid])

    answers = [signed_in(person).get(address).status_code for person in (alice, bob, rana)]

    assert answers == [200, 404, 404]


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"title": ""}, "title", "required"),
        ({"text": " "}, "text", "Paste the text or choose a file."),
        ({"text": "A bell \x07 rang."}, "text", "control character"),
        ({"text": "Paid \u202e001\u202c."}, "text", "right-to-left override"),
        ({"upload": ("a.txt", b"\xff\xfe\x00")}, "text", "not both"),
        ({"text": "", "upload": ("a.txt", b"caf\xe9")}, "upload", "not UTF-8 text"),
        ({"text": "", "upload": ("a.txt", b"\n \n")}, "upload", "no text in the file"),
        ({"text": "", "upload": ("a.txt", b"a" * (5 * 1024 * 1024 + 1))}, "upload", "the limit is 5"),
        ({"text": "a\x00b"}, "text", "Null characters"),
        ({"url": "javascript:alert(1)"}, "url", "valid URL"),
        ({"basis": "hearsay"}, "basis", "Select a valid choice"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field(bob: User, change: Any, field: Any, said: Any) -> None:
    files = {name: SimpleUploadedFile(*value) for name, value in change.items() if name == "upload"}

    answer = signed_in(bob).post(reverse("annotations:source-new"), filled(**{**change, **files}))

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert not Source.objects.exists()
    assert not Capture.objects.exists()


def test_the_page_lists_the_claims_that_cite_the_source(alice: User, bob: User) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    source = make_source(by=bob)
    client = signed_in(bob)
    before = client.get(reverse("annotations:source", args=[source.uid])).context["page"].cited
    make_evidence(claim, source, by=bob)

    after = client.get(reverse("annotations:source", args=[source.uid])).context["page"].cited

    assert before == []
    assert [cited.row.claim for cited in after] == [claim]


def test_a_claim_that_one_may_not_know_of_is_not_named(alice: User, bob: User) -> None:
    claim = make_claim(make_article(by=alice, state="incoming"), by=alice)
    source = make_source(by=bob)
    make_evidence(claim, source, by=alice)
    address = reverse("annotations:source", args=[source.uid])

    assert claim.canonical in signed_in(alice).get(address).content.decode()
    assert claim.canonical not in signed_in(bob).get(address).content.decode()


def test_a_new_snapshot_leaves_the_old_one_and_warns_where_it_is_evidence(alice: User, bob: User) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    source = make_source(by=bob)
    make_evidence(claim, source, by=bob)
    client = signed_in(bob)

    client.post(reverse("annotations:snapshot-new", args=[source.uid]), {"basis": "capture", "text": "Now 13 million."})

    page = client.get(reverse("annotations:source", args=[source.uid]))
    old = client.get(reverse("annotations:source", args=[source.uid]), {"snapshot": 1})
    judged = client.get(reverse("annotations:claim", args=[claim.uid])).content.decode()
    assert (page.context["shown"].text, old.context["shown"].number) == ("Now 13 million.", 1)
    assert "The source has been captured anew since." in judged


def test_a_source_changed_meanwhile_is_a_conflict_with_both_sides(alice: User, bob: User, at: datetime) -> None:
    source = make_source(by=bob)
    address = reverse("annotations:source-change", args=[source.uid])
    initial = signed_in(alice).get(address).context["form"].initial
    values = {name: value for name, value in initial.items() if value is not None}
    change_source(source=source, seen=1, by=bob, at=at, title="Bob’s title")

    answer = signed_in(alice).post(address, {**values, "title": "Alice’s title"})

    sides = answer.context["conflict"].both
    assert answer.status_code == 409
    assert sides == [Sides("Title", "Bob’s title", "Alice’s title")]
    source.refresh_from_db()
    assert source.title == "Bob’s title"


def test_a_restricted_source_does_not_exist_for_others(alice: User, bob: User, carol: User, at: datetime) -> None:
    source = make_source(by=bob)
    before = signed_in(carol).get(reverse("annotations:source", args=[source.uid])).status_code
    restrict_source(source=source, reason="A name is at risk.", people=[alice], seen=1, by=bob, at=at)

    answers = [
        signed_in(person).get(reverse("annotations:source", args=[source.uid])).status_code
        for person in (alice, bob, carol)
    ]

    listed = signed_in(carol).get(reverse("annotations:source-list")).context["rows"]
    assert (before, answers, listed) == (200, [200, 200, 404], [])


def test_the_list_is_narrowed_by_its_facets(bob: User) -> Any:
    make_source(by=bob, kind="report")
    make_source(by=bob, title="Minutes", publisher="Town archive", kind="minutes", basis="paraphrase")
    client, address = signed_in(bob), reverse("annotations:source-list")

    def found(**asked: Any) -> Any:
        return [row.source.title for row in client.get(address, asked).context["rows"]]

    facets = client.get(address).context["facets"]
    assert {facet.label: facet.count for facet in facets.bases} == {"captured text": 1, "paraphrase": 1}
    assert found(basis="paraphrase") == ["Minutes"]
    assert found(kind="report") == ["Estimate of the bridge repair"]
    assert found(publisher="Town archive") == ["Minutes"]
    assert found(words="minu") == ["Minutes"]
    assert found(words="nothing of this") == []


def test_who_keeps_sources(alice: User, bob: User, carol: User, dana: User, emil: User, rana: User, ada: User) -> None:
    cast = {"alice": alice, "bob": bob, "carol": carol, "dana": dana, "emil": emil, "rana": rana, "ada": ada}

    listed = {who: signed_in(one).get(reverse("annotations:source-list")).status_code for who, one in cast.items()}
    stored = {who: signed_in(one).get(reverse("annotations:source-new")).status_code for who, one in cast.items()}

    assert {who for who, status in listed.items() if status == 403} == {"rana"}
    assert {who for who, status in stored.items() if status == 200} == {"alice", "bob", "ada"}


@pytest.mark.parametrize("sources", [1, 3])
def test_the_list_asks_the_same_questions_for_any_number_of_sources(
    bob: User, sources: Any, at: datetime, django_assert_num_queries: Any
) -> None:
    for _ in range(sources):
        capture_snapshot(source=make_source(by=bob), text="Again.", basis="capture", by=bob, at=at)
    client = signed_in(bob)

    with django_assert_num_queries(6):
        answer = client.get(reverse("annotations:source-list"))

    assert len(answer.context["rows"]) == sources
