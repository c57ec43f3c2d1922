"""Tables of what was written and by whom. Texts never know judgements."""

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
from articles.models.intake import Capture, Feed, Intake
from articles.models.noun import Editable, Mark, Noun, Origin, Stale
from articles.models.quote import Quote, QuoteKind, Wording
from articles.models.source import Basis, Passage, Snapshot, Source, SourceAdmission
from articles.models.span import Anchor, AnchorState, CurrentAnchor, Span
from articles.models.speaker import Speaker, SpeakerKind

__all__ = [
    "Access",
    "Admission",
    "Anchor",
    "AnchorState",
    "Article",
    "ArticleState",
    "Basis",
    "Capture",
    "CurrentAnchor",
    "DateBasis",
    "Draft",
    "Editable",
    "Feed",
    "Ground",
    "Intake",
    "Mark",
    "Noun",
    "Origin",
    "Passage",
    "Quote",
    "QuoteKind",
    "Revision",
    "Rights",
    "Snapshot",
    "Source",
    "SourceAdmission",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Stale",
    "Wording",
]
