"""Tables of what people judge: claims, bias, evidence, verdicts, and the projects they do it in."""

from annotations.models.batch import Batch, BatchPart, BatchState, FollowUp, FollowUpKind
from annotations.models.bias import (
    BiasCategory,
    BiasExample,
    BiasTag,
    Codebook,
    KeptTag,
    Level,
    Polarity,
    SecondaryCategory,
    Severity,
    Voice,
)
from annotations.models.checking import BlindRound, LaterSource, Translation
from annotations.models.claim import Checkable, Claim, ClaimantKind, ClaimType, Priority, Risk
from annotations.models.comment import Comment, Mention
from annotations.models.correction import CorrectionRequest, ReaderContact, RequestState
from annotations.models.dataset import Dataset, DatasetText, Licence
from annotations.models.exportfile import ExportFile, ExportState
from annotations.models.factcheck import (
    CheckState,
    Decision,
    DeskVerdict,
    Evidence,
    FactCheck,
    Notice,
    Qualifier,
    Rating,
    RestingOn,
    Review,
    Stance,
    Verdict,
    VerdictScale,
)
from annotations.models.handover import HandOver
from annotations.models.match import ClaimMatch
from annotations.models.measurement import MeasuredFigure, MeasuredSentence, Measurement, MeasurementState
from annotations.models.methods import MethodsPage
from annotations.models.presence import Presence
from annotations.models.project import (
    Assignment,
    Finding,
    PinnedRevision,
    Project,
    Reading,
    SentenceFinding,
    SuggestionPolicy,
)
from annotations.models.readtext import SentenceStarts
from annotations.models.reply import Channel, Reply
from annotations.models.settling import AdjudicatedLabel, Decided, SettledTag, Settlement
from annotations.models.study import (
    Guidelines,
    Participant,
    ReadingReopened,
    Round,
    RoundKind,
    RoundText,
    TextOrder,
    TimeSpent,
)
from annotations.models.suggestion import ClaimRun, ProposedClaim

__all__ = [
    "AdjudicatedLabel",
    "Assignment",
    "Batch",
    "BatchPart",
    "BatchState",
    "BiasCategory",
    "BiasExample",
    "BiasTag",
    "BlindRound",
    "Channel",
    "CheckState",
    "Checkable",
    "Claim",
    "ClaimMatch",
    "ClaimRun",
    "ClaimType",
    "ClaimantKind",
    "Codebook",
    "Comment",
    "CorrectionRequest",
    "Dataset",
    "DatasetText",
    "Decided",
    "Decision",
    "DeskVerdict",
    "Evidence",
    "ExportFile",
    "ExportState",
    "FactCheck",
    "Finding",
    "FollowUp",
    "FollowUpKind",
    "Guidelines",
    "HandOver",
    "KeptTag",
    "LaterSource",
    "Level",
    "Licence",
    "MeasuredFigure",
    "MeasuredSentence",
    "Measurement",
    "MeasurementState",
    "Mention",
    "MethodsPage",
    "Notice",
    "Participant",
    "PinnedRevision",
    "Polarity",
    "Presence",
    "Priority",
    "Project",
    "ProposedClaim",
    "Qualifier",
    "Rating",
    "ReaderContact",
    "Reading",
    "ReadingReopened",
    "Reply",
    "RequestState",
    "RestingOn",
    "Review",
    "Risk",
    "Round",
    "RoundKind",
    "RoundText",
    "SecondaryCategory",
    "SentenceFinding",
    "SentenceStarts",
    "SettledTag",
    "Settlement",
    "Severity",
    "Stance",
    "SuggestionPolicy",
    "TextOrder",
    "TimeSpent",
    "Translation",
    "Verdict",
    "VerdictScale",
    "Voice",
]
