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
from articles.ingest.paragraphs import CLOSERS, continues_lower, ends_sentence

# The longest line or paragraph, in code points, that a rule looks at.
LONGEST_LABEL = 80
LONGEST_NOTICE = 400
LONGEST_LIST = 20

# Whole lines, folded and in lower case, without the signs round them.
LABELS: Mapping[str, str] = {
    "share-bar": """
        share this | share this article | share this story | share this post | share this page | share article
        share story | share the story | shareable url | copy link | copy url | copy link to article | link copied
        share on facebook | share on twitter | share on x | share on whatsapp | share on linkedin | share via email
        share on telegram | share on reddit | share by email | email this article | print this article
        share via facebook | share via twitter | send by email | gift this article | bookmark this article
        artikel teilen | partager cet article | compartir este artículo | поделиться | поділитися""",
    "prev-next": """
        prev post | previous post | next post | previous article | prev article | next article | previous story
        next story | older posts | newer posts | post navigation""",
    "comment-form": """
        leave a reply | leave a comment | leave a reply cancel reply | cancel reply | post comment | post a comment
        add a comment | write a comment | add your comment | submit comment | be the first to comment
        join the conversation | join the discussion | comments are closed | comments are closed.
        view comments | show comments | read comments | load comments | load more comments | required fields
        required fields are marked * | kommentar schreiben | laisser un commentaire | deja un comentario""",
    "read-next": """
        read next | what to read next | up next | read more | read more here | read also | also read | read full story
        read the full story | read the full article | continue to full article | lesen sie auch | lire aussi
        à lire aussi | lea también | leggi anche | lees ook | читайте также | читайте також
        czytaj także | czytaj też""",
    "related-headlines": """
        related article | related articles | related story | related stories | related post | related posts
        related news | related content | related topics | related coverage | related links | related reading
        you may also like | you might also like | you may be interested in | you might be interested in
        more on this story | more on this topic | recommended for you | recommended stories | recommended articles
        recommended reading | most read | most viewed | most shared | editor's picks | editors' picks | trending stories
        popular posts | mehr zum thema | sur le même sujet | noticias relacionadas""",
    "newsletter": """
        newsletter | newsletters | newsletter sign-up | newsletter signup | never miss a story
        thank you for subscribing
        thanks for subscribing | subscribe to our newsletter | sign up for our newsletter | enter your email
        enter your email address | check your inbox | sign me up""",
    "cookie-notice": "cookie settings | cookie preferences | cookie notice | cookie policy | accept cookies"
    " | accept all cookies | reject all cookies | manage cookies | your privacy choices | we value your privacy",
    "ad-label": """
        advertisement | advertisements | ad | ads | ad feedback | sponsored | sponsored content | sponsored links
        paid content | paid post | paid partnership | ads by google | remove ads | skip ad | close ad | report this ad
        anzeige | werbung | publicité | publicidad | pubblicità | реклама | advertentie | reklama | reklam""",
    "navigation": """
        skip to content | skip to main content | skip to navigation | jump to content | toggle navigation | main menu
        open menu | close menu | back to top | load more | scroll to top | skip links""",
    "reading-time": "listen to this article | listen to article | listen to this story",
    "subscription": "already a subscriber? | subscribers only | subscriber exclusive | unlock this article",
    "copyright": "all rights reserved | all rights reserved.",
    "story-continues": "after newsletter promotion | skip past newsletter promotion",
}

# Words that stand in stories too; furniture beside them has to vouch (see VOUCHERS).
WEAK_LABELS: Mapping[str, str] = {
    "share-bar": """
        share | tweet | facebook | twitter | x | whatsapp | telegram | linkedin | email | e-mail | print | reddit
        pinterest | pin | pin it | bluesky | threads | messenger | viber | flipboard | pocket | vk | tumblr | link
        save | bookmark | mail | copy | more""",
    "comment-form": """
        name | name * | email | email * | website | comment | comment * | comments | submit | reply | send""",
    "newsletter": "subscribe | sign up | email address | your email | your email address | email | submit | join",
    "cookie-notice": """
        accept | accept all | reject | reject all | decline | settings | preferences | manage preferences | learn more
        i agree | agree | got it | got it! | close | ok | dismiss | manage options | necessary only""",
    "navigation": "menu | search | log in | login | sign in | register | subscribe | home | news | close | my account",
    "subscription": "log in | login | sign in | subscribe | subscribe now | see subscription options | register",
    "copyright": """
        privacy policy | privacy | terms of use | terms of service | terms and conditions | terms | contact us | contact
        about us | about | advertise with us | imprint | cookie policy | accessibility | careers | sitemap""",
    "reading-time": "listen",
}

# Weak labels that are no story's headline: on the first lines of a page they vouch for themselves.
CALLS = """
    subscribe | subscribe now | log in | login | sign in | sign up | register | menu | my account
    see subscription options"""

# Which furniture, standing next to a weak line, vouches that it is furniture of the rule.
VOUCHERS: Mapping[str, frozenset[str]] = {
    "share-bar": frozenset({"share-bar", "follow", "reading-time"}),
    "comment-form": frozenset({"comment-form"}),
    "newsletter": frozenset({"newsletter"}),
    "cookie-notice": frozenset({"cookie-notice"}),
    "navigation": frozenset({"navigation", "cookie-notice"}),
    "subscription": frozenset({"subscription"}),
    "copyright": frozenset({"copyright"}),
    "reading-time": frozenset({"share-bar", "reading-time"}),
    "tags": frozenset({"share-bar", "prev-next", "comment-form", "related-headlines", "follow", "tags"}),
}

# Labels over a list of other pieces that could also be headings of a story: they go when the list goes.
WEAK_LEADS = """
    related | most popular | popular | popular now | trending | trending now | top stories | latest news
    latest stories | see also | don't miss | recommended | more stories | more news | other news | more from us"""
WEAK_LEAD_FORM = re.compile(r"more (?:from|on|in|about) \S.{1,40}", re.IGNORECASE)

PLATFORM = r"(?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|linkedin|tiktok|bluesky|threads|google news)"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"

# Notices to the visitor: each has to match a whole line or a whole paragraph, folded, in any case.
NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(form, re.IGNORECASE))
    for rule, form in (
        (
            "newsletter",
            r"(?:sign up|subscribe|register)(?: now| today| here| free)? (?:for|to) [^.!?]{0,80}?"
            r"\b(?:newsletters?|briefings?|inbox|e-?mail updates|e-?mail alerts)"
            r"(?:[.!]?|(?:,| -|:)? ?"
            r"\b(?:and|to|for|here|now|today|by|with|so|from|every|each|delivered|below|in|sent)\b.*)",
        ),
        (
            "newsletter",
            r"(?:get|receive|have) .{3,160}\b(?:in|to|into) your (?:inbox|e-?mail|mailbox)"
            r"(?:,? (?:every|each|on|twice|once|at|daily|weekly|for free|free)\b[^.!?]{0,40})?[.!]?",
        ),
        ("newsletter", r"(?:enter )?your e-?mail address(?: here)?(?: \*)?"),
        ("newsletter", r"join (?:over |more than )?[\d,.]+[km]? (?:other )?(?:subscribers|readers)\b.{0,60}"),
        (
            "newsletter",
            r"by (?:signing up|subscribing|submitting|registering|entering your)\b.{0,160}"
            r"\byou (?:agree|consent|accept|acknowledge|confirm)\b.{0,200}",
        ),
        (
            "newsletter",
            r"(?:you can )?unsubscribe (?:at )?any ?time\b.{0,40}"
            r"|no spam(?:,? (?:ever|we promise|unsubscribe any ?time))*[.!]?",
        ),
        ("newsletter", r"(?:thank you|thanks) for (?:subscribing|signing up)\b.{0,60}"),
        (
            "cookie-notice",
            r"(?:we|this (?:web)?site|our (?:web)?site|[\w.]+\.(?:com|org|net)) (?:and our (?:\d+ )?partners )?uses? "
            r"(?:cookies|technologies such as cookies)\b.{0,120}\b(?:experience|(?:web)?site|ads|advertising|traffic|"
            r"personali[sz]e|analy[sz]e|browser|device|services)\b.{0,260}",
        ),
        (
            "cookie-notice",
            r"by (?:continuing to (?:use|browse)|clicking|using (?:this|our) (?:web)?site|accepting cookies)\b.{0,120}"
            r"\b(?:you (?:agree|consent|accept)|cookies)\b.{0,200}",
        ),
        ("comment-form", r"your e-?mail address will not be published\b.{0,80}"),
        ("comment-form", r"save my name, e-?mail,? and website in this browser.{0,80}"),
        ("comment-form", r"notify me of (?:follow-?up comments|new posts|new comments).{0,40}"),
        (
            "comment-form",
            r"(?:you must be logged in|log ?in|sign in) to (?:post|leave|add|write) a (?:comment|reply)\.?",
        ),
        ("comment-form", r"this site uses akismet\b.{0,120}"),
        ("comment-form", r"\d[\d,.]* (?:comments?|replies)|no comments(?: yet)?|comments? \(\d+\)"),
        (
            "story-continues",
            r"(?:story|article|report|text|content) (?:continues|resumes) (?:below|after)"
            r"(?: (?:the |this )?(?:ad|advert|advertisement|promotion|newsletter promotion|video|gallery|image)s?"
            r")?[.!]?",
        ),
        ("story-continues", r"continue reading(?: below| the main story| after .{1,30})?"),
        ("story-continues", r"(?:scroll (?:down )?to continue|keep scrolling)(?: (?:to|for|with) [^.]{1,30})?"),
        ("story-continues", r"advertisement ?- ?.{0,20}\b(?:continues?|scroll)\b.{0,40}"),
        ("ad-label", r"(?:sponsored|presented|paid for) by [^\W\d_][\w&' -]{1,40}"),
        ("reading-time", r"reading time:? \d{1,2} ?min(?:ute)?s?\.?|\d{1,2}[ -]?min(?:ute)?s? read(?:ing time)?"),
        (
            "follow",
            rf"(?:follow|like|find) us(?: on {PLATFORM}(?:(?:,| and|, and|,? or) {PLATFORM})*)?"
            r"(?: for [^.]{1,40})?[.!]?",
        ),
        (
            "follow",
            rf"follow (?:@\w+|(?:[\w'.]+ ){{0,4}}[\w'.]+) on {PLATFORM}(?:(?:,| and|, and|,? or) {PLATFORM})*[.!]?",
        ),
        (
            "follow",
            r"(?:join|subscribe to) (?:our|us on) .{0,40}\b(?:telegram|whatsapp|youtube|facebook|signal)\b.{0,30}",
        ),
        ("follow", r"download (?:our|the)(?: [\w']+){0,3} app(?: (?:for|from|on|today|now|here)\b.{0,40})?[.!]?"),
        ("copyright", r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?.{0,80}\b(?:19|20)\d\d\b.{0,160}"),
        ("copyright", r"copyright (?:19|20)\d\d\b[^.]{0,100}|.{0,80}\ball rights reserved\.?"),
        ("copyright", r"this material may not be published, broadcast.{0,80}"),
        (
            "subscription",
            r"(?:subscribe|register|sign up)(?: now)? to (?:continue|keep|unlock) (?:reading|this)\b.{0,60}",
        ),
        ("subscription", r"(?:already|are you) a (?:subscriber|member)\? ?(?:log|sign) ?in\b.{0,20}"),
        ("subscription", r"(?:log|sign) ?in to (?:continue|read)\b.{0,40}"),
        (
            "subscription",
            r"this (?:article|story|content) is (?:exclusively )?(?:for|available to) (?:our )?subscribers.{0,20}",
        ),
        ("subscription", r"you have \w+ (?:free )?articles? (?:left|remaining)\b.{0,40}"),
        ("navigation", r"home ?[>›»] ?\S.{0,80}|home ?/[^/]{1,40}/.{1,40}"),
        ("read-next", r"read more (?:about|on|from) [^.!?]{2,60}"),
    )
)

TAGS = re.compile(r"(?:tags|topics|filed under|keywords|tagged)\s*:\s*\S.{0,200}", re.IGNORECASE)

# "Read more: Another piece's headline", all on one line.
INLINE_LEAD = re.compile(
    r"(?:read (?:more|next|also)|also read|related(?: article| story| stories)?|see also|lesen sie auch|"
    r"lire aussi|lea también|читайте также|читайте також)\s*[:|]\s*(?P<title>.+)",
    re.IGNORECASE,
)

AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|EPA-EFE|Getty Images|Getty|Bloomberg|Xinhua|TASS|Sputnik|Anadolu|Alamy|"
    r"Shutterstock|iStock|dpa|PA Wire|PA Media|Ukrinform|Unsplash|Magnum|ZUMA|NurPhoto|AAP|ANP|Keystone)"
)
NAME = r"(?:(?:(?:[^\W\d_a-z][\w.'-]*|de|da|di|van|von|der|den|al|el|bin) ){0,4}[^\W\d_a-z][\w.'-]*)"
PHOTO_CREDITS = (
    re.compile(
        rf"\(?(?:(?i:(?:photo|photograph|image|picture|illustration|foto|bild|фото)s?(?: credit| courtesy| source)?"
        rf"|credit) ?[:/] ?"
        rf"|(?i:photo|photograph|image|picture|illustration)s? (?:by|via|courtesy of) )"
        rf"(?:courtesy of |supplied by )?{NAME}(?:(?: ?[/,|] ?| via | for | and ){NAME}){{0,3}}\)?"
    ),
    re.compile(rf"\(?©? ?{NAME}(?: ?/ ?| via ){AGENCY}(?: Images| Photo)?(?:(?: ?/ ?| via ){NAME})?\)?"),
    re.compile(rf"\(?©? ?{AGENCY}(?: Photo| Images)?(?: ?/ ?| via ){NAME}\)?"),
    re.compile(rf"\(?(?:© ?{AGENCY}|Getty Images|AP Photo|Shutterstock|iStock|Alamy Stock Photo|File photo)\)?"),
)

# What parts the words of a navigation bar, and what introduces a network in a bar of share buttons.
BAR_SIGN = re.compile(r"\s*[|·•]\s*")
BAR_WORD = re.compile(r"[^\W\d_][\w'&-]{0,19}(?: (?:& )?[^\W\d_][\w'&-]{0,19})?")
SHARE_ON = re.compile(r"\bshare (?:this )?(?:on|via|by)\b")

LEADING_SIGNS = re.compile(r"^[^\w\"'“”‘’„«(©@]+")
TRAILING_SIGNS = re.compile(r"(?:\.\.\.|…|[^\w\"'“”‘’)».!?…*])+$")
SPEECH = re.compile(
    r"[\"“”„«»]|\b(?:said|says|told|tells|asked|asks|wrote|writes|added|adds|replied|according to)\b",
    re.IGNORECASE,
)
# What stands below a story and speaks about this one, and what stands in lists between headlines.
ABOUT_THIS_STORY = re.compile(
    r"(?:additional |with )?(?:reporting|editing|writing|translat|correction|clarification|editor'?s?'? note|updated|"
    r"this (?:article|story)|with (?:files|agencies|reporting)|by |from |source)",
    re.IGNORECASE,
)
LIST_DETAIL = re.compile(
    rf"\d{{1,2}}\.? {MONTH} \d{{4}}|{MONTH} \d{{1,2}}, \d{{4}}|\d+ (?:minute|min|hour|day|week)s? ago", re.IGNORECASE
)
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b")
LIST_SIGN = re.compile(r"(?:[•◦▪‣●■*–-]|\d{1,2}[.)])\s+")

# Furniture that stands in the middle of stories: it proves nothing about the lines beside it.
IN_THE_MIDDLE = frozenset({"ad-label", "photo-credit", "story-continues"})


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
    bare = TRAILING_SIGNS.sub("", LEADING_SIGNS.sub("", line))
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
    lead = INLINE_LEAD.fullmatch(line) if len(line) <= 200 else None
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
