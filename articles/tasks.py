"""Jobs of articles: each calls one operation, and may run twice."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from articles.operations import fetching, suggesting


@app.task(name=fetching.FETCH_COPY)
def fetch_copy(uid: str, tries: int) -> None:
    """Fetch what somebody asked for."""
    fetching.fetch_copy(uid=UUID(uid), tries=tries, at=timezone.now())


@app.task(name=suggesting.SUGGEST)
def suggest_quotes(article: str) -> None:
    """Propose the quotations of an article."""
    suggesting.suggest_for(uid=UUID(article), at=timezone.now())
