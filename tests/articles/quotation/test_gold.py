"""The marked articles say what they mean, and the reader refuses marks that contradict themselves."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from articles.anchoring.text import Block, BlockKind, canonical_text, normalise
from tests.articles.quotation.gold import GOLD, HALVES, GoldArticle, MarkupWrong, listing, parse, read, read_half

ROOT = Path(__file__).parents[3]
TRAINING, HELD_OUT = map(read_half, HALVES)
SECOND_HELD_OUT = read_half("held_out_2")
EVERY_ARTICLE = [pytest.param(article, id=article.name) for article in (*TRAINING, *HELD_OUT, *SECOND_HELD_OUT)]
WITH_STYLE = [(style, article) for article in (*TRAINING, *HELD_OUT) for style in sorted(article.styles)]

HEADING = "styles: wire, curly\nann = Ann Lee\nbob = Bob Ray\n====\n"
STORY = HEADING + (
    "Bob Ray opens bridge\n\n"
    "{s1,2|Ann Lee} {c1|said} {1 indirect ann|it would open}, {c2|adding}: {2 direct ann|“Soon.”}\n\n"
    "{3 direct bob|“My wife says {4 indirect? ?|it leaks},”} {c3|said} {s3|Ray} of the {bait|“Old Bridge”}.\n"
)


def with_style(style: str) -> list[GoldArticle]:
    return [article for named, article in WITH_STYLE if named == style]


def counts(half: tuple[GoldArticle, ...]) -> tuple[int, ...]:
    """Articles; quotations that must be found, in all and by kind; optional ones."""
    kinds = Counter(quote.kind for article in half for quote in article.required)
    optional = sum(quote.optional for article in half for quote in article.quotes)
    return len(half), kinds.total(), kinds["direct"], kinds["indirect"], kinds["mixed"], optional


def table_row(first: str) -> tuple[int, ...]:
    """The numbers of the one row of the README's tables that begins so."""
    rows = re.findall(rf"^\| `?{re.escape(first)}`? \|(.+)\|$", (GOLD / "README.md").read_text(), re.MULTILINE)
    assert len(rows) == 1
    return tuple(int(cell) for cell in rows[0].split("|"))


def test_marks_leave_the_text_as_it_was_printed() -> None:
    article = parse(STORY, name="bridge")

    assert article.text == (
        "Bob Ray opens bridge\n\nAnn Lee said it would open, adding: “Soon.”\n\n"
        "“My wife says it leaks,” said Ray of the “Old Bridge”."
    )
    assert article.styles == {"wire", "curly"}


def test_offsets_count_code_points_of_the_text() -> None:
    article = parse(STORY.replace("opens bridge", "opens 𝔅ridge"), name="bridge")

    for quote in article.quotes:
        assert article.text[quote.start : quote.end] == quote.exact
    assert [(quote.start, quote.exact) for quote in article.quotes] == [
        (35, "it would open"),
        (58, "“Soon.”"),
        (67, "“My wife says it leaks,”"),
        (81, "it leaks"),
    ]


def test_a_mark_may_serve_two_quotations() -> None:
    first, second, *_ = parse(STORY, name="bridge").quotes

    assert first.speaker_span == second.speaker_span == (22, 29)
    assert (first.cue, second.cue) == ("said", "adding")


def test_the_speaker_is_resolved_to_a_name_or_to_nobody() -> None:
    _, second, third, fourth = parse(STORY, name="bridge").quotes

    assert (second.speaker, second.resolved) == ("Ann Lee", "Ann Lee")
    assert (third.speaker, third.resolved) == ("Ray", "Bob Ray")
    assert (fourth.speaker, fourth.resolved) == (None, None)


def test_an_optional_quotation_may_lie_within_another() -> None:
    article = parse(STORY, name="bridge")

    assert [quote.number for quote in article.quotes if quote.optional] == [4]
    assert [quote.number for quote in article.required] == [1, 2, 3]


def test_bait_keeps_its_place() -> None:
    article = parse(STORY, name="bridge")

    assert [article.text[slice(*span)] for span in article.bait] == ["“Old Bridge”"]


def test_the_listing_shows_every_quotation_with_its_speaker_and_cue() -> None:
    lines = listing(parse(STORY, name="bridge")).split("\n")

    assert lines == [
        "== bridge (curly, wire)",
        "  1 indirect | Ann Lee | Ann Lee | said",
        "      it would open",
        "  2 direct | Ann Lee | Ann Lee | adding",
        "      “Soon.”",
        "  3 direct | Bob Ray | Ray | said",
        "      “My wife says it leaks,”",
        "  4 indirect? | None | None | None",
        "      it leaks",
        "bait  “Old Bridge”",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("A } brace", "stray }"),
        ("A { brace", "stray {"),
        ("A | bar", "stray |"),
        ("{1 direct ann|“Soon.”", "never closed"),
        ("{1 shouted ann|“Soon.”}", "means nothing"),
        ("{1 direct eve|“Soon.”}", "nobody is called eve"),
        ("{1 direct ann|}", "is empty"),
        ("{1 direct ann|“Soon.” }", "white space"),
        ("{1 direct ann|“Soon.\n\nOr late.”}", "end of a paragraph"),
        ("{2 direct ann|“Soon.”}", "not numbered"),
        ("{2 direct ann|“Soon.”} {1 direct ann|“Late.”}", "not numbered"),
        ("{1 direct ann|“Soon.”} {1 direct ann|“Late.”}", "not numbered"),
        ("{1 direct ann|“Soon,”} {c2|said} Ann Lee", "of no quotation"),
        ("{1 direct ann|“Soon,”} said {s1|she}, {s1|Ann Lee}", "a second {s1|"),
        ("{c1|She} {c1|said} {1 indirect ann|it leaks}", "a second {c1|"),
        ("{1 indirect ann|it {c1|said} nothing}", "holds its own"),
        ("She said {1 mixed ann|it leaks}", "holds no quotation mark"),
        ("She said {1 mixed ann|“it leaks”}", "wholly in quotation marks"),
        ("She said {1 indirect ann|that it leaks}", "begins with its “that”"),
        ("She said {1 indirect ann|it leaks.}", "punctuation of its sentence"),
        ("She said {1 indirect ann|Bob says {2 indirect bob|it leaks}}", "neither is optional"),
    ],
)
def test_marks_that_contradict_themselves_are_refused(body: str, reason: str) -> None:
    names = "Ann Lee, Bob Ray, {bait|all}"

    with pytest.raises(MarkupWrong, match=re.escape(reason)) as refusal:
        parse(f"{HEADING}{names}\n\n{body}\n", name="bridge")

    assert str(refusal.value).startswith("bridge: ")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Bridge to open\n\nSoon.\n", "four equals signs"),
        ("ann = Ann Lee\n====\nBridge\n\n{1 direct ann|“Soon.”} Ann Lee\n", "must name the styles"),
        ("styles: wire\nAnn Lee\n====\nBridge\n", "is not the key of one person"),
        ("styles: wire\nann = Ann Lee\nann = Ann Ray\n====\nBridge\n", "is not the key of one person"),
        (STORY.replace("bob|", "ann|"), "says nothing: ['Bob Ray']"),
        (STORY.replace("Bob Ray opens", "Ray opens"), "not named so in the text: ['Bob Ray']"),
    ],
)
def test_a_heading_that_does_not_fit_its_text_is_refused(source: str, reason: str) -> None:
    with pytest.raises(MarkupWrong, match=re.escape(reason)):
        parse(source, name="bridge")


@pytest.mark.parametrize("article", EVERY_ARTICLE)
def test_every_text_is_canonical(article: GoldArticle) -> None:
    headline, *paragraphs = article.text.split("\n\n")

    blocks = [Block(BlockKind.PARAGRAPH, normalise(paragraph)) for paragraph in paragraphs]
    assert canonical_text(normalise(headline), blocks) == article.text
    assert not [line for line in article.text.split("\n") if line != line.strip() or "  " in line]


@pytest.mark.parametrize("article", EVERY_ARTICLE)
def test_every_article_is_short(article: GoldArticle) -> None:
    assert 150 <= len(article.text.split()) <= 350


@pytest.mark.parametrize("article", EVERY_ARTICLE)
def test_direct_speech_stands_in_quotation_marks_or_behind_a_label(article: GoldArticle) -> None:
    bare = [quote for quote in article.required if quote.kind == "direct" and quote.exact[0] not in "\"'“‘«"]

    assert not bare or "labels" in article.styles


@pytest.mark.parametrize("article", EVERY_ARTICLE)
def test_bait_is_no_quotation(article: GoldArticle) -> None:
    assert article.bait
    assert not {(quote.start, quote.end) for quote in article.quotes} & {tuple(span) for span in article.bait}


@pytest.mark.parametrize(
    ("folder", "articles"), [(HALVES[0], TRAINING), (HALVES[1], HELD_OUT), ("held_out_2", SECOND_HELD_OUT)]
)
def test_the_readme_counts_each_folder(folder: str, articles: tuple[GoldArticle, ...]) -> None:
    assert table_row(folder) == counts(articles)


def test_there_are_enough_articles_and_quotations() -> None:
    articles, quotations, *kinds, _ = counts((*TRAINING, *HELD_OUT))

    assert 25 <= articles <= 40
    assert quotations >= 300
    assert min(kinds) >= 60


def test_the_halves_are_balanced() -> None:
    for trained, held_out in zip(counts(TRAINING)[:-1], counts(HELD_OUT)[:-1], strict=True):
        assert abs(trained - held_out) <= 0.1 * trained


@pytest.mark.parametrize("pair", list(combinations((TRAINING, HELD_OUT, SECOND_HELD_OUT), 2)))
def test_no_two_folders_share_a_name(pair: tuple[tuple[GoldArticle, ...], ...]) -> None:
    one, other = ({quote.resolved for article in folder for quote in article.quotes} for folder in pair)

    assert one & other == {None}


@pytest.mark.parametrize("style", sorted({style for style, _ in WITH_STYLE}))
def test_every_style_is_in_both_halves_and_counted(style: str) -> None:
    trained, held_out = (sum(style in article.styles for article in half) for half in (TRAINING, HELD_OUT))

    assert min(trained, held_out) >= 1
    assert table_row(style) == (trained, held_out)


def test_an_article_without_quotations_has_none() -> None:
    assert [article.quotes for article in with_style("no-quotes")] == [(), ()]


def test_an_unbalanced_article_has_an_odd_number_of_quotation_marks() -> None:
    assert [article.text.count('"') % 2 for article in with_style("unbalanced")] == [1, 1]


def test_capitals_are_in_the_headline() -> None:
    for article in with_style("capitals"):
        assert article.text.split("\n")[0].isupper()


def test_a_continued_quotation_opens_anew_in_each_paragraph_and_closes_in_the_last() -> None:
    for article in with_style("continued"):
        unclosed = [
            paragraph for paragraph in article.text.split("\n\n") if paragraph.count("“") > paragraph.count("”")
        ]
        assert len(unclosed) == 2
        assert "\n\n".join(unclosed) in article.text


def test_people_of_one_surname_speak_in_one_article() -> None:
    for article in with_style("same-surname"):
        people = {quote.resolved for quote in article.required if quote.resolved}
        surnames = Counter(name.split()[-1] for name in people)
        assert max(surnames.values()) >= 2


@pytest.mark.parametrize(
    ("style", "marks_of_others"), [("straight", "“”‘’«»"), ("curly", "\"'«»"), ("guillemets", "\"'“”")]
)
def test_a_house_keeps_to_its_marks(style: str, marks_of_others: str) -> None:
    for article in with_style(style):
        assert not set(marks_of_others) & set(article.text)


@pytest.mark.parametrize(("style", "opening"), [("single", "'‘"), ("guillemets", "«")])
def test_direct_speech_opens_with_the_mark_of_its_house(style: str, opening: str) -> None:
    for article in with_style(style):
        assert {quote.exact[0] for quote in article.required if quote.kind == "direct"} <= set(opening)


def sample() -> tuple[GoldArticle, list[dict[str, Any]]]:
    """The demonstration's article as marked here, and the quotes of the demonstration's desk."""
    desk = json.loads((ROOT / "annotations" / "data" / "demo" / "desk.json").read_text(encoding="utf-8"))
    return read(GOLD / "sample" / "istanbul-talks.txt"), desk["quotes"]


def test_the_sample_article_is_the_demonstrations() -> None:
    article, _ = sample()

    printed = (ROOT / "tests" / "data" / "istanbul-talks.txt").read_text(encoding="utf-8")
    assert printed.startswith(f"{article.text}\n\nShare this article")


def test_the_sample_articles_quotes_are_the_demonstrations() -> None:
    article, quotes = sample()

    assert [
        (quote.start, quote.end, quote.kind, quote.resolved, quote.speaker or "", quote.cue or "")
        for quote in article.quotes
    ] == [(q["start"], q["end"], q["kind"], q["speaker"], q["mention"], q["cue"]) for q in quotes]
    assert len(article.required) == 11
