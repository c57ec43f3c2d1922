"""Why a rule took words for a quotation, and a sentence for worth checking, in words for whoever decides.

Examples stand in docs/reference/quotation.md and docs/reference/checkworthiness.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.quotation.rules import Rule

# The signals of annotations.checkworthy, by their kinds.
REASONS: Mapping[str, Promise] = {
    "number": _("number"),
    "date": _("date"),
    "superlative": _("superlative"),
    "comparison": _("comparison"),
    "cause": _("cause"),
    "law": _("statement of law"),
    "contested": _("contested name"),
    "identity": _("who is what"),
    "office": _("office"),
    "actor": _("actor"),
    "name": _("name"),
    "deed": _("deed"),
    "past": _("what happened"),
    "opinion": _("opinion"),
    "forecast": _("forecast"),
    "question": _("question"),
    "exclamation": _("exclamation"),
    "appeal": _("appeal"),
    "silence": _("no comment"),
    "feeling": _("feeling"),
    "address": _("speaks to the reader"),
    "myself": _("speaks of itself"),
    "short": _("very short"),
}

WHY: Mapping[str, Promise] = {
    Rule.POST_POSED: _("A speaker and a verb of saying follow these words."),
    Rule.INVERTED: _("A verb of saying and then its speaker follow these words."),
    Rule.INTERRUPTED: _("They go on after a speaker and a verb of saying that interrupt them."),
    Rule.UNLISTED_VERB: _("They stand in quotation marks, beside somebody who does what may be speaking."),
    Rule.ACCORDING_TO: _("The sentence has them according to somebody."),
    Rule.AS_SAID: _("The sentence has them as somebody said."),
    Rule.INTRODUCED: _("A verb of saying and a colon or comma introduce them."),
    Rule.THAT_CLAUSE: _("They follow a verb of saying and “that”."),
    Rule.BARE_CLAUSE: _("They follow a verb of saying, as a clause without “that”."),
    Rule.LOOSE_CLAUSE: _("They follow a verb that only says, though they look like no clause."),
    Rule.RELATIVE_CLAUSE: _("They belong to what somebody said of a thing."),
    Rule.QUESTION: _("They are a question that somebody asked or answered."),
    Rule.INFINITIVE: _("They are what somebody promised, asked or declined to do."),
    Rule.ADDRESSED_THAT_CLAUSE: _("Somebody told somebody else, and “that” introduces them."),
    Rule.ADDRESSED_BARE_CLAUSE: _("Somebody told somebody else, in a clause without “that”."),
    Rule.ADDRESSED_QUESTION: _("They are what somebody asked somebody else."),
    Rule.ADDRESSED_INFINITIVE: _("They are what somebody urged or told somebody else to do."),
    Rule.OBJECT: _("They are what somebody announced, proposed or denied."),
    Rule.PREDICATE: _("They are what somebody called a thing."),
    Rule.GERUND: _("They are what somebody denied, admitted or suggested doing."),
    Rule.NOUN: _("A noun of saying, such as a warning or a claim, introduces them."),
    Rule.ASKED: _("Somebody was asked them."),
    Rule.TOLD: _("Somebody, or a court, was told them."),
    Rule.STANDING_ALONE: _("They are a sentence in quotation marks that follows another quotation."),
    Rule.IN_PASSING: _("They stand in quotation marks within a sentence, at some length, without a verb of saying."),
    Rule.TRANSCRIPT: _("They are somebody’s turn in a conversation with names before each."),
    Rule.MARKS_ONLY: _("They stand in quotation marks; in this language nothing more is known."),
    Rule.DIALOGUE: _("A dash introduces them as spoken."),
}
