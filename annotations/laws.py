"""Laws of the database about judgements, in sentences; see :mod:`articles.laws`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.laws import SHARE

# By the name of the constraint.
SENTENCES: dict[str, Promise] = {
    "claim_has_a_restatement": _("Restate the claim so that it reads alone: who, what, where, and when."),
    "claim_by_a_speaker_names_the_speaker": _(
        "A claim of a speaker names the speaker, and no other claim does. Change claimant_kind and speaker together."
    ),
    "claim_date_has_a_basis": _(
        "A date has a basis: give claim_date with date_basis “stated” or “inferred”, or leave out the date and say "
        "“unknown”."
    ),
    "claim_high_risk_has_a_reason": _("Say in risk_reason why the risk is high."),
    "claim_is_not_its_own_repeat": _("A claim does not repeat itself. Give the earlier claim as same_as, or null."),
    "annotations_claim_confidence_is_a_share": SHARE,
    "annotations_biastag_confidence_is_a_share": SHARE,
    "tag_on_words_has_a_span": _(
        "A tag on words or a sentence says where they stand, and a tag on the whole article does not."
    ),
    "tag_polarity_has_a_target": _("Say in target towards whom the words lean, or give 0 as polarity."),
    "dataset_release_names_a_file": _("Use letters, digits, dots, hyphens and underscores: it names the file."),
    "dataset_release_once": _("A release never changes. Choose another number."),
    "example_has_words": _("An example has words. Write down what shows the category."),
    "example_taken_once": _("These words are an example of it already."),
    "comment_has_text": _("This comment is empty. Write what you want to say."),
    "comment_is_about_one_mark": _("A comment is on words or on a tag without words. Give span or tag, not both."),
    "comment_answers_are_resolved_with_their_thread": _(
        "An answer is resolved with its thread. Resolve the comment that began it."
    ),
    "correction_request_has_text": _("Say what is wrong."),
    "correction_request_is_decided_by_name_with_a_reason": _("Say why it is accepted or declined."),
    "evidence_offsets_in_order": _("A passage ends after it starts. Give start and end in this order."),
    "fact_check_drafted_has_verdict_and_reason": _(
        "A draft has a verdict and a reason that readers will see. Give both."
    ),
    "wording_is_refuted_by_words_spoken": _(
        "The wording of a quote is refuted only against a capture of the speaker’s words in the language spoken. "
        "Without one give “not_enough_evidence”."
    ),
    "methods_page_has_text": _("Write how the desk checks."),
    "methods_page_says_what_changed": _("Say in change_note what changed; readers see it."),
    "rating_has_words": _("Give the rating its words."),
    "reply_is_of_a_speaker_or_a_name": _("Say whom it is about: a speaker, or a name for somebody else."),
    "reply_was_asked_for_or_says_why_not": _(
        "Give when and how they were asked and until when they may answer, or why nobody asked."
    ),
    "reply_deadline_is_after_asking": _("The deadline lies after the asking."),
    "reply_answer_has_a_day": _("An answer has its words and its day, after they were asked."),
    "hand_over_has_a_note": _("Write what the receiver should know."),
    "hand_over_is_to_somebody_else": _("Nobody hands a check over to themselves."),
    "review_that_returns_says_why": _("Say what is missing, so that it can be mended."),
    "project_everyday_desk_is_open": _("The everyday desk is never blind. Set up a study for blind readings."),
    "round_pass_mark_is_a_share": _("The pass mark is a share from 0 to 1."),
    "round_pass_mark_is_for_training_and_tests": _("Only training and tests have a pass mark."),
    "round_texts_have_annotators": _("Each text is read by at least one annotator."),
    "round_gives_time_to_submit": _("An assignment goes back after an hour at the earliest."),
    "round_text_is_withdrawn_by_name_with_a_reason": _("Say why the text is withdrawn from the study."),
    "reopening_has_a_reason": _("Say why the reading is opened again; its reader is told."),
}
