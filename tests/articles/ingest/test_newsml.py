"""IPTC NewsML-G2: items, packages, bodies in XHTML and NITF, and files that are broken or hostile."""

import pytest

from articles.anchoring.text import BlockKind
from articles.ingest.newsml import NewsMLReader
from articles.ingest.record import IncomingArticle, ReadingRefused

META = '<itemClass qcode="ninat:text"/><provider literal="wire"/>'
BODY = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>The talks began on Monday.</p></body></html>"


def news_item(*, guid: str = "tag:wire.example,2026:1", meta: str = META, more: str = "", content: str = "") -> str:
    headline = "<headline>Talks begin</headline>"
    inline = content or f"<inlineXML contenttype='application/xhtml+xml'>{BODY}</inlineXML>"
    return (
        f"<newsItem guid='{guid}' version='1' xml:lang='en'><itemMeta>{meta}</itemMeta>"
        f"<contentMeta>{headline}{more}</contentMeta><contentSet>{inline}</contentSet></newsItem>"
    )


def message(*items: str, prologue: str = "") -> bytes:
    joined = "".join(items)
    return (
        f"<?xml version='1.0'?>{prologue}<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>"
        f"<itemSet>{joined}</itemSet></newsMessage>"
    ).encode()


def read_message(*items: str) -> list[IncomingArticle]:
    return NewsMLReader().read(message(*items))


def read_item(**parts: str) -> IncomingArticle:
    [article] = read_message(news_item(**parts))
    return article


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ('<provider qcode="nprov:AFP"/>', "AFP"),
        ('<provider qcode="nprov:AFP"><name>Agence France-Presse</name></provider>', "AFP"),
        ('<provider uri="http://cv.iptc.org/newscodes/newsprovider/AFP"/>', "AFP"),
        ('<provider uri="https://www.wire.example/about/"><name>The Wire</name></provider>', "wire.example"),
        ('<provider literal="WIRE"/>', "WIRE"),
        ("<provider><name>The Wire</name></provider>", "The Wire"),
        ("", "wire.example"),
    ],
)
def test_a_provider_is_known_by_its_code_before_its_name(provider: str, expected: str) -> None:
    assert read_item(meta=f'<itemClass qcode="ninat:text"/>{provider}').provider == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<inlineData contenttype='text/plain'>First.\n\nSecond.</inlineData>", ["First.", "Second."]),
        ("<inlineData contenttype='text/html'>&lt;p&gt;A&lt;b&gt;B&lt;/b&gt;&lt;/p&gt;</inlineData>", ["AB"]),
        ("<inlineData contenttype='text/html'><![CDATA[<p>A&nbsp;B</p>]]></inlineData>", ["A\xa0B"]),
        (f"<remoteContent href='a.pdf'/><inlineXML>{BODY}</inlineXML>", ["The talks began on Monday."]),
    ],
)
def test_a_body_is_read_from_whatever_holds_it(content: str, expected: list[str]) -> None:
    article = read_item(content=content)

    assert [block.text for block in article.blocks] == expected
    assert article.errors == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<remoteContent href='https://wire.example/1.html'/>", "The text is at https://wire.example/1.html"),
        ("<inlineData contenttype='text/plain' encoding='enc:base64'>QQ==</inlineData>", "The body is encoded"),
        ("<inlineData contenttype='application/rtf'>{}</inlineData>", "The body is application/rtf"),
        ("<inlineXML/>", "The item has no text."),
    ],
)
def test_a_body_that_cannot_be_read_is_named(content: str, reason: str) -> None:
    article = read_item(content=content)

    assert article.headline == "Talks begin"
    assert article.blocks == ()
    assert article.errors[0].startswith(reason)


def test_the_words_of_a_body_keep_their_inline_formats() -> None:
    body = BODY.replace("talks", "<a href='https://x.example/'><em>talks</em></a>")

    article = read_item(content=f"<inlineXML>{body}</inlineXML>")

    assert {(mark.kind, mark.start, mark.end) for mark in article.blocks[0].marks} == {
        ("link", 4, 9),
        ("emphasis", 4, 9),
    }


def test_who_took_a_picture_is_removed_and_its_caption_stays() -> None:
    nitf = (
        "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'><body><body.content><p>Talks.</p><media><media-caption>"
        "The hall.</media-caption><media-producer>Photo Per Lind</media-producer></media></body.content></body></nitf>"
    )

    article = read_item(content=f"<inlineXML>{nitf}</inlineXML>")

    assert [(block.kind, block.text) for block in article.blocks][1] == (BlockKind.CAPTION, "The hall.")
    assert [(line.text, line.rule, line.position) for line in article.removed] == [
        ("Photo Per Lind", "photo-credit", 2)
    ]


def test_a_package_names_the_items_that_did_not_come() -> None:
    package = (
        "<packageItem guid='tag:wire.example,2026:p' version='1'><itemMeta/><groupSet><group>"
        "<itemRef residref='tag:wire.example,2026:1'/><itemRef residref='tag:wire.example,2026:2'/>"
        "</group></groupSet></packageItem>"
    )

    articles = read_message(package, news_item())

    assert [article.guid[-1] for article in articles] == ["p", "1"]
    assert "1 items that are not in this file: tag:wire.example,2026:2" in articles[0].errors[-1]


def test_a_canceled_package_is_a_notice_of_its_own() -> None:
    package = (
        "<packageItem guid='tag:wire.example,2026:p' version='2'>"
        "<itemMeta><pubStatus qcode='stat:canceled'/></itemMeta>"
        "<groupSet><group><itemRef residref='tag:wire.example,2026:1'/></group></groupSet></packageItem>"
    )

    articles = read_message(package, news_item())

    assert [(article.guid[-1], article.pub_status) for article in articles] == [("p", "canceled"), ("1", "")]


@pytest.mark.parametrize(
    ("status", "shown"), [("stat:usable", True), ("stat:withheld", False), ("stat:canceled", False)]
)
def test_a_linked_picture_gives_its_caption_only_while_it_may_be_shown(status: str, shown: bool) -> None:
    picture = news_item(
        guid="tag:wire.example,2026:2",
        meta=f"<itemClass qcode='ninat:picture'/><pubStatus qcode='{status}'/>",
        more="<description role='drol:caption'>The hall.</description>",
    )
    story = news_item(meta=META + "<link rel='irel:seeAlso' residref='tag:wire.example,2026:2'/>")

    articles = read_message(story, picture)

    assert ("The hall." in articles[0].text) == shown
    assert len(articles) == (1 if shown else 2)


def test_what_came_whole_before_a_break_comes_in() -> None:
    body = message(news_item(), news_item(guid="tag:wire.example,2026:2"))

    articles = NewsMLReader().read(body[: body.rindex(b"</body>")])

    assert [article.guid for article in articles] == ["tag:wire.example,2026:1", ""]
    assert articles[1].errors[0].startswith("The file cannot be read from line 1 on")


def test_an_item_without_guid_does_not_keep_the_others_out() -> None:
    articles = read_message(news_item(guid=""), news_item())

    assert [(article.headline, len(article.errors)) for article in articles] == [("", 1), ("Talks begin", 0)]


@pytest.mark.parametrize(
    ("prologue", "what"),
    [
        ("<!DOCTYPE newsMessage [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>", "declares entities"),
        ("<!DOCTYPE newsMessage [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "declares entities"),
        ("<!DOCTYPE newsMessage [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'>%p;]>", "declares entities"),
        ("<!DOCTYPE newsMessage SYSTEM 'http://127.0.0.1:9/x.dtd'>", "declares a document type"),
    ],
)
def test_entities_and_document_types_are_refused_by_name(prologue: str, what: str) -> None:
    with pytest.raises(ReadingRefused, match=what):
        NewsMLReader().read(message(news_item(), prologue=prologue))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_character_set_counts(charset: str) -> None:
    text = message(news_item()).decode().replace("Talks", "Gespräche").replace("1.0'?", f"1.0' encoding='{charset}'?")

    [article] = NewsMLReader().read(text.encode(charset))

    assert article.headline == "Gespräche begin"


@pytest.mark.parametrize("body", [b"", b"<newsItem/>", message(), message("<conceptItem guid='x'/>")])
def test_a_file_without_news_is_refused(body: bytes) -> None:
    with pytest.raises(ReadingRefused, match="no readable NewsML-G2"):
        NewsMLReader().read(body)
