"""Where the nouns of this app, and the articles they judge, are found under the root of the API."""

from rest_framework.viewsets import ViewSetMixin

from annotations.api.checking.blind import BlindRoundViewSet
from annotations.api.checking.claims import ClaimViewSet
from annotations.api.checking.evidence import EvidenceViewSet
from annotations.api.checking.factchecks import DeskVerdictViewSet, FactCheckViewSet, ReviewViewSet
from annotations.api.checking.handing import HandOverViewSet
from annotations.api.checking.later import LaterSourceViewSet
from annotations.api.checking.replies import ReplyViewSet
from annotations.api.desk.articles import ArticleViewSet
from annotations.api.desk.batches import BatchViewSet
from annotations.api.desk.fetches import ArticleAddressViewSet, FetchViewSet
from annotations.api.desk.insights import InsightViewSet
from annotations.api.desk.speakers import SpeakerViewSet
from annotations.api.exchange.annotations import AnnotationViewSet
from annotations.api.exchange.exportfiles import ExportFileViewSet
from annotations.api.exchange.exports import ExportViewSet
from annotations.api.readers.corrections import CorrectionRequestViewSet
from annotations.api.readers.holds import HoldViewSet
from annotations.api.readers.methods import MethodsViewSet, RatingViewSet
from annotations.api.readers.notices import NoticeViewSet
from annotations.api.studies.codebooks import CategoryViewSet, CodebookViewSet, VerdictScaleViewSet
from annotations.api.studies.datasets import DatasetViewSet
from annotations.api.studies.examples import ExampleViewSet
from annotations.api.studies.measurements import MeasurementViewSet
from annotations.api.studies.projects import AssignmentViewSet, ProjectViewSet
from annotations.api.studies.readings import ReadingViewSet
from annotations.api.studies.rounds import GuidelinesViewSet, ParticipantViewSet, RoundViewSet
from annotations.api.studies.settlements import SettlementViewSet
from annotations.api.workbench.acts import ActViewSet
from annotations.api.workbench.bias import BiasTagViewSet
from annotations.api.workbench.comments import CommentViewSet, MentionViewSet
from annotations.api.workbench.quotes import QuoteViewSet

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
