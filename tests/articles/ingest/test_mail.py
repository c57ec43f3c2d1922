"""Mails: the story without signatures, quoted replies and headers of what was forwarded; attachments named."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.mail import MailReader
from articles.ingest.readers import read, reader_of
from articles.ingest.record import IncomingArticle, ReadingRefused
from tests.articles.ingest.hostility import is_read_or_refused

STORY = "The first train leaves on Friday, the railway said.\n\nA berth costs thirty euros."


def mail(words: str = STORY, *, subject: str = "Night trains return", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ines Okafor <ines@paper.example>"
    message["To"] = "desk@desk.example"
    message["Date"] = "Tue, 13 May 2025 11:30:00 +0200"
    message["Message-ID"] = "<1@paper.example>"
    if subject:
        message["Subject"] = subject
    if words or not html:
        message.set_content(words)
    if html and words:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def read_mail(message: EmailMessage) -> IncomingArticle:
    [article] = MailReader().read(message.as_bytes())
    return article


def texts_of(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


def removed_from(article: IncomingArticle) -> list[tuple[str, str]]:
    return [(line.rule, line.text) for line in article.removed]


def test_a_mail_is_known_by_its_header_whatever_it_is_called() -> None:
    [article] = read(mail().as_bytes(), name="story.txt")

    assert article.headline == "Night trains return"
    assert texts_of(article) == STORY.split("\n\n")
    assert article.credit == "Ines Okafor"
    assert (article.published_at, article.date_basis) == (datetime(2025, 5, 13, 9, 30, tzinfo=UTC), "inferred")
    assert article.errors == ()


@pytest.mark.parametrize(
    "text",
    ["From: the ministry\n\nIt rains.", "From: the ministry\nDate: today\n\nIt rains.", "Note: this\n\nIt rains."],
)
def test_a_release_that_names_its_sender_is_plain_text(text: str) -> None:
    assert reader_of(text.encode()).name == "plain-text"


def test_words_of_html_are_read_when_there_are_no_others() -> None:
    article = read_mail(mail("", html="<p>They <b>met</b> on Friday.</p><ul><li>Bread</li></ul><p>-- <br>Ines</p>"))

    assert texts_of(article)[:2] == ["They met on Friday.", "Bread"]
    assert article.blocks[0].marks[0].kind == "strong"


def test_a_signature_is_removed_and_restored() -> None:
    message = mail(f"{STORY}\n\n-- \nInes Okafor\nThe Northern Gazette\n\nSent from my telephone")

    article = read_mail(message)
    [restored] = MailReader().read(message.as_bytes(), keep=[1])

    assert texts_of(article) == STORY.split("\n\n")
    assert [text for rule, text in removed_from(article) if rule == "mail-signature"] == [
        "--",
        "Ines Okafor",
        "The Northern Gazette",
        "Sent from my telephone",
    ]
    assert texts_of(restored)[-1] == "Ines Okafor"


def test_two_dashes_inside_a_long_story_are_no_signature() -> None:
    article = read_mail(mail("\n\n".join([STORY, "--", *(f"Paragraph {number} of it." for number in range(15))])))

    assert article.removed == ()


def test_a_quoted_reply_is_removed() -> None:
    quoted = "On Mon, 12 May 2025 at 18:02, Bob Ferris <bob@desk.example> wrote:\n> Where is it?\n>\n> Bob"

    article = read_mail(mail(f"{STORY}\n\n{quoted}", subject="Re: AW: Night trains return"))

    assert article.headline == "Night trains return"
    assert texts_of(article) == STORY.split("\n\n")
    assert {rule for rule, _ in removed_from(article)} == {"quoted-reply"}


def test_words_below_a_quotation_keep_it() -> None:
    article = read_mail(mail("On Friday the mayor of the town wrote:\n> We wait.\n\nNobody answered her."))

    assert article.removed == ()


FORWARD = (
    "See below.\n\n---------- Forwarded message ---------\nFrom: Marta Ivers <marta@wire.example>\n"
    "Date: Mon, 12 May 2025 18:00:00 +0000\nSubject: Night trains return\nTo: <ines@paper.example>\n\n"
)


def test_what_was_forwarded_is_the_story_of_whoever_wrote_it() -> None:
    article = read_mail(mail(FORWARD + STORY, subject="Fwd: Night trains return"))

    assert texts_of(article) == ["See below.", *STORY.split("\n\n")]
    assert article.headline == "Night trains return"
    assert article.credit == "Marta Ivers <marta@wire.example>"
    assert article.published_at == datetime(2025, 5, 12, 18, 0, tzinfo=UTC)
    assert [rule for rule, _ in removed_from(article)] == ["forwarded-header"] * 5


def test_a_disclaimer_is_removed() -> None:
    notice = "This email and any attachments are confidential and intended solely for the addressee."

    assert removed_from(read_mail(mail(f"{STORY}\n\n{notice}"))) == [("mail-disclaimer", notice)]


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="photos.zip")

    assert read_mail(message).errors == ("Attachments were not read: photos.zip. Bring them in by themselves.",)


def test_flowed_lines_are_joined() -> None:
    message = mail()
    message.set_content("One long sentence that \nwas wrapped.\n\nAnother.", params={"format": "flowed"})

    assert texts_of(read_mail(message)) == ["One long sentence that was wrapped.", "Another."]


def test_a_character_set_that_was_not_named_is_guessed_and_said() -> None:
    words = "Глава переговорной группы назвал встречу полезной, но до соглашения ещё далеко. " * 3
    header = b"From: a@b.example\nMessage-ID: <1@b.example>\nSubject: Talks\n\n"

    [article] = read(header + words.encode("cp1251"))

    assert texts_of(article) == [words.strip()]
    assert "a guess" in article.errors[0]


def test_a_subject_in_encoded_words_is_the_headline() -> None:
    assert read_mail(mail(subject="Züge fahren wieder – nachts")).headline == "Züge fahren wieder – nachts"


def test_without_a_subject_the_first_line_is_the_headline() -> None:
    article = read_mail(mail(f"Night trains return\n\n{STORY}", subject=""))

    assert article.headline == "Night trains return"
    assert texts_of(article) == STORY.split("\n\n")


def test_a_subject_that_the_mail_says_again_is_said_once() -> None:
    assert read_mail(mail(f"Night trains return\n\n{STORY}")).text.count("Night trains return") == 1


@pytest.mark.parametrize(
    ("message", "part"),
    [
        (mail(" "), "no words"),
        (mail("Night trains return"), "no story"),
        (mail("word " * 90, subject=""), "no subject"),
    ],
)
def test_mails_without_a_story_are_refused_with_a_remedy(message: EmailMessage, part: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(message.as_bytes())

    assert part in refused.value.reason
    assert refused.value.reason.count(".") >= 2, "what is wrong, then what to do"


SAMPLE = mail(FORWARD + STORY, html=f"<p>{STORY}</p>").as_bytes()


@given(st.integers(0, len(SAMPLE)), st.binary(max_size=8), st.integers(0, 40))
def test_damaged_mails_are_read_or_refused(place: int, patch: bytes, cut: int) -> None:
    assert is_read_or_refused(MailReader(), SAMPLE[:place] + patch + SAMPLE[place + cut :])


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_refused(body: bytes) -> None:
    assert is_read_or_refused(MailReader(), body)
    assert is_read_or_refused(MailReader(), b"From: a@b.example\nMessage-ID: <1@b>\n" + body)


def test_parts_nested_without_end_are_refused_or_read() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{number}"\n\n--{number}\n' for number in range(2_000))

    assert is_read_or_refused(MailReader(), f"From: a@b.example\nMessage-ID: <1@b>\n{nested}".encode())
