"""Laws of the database in sentences: what whoever breaks one should do instead.

A constraint is a name in a table; its sentence is for the person whose request it refuses. Laws that no request can
break have none here: forms and bodies refuse unknown choices by themselves, and operations set what belongs together.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESTRICTED_WITH_A_REASON = _("Say why it is restricted. What is open to the desk has no such reason.")
SHARE = _("Confidence is a share, from 0 to 1.")

# By the name of the constraint.
SENTENCES: dict[str, Promise] = {
    "article_date_has_a_basis": _(
        "A date has a basis: give published_at with date_basis “stated” or “inferred”, or leave out the date and say "
        "“unknown”."
    ),
    "article_that_came_unattended_was_looked_at": _(
        "This piece came in by itself. Look at the lines that were taken out of it before it goes further."
    ),
    "article_restriction_has_a_reason": RESTRICTED_WITH_A_REASON,
    "source_restriction_has_a_reason": RESTRICTED_WITH_A_REASON,
    "declaration_says_what_was_wrong": _("Say what was wrong; readers are told so."),
    "outlet_request_says_what_is_wrong": _("Say what is wrong with the copy; readers are told so."),
    "outlet_request_names_the_outlet": _("Say who was asked to correct it."),
    "outlet_answer_follows_the_request": _("An answer comes after the request."),
    "hold_of_the_desk_has_a_reason": _("Say why it is stopped. The desk sees it, readers do not."),
    "source_has_a_title": _("Give the source a title."),
    "feed_has_a_name": _("Give the feed a name."),
    "feed_interval_is_polite": _("A feed is polled every 5 minutes at most, and once in 7 days at least."),
    "speaker_has_a_name": _("Give the speaker a name."),
    "speaker_is_not_merged_into_itself": _("A speaker is merged into another one. Choose who that is."),
    "articles_quote_confidence_is_a_share": SHARE,
}
