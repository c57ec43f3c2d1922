"""What a page says to its visitors between the paragraphs goes; sentences of a story that look alike stay."""

import pytest

from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle

PARAGRAPHS = (
    "The harbour board voted on Monday to close the old quay, after a debate that lasted until midnight.",
    "“We have waited for eleven years,” said Ines Varga, who runs the last chandlery. “Now we wait for two more.”",
    "Work is to begin in March and will take two summers, according to the plan that the board published.",
    "The quay was built in 1893 and carried coal, then cars, then nothing at all for most of a generation.",
)
STORY = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]


def read(inside: str) -> IncomingArticle:
    story = "".join([*STORY[:3], inside, STORY[3]])
    markup = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board closes the old quay</title>
        <meta property="og:site_name" content="The Saltmere Ledger"><meta name="author" content="Ann Lee"></head><body>
        <main><h1>Board closes the old quay</h1><div>{story}</div></main></body></html>"""
    [article] = HtmlPageReader().read(markup.encode())
    return article


def texts(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize(
    "notice",
    [
        "جميع الحقوق محفوظة لصحيفة الميناء 2005 - 2017",
        "تمامی حقوق برای روزنامه بندر محفوظ است.",
        "Все права защищены. Портовая газета",
        "Tüm hakları saklıdır",
        "Republish this article for free under a Creative Commons license.",
        "عدد القراءات: 1940",
        "1,940 views",
        "Просмотров: 512",
        "اقرأ أيضاً: مشروع السد على النهر يعود إلى الدرج",
        "اقرأ أيضًا: مشروع السد على النهر يعود إلى الدرج",
        "Was this forwarded to you? Sign up here.",
        "Login or Subscribe to participate in polls.",
        "You currently have 0 referrals, only 3 away from receiving a mug.",
        "Share The Saltmere Ledger",
        "ताजा खबरों के लिए हमारे व्हाट्सएप चैनल से जुड़ें",
        "Подписывайтесь на наш канал в Телеграме",
        "Follow the Ledger’s coverage of the harbour at https://ledger.example/harbour",
        "We have a small favour to ask. More people read the Ledger than ever, and fewer pay for it.",
        "Підтримайте нас від 50 гривень на місяць",
        "When we learn of a mistake, we correct it. If you spot an error, please let us know at fix@ledger.example.",
        "Über dieses Thema berichtete Hafenradio am 03. Juni 2024 um 16:00 Uhr im Hörfunk.",
        "This story first aired on Morning Harbour on March 3, 2024.",
        "(Ledger photo by Bo Roth)",
        "Legenda da foto,",
        "PacWire desk: +61 0 0000 0000",
        "PacWire desk: +61 0 0000 0000<br>Not for publication before release time. Clients may rewrite.",
        "Not for publication before release time. Clients may rewrite.",
        "Contact Ann Lee at 260-555-0144 or alee@ledger.example. Follow her on Twitter @alee.",
        "Ann Lee has edited the Ledger since 1998. She can be reached at 618-555-0109.",
    ],
)
def test_a_notice_to_the_visitor_is_no_paragraph(notice: str) -> None:
    article = read(f"<p>{notice}</p>")

    assert texts(article) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Residents can contact the harbour shelter at 260-555-0144 from Friday on, the board decided in the end.",
        "He left the Telegram channel that the others on the quay had asked him to join.",
        "This report on the quay was the last one that anybody read before the board met again.",
        "The board has to support the plan with $40 million before the end of the year.",
        "In the first week the film of the storm had 40,000 views and not one of them was from Saltmere.",
        "All rights to the quay were sold to a company in 1953, and nobody has the papers.",
        "The men were together with their wives on the quay when the second wave came in.",
    ],
)
def test_a_sentence_of_the_story_that_looks_alike_stays(sentence: str) -> None:
    article = read(f"<p>{sentence}</p>")

    assert sentence in texts(article)


def test_what_stands_between_the_label_of_a_sponsor_and_its_call_goes() -> None:
    slot = (
        "<p>TOGETHER WITH OHMWORKS</p><p>Your breaker panel called. It wants an upgrade.</p>"
        "<p>Ohmworks panels talk to your car and your roof. Readers get 15% off.</p>"
        "<p><a href='/o'>Shop panels →</a></p>"
    )

    article = read(slot)

    assert texts(article) == list(PARAGRAPHS)


def test_a_subhead_like_the_label_of_a_sponsor_without_a_call_stays() -> None:
    article = read("<h2>Together with the neighbours</h2>")

    assert "Together with the neighbours" in texts(article)


def test_the_question_of_a_poll_goes_with_its_answers() -> None:
    article = read("<p>Sondagem: concorda com a nova rotunda?</p><p>Sim</p><p>Não</p>")

    assert texts(article) == list(PARAGRAPHS)


def test_a_question_without_answers_stays() -> None:
    article = read("<h2>Poll: who wants a new quay?</h2>")

    assert "Poll: who wants a new quay?" in texts(article)


@pytest.mark.parametrize("label", ["Key points", "मुख्य बातें", "Claves", "Das Wichtigste in Kürze"])
def test_the_label_above_a_list_of_points_goes_and_the_points_stay(label: str) -> None:
    points = ["The quay closes in the spring of next year.", "Work takes two summers and costs more than it did."]

    article = read(f"<h2>{label}</h2><ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>")

    assert texts(article) == [*PARAGRAPHS[:3], *points, PARAGRAPHS[3]]


@pytest.mark.parametrize(
    ("caption", "shown"),
    [
        ("हरीश अपनी चरखी और डाक के थैले के साथ। फोटो: विजय पांगती", "हरीश अपनी चरखी और डाक के थैले के साथ।"),
        ("신입생들이 숨 고르는 법을 배우고 있다. 사진=강동혁 기자", "신입생들이 숨 고르는 법을 배우고 있다."),
    ],
)
def test_a_credit_behind_a_caption_is_told_in_hindi_and_korean(caption: str, shown: str) -> None:
    article = read(f'<figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure>')

    assert shown in texts(article)


def test_the_line_that_heads_a_correction_below_the_story_goes_and_the_correction_stays() -> None:
    note = (
        '</div><div class="note"><p>A correction was made on April 7, 2023:</p>'
        "<p>An earlier version of this article misstated when the quay was built. It was 1893, not 1898.</p>"
    )

    article = read("")
    head = "<title>Board closes the old quay</title><h1>Board closes the old quay</h1>"
    [noted] = HtmlPageReader().read(f"{head}<div>{''.join(STORY)}{note}</div>".encode())

    assert texts(noted) == [
        *texts(article),
        "An earlier version of this article misstated when the quay was built. It was 1893, not 1898.",
    ]
