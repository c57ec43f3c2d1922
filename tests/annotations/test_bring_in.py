"""Bringing in a piece: seen before it is saved, furniture given back, bad input named with its remedy."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from articles.models import Article, Capture, Revision
from newsdesk.models import User
from tests.factories import TEXT, make_article

ADDRESS = "/articles/new/"
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "istanbul-talks.txt"
WITH_FURNITURE = TEXT + "\nShare this article\n\nPrev Post\n\nLeave a Reply\n"


def show(client: Client, text: str = TEXT, **typed: Any) -> Any:
    return client.post(ADDRESS, {"text": text, "rights": "unknown", **typed})


def save(client: Client, text: str = TEXT, *, keep: str = "", **typed: Any) -> Any:
    """Look at the piece, then save what was seen."""
    seen = show(client, text, keep=keep, **typed).context["form"].preview.digest
    return show(client, text, keep=keep, digest=seen, save="1", **typed)


@pytest.fixture
def editor(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def errors_of(answer: Any, field: str) -> str:
    assert answer.status_code == 422
    return " ".join(answer.context["form"].errors[field])


def nothing_is_stored() -> bool:
    return not (Article.objects.exists() or Revision.objects.exists() or Capture.objects.exists())


@pytest.mark.parametrize("name", ["bob", "carol", "dana", "emil", "rana", "mallory"])
def test_only_editors_bring_copy_in(client: Client, name: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(name))

    assert client.get(ADDRESS).status_code == 403
    assert show(client, save="1").status_code == 403


@pytest.mark.parametrize("name", ["alice", "ada"])
def test_editors_and_administrators_may(client: Client, name: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(name))

    assert client.get(ADDRESS).status_code == 200


def test_looking_saves_nothing(editor: Client) -> None:
    answer = show(editor)

    assert answer.status_code == 200
    assert "Council votes to close the harbour bridge" in answer.content.decode()
    assert nothing_is_stored()


def test_every_removed_line_is_struck_out_with_its_rule_and_a_way_back(editor: Client) -> None:
    page = show(editor, WITH_FURNITURE).content.decode()

    assert "<del>Share this article</del>" in page
    assert "<del>Prev Post</del>" in page
    assert "<del>Leave a Reply</del>" in page
    assert "share bar" in page
    assert page.count('name="restore"') == 3


def test_what_was_seen_is_saved_and_opened(editor: Client) -> None:
    answer = save(editor, WITH_FURNITURE)

    article = Article.objects.select_related("head").get()
    assert answer.status_code == 302
    assert str(article.uid) in answer["Location"]
    assert article.head.headline == "Council votes to close the harbour bridge"
    assert [line["text"] for line in article.head.removed] == ["Share this article", "Prev Post", "Leave a Reply"]


def test_the_sample_comes_in_exactly(editor: Client) -> None:
    text = SAMPLE.read_text(encoding="utf-8")

    save(editor, text.replace("\n", "\r\n"))

    revision = Revision.objects.get()
    rest = [line.strip() for line in text[2502:].splitlines() if line.strip()]
    assert revision.text == text[:2502]
    assert [line["text"] for line in revision.removed] == rest


def test_the_bytes_are_kept_as_they_came(editor: Client) -> None:
    save(editor, WITH_FURNITURE)

    assert bytes(Capture.objects.get().content).decode() == WITH_FURNITURE


def test_a_line_is_restored_by_its_button_and_saved_as_part_of_the_story(editor: Client) -> None:
    restored = show(editor, WITH_FURNITURE, restore="1")

    save(editor, WITH_FURNITURE, keep=restored.context["form"].kept)

    revision = Revision.objects.get()
    assert "<ins>Prev Post</ins>" in restored.content.decode()
    assert revision.text.endswith("Prev Post")
    assert [line["text"] for line in revision.removed] == ["Share this article", "Leave a Reply"]


def test_a_restored_line_is_removed_again_by_its_button(editor: Client) -> None:
    answer = show(editor, WITH_FURNITURE, keep="0,1", drop="1")

    assert answer.context["form"].kept == "0"


def test_the_focus_stays_on_the_line_whose_button_was_pressed(editor: Client) -> None:
    page = show(editor, WITH_FURNITURE, restore="1").content.decode()

    assert page.count("autofocus") == 1
    assert 'name="drop" value="1" autofocus' in page


def test_a_text_that_changed_after_the_look_is_shown_again_and_not_saved(editor: Client) -> None:
    seen = show(editor).context["form"].preview.digest

    answer = show(editor, TEXT.replace("two years", "three years"), digest=seen, save="1")

    assert answer.status_code == 422
    assert "This is not the text you saw before" in answer.content.decode()
    assert nothing_is_stored()


def test_other_lines_restored_than_were_seen_are_not_saved(editor: Client) -> None:
    seen = show(editor, WITH_FURNITURE).context["form"].preview.digest

    answer = show(editor, WITH_FURNITURE, keep="2", digest=seen, save="1")

    assert answer.status_code == 422
    assert nothing_is_stored()


def test_saving_without_looking_first_saves_nothing(editor: Client) -> None:
    assert show(editor, save="1").status_code == 422
    assert nothing_is_stored()


def test_what_is_known_of_the_piece_is_kept_with_it(editor: Client) -> None:
    save(
        editor,
        outlet="The Harbour",
        byline="Ana Lima",
        published_at="2025-05-13",
        date_basis="inferred",
        date_note="“on Tuesday”",
        language="pt-BR",
        rights="licensed",
        embargo_until="2999-01-02 08:00",
    )

    article = Article.objects.get()
    assert (article.outlet, article.byline, article.language) == ("The Harbour", "Ana Lima", "pt-BR")
    assert article.published_at == datetime(2025, 5, 13, tzinfo=UTC)
    assert (article.date_basis, article.date_note) == ("inferred", "“on Tuesday”")
    assert (article.rights, article.embargo_until) == ("licensed", datetime(2999, 1, 2, 8, tzinfo=UTC))


def test_without_a_date_its_basis_is_unknown(editor: Client) -> None:
    save(editor, date_basis="stated")

    article = Article.objects.get()
    assert (article.published_at, article.date_basis) == (None, "unknown")


def test_a_date_that_says_no_day_is_refused_with_the_remedy_and_kept_as_typed(editor: Client) -> None:
    answer = show(editor, published_at="Tuesday", outlet="The Harbour")

    assert "“Tuesday” does not say which day. Write a date such as 2025-05-13." in errors_of(answer, "published_at")
    page = answer.content.decode()
    assert 'value="Tuesday"' in page
    assert 'value="The Harbour"' in page
    assert "The council voted on Tuesday" in page


def test_an_embargo_that_has_passed_is_refused(editor: Client) -> None:
    passed = timezone.now() - timedelta(days=1)

    answer = show(editor, embargo_until=passed.strftime("%Y-%m-%d %H:%M"))

    assert "has passed" in errors_of(answer, "embargo_until")


def test_the_same_text_is_pointed_out_and_may_still_come_in(editor: Client, alice: User) -> None:
    known = make_article(by=alice, text=TEXT)

    page = show(editor).content.decode()
    save(editor)

    assert "The desk has this very text already" in page
    assert str(known.uid) in page
    assert Article.objects.count() == 2


def test_the_same_text_is_not_pointed_out_where_it_is_kept_from_the_editor(
    client: Client, alice: User, ada: User
) -> None:
    make_article(by=alice, text=TEXT, access="restricted", access_reason="Legal.")
    client.force_login(ada)

    assert "The desk has this very text already" not in show(client).content.decode()


@pytest.mark.parametrize(("paragraphs", "folds"), [(12, False), (13, True)])
def test_only_a_long_piece_folds_in_the_preview(editor: Client, paragraphs: int, folds: bool) -> None:
    body = "\n\n".join(f"Paragraph {number} ends." for number in range(paragraphs))

    page = show(editor, f"A headline\n\n{body}").content.decode()

    assert ('class="preview-rest"' in page) is folds
    assert all(f">Paragraph {number} ends.<" in page for number in range(paragraphs))


BAD_TEXT = {
    "empty": ("", "empty"),
    "blank": (" \n\t\n\u200b", "empty"),
    "no story": ("Only one line", "no story below"),
    "no headline": ("word " * 100 + "\n\nThe story.", "headline"),
    "only furniture": ("Share this article\n\nPrev Post\n\nLeave a Reply", "belongs to the page"),
    "weak furniture only": ("Advertisement\nShare\nSubscribe", "Everything looked like page furniture"),
    "override": ("A headline\n\nPaid \u202e001\u202c euros.", "U+202E"),
    "NUL": ("A headline\n\nA story with a \0 in it.", "cannot be kept"),
    "control character": ("A headline\n\nA story with \x07 in it.", "cannot be kept"),
    "six megabytes": ("A headline\n\n" + "Long. " * 1_000_000, "limit is 5"),
}


@pytest.mark.parametrize(("text", "said"), BAD_TEXT.values(), ids=BAD_TEXT)
def test_bad_text_is_refused_beside_its_field_and_kept_as_typed(editor: Client, text: str, said: str) -> None:
    answer = show(editor, text, outlet="The Harbour", save="1")

    assert said in errors_of(answer, "text")
    assert 'value="The Harbour"' in answer.content.decode()
    assert answer.context["form"]["text"].value() == text
    assert nothing_is_stored()


def test_half_of_a_surrogate_pair_is_refused(editor: Client) -> None:
    file = SimpleUploadedFile("piece.txt", "A headline\n\nHalf \ud83d of it.".encode("utf-8", "surrogatepass"))

    answer = editor.post(ADDRESS, {"file": file, "rights": "unknown"})

    assert "not UTF-8" in errors_of(answer, "file")


BAD_FILES = {
    "empty": ("piece.txt", b"", "empty"),
    "latin-1": ("piece.txt", "A headline\n\nCaf\u00e9 story.".encode("latin-1"), "not UTF-8"),
    "picture": ("piece.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "office document": ("piece.docx", b"PK\x03\x04" + bytes(100), "office document"),
    "by its name": ("piece.html", b"A headline\n\nA story.", ".html"),
    "binary": ("piece.txt", bytes(range(256)), "text"),
    "six megabytes": ("piece.txt", b"A headline\n\n" + b"Long. " * 1_000_000, "limit is 5"),
}


@pytest.mark.parametrize(("name", "content", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_files_are_refused_beside_their_field(editor: Client, name: str, content: bytes, said: str) -> None:
    answer = editor.post(ADDRESS, {"file": SimpleUploadedFile(name, content), "rights": "unknown", "save": "1"})

    assert said in errors_of(answer, "file")
    assert nothing_is_stored()


@pytest.mark.parametrize("field", ["text", "file"])
def test_twenty_megabytes_are_refused_before_they_are_read(editor: Client, field: str) -> None:
    content = "A headline\n\n" + "Long. " * 3_500_000
    sent = SimpleUploadedFile("piece.txt", content.encode()) if field == "file" else content

    answer = editor.post(ADDRESS, {field: sent, "rights": "unknown", "save": "1"})

    assert answer.status_code == 413
    assert "may have 5 MiB" in answer.content.decode()
    assert nothing_is_stored()


def test_the_form_is_refused_without_its_token(alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)

    assert show(strict, save="1").status_code == 403
    assert nothing_is_stored()


def test_marks_of_direction_come_in_as_they_are(editor: Client) -> None:
    text = "عنوان الخبر\n\nقال \u200fالوزير\u200e إن 12 مليون يورو.\n"

    save(editor, text)

    assert Revision.objects.get().text == text.strip()


def test_what_looks_like_markup_is_shown_as_text(editor: Client) -> None:
    page = show(editor, "A headline\n\nHe wrote <script>alert(1)</script> on the wall.").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_file_is_carried_from_the_look_to_the_saving_byte_for_byte(editor: Client) -> None:
    content = "A headline\r\n\r\nA story from a file.\r\n".encode("utf-16")
    seen = editor.post(ADDRESS, {"file": SimpleUploadedFile("piece.txt", content), "rights": "unknown"})
    form = seen.context["form"]

    answer = editor.post(
        ADDRESS,
        {
            "carried": form.copy.carried,
            "carried_name": form.copy.name,
            "digest": form.preview.digest,
            "rights": "unknown",
            "save": "1",
        },
    )

    capture = Capture.objects.get()
    assert answer.status_code == 302
    assert (bytes(capture.content), capture.name) == (content, "piece.txt")
    assert Revision.objects.get().text == "A headline\n\nA story from a file."


def test_a_file_that_was_damaged_on_the_way_is_asked_for_again(editor: Client) -> None:
    answer = editor.post(ADDRESS, {"carried": "no base64!", "carried_name": "piece.txt", "rights": "unknown"})

    assert "Choose it again" in errors_of(answer, "file")


def test_text_and_a_file_at_once_are_refused_and_the_text_is_kept(editor: Client) -> None:
    file = SimpleUploadedFile("piece.txt", base64.b64encode(b"x"))

    answer = editor.post(ADDRESS, {"text": TEXT, "file": file, "rights": "unknown"})

    assert "Empty the text, or choose no file" in errors_of(answer, "file")
    assert "The council voted on Tuesday" in answer.content.decode()


@pytest.mark.parametrize("keep", ["99", "-1", "x"])
def test_a_line_that_is_not_there_cannot_be_restored(editor: Client, keep: str) -> None:
    answer = show(editor, WITH_FURNITURE, keep=keep)

    assert answer.status_code == 422
    assert nothing_is_stored()
