"""Bringing in a piece: seen before it is saved, furniture given back, bad input named with its remedy."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article, Capture, CurrentAnchor, Revision
from newsdesk.models import User
from tests.factories import TEXT, make_article, make_quote

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


def test_a_date_is_stated_or_inferred_by_somebody_not_by_the_form(editor: Client) -> None:
    answer = save(editor, published_at="2025-05-13")

    assert "stated" in show(editor).content.decode()
    assert "Say whether the text states this date" in errors_of(answer, "date_basis")
    assert nothing_is_stored()


def test_without_a_date_its_basis_is_unknown(editor: Client) -> None:
    save(editor, date_basis="stated")

    article = Article.objects.get()
    assert (article.published_at, article.date_basis) == (None, "unknown")


def test_a_date_that_says_no_day_is_refused_with_the_remedy_and_kept_as_typed(editor: Client) -> None:
    answer = show(editor, published_at="Tuesday", outlet="The Harbour")

    said = "“Tuesday” may mean several days, or none. Write a date such as 2025-05-13."
    assert said in errors_of(answer, "published_at")
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


LINES = "The Harbour Daily\n\nCouncil closes the bridge\n\nIt will cost 12 million euros.\n\nOur app is free.\n"


def form_of(answer: Any) -> Any:
    return answer.context["form"]


def test_another_line_becomes_the_headline_and_the_former_one_a_paragraph(editor: Client) -> None:
    shown = form_of(show(editor, LINES, lead="1")).preview

    assert shown.incoming.headline == "Council closes the bridge"
    assert shown.lines[0].block.text == "The Harbour Daily"


def test_a_line_is_taken_out_by_hand_and_saved_as_removed(editor: Client) -> None:
    first = form_of(show(editor, LINES, lead="1"))
    second = form_of(show(editor, LINES, headline="1", removed=first.taken_out, remove="0"))
    seen = {"headline": "1", "removed": second.taken_out, "digest": second.preview.digest}

    show(editor, LINES, save="1", **seen)

    revision = Revision.objects.get()
    assert revision.text == "Council closes the bridge\n\nIt will cost 12 million euros.\n\nOur app is free."
    assert revision.removed == [{"text": "The Harbour Daily", "rule": "by-hand", "position": 0}]
    assert bytes(Capture.objects.get().content).decode() == LINES


def test_a_line_taken_out_is_put_back_by_its_button(editor: Client) -> None:
    taken = show(editor, LINES, remove="3")
    back = show(editor, LINES, removed="3", put_back="3")

    assert "<del>Our app is free.</del>" in taken.content.decode()
    assert 'name="put_back" value="3" autofocus' in taken.content.decode()
    assert 'name="remove" value="3" autofocus' in back.content.decode()
    assert form_of(back).taken_out == ""


def test_choices_follow_their_lines_when_another_line_is_restored(editor: Client) -> None:
    text = LINES.replace("It will", "Share this article\n\nIt will")

    shown = form_of(show(editor, text, removed="3", restore="0")).preview

    assert [line.block.text for line in shown.taken_out] == ["Our app is free."]
    assert "Share this article" in shown.incoming.text


def test_what_cannot_be_done_is_said_and_the_rest_stands(editor: Client) -> None:
    answer = show(editor, LINES, removed="1,2", remove="3")

    assert answer.status_code == 422
    assert "Nothing of the story would be left" in answer.content.decode()
    assert form_of(answer).taken_out == "1,2"


@pytest.mark.parametrize("decided", [{"removed": "99"}, {"removed": "x"}, {"headline": "99"}, {"headline": "-1"}])
def test_decisions_about_lines_that_are_not_there_save_nothing(editor: Client, decided: dict[str, str]) -> None:
    assert show(editor, LINES, save="1", **decided).status_code == 422
    assert nothing_is_stored()


def test_no_words_are_taken_from_the_choices_but_only_from_the_copy(editor: Client) -> None:
    page = show(editor, LINES, headline="1", removed="3").content.decode()

    form = page.partition("<main")[2]
    hidden = [part.partition(">")[0] for part in form.split('type="hidden"')[1:]]
    assert not any("Harbour" in value or "bridge" in value for value in hidden)


def test_the_languages_of_the_desk_come_first_in_their_own_words(editor: Client, alice: User) -> None:
    make_article(by=alice, language="pt-BR")
    make_article(by=alice, text="Zweites\n\nEin Text.", language="de")
    make_article(by=alice, text="Drittes\n\nEin Text.", language="de")

    page = editor.get(ADDRESS).content.decode()

    ours, others = (part.partition("</optgroup>")[0] for part in page.split("<optgroup")[1:])
    assert 'label="On this desk"' in ours
    assert ours.index("Deutsch (German)") < ours.index("Português Brasileiro (Brazilian Portuguese)")
    assert "Français (French)" in others
    assert "Deutsch (German)" not in others


def test_a_desk_without_articles_offers_all_languages_alike(editor: Client) -> None:
    assert "<optgroup" not in editor.get(ADDRESS).content.decode()


def test_a_form_sent_twice_brings_one_piece_in(editor: Client) -> None:
    form = form_of(show(editor))
    sent = {"digest": form.preview.digest, "once": form.once_key, "save": "1"}

    answers = [show(editor, **sent), show(editor, **sent)]

    assert {answer["Location"] for answer in answers} == {f"/articles/{Article.objects.get().uid}/"}


def test_the_same_form_with_another_text_is_another_piece(editor: Client) -> None:
    once = form_of(show(editor)).once_key

    for text in (TEXT, TEXT.replace("two years", "three years")):
        show(editor, text, digest=form_of(show(editor, text)).preview.digest, once=once, save="1")

    assert Article.objects.count() == 2


def test_the_key_of_a_form_opens_no_piece_of_somebody_else(editor: Client, ada: User) -> None:
    form = form_of(show(editor))
    sent = {"digest": form.preview.digest, "once": form.once_key, "save": "1"}
    other = Client()
    other.force_login(ada)
    show(other, **sent)

    answer = show(editor, **sent)

    assert answer.status_code == 302
    assert Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_bring_one_piece_in(alice: User) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(alice)
    form = form_of(show(clients[0]))
    sent = {"digest": form.preview.digest, "once": form.once_key, "save": "1"}
    together = Barrier(2)

    def send(client: Client) -> str:
        together.wait()
        try:
            return str(show(client, **sent)["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        places = set(threads.map(send, clients))

    assert places == {f"/articles/{Article.objects.get().uid}/"}


PAGE = b"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Br\xc3\xbccke gesperrt</title>
<meta property="og:site_name" content="Hafenbote"><script type="application/ld+json">{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "Br\xc3\xbccke gesperrt", "datePublished": "2026-03-04T05:06:07+00:00",
"author": {"@type": "Person", "name": "Mara Lind"}}</script></head><body><article><h1>Br\xc3\xbccke gesperrt</h1>
<p>Die alte Br\xc3\xbccke am Hafen ist seit Montag gesperrt, teilte die Stadt am Morgen mit.</p>
<p>Die Arbeiten sollen drei Wochen dauern und kosten nach ersten Angaben zwei Millionen Euro.</p>
</article></body></html>"""


def look_at_page(editor: Client, **typed: Any) -> Any:
    return editor.post("/articles/new/", {"file": SimpleUploadedFile("page.html", PAGE), "rights": "unknown", **typed})


def written(answer: Any) -> dict[str, str]:
    form = form_of(answer)
    return {name: form[name].value() for name in ("outlet", "byline", "published_at", "date_basis", "language")}


def test_what_a_page_says_of_itself_is_offered_in_the_fields(editor: Client) -> None:
    answer = look_at_page(editor)

    assert written(answer) == {
        "outlet": "Hafenbote",
        "byline": "Mara Lind",
        "published_at": "2026-03-04 05:06",
        "date_basis": "stated",
        "language": "de",
    }


def test_what_the_editor_typed_goes_before_what_the_page_says(editor: Client) -> None:
    answer = look_at_page(editor, outlet="Our own", published_at="2026-03-05", date_basis="inferred")

    assert written(answer)["outlet"] == "Our own"
    assert (written(answer)["published_at"], written(answer)["date_basis"]) == ("2026-03-05", "inferred")


def test_what_the_editor_empties_after_the_look_stays_empty_and_the_rest_is_kept_exactly(editor: Client) -> None:
    answer = look_at_page(editor)
    form = form_of(answer)
    sent = {
        **written(answer),
        "outlet": "",
        "rights": "unknown",
        "carried": form.copy.carried,
        "carried_name": form.copy.name,
        "once": form.once_key,
        "digest": form.preview.digest,
        "save": "1",
    }

    editor.post("/articles/new/", sent)

    article = Article.objects.get()
    assert (article.outlet, article.byline, article.language) == ("", "Mara Lind", "de")
    assert article.published_at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert Capture.objects.get().media_type == "text/html"


LIKE = TEXT.replace("two years", "three years")


def seen_form(editor: Client, text: str) -> dict[str, Any]:
    """What the page sends back after a look at a text."""
    form = form_of(show(editor, text))
    return {"text": text, "rights": "unknown", "once": form.once_key, "digest": form.preview.digest}


def test_a_text_like_one_the_desk_has_is_shown_with_the_difference(editor: Client, alice: User) -> None:
    known = make_article(by=alice, text=TEXT)

    page = show(editor, LIKE).content.decode()

    assert "The desk has a text like this" in page
    assert f'href="/articles/{known.uid}/"' in page
    assert "<del>two</del>" in page
    assert "<ins>three</ins>" in page


def test_it_becomes_the_next_revision_of_that_piece_with_its_marks_carried(editor: Client, alice: User) -> None:
    known = make_article(by=alice, text=TEXT)
    quote = make_quote(known, "reckless", by=alice)

    editor.post("/articles/new/", {**seen_form(editor, LIKE), "revision_of": f"{known.uid}:1"})

    known.refresh_from_db()
    assert Article.objects.count() == 1
    assert (known.head.number, "three years" in known.head.text) == (2, True)
    assert CurrentAnchor.of(quote.span_id, known.head_id).exact == "reckless"
    assert bytes(Capture.objects.latest("pk").content) == LIKE.encode()


def test_a_text_saved_meanwhile_is_not_written_over(editor: Client, alice: User) -> None:
    known = make_article(by=alice, text=TEXT)
    sent = {**seen_form(editor, LIKE), "revision_of": f"{known.uid}:1"}
    editor.post("/articles/new/", sent)

    answer = editor.post("/articles/new/", {**seen_form(editor, TEXT + " More."), "revision_of": f"{known.uid}:1"})

    assert answer.status_code == 409
    assert "Somebody saved a new text of that piece meanwhile" in answer.content.decode()
    assert known.revisions.count() == 2


def test_it_becomes_another_outlets_version_of_the_story(editor: Client, alice: User) -> None:
    known = make_article(by=alice, text=TEXT)

    editor.post("/articles/new/", {**seen_form(editor, LIKE), "version_of": f"{known.uid}:1"})

    known.refresh_from_db()
    other = Article.objects.exclude(pk=known.pk).get()
    assert known.story is not None
    assert other.story == known.story


def test_a_piece_kept_from_the_editor_is_no_answer(client: Client, alice: User, ada: User) -> None:
    kept = make_article(by=alice, text=TEXT, access="restricted", access_reason="Legal.")
    client.force_login(ada)

    for answer in ("revision_of", "version_of"):
        assert client.post("/articles/new/", {**seen_form(client, LIKE), answer: f"{kept.uid}:1"}).status_code == 404
    assert Article.objects.count() == 1
