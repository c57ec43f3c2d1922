"""Plain text in: the sample to the letter, nothing lost, everything restorable, bad input refused with a remedy."""

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.text import BlockKind
from articles.ingest.choices import LONGEST_HEADLINE
from articles.ingest.decoding import MAX_BYTES, MAX_LINES
from articles.ingest.furniture import find_furniture
from articles.ingest.plaintext import PlainTextReader
from articles.ingest.readers import READERS, read
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine

TEXTS = Path(__file__).parents[2] / "data"
SAMPLE = TEXTS / "istanbul-talks.txt"
PAGES = sorted((TEXTS / "pages").glob("*/*.txt"))


def read_text(text: str, *keep: int) -> IncomingArticle:
    [article] = PlainTextReader().read(text.encode("utf-8", "surrogatepass"), keep=keep)
    return article


def read_body(*lines: str) -> list[tuple[BlockKind, str]]:
    article = read_text("\n".join(["A headline of the day", "", *lines]))
    return [(block.kind, block.text) for block in article.blocks]


def words_of(lines: list[str]) -> Counter[str]:
    return Counter(" ".join(lines).split())


def test_the_sample_comes_in_exactly() -> None:
    text = SAMPLE.read_text(encoding="utf-8")

    article = read_text(text)

    assert article.text == text[:2502]
    assert len(article.blocks) == 8


def test_every_line_after_the_sample_is_removed_with_its_rule() -> None:
    article = read_text(SAMPLE.read_text(encoding="utf-8"))

    assert article.removed == (
        RemovedLine("Share this article", "share-bar", 8),
        RemovedLine("Shareable URL", "share-bar", 8),
        RemovedLine("Prev Post", "prev-next", 8),
        RemovedLine(
            "Germany sees surge in school truancy, with parents facing steep penalties", "related-headlines", 8
        ),
        RemovedLine("Next Post", "prev-next", 8),
        RemovedLine("Dozens killed in Gaza as Israeli airstrikes target Hamas infrastructure", "related-headlines", 8),
        RemovedLine("Leave a Reply", "comment-form", 8),
        RemovedLine("Your email address will not be published. Required fields are marked *", "comment-form", 8),
        RemovedLine("Read next", "read-next", 8),
    )


def test_a_removed_line_is_restored_by_its_ordinal() -> None:
    text = SAMPLE.read_text(encoding="utf-8")

    article = read_text(text, 3, 5)

    assert [line.text for line in article.removed if line.rule == "related-headlines"] == []
    assert article.text == "\n\n".join(
        [
            text[:2502],
            "Germany sees surge in school truancy, with parents facing steep penalties",
            "Dozens killed in Gaza as Israeli airstrikes target Hamas infrastructure",
        ]
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_removed_and_kept_lines_together_are_the_page(path: Path) -> None:
    page = path.read_text(encoding="utf-8").replace("✂ ", "").replace("> ", "").replace("• ", "")

    article = read_text(page)

    kept = article.text.replace("well-known", "well- known")
    assert words_of([kept, *(line.text for line in article.removed)]) == words_of([page])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_restoring_everything_gives_back_every_line(path: Path) -> None:
    page = path.read_text(encoding="utf-8").replace("✂ ", "").replace("> ", "").replace("• ", "")
    count = len(read_text(page).removed)

    article = read_text(page, *range(count))

    assert article.removed == ()
    assert article.text.replace("well-known", "well- known").split() == page.split()


WORDS = ["Kyiv", "talks", "the", "of", "30", "יום", "سلام", "平和", "naïve,", "(said)", "end.", "“yes,”"]
BUTTONS = ["Share this article", "Advertisement", "Read next", "Leave a Reply", "copy link"]

story_line = st.one_of(st.just(""), st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
story_lines = st.lists(story_line, min_size=2, max_size=25)
page_lines = st.lists(st.one_of(story_line, st.sampled_from(BUTTONS)), min_size=2, max_size=25)


@given(page_lines, st.data())
def test_every_word_that_comes_in_is_kept_or_removed(lines: list[str], data: st.DataObject) -> None:
    lines = ["Talks begin", "", *lines, "", "They ended."]
    removable = len(find_furniture(lines))
    keep = data.draw(st.sets(st.integers(0, removable - 1))) if removable else set()

    article = read_text("\n".join(lines), *keep)

    assert len(article.removed) == removable - len(keep)
    came = Counter("".join(lines).replace(" ", ""))
    stayed = Counter(
        "".join([article.text, *(line.text for line in article.removed)]).replace(" ", "").replace("\n", "")
    )
    assert stayed == came


@given(story_lines)
def test_text_without_furniture_loses_nothing(lines: list[str]) -> None:
    lines = ["Talks begin", "", *lines, "", "They ended."]

    article = read_text("\n".join(lines))

    assert article.removed == ()
    assert "".join(article.text.split()) == "".join("".join(lines).split())


@given(story_lines)
def test_reading_what_was_kept_keeps_it(lines: list[str]) -> None:
    kept = read_text("\n".join(["Talks begin", "", *lines, "", "They ended."]))

    assert read_text(kept.text).text == kept.text


def refusal_of(body: bytes, keep: list[int]) -> ReadingRefused | None:
    """What is refused, or nothing; any other error escapes and fails the test."""
    try:
        [article] = read(body, keep=keep)
    except ReadingRefused as refused:
        return refused
    return None if article.text else ReadingRefused(field="", reason="An article came in without a text")


@given(st.binary(max_size=200), st.lists(st.integers(-2, 5), max_size=3))
def test_arbitrary_bytes_are_read_or_refused(body: bytes, keep: list[int]) -> None:
    refused = refusal_of(body, keep)

    assert refused is None or (refused.field in {"text", "headline", "keep"} and refused.reason.endswith("."))


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_arbitrary_text_in_any_encoding_is_read_or_refused(text: str, encoding: str) -> None:
    refused = refusal_of(f"Headline\n\n{text}".encode(encoding, "surrogatepass"), [])

    assert refused is None or (refused.field == "text" and refused.reason.endswith("."))


def test_a_removed_line_knows_how_many_blocks_stand_before_it() -> None:
    article = read_text("Skip to content\nA headline\n\nOne.\n\nAdvertisement\n\nTwo.\n\n5 min read")

    assert [(line.text, line.position) for line in article.removed] == [
        ("Skip to content", 0),
        ("Advertisement", 1),
        ("5 min read", 2),
    ]


def test_lines_wrapped_at_a_width_are_joined() -> None:
    body = read_body(
        "After eleven years without a sleeping car, the northern line will run",
        "night trains again from September, the railway said on Friday. Mr",
        "Kowal called it a beginning; the finance ministry, in a letter that",
        "was read out by its secretary, called it a test.",
        "The timetable leaves the capital at nine.",
    )

    assert [text.split(maxsplit=1)[0] + text[-17:] for _, text in body] == [
        "Aftercalled it a test.",
        "The capital at nine.",
    ]


def test_lines_that_each_end_a_sentence_are_paragraphs() -> None:
    lines = ["The price of a loaf doubled.", "Millers blame the bakers.", "“I sell,” said Abel Nunes."]

    assert read_body(*lines) == [(BlockKind.PARAGRAPH, line) for line in lines]


def test_a_few_lines_without_a_stop_do_not_make_a_text_wrapped() -> None:
    sentence = "The price of bread doubled between March and May."
    label = "Prices of bread and flour in the north in every"
    lines = [sentence, label, sentence, label, sentence, label, sentence, sentence, sentence]

    assert [text for _, text in read_body(*lines)] == lines


def test_a_byline_is_not_joined_to_the_first_sentence() -> None:
    assert [text for _, text in read_body("By Ines Okafor", "Bread prices doubled.")] == [
        "By Ines Okafor",
        "Bread prices doubled.",
    ]


def test_words_wrapped_round_an_advertisement_are_joined_again() -> None:
    assert [text for _, text in read_body("The minister, who had", "Advertisement", "spoken first, left.")] == [
        "The minister, who had spoken first, left."
    ]


def test_a_word_parted_at_its_hyphen_is_whole_again_and_a_pair_keeps_its_space() -> None:
    assert [text for _, text in read_body("It is a well-", "known house of the pre-", "and post-war years.")] == [
        "It is a well-known house of the pre- and post-war years."
    ]


def test_a_headline_wrapped_over_two_lines_is_one() -> None:
    assert read_text("Night trains return to the\nnorthern line\n\nThey run.").headline == (
        "Night trains return to the northern line"
    )


def test_bulleted_lines_are_list_items_without_their_bullets() -> None:
    assert read_body("• Bread", "• Milk") == [(BlockKind.LIST_ITEM, "Bread"), (BlockKind.LIST_ITEM, "Milk")]


def test_rising_numbers_are_list_items_that_keep_them() -> None:
    assert read_body("1. Bread", "2. Milk") == [(BlockKind.LIST_ITEM, "1. Bread"), (BlockKind.LIST_ITEM, "2. Milk")]


def test_a_single_line_with_a_hyphen_or_a_number_is_a_paragraph() -> None:
    assert [kind for kind, _ in read_body("- Bread", "", "1. Milk is dear.")] == [BlockKind.PARAGRAPH] * 2


def test_talk_typed_with_hyphens_is_no_list() -> None:
    assert [kind for kind, _ in read_body("- Are you coming?", "- No.")] == [BlockKind.PARAGRAPH] * 2


def test_lines_quoted_as_in_mail_are_a_quotation() -> None:
    assert read_body("> We will wait for", "> every ballot.") == [
        (BlockKind.QUOTATION, "We will wait for every ballot.")
    ]


def test_questions_and_answers_are_dialogue() -> None:
    assert [kind for kind, _ in read_body("Q: Is it true?", "", "A: It is.")] == [BlockKind.DIALOGUE] * 2


def test_voices_that_each_speak_twice_are_dialogue() -> None:
    lines = ["Host: Is it true?", "Marta Ivers: It is.", "Host: Since when?", "Marta Ivers: Since May."]

    assert [kind for kind, _ in read_body(*lines)] == [BlockKind.DIALOGUE] * 4


def test_a_word_before_a_colon_is_no_voice() -> None:
    assert [kind for kind, _ in read_body("Update: It rains.", "", "Sources: the mayor.")] == [BlockKind.PARAGRAPH] * 2


def test_neighbouring_lines_with_a_dash_are_dialogue() -> None:
    assert [kind for kind, _ in read_body("— Are you coming?", "— No.")] == [BlockKind.DIALOGUE] * 2


def test_a_signature_with_a_dash_is_a_paragraph() -> None:
    assert [kind for kind, _ in read_body("“We know.”", "", "— Marta Ivers")] == [BlockKind.PARAGRAPH] * 2


def test_a_shouted_line_between_paragraphs_is_a_heading() -> None:
    assert [kind for kind, _ in read_body("It rains.", "", "WHAT HAPPENS NOW", "", "It dries.")] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_a_line_with_hashes_is_a_heading_without_them() -> None:
    assert read_body("It rains.", "", "## And now", "", "It dries.")[1] == (BlockKind.HEADING, "And now")


def test_a_short_line_between_paragraphs_stays_a_paragraph() -> None:
    assert {kind for kind, _ in read_body("It rains.", "", "And now", "", "It dries.")} == {BlockKind.PARAGRAPH}


def test_bidirectional_marks_are_kept() -> None:
    assert read_body("\u200eHe wrote \u202bשלום\u202c in chalk.") == [
        (BlockKind.PARAGRAPH, "\u200eHe wrote \u202bשלום\u202c in chalk.")
    ]


@pytest.mark.parametrize("character", "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
def test_marks_embeddings_and_isolates_are_kept(character: str) -> None:
    assert read_body(f"He wrote {character}שלום in chalk.") == [
        (BlockKind.PARAGRAPH, f"He wrote {character}שלום in chalk.")
    ]


def test_the_headline_of_a_page_stands_below_its_furniture() -> None:
    above = "Subscribe Now\nHome | World | Sport\nAdvertisement\nShare on Facebook Tweet Email"

    article = read_text(f"{above}\n\nNight trains return\n\nThe first one left on Friday.")

    assert article.headline == "Night trains return"
    assert [line.text for line in article.removed] == above.split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_each_encoding_that_says_what_it_is(encoding: str) -> None:
    [article] = read("Überschrift\r\n\r\nText – mit Strich.".encode(encoding))

    assert article.text == "Überschrift\n\nText – mit Strich."


@pytest.mark.parametrize(
    ("body", "field", "part"),
    [
        (b"", "text", "empty"),
        (b" \n\t\r\n \xe2\x80\x8b", "text", "empty"),
        (b"Just one line", "text", "no story below it"),
        (b"Word " * 200, "headline", "reads as a paragraph"),
        (b"Share this article\n\nRead next", "text", "Every line belongs to the page"),
        (b"Advertisement\nShare\nSubscribe", "text", "Everything looked like page furniture"),
        (b"Subscribe Now\n\nAdvertisement\n\nShare on Facebook", "text", "Everything looked like page furniture"),
        ("Headline\n\nPaid \u202e001\u202c euros.".encode(), "text", "line 3 holds a right-to-left override (U+202E)"),
        ("Head\u202dline\n\nBody.".encode(), "text", "line 1 holds a left-to-right override (U+202D)"),
        (b"Headline\n\nA caf\xe9.", "text", "Line 3 holds bytes that are not UTF-8"),
        (b"\xff\xfeH\x00\x00\xd8H\x00", "text", "not UTF-16"),
        (b"Headline\n\nA NUL \x00 here.", "text", "control character"),
        (b"Headline\n\n\xed\xa0\x80", "text", "not UTF-8"),
        (b"{\\rtf1 Hello}", "text", "an RTF document"),
        (b"PK\x03\x04....", "text", "office document"),
        (b'\n<?xml version="1.0"?><letter>Hello</letter>', "text", "HTML or XML document"),
        (b"a" * (MAX_BYTES + 1), "text", "limit is 5"),
        (b"a\n" * MAX_LINES, "text", "more than 200,000 lines"),
    ],
)
def test_bad_input_is_refused_with_field_and_remedy(body: bytes, field: str, part: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(body)

    assert refused.value.field == field
    assert part in refused.value.reason
    assert refused.value.reason.count(".") >= 2, "what is wrong, then what to do"


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"<html><p>Hello"])
def test_the_reader_itself_refuses_what_it_does_not_recognise(body: bytes) -> None:
    reader = PlainTextReader()

    assert not reader.recognises(body, "")
    with pytest.raises(ReadingRefused):
        reader.read(body)


def test_words_are_plain_text_whatever_the_file_is_called() -> None:
    [article] = read(b"Headline\n\nBody.", name="story.docx")

    assert article.text == "Headline\n\nBody."


@pytest.mark.parametrize("body", [b"\x00\x01\x02\n\nBody.", b'{"a": 1}', b"Caf\xe9\n\nBody."])
def test_bytes_that_are_no_words_are_what_their_name_says(body: bytes) -> None:
    with pytest.raises(ReadingRefused, match=r"This is a \.json file"):
        read(body, name="story.json")


@pytest.mark.parametrize("ordinal", [-1, 9])
def test_restoring_a_line_that_was_not_removed_is_refused(ordinal: int) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(SAMPLE.read_bytes(), keep=[ordinal])

    assert refused.value.field == "keep"


def test_a_headline_of_the_longest_length_is_read() -> None:
    assert read_text("h" * LONGEST_HEADLINE + "\n\nBody.").headline == "h" * LONGEST_HEADLINE


def test_readers_have_names_of_their_own() -> None:
    names = [reader.name for reader in READERS]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "line",
    [
        "Kyiv and Moscow traded blame on Tuesday for the strikes.\n\n",
        "wrapped words without an end\n",
        "a: b\n",
        "- x\n",
        "> q\n",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(line: str) -> None:
    def seconds(size: int) -> float:
        body = b"Headline\n\n" + (line * (size // len(line))).encode()
        fastest = float("inf")
        for _ in range(3):
            begun = time.process_time()
            read(body)
            fastest = min(fastest, time.process_time() - begun)
        return fastest

    assert seconds(200_000) < 40 * max(seconds(20_000), 0.001)
