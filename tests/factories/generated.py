"""A desk made by a seeded die: emoji, Arabic, words across paragraphs, overlaps, orphans, retractions, silence."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from annotations.models import BiasCategory, Project
from annotations.operations.checking.claims import record_claim
from annotations.operations.studies.readings import begin_reading
from annotations.operations.workbench.bias import tag_bias
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article
from articles.operations.quotes import record_quote, retract_quote
from articles.operations.revising import Rewritten
from articles.operations.spans import Words
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_speaker, make_tag
from tests.factories.published import judge

PARAGRAPHS = (
    "The council voted 👩‍👩‍👧 on Tuesday; “a 🙂 day”, Inés said & <left>.",
    "قال المتحدث باسم الحكومة: «لن نغلق الجسر» 🌉 يوم الثلاثاء.",
    "=1+1 is 𝒎𝒂𝒕𝒉, said the ledger\u2028of “Smith–Jones”, 50 % of it.",
    "東京の橋は閉鎖される。市長は「仕方がない」と述べた。",
    "Some residents said the decision was reckless. It’s a naïve\u00a0view, e.g. of Mr. Brown.",
)
MOST_MARKS = 9


@dataclass(frozen=True, slots=True)
class GeneratedDesk:
    """Its articles: ``marked`` ones, one whose words went with an edit, one that nobody marked."""

    marked: list[Article]
    rewritten: Article
    silent: Article
    people: list[User]


def make_generated_desk(*people: User, editor: User, checker: User, reviewer: User, seed: int = 7) -> GeneratedDesk:
    die = Random(seed)
    marked = [_marked(die, editor, people, number) for number in range(3)]
    judged = marked[0].claims.order_by("pk").first()
    assert judged is not None
    judge(judged, checker=checker, reviewer=reviewer, editor=editor)
    drafted = marked[1].claims.order_by("pk").first()
    assert drafted is not None
    make_check(drafted, checker=checker)
    silent = make_article(by=editor, text="Nothing to see\n\nNobody 🙂 cares.")
    return GeneratedDesk(marked, _rewritten(editor), silent, [*people])


def _marked(die: Random, editor: User, people: tuple[User, ...], number: int) -> Article:
    body = die.sample(PARAGRAPHS, 4)
    text = f"Headline {number} 🗞️ of “the day”\n\n" + "\n\n".join(body) + "\n"
    rights = "own" if number == 0 else "unknown"
    article = make_article(by=editor, text=text, rights=rights, language="en-GB", outlet="=Gazette")
    speaker = make_speaker(by=editor, name=f"@Inés {number}")
    begin_reading(revision=article.head, project=Project.objects.get(is_default=True), by=people[0], at=AT)
    quote = None
    for turn in range(MOST_MARKS):
        words, by = _words(die, article), people[turn % len(people)]
        common: dict[str, Any] = {"article": article, "base": article.head.number, "words": words, "by": by, "at": AT}
        if turn % 3 == 0:
            quote = record_quote(**common, kind=die.choice(["direct", "indirect"]), speaker=speaker)
        elif turn % 3 == 1:
            record_claim(**common, canonical="=The\tclaim\nreads “alone” 🙂.")
        else:
            secondary = [BiasCategory.objects.get(slug="spin")]
            category = BiasCategory.objects.get(slug="loaded-language")
            tag_bias(**common, category=category, severity=die.randint(1, 3), secondary=secondary)
    tag_bias(article=article, level="article", category=_of_articles(), severity=2, by=people[0], at=AT)
    assert quote is not None
    retract_quote(quote=quote, seen=quote.version, by=editor, at=AT)
    return article


def _words(die: Random, article: Article) -> Words:
    """Any words, also across paragraphs, neither beginning nor ending in white space."""
    text = article.head.text
    while True:
        start = die.randrange(len(text) - 2)
        end = die.randint(start + 1, min(len(text), start + 60))
        exact = text[start:end]
        if exact == exact.strip() and exact.isprintable() | ("\n" in exact):
            return Words(start, end, exact=exact, text_sha256=article.head.text_sha256)


def _rewritten(editor: User) -> Article:
    article = make_article(by=editor)
    make_tag(article, "reckless", by=editor)
    kept = Rewritten(article.head.headline, [Block(BlockKind.PARAGRAPH, "Everything else was struck out 🙂.")])
    revise(article=article, base=article.head.number, rewritten=kept, by=editor, at=AT)
    article.refresh_from_db()
    return article


def _of_articles() -> BiasCategory:
    return BiasCategory.objects.filter(levels__contains=["article"]).order_by("order")[0]
