"""Where the nouns of this app, and the articles they judge, are found under the root of the API."""

from rest_framework.viewsets import ViewSetMixin

from annotations.api.acts import ActViewSet
from annotations.api.annotations import AnnotationViewSet
from annotations.api.articles import ArticleViewSet
from annotations.api.batches import BatchViewSet
from annotations.api.bias import BiasTagViewSet
from annotations.api.blind import BlindRoundViewSet
from annotations.api.claims import ClaimViewSet
from annotations.api.codebooks import CategoryViewSet, CodebookViewSet, VerdictScaleViewSet
from annotations.api.comments import CommentViewSet, MentionViewSet
from annotations.api.corrections import CorrectionRequestViewSet
from annotations.api.datasets import DatasetViewSet
from annotations.api.evidence import EvidenceViewSet
from annotations.api.examples import ExampleViewSet
from annotations.api.exportfiles import ExportFileViewSet
from annotations.api.exports import ExportViewSet
from annotations.api.factchecks import DeskVerdictViewSet, FactCheckViewSet, ReviewViewSet
from annotations.api.fetches import ArticleAddressViewSet, FetchViewSet
from annotations.api.handing import HandOverViewSet
from annotations.api.holds import HoldViewSet
from annotations.api.insights import InsightViewSet
from annotations.api.later import LaterSourceViewSet
from annotations.api.measurements import MeasurementViewSet
from annotations.api.methods import MethodsViewSet, RatingViewSet
from annotations.api.notices import NoticeViewSet
from annotations.api.projects import AssignmentViewSet, ProjectViewSet
from annotations.api.quotes import QuoteViewSet
from annotations.api.readings import ReadingViewSet
from annotations.api.replies import ReplyViewSet
from annotations.api.rounds import GuidelinesViewSet, ParticipantViewSet, RoundViewSet
from annotations.api.settlements import SettlementViewSet
from annotations.api.speakers import SpeakerViewSet

ROUTES: tuple[tuple[str, type[ViewSetMixin]], ...] = (
    ("acts", ActViewSet),
    ("annotations", AnnotationViewSet),
    ("articles", ArticleViewSet),
    ("assignments", AssignmentViewSet),
    ("batches", BatchViewSet),
    ("bias-examples", ExampleViewSet),
    ("bias-tags", BiasTagViewSet),
    ("blind-rounds", BlindRoundViewSet),
    ("categories", CategoryViewSet),
    ("claims", ClaimViewSet),
    ("codebooks", CodebookViewSet),
    ("comments", CommentViewSet),
    ("correction-requests", CorrectionRequestViewSet),
    ("datasets", DatasetViewSet),
    ("desk-verdicts", DeskVerdictViewSet),
    ("evidence", EvidenceViewSet),
    ("export-files", ExportFileViewSet),
    ("exports", ExportViewSet),
    ("articles/from-address", ArticleAddressViewSet),
    ("fetches", FetchViewSet),
    ("fact-checks", FactCheckViewSet),
    ("insights", InsightViewSet),
    ("later-sources", LaterSourceViewSet),
    ("hand-overs", HandOverViewSet),
    ("holds", HoldViewSet),
    ("measurements", MeasurementViewSet),
    ("mentions", MentionViewSet),
    ("methods", MethodsViewSet),
    ("notices", NoticeViewSet),
    ("guidelines", GuidelinesViewSet),
    ("participants", ParticipantViewSet),
    ("projects", ProjectViewSet),
    ("quotes", QuoteViewSet),
    ("ratings", RatingViewSet),
    ("readings", ReadingViewSet),
    ("replies", ReplyViewSet),
    ("reviews", ReviewViewSet),
    ("settlements", SettlementViewSet),
    ("rounds", RoundViewSet),
    ("speakers", SpeakerViewSet),
    ("verdict-scales", VerdictScaleViewSet),
)
