"""Sources come as articles do: from a file of any format or from an address, their bytes kept, read by one reader."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.ingest.documents import read_document
from articles.ingest.record import ReadingRefused
from articles.models import Basis, Capture, FetchPurpose, FetchRequest, FetchState, Source
from articles.operations.captures import keep_capture
from articles.operations.fetching import ask_for_copy
from articles.operations.sources import NothingNew, capture_snapshot
from newsdesk.models import User
from tests.factories import make_source

ADDRESS = "https://council.example/estimate.html"
PAGE = """<!doctype html><html lang="en"><head><title>Estimate of the repair</title>
<meta property="og:site_name" content="City council"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Estimate of the repair</h1>
<p>The council estimates the cost of repairing the harbour bridge at {cost} million euros, half of it this year.</p>
<p>The bridge stays closed for two years while the piers are renewed, and buses take the road along the river.</p>
</article></body></html>"""


@pytest.fixture
def desk(bob: User, client: Client) -> Client:
    client.force_login(bob)
    return client


def fetched(by: User, at: datetime, *, source: Source | None = None, page: str = PAGE.format(cost=12)) -> FetchRequest:
    """A request whose page has come."""
    request = ask_for_copy(url=ADDRESS, purpose=FetchPurpose.SOURCE, source=source, by=by, at=at)
    capture = keep_capture(
        content=page.encode(),
        media_type="text/html",
        name="estimate.html",
        url=ADDRESS,
        headers={"etag": '"v1"'},
        by=by,
        at=at,
    )
    return request.change(seen=1, state=FetchState.FETCHED, capture=capture, ended_at=at)


def source_from(by: User, at: datetime, desk: Client) -> Source:
    """A source stored from an address, by its form as it is first shown."""
    request = fetched(by, at)
    shown = desk.get(reverse("annotations:source-new"), {"fetched": str(request.uid)}).context["form"]
    sent = {name: value or "" for name, value in shown.initial.items()} | {"rights": "unknown"}
    answer = desk.post(reverse("annotations:source-new"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return Source.objects.get()


def test_a_saved_page_is_read_as_a_page_is(desk: Client) -> None:
    upload = SimpleUploadedFile("estimate.html", PAGE.format(cost=12).encode())

    desk.post(reverse("annotations:source-new"), {"title": "T", "basis": "capture", "rights": "own", "upload": upload})

    snapshot = Source.objects.get().snapshots.get()
    assert snapshot.capture is not None
    assert snapshot.capture.media_type == "text/html"
    assert snapshot.text.startswith("Estimate of the repair\n\nThe council estimates")
    assert "Home" not in snapshot.text
    assert snapshot.passages.count() == 3


def test_a_document_that_was_fetched_is_shown_with_what_it_says_of_itself(
    desk: Client, bob: User, at: datetime
) -> None:
    request = fetched(bob, at)

    answer = desk.get(reverse("annotations:source-new"), {"fetched": str(request.uid)})

    page = answer.content.decode()
    assert 'value="Estimate of the repair"' in page
    assert 'value="City council"' in page
    assert "12 million euros" in page
    assert not Source.objects.exists()


def test_a_document_that_was_fetched_is_stored_with_bytes_headers_and_address(
    desk: Client, bob: User, at: datetime
) -> None:
    source = source_from(bob, at, desk)

    snapshot = source.snapshots.get()
    assert snapshot.capture is not None
    assert (snapshot.capture.url, snapshot.capture.headers) == (ADDRESS, {"etag": '"v1"'})
    assert bytes(snapshot.capture.content) == PAGE.format(cost=12).encode()
    assert (source.url, source.publisher) == (ADDRESS, "City council")


def test_a_text_captured_anew_is_shown_with_what_changed_and_then_stored(desk: Client, bob: User, at: datetime) -> None:
    source = source_from(bob, at, desk)
    request = fetched(bob, at, source=source, page=PAGE.format(cost=14))
    address = reverse("annotations:snapshot-new", args=[source.uid])

    shown = desk.get(address, {"fetched": str(request.uid)}).content.decode()
    desk.post(address, {"fetched": str(request.uid), "basis": "capture"})

    assert "<del>12</del><ins>14</ins>" in shown
    assert source.snapshots.count() == 2
    stored = desk.get(reverse("annotations:source", args=[source.uid])).content.decode()
    assert "<del>12</del><ins>14</ins>" in stored


def test_a_text_that_says_the_same_makes_no_snapshot(desk: Client, bob: User, at: datetime) -> None:
    source = source_from(bob, at, desk)
    page = PAGE.format(cost=12).replace("<nav>", "<nav><a href='/new'>New</a>")
    request = fetched(bob, at, source=source, page=page)
    address = reverse("annotations:snapshot-new", args=[source.uid])

    shown = desk.get(address, {"fetched": str(request.uid)}).content.decode()
    told = desk.post(address, {"fetched": str(request.uid), "basis": "capture"}, follow=True).content.decode()

    assert "Nothing has changed" in shown
    assert "The text is the same as in snapshot 1" in told
    assert source.snapshots.count() == 1


def test_the_same_words_on_another_basis_are_another_snapshot(bob: User, at: datetime) -> None:
    source = make_source(by=bob, text="Twelve million.", basis=Basis.PARAPHRASE)

    capture_snapshot(source=source, text="Twelve million.", basis=Basis.CAPTURE, by=bob, at=at)
    with pytest.raises(NothingNew, match="snapshot 2"):
        capture_snapshot(source=source, text=" Twelve million.\r\n", basis=Basis.CAPTURE, by=bob, at=at)

    assert source.snapshots.count() == 2


def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk: Client) -> None:
    upload = SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n")

    answer = desk.post(reverse("annotations:source-new"), {"title": "T", "basis": "capture", "upload": upload})

    assert answer.status_code == 422
    assert "a picture" in " ".join(answer.context["form"].errors["upload"])
    assert not Capture.objects.exists()


def test_what_somebody_else_had_fetched_cannot_be_used(desk: Client, alice: User, at: datetime) -> None:
    request = fetched(alice, at)

    answer = desk.get(reverse("annotations:source-new"), {"fetched": str(request.uid)})

    assert "Nothing was fetched for this" in answer.content.decode()


def test_plain_text_stays_whole() -> None:
    text = "Minutes\n\nShare this article\n\nThe board met."

    assert read_document(text.encode(), name="minutes.txt").text == text


def test_every_piece_of_a_file_of_several_is_in_its_text() -> None:
    records = b'{"headline": "One", "blocks": [{"kind": "paragraph", "text": "A.", "marks": []}]}\n' * 2

    document = read_document(records, name="pieces.ndjson")

    assert document.text == "One\n\nA.\n\nOne\n\nA."
    assert document.title == ""


@pytest.mark.parametrize("body", [b"", b" \n ", b"\x89PNG\r\n\x1a\n"])
def test_what_has_no_words_is_refused(body: bytes) -> None:
    with pytest.raises(ReadingRefused):
        read_document(body)
