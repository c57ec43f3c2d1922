"""A loaded corpus is a desk like any other: every law holds, every mark has its owner."""

import pytest

from annotations.models import BiasTag, Claim
from articles.models import Article, CurrentAnchor, Quote
from bench.corpus import Corpus, Kind
from bench.loading import Loader


@pytest.mark.usefixtures("alice")
@pytest.mark.django_db(transaction=True)
def test_every_generated_mark_stands_on_its_words() -> None:
    corpus = Corpus()
    generated = list(corpus.articles(3))

    loaded = Loader(corpus).load(generated)

    expected = sorted(article.text[mark.start : mark.end] for article in generated for mark in article.marks)
    assert sorted(CurrentAnchor.objects.values_list("anchor__exact", flat=True)) == expected
    assert [article.text for article in loaded] == [article.text for article in generated]


@pytest.mark.usefixtures("alice")
@pytest.mark.django_db(transaction=True)
def test_each_kind_of_mark_gets_its_noun() -> None:
    corpus = Corpus()
    generated = list(corpus.articles(1))

    Loader(corpus).load(generated)

    counts = {Kind.QUOTE: Quote.objects.count(), Kind.CLAIM: Claim.objects.count(), Kind.BIAS: BiasTag.objects.count()}
    assert counts == {Kind.QUOTE: 8, Kind.CLAIM: 6, Kind.BIAS: 6}
    spoken = next(mark for mark in generated[0].marks if mark.kind is Kind.QUOTE)
    assert str(Quote.objects.get(span__anchors__start=spoken.start).speaker) == corpus.speakers[spoken.choice]


@pytest.mark.usefixtures("alice")
@pytest.mark.django_db(transaction=True)
def test_older_articles_come_after_the_others_in_every_list() -> None:
    corpus = Corpus()
    generated = list(corpus.articles(2))
    loader = Loader(corpus)

    loader.load(generated)
    loader.load_older(corpus.unmarked(3, like=generated))

    headlines = list(Article.objects.newest_first().values_list("head__headline", flat=True))
    assert headlines[:2] == [generated[1].headline, generated[0].headline]
    assert len(headlines) == 5
