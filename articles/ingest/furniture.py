"""Furniture: lines of a pasted page that belong to the page and not to the story.

When unsure, a line stays: a leftover button costs the editor one look, a lost sentence costs the story.
So a line goes only for one of these reasons:

* the whole line is a label that stands on pages and not in stories ("Share this article");
* the whole line, or its whole paragraph, has the form of a notice to the visitor (cookies, newsletters);
* it is a word that is common on pages and possible in stories ("Email"), *beside* furniture that vouches for it,
  or above a line that reads as the headline;
* it is another piece's headline, listed under a label that announces such ("Read next"), in a place where no
  part of this story can stand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from articles.anchoring.text import fold
from articles.ingest.furniture_rules import (
    ABOUT_THIS_STORY,
    ARABIC_SIGNS,
    BAR_SIGN,
    BAR_WORD,
    CALLS,
    CLOCK,
    IN_THE_MIDDLE,
    INLINE_LEAD,
    LABELS,
    LEADING_SIGNS,
    LIST_DETAIL,
    LIST_SIGN,
    LONGEST_LABEL,
    LONGEST_LIST,
    LONGEST_NOTICE,
    NOTICES,
    PHOTO_CREDITS,
    SHARE_ON,
    SPEECH,
    TAGS,
    TRAILING_SIGNS,
    VOUCHERS,
    WEAK_LABELS,
    WEAK_LEAD_FORM,
    WEAK_LEADS,
)
from articles.ingest.paragraphs import CLOSERS, continues_lower, ends_sentence


def _by_label(labels: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule, words in labels.items():
        for label in _split(words):
            found.setdefault(label, []).append(rule)
    return found


def _split(words: str) -> list[str]:
    return [label.strip() for label in re.split(r"[|\n]", words) if label.strip()]


_RULES_OF_LABEL = _by_label(LABELS)
_RULES_OF_WEAK_LABEL = _by_label(WEAK_LABELS)
_WEAK_LEADS = frozenset(_split(WEAK_LEADS))
_STRONG_LEADS = frozenset(_split(LABELS["read-next"]) + _split(LABELS["related-headlines"]))
_NETWORKS = frozenset(_split(WEAK_LABELS["share-bar"]))
_CALLS = frozenset(_split(CALLS))
_LEGAL = frozenset(_split(WEAK_LABELS["copyright"]))


def find_furniture(lines: Sequence[str]) -> dict[int, str]:
    """Say which of the lines are furniture, by number, with the name of the rule that says so.

    Lines come without white space round them; blank ones part paragraphs and are never furniture. Takes time
    in proportion to the text.
    """
    shown = [number for number, line in enumerate(lines) if line]
    keys = {number: label_key(lines[number]) for number in shown if len(lines[number]) <= LONGEST_LABEL}
    found = _certain_lines(lines, keys)
    found.update(_rows_of_networks(shown, keys, found))
    _add_vouched(shown, lines, keys, found)
    _add_listed(shown, lines, keys, found)
    _add_vouched(shown, lines, keys, found)
    found.update(_above_the_headline(shown, lines, keys, found))
    return dict(sorted(found.items()))


def label_key(line: str) -> str:
    """The line as labels are written in this module: folded, lower case, without arrows and bullets round it."""
    bare = TRAILING_SIGNS.sub("", LEADING_SIGNS.sub("", ARABIC_SIGNS.sub("", line)))
    if bare.endswith("»") and "«" not in bare:
        bare = bare[:-1]
    if bare.startswith("«") and "»" not in bare:
        bare = bare[1:]
    # An asterisk belongs to "Email *" and is a footnote sign elsewhere; both ways of writing it are one.
    return re.sub(r"(?<=\S)\*$", " *", fold(bare).strip().casefold())


def _certain_lines(lines: Sequence[str], keys: Mapping[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in _chunks(lines):
        rule = _rule_of_notice(" ".join(lines[number] for number in chunk)) if 1 < len(chunk) <= 6 else ""
        if rule:
            found.update(dict.fromkeys(chunk, rule))
            continue
        rules = {number: _rule_of_line(lines[number], keys.get(number, "")) for number in chunk}
        for place, number in enumerate(chunk):
            before = chunk[place - 1] if place else None
            after = chunk[place + 1] if place + 1 < len(chunk) else None
            if rules[number] and not _is_inside_a_sentence(lines, rules, keys, before, number, after):
                found[number] = rules[number]
    return found


def _is_inside_a_sentence(
    lines: Sequence[str],
    rules: Mapping[int, str],
    keys: Mapping[int, str],
    before: int | None,
    number: int,
    after: int | None,
) -> bool:
    """Whether the line may be a piece of a sentence that was wrapped just here."""
    if before is not None and not rules[before] and continues_lower(lines[number]):
        return not ends_sentence(lines[before])
    if after is None or rules[after] or rules[number] in IN_THE_MIDDLE or ends_sentence(lines[number]):
        return False
    return continues_lower(lines[after]) and keys.get(after, "") not in _RULES_OF_WEAK_LABEL


def _chunks(lines: Sequence[str]) -> Iterator[list[int]]:
    chunk: list[int] = []
    for number, line in enumerate(lines):
        if line:
            chunk.append(number)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _rule_of_line(line: str, key: str) -> str:
    if len(line) > LONGEST_NOTICE:
        return ""
    if key in _RULES_OF_LABEL:
        return _RULES_OF_LABEL[key][0]
    return _rule_of_row(key) or _rule_of_inline_lead(line) or _rule_of_credit(line) or _rule_of_notice(line)


def _rule_of_row(key: str) -> str:
    """One line that holds a whole bar of buttons or a whole footer."""
    parts = [part.strip() for part in re.split(r"[|·•/,\t]|\s{2,}", SHARE_ON.sub("share", key))]
    if len(parts) > 1 and all(part in _LEGAL for part in parts):
        return "copyright"
    words = [word for part in parts for word in ([part] if part in _NETWORKS else part.split())]
    return "share-bar" if len(words) > 2 and all(word in _NETWORKS for word in words) else ""


def _rule_of_inline_lead(line: str) -> str:
    lead = INLINE_LEAD.fullmatch(ARABIC_SIGNS.sub("", line)) if len(line) <= 200 else None
    if lead is None or lead["title"][:1].islower() or len(lead["title"].split()) < 4:
        return ""
    return "related-headlines" if _is_headline_like(lead["title"]) else ""


def _rule_of_credit(line: str) -> str:
    if len(line) > 100:
        return ""
    folded = fold(line)
    return "photo-credit" if any(form.fullmatch(folded) for form in PHOTO_CREDITS) else ""


def _rule_of_notice(words: str) -> str:
    if len(words) > LONGEST_NOTICE or SPEECH.search(words):
        return ""
    folded = LEADING_SIGNS.sub("", fold(words)).rstrip(" >›»→:…")
    return next((rule for rule, form in NOTICES if form.fullmatch(folded)), "")


def _rows_of_networks(
    shown: Sequence[int], keys: Mapping[int, str], found: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Three or more different share buttons below each other vouch for themselves."""
    row: list[int] = []
    for number in [*shown, -1]:
        if keys.get(number, "") in _NETWORKS and number not in found:
            row.append(number)
            continue
        if len({keys[button] for button in row}) > 2:
            yield from ((button, "share-bar") for button in row)
        row = []


def _add_vouched(shown: Sequence[int], lines: Sequence[str], keys: Mapping[int, str], found: dict[int, str]) -> None:
    """Weak lines next to furniture of a rule that vouches for them, and so on along the row."""
    for numbers in (shown, shown[::-1]):
        for neighbour, number in pairwise(numbers):
            if neighbour in found and number not in found:
                rules = _RULES_OF_WEAK_LABEL.get(keys.get(number, ""), ())
                rule = _vouched(rules, found[neighbour])
                if not rule and len(lines[number]) <= 200 and TAGS.fullmatch(lines[number]):
                    rule = _vouched(("tags",), found[neighbour])
                if rule:
                    found[number] = rule


def _above_the_headline(
    shown: Sequence[int], lines: Sequence[str], keys: Mapping[int, str], found: Mapping[int, str]
) -> dict[int, str]:
    """Weak lines and navigation bars that stand above the headline, or on a page that holds nothing else."""
    above: dict[int, str] = {}
    vouched = False
    place = 0
    for number in shown:
        # Navigation bars are longer than labels.
        key = label_key(lines[number]).rstrip("!") if len(lines[number]) <= LONGEST_NOTICE else ""
        if number not in found:
            rule = _rule_above_a_headline(key)
            if not rule:
                break
            above[number] = rule
        vouched = vouched or number in found or key in _CALLS or _is_navigation_bar(key)
        place += 1
    if place == len(shown):
        return above if len(shown) > 1 else {}
    return above if vouched and _may_be_the_headline(shown, lines, place) else {}


def _rule_above_a_headline(key: str) -> str:
    if _is_navigation_bar(key):
        return "navigation"
    return _RULES_OF_WEAK_LABEL[key][0] if key in _RULES_OF_WEAK_LABEL else ""


def _is_navigation_bar(key: str) -> bool:
    """At least three names of sections in a row, as "Home | World | Sport", or two labels, as "Home | Log in"."""
    parts = BAR_SIGN.split(key)
    if len(parts) == 2 and all(part in _RULES_OF_WEAK_LABEL for part in parts):
        return True
    return len(parts) > 2 and all(BAR_WORD.fullmatch(part) for part in parts)


def _may_be_the_headline(shown: Sequence[int], lines: Sequence[str], place: int) -> bool:
    """Whether the line reads as the headline of what follows, so that the short line above it is none."""
    line = lines[shown[place]]
    if place + 1 >= len(shown) or len(line) > 200 or line.rstrip(CLOSERS).endswith(".") or ABOUT_THIS_STORY.match(line):
        return False
    # A first sentence that was wrapped has no full stop on its first line either.
    return not (shown[place + 1] == shown[place] + 1 and continues_lower(lines[shown[place + 1]]))


def _vouched(rules: Iterable[str], neighbour: str) -> str:
    return next((rule for rule in rules if neighbour in VOUCHERS[rule]), "")


def _add_listed(shown: Sequence[int], lines: Sequence[str], keys: Mapping[int, str], found: dict[int, str]) -> None:
    """Headlines of other pieces, below the label that announces them. Lists are judged from the last one up,
    so that a list below may close the one above."""
    for place in range(len(shown) - 1, -1, -1):
        number = shown[place]
        listed: list[int] = []
        if found.get(number) == "prev-next":
            listed = _single_neighbour(shown, lines, found, place)
        elif _is_lead(lines[number], keys.get(number, ""), found.get(number, "")):
            listed = _listed_below(shown, lines, found, place)
        if listed:
            found.update(dict.fromkeys(listed, "related-headlines"))
            found.setdefault(number, "related-headlines")


def _is_lead(line: str, key: str, rule: str) -> bool:
    if key in _STRONG_LEADS:
        return rule != ""
    return bool(key) and not continues_lower(line) and (key in _WEAK_LEADS or bool(WEAK_LEAD_FORM.fullmatch(line)))


def _single_neighbour(shown: Sequence[int], lines: Sequence[str], found: Mapping[int, str], place: int) -> list[int]:
    """The one headline that stands below "Next Post", when the page goes on below it."""
    following = shown[place + 1 : place + 2]
    if not following or following[0] in found or not _is_headline_like(lines[following[0]]):
        return []
    return list(following) if _is_closed(shown, found, place + 2) else []


def _is_closed(shown: Sequence[int], found: Mapping[int, str], place: int) -> bool:
    """Whether the text ends here, or furniture follows that stands below stories and not in them."""
    return place >= len(shown) or (shown[place] in found and found[shown[place]] not in IN_THE_MIDDLE)


def _listed_below(shown: Sequence[int], lines: Sequence[str], found: Mapping[int, str], place: int) -> list[int]:
    """The headlines below a lead that certainly are other pieces'."""
    listed: list[int] = []
    for number in shown[place + 1 : place + 2 + LONGEST_LIST]:
        if number in found or not (_is_headline_like(lines[number]) or LIST_DETAIL.fullmatch(lines[number])):
            break
        listed.append(number)
    if len(listed) > LONGEST_LIST:
        return []
    if _is_closed(shown, found, place + 1 + len(listed)):
        return listed
    return _listed_in_the_middle(lines, shown[place], listed)


def _listed_in_the_middle(lines: Sequence[str], lead: int, listed: Sequence[int]) -> list[int]:
    """With the story going on below, only what cannot be its next heading or the start of its next sentence:
    bulleted headlines, headlines in one paragraph with the lead, or the one that a colon announces."""
    bulleted = _while_true(listed, [bool(LIST_SIGN.match(lines[number])) for number in listed])
    if bulleted and _ends_paragraph(lines, bulleted[-1]):
        return bulleted
    attached = _while_true(listed, [number == lead + offset for offset, number in enumerate(listed, start=1)])
    if attached and _ends_paragraph(lines, attached[-1]) and all(_is_long(lines[number]) for number in attached):
        return attached
    announced = lines[lead].endswith(":") and bool(listed) and _is_long(lines[listed[0]])
    return list(listed[:1]) if announced and _ends_paragraph(lines, listed[0]) else []


def _while_true(numbers: Sequence[int], answers: Sequence[bool]) -> list[int]:
    end = answers.index(False) if False in answers else len(answers)
    return list(numbers[:end])


def _ends_paragraph(lines: Sequence[str], number: int) -> bool:
    return number + 1 >= len(lines) or not lines[number + 1]


def _is_long(line: str) -> bool:
    """Longer than headings inside a story are."""
    return len(line.split()) >= 5 and not line.rstrip(CLOSERS).endswith(("?", "!"))


def _is_headline_like(line: str) -> bool:
    """A line that reads as a headline: some words, a capital, no full stop, nothing about this very story."""
    words = LIST_SIGN.sub("", line, count=1)
    if len(words) > 160 or not 3 <= len(words.split()) <= 25 or continues_lower(words):
        return False
    if words.rstrip(CLOSERS).endswith((".", "…", ":", ";", ",", "。")):
        return False
    # Entries of a live report begin with the hour and often end without a stop.
    return not ABOUT_THIS_STORY.match(words) and not CLOCK.match(words)
