"""What the REST framework says of fields, in the words of the desk: what is wrong, and what to do."""

from __future__ import annotations

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a whole stock sentence is replaced with; groups of the pattern stand in for the names in it.
SENTENCES: tuple[tuple[str, Promise], ...] = (
    (r"This field is required\.", _("This is missing. Send it with the others.")),
    (r"This field may not be null\.", _("This is null. Give a value, or leave the field out.")),
    (r"This field may not be blank\.", _("This is empty. Write what belongs here.")),
    (r"This list may not be empty\.", _("This list is empty. Name at least one.")),
    (r"Not a valid string\.", _("This is no text. Give a JSON string.")),
    (r"A valid integer is required\.", _("This is no whole number. Give one, without quotation marks.")),
    (r"A valid number is required\.", _("This is no number. Give one, without quotation marks.")),
    (r"Must be a valid boolean\.", _("Give true or false.")),
    (r"(Must be|Enter) a valid UUID\.", _("Give a uid.")),
    (
        r"Select a valid choice\. (?P<given>.*) is not one of the available choices\.",
        _("“%(given)s” is not known here. /api/docs/ lists what is."),
    ),
    (r"(Enter a valid date/time\.|Datetime has wrong format\..*)", _("Give a moment such as 2025-05-13T14:30Z.")),
    (r"(Enter a valid date\.|Date has wrong format\..*)", _("Give a day such as 2025-05-13.")),
    (r"Enter a (whole )?number\.", _("Give a number.")),
    (r"Enter a valid URL\.", _("This is no web address. Give a whole one, beginning with https:// or http://.")),
    (r"Expected a list of items but got type .*", _("This is no list. Give a JSON array.")),
    (r"Invalid data\. Expected a dictionary, but got .*", _("This is no JSON object. Send {…} with the fields.")),
    (r"Ensure this field has no more than (?P<most>\d+) characters\.", _("Shorten this to %(most)s characters.")),
    (r"Ensure this field has at least (?P<least>\d+) characters\.", _("This needs %(least)s characters or more.")),
    (r"Ensure this field has no more than (?P<most>\d+) elements\.", _("Name %(most)s of them at most.")),
    (r"Ensure this value is greater than or equal to (?P<least>-?\d+)\.", _("Give %(least)s or more.")),
    (r"Ensure this value is less than or equal to (?P<most>-?\d+)\.", _("Give %(most)s or less.")),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in SENTENCES)


def reworded(message: Any) -> str:
    """The message in the words of the desk; what is no stock sentence stays as it is."""
    text = str(message)
    for pattern, sentence in _COMPILED:
        if found := pattern.fullmatch(text):
            return str(sentence) % found.groupdict()
    return text
