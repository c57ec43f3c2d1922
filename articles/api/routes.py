"""Where the nouns of this app are found under the root of the API."""

from rest_framework.viewsets import ViewSetMixin

from articles.api.articles import RevisionViewSet
from articles.api.declaring import DeclarationViewSet, OutletRequestViewSet
from articles.api.drafts import DraftViewSet
from articles.api.feeds import FeedViewSet
from articles.api.passages import PassageViewSet
from articles.api.sources import SnapshotViewSet, SourceViewSet

ROUTES: tuple[tuple[str, type[ViewSetMixin]], ...] = (
    ("articles/<uuid:article>/revisions", RevisionViewSet),
    ("declarations", DeclarationViewSet),
    ("drafts", DraftViewSet),
    ("feeds", FeedViewSet),
    ("outlet-requests", OutletRequestViewSet),
    ("passages", PassageViewSet),
    ("snapshots", SnapshotViewSet),
    ("sources", SourceViewSet),
)
