"""Studies for tests: a blind one in a round, with texts and readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.models import BiasCategory, BiasTag, Claim, Project, Reading, Round, RoundText
from annotations.operations.checking.claims import record_claim
from annotations.operations.studies.handingout import assign_text, take_in
from annotations.operations.studies.projects import create_project
from annotations.operations.studies.readings import begin_reading, submit_reading
from annotations.operations.studies.rounds import draw_texts, open_round, plan_round
from annotations.operations.workbench.bias import tag_bias
from articles.models import Article
from newsdesk.models import User
from tests.factories import AT, words_of


@dataclass(frozen=True)
class Study:
    """A study, its round and its texts, in the order of the articles."""

    project: Project
    round: Round
    texts: list[RoundText]


def make_study(
    *articles: Article,
    lead: User,
    readers: Sequence[User] = (),
    is_open: bool = True,
    slug: str = "naming",
    kind: str = "main",
    is_blind: bool = True,
    suggestion_policy: str = "none",
    round_values: dict[str, Any] | None = None,
    **values: Any,
) -> Study:
    """A study in which every reader was given every text."""
    project = create_project(
        name="How leaders are named",
        slug=slug,
        is_blind=is_blind,
        suggestion_policy=suggestion_policy,
        by=lead,
        at=AT,
        **values,
    )
    planned = plan_round(project=project, kind=kind, by=lead, at=AT, **(round_values or {}))
    drawn = Article.objects.filter(pk__in=[article.pk for article in articles])
    texts = draw_texts(round=planned, articles=drawn, by=lead, at=AT)
    for reader in readers:
        take_in(project=project, person=reader, by=lead, at=AT)
        for text in texts:
            assign_text(text=text, person=reader, by=lead, at=AT)
    if is_open:
        open_round(round=planned, seen=planned.version, by=lead, at=AT)
    return Study(project, planned, texts)


def begin(study: Study, reader: User, text: int = 0) -> Reading:
    """Somebody's reading of a text of the study, begun or gone on with."""
    revision = study.texts[text].pinned.revision
    return begin_reading(revision=revision, project=study.project, by=reader, at=AT)


def tag_in(
    study: Study, reader: User, exact: str = "reckless", *, text: int = 0, slug: str = "loaded-language"
) -> BiasTag:
    """A tag of a reader in their reading, which is begun where it was not."""
    revision = begin(study, reader, text).revision
    return tag_bias(
        article=revision.article,
        base=revision.number,
        words=_words(revision, exact),
        category=BiasCategory.objects.get(codebook=study.project.codebook, slug=slug),
        severity=1,
        project=study.project,
        by=reader,
        at=AT,
    )


def claim_in(study: Study, reader: User, exact: str = "The repair will cost 12 million euros") -> Claim:
    """A claim of a reader in their reading of the first text."""
    revision = begin(study, reader).revision
    return record_claim(
        article=revision.article,
        base=revision.number,
        words=_words(revision, exact),
        canonical=f"{exact}, the council says.",
        project=study.project,
        by=reader,
        at=AT,
    )


def _words(revision: Any, exact: str) -> Any:
    article = revision.article
    article.head = revision
    return words_of(article, exact)


def submit(study: Study, reader: User, text: int = 0) -> Reading:
    """Somebody's reading of a text, submitted."""
    reading = begin(study, reader, text)
    reading.refresh_from_db()
    return submit_reading(reading=reading, seen=reading.version, by=reader, at=AT)
