"""The corpus is the same everywhere, and its marks stand in its text."""

import itertools
import json
from collections import Counter
from dataclasses import astuple

import pytest

from articles.anchoring.text import Block, BlockKind, canonical_text, normalise, sha256_of
from bench.corpus import LONG_MARKS, MARKS, WORDS, Corpus, GeneratedArticle, Kind

FIRST_ARTICLE = "1f70941162096e2fac8aa7173e46505c73b2d67e51505cbc67506ad9b4fba486"


@pytest.fixture(scope="module")
def articles() -> list[GeneratedArticle]:
    return list(Corpus().articles(50))


@pytest.fixture(scope="module")
def long_article() -> GeneratedArticle:
    return Corpus().long_article()


def test_the_same_seed_gives_the_same_articles_and_another_seed_gives_others() -> None:
    first, second, other = (list(Corpus(seed).articles(3)) for seed in (1, 1, 2))

    assert first == second
    assert first != other


def test_the_corpus_is_the_one_that_figures_were_published_for(articles: list[GeneratedArticle]) -> None:
    described = json.dumps([articles[0].text, [astuple(mark) for mark in articles[0].marks]])

    assert sha256_of(described) == FIRST_ARTICLE


def test_the_text_is_the_canonical_text_of_its_blocks(articles: list[GeneratedArticle]) -> None:
    for article in articles:
        blocks = [Block(BlockKind.PARAGRAPH, paragraph) for paragraph in article.paragraphs]

        assert article.text == canonical_text(article.headline, blocks) == normalise(article.text)


def test_articles_have_about_450_words_and_20_marks_in_the_stated_mix(articles: list[GeneratedArticle]) -> None:
    lengths = [len(article.text.split()) for article in articles]
    mixes = [Counter(mark.kind for mark in article.marks) for article in articles]

    assert 0.95 * WORDS < sum(lengths) / len(lengths) < 1.05 * WORDS
    assert mixes == [{Kind.QUOTE: 8, Kind.CLAIM: 6, Kind.BIAS: 6}] * len(articles)
    assert {sum(mix.values()) for mix in mixes} == {MARKS}


def test_the_long_article_has_about_10000_words_and_1000_marks(long_article: GeneratedArticle) -> None:
    words = len(long_article.text.split())

    assert 9_000 < words < 11_000
    assert len(long_article.marks) == LONG_MARKS


def test_marks_are_whole_words_within_one_paragraph(
    articles: list[GeneratedArticle], long_article: GeneratedArticle
) -> None:
    for article in (*articles, long_article):
        for mark in article.marks:
            words = article.text[mark.start : mark.end]

            assert words == words.strip()
            assert "\n" not in words
            assert not article.text[mark.start - 1].isalnum()
            assert not article.text[mark.end].isalnum()


def test_quotes_are_the_words_between_quotation_marks_before_their_speaker() -> None:
    corpus = Corpus()
    article = next(corpus.articles(1))

    for mark in article.marks:
        if mark.kind is Kind.QUOTE:
            assert article.text[mark.start - 1] == "“"
            assert article.text[mark.end :].startswith(f",” {corpus.speakers[mark.choice]} said ")


def test_two_of_the_six_tags_of_an_article_stand_within_a_claim(articles: list[GeneratedArticle]) -> None:
    for article in articles:
        claims = [mark for mark in article.marks if mark.kind is Kind.CLAIM]
        tags = [mark for mark in article.marks if mark.kind is Kind.BIAS]
        within = [tag for tag in tags if any(claim.start <= tag.start and tag.end <= claim.end for claim in claims)]

        assert len(within) == 2


def test_other_marks_do_not_overlap(articles: list[GeneratedArticle]) -> None:
    for article in articles:
        overlaps = sum(right.start < left.end for left, right in itertools.pairwise(article.marks))

        assert overlaps == 2


def test_unmarked_articles_have_headlines_of_their_own(articles: list[GeneratedArticle]) -> None:
    unmarked = list(Corpus().unmarked(100, like=articles))

    assert len({article.headline for article in unmarked}) == 100
    assert not any(article.marks for article in unmarked)
    assert unmarked[50].paragraphs == articles[0].paragraphs
