"""Tables of what was written and by whom. Texts never know judgements."""

from articles.models.act import Act, Step, Verb
from articles.models.article import (
    Access,
    Admission,
    Article,
    ArticleState,
    DateBasis,
    Draft,
    Ground,
    Revision,
    Rights,
)
from articles.models.declaration import PUBLIC_KINDS, ChangeKind, Declaration, OutletAnswer, OutletRequest
from articles.models.feed import Feed, FeedEntry, Polling
from articles.models.fetching import FetchPurpose, FetchRequest, FetchState, HostTurn, RobotsCopy
from articles.models.fingerprint import Fingerprint
from articles.models.hold import Hold, HoldGround, PlacedAs
from articles.models.intake import Capture, Intake
from articles.models.noun import Editable, Mark, Noun, Origin, Stale
from articles.models.passagewords import LexemeCount, PassageCount, PassageWords
from articles.models.publication import Publication, ReaderAddress
from articles.models.quote import Quote, QuoteKind, Wording
from articles.models.quotedwords import QuotedWords
from articles.models.source import Basis, Passage, Snapshot, Source, SourceAdmission
from articles.models.span import Anchor, AnchorState, CurrentAnchor, Span
from articles.models.speaker import Speaker, SpeakerKind
from articles.models.story import Story
from articles.models.suggestion import ProposedSpeaker, QuotationRun
from articles.models.wire import (
    Answer,
    Outcome,
    PubStatus,
    WireAnswer,
    WireIdentity,
    WireItem,
)

__all__ = [
    "PUBLIC_KINDS",
    "Access",
    "Act",
    "Admission",
    "Anchor",
    "AnchorState",
    "Answer",
    "Article",
    "ArticleState",
    "Basis",
    "Capture",
    "ChangeKind",
    "CurrentAnchor",
    "DateBasis",
    "Declaration",
    "Draft",
    "Editable",
    "Feed",
    "FeedEntry",
    "FetchPurpose",
    "FetchRequest",
    "FetchState",
    "Fingerprint",
    "Ground",
    "Hold",
    "HoldGround",
    "HostTurn",
    "Intake",
    "LexemeCount",
    "Mark",
    "Noun",
    "Origin",
    "Outcome",
    "OutletAnswer",
    "OutletRequest",
    "Passage",
    "PassageCount",
    "PassageWords",
    "PlacedAs",
    "Polling",
    "ProposedSpeaker",
    "PubStatus",
    "Publication",
    "QuotationRun",
    "Quote",
    "QuoteKind",
    "QuotedWords",
    "ReaderAddress",
    "Revision",
    "Rights",
    "RobotsCopy",
    "Snapshot",
    "Source",
    "SourceAdmission",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Stale",
    "Step",
    "Story",
    "Verb",
    "WireAnswer",
    "WireIdentity",
    "WireItem",
    "Wording",
]
