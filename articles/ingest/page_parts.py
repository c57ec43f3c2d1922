"""Parts of a page that its own markup names: what holds comments, related pieces, advertisements, buttons.

Outlets name such parts in the classes and identifiers of their elements. A name says little about an element that
holds most of the story, so :class:`PageParts` is told how much of the story each element holds.
"""

import re
from collections.abc import Container, Mapping

from lxml.html import HtmlElement

# In code points of class and identifier: what is looked at.
LONGEST_NAME = 600
# An element with this share of the story or more is no part beside it, whatever it is called.
SHARE_OF_STORY = 0.3

# Names that stand beside stories and never in them. Words are matched whole, in several languages.
NAMES: Mapping[str, str] = {
    "cookie-notice": "cookie cookies consent gdpr cmp onetrust didomi privacy rodo cookiebanner cookiebar",
    "comment-form": """
        comment comments cmt disqus respond commentlist commentform commenting livefyre coral reactions reaction yorum
        yorumlar kommentar kommentare komentarze leserkommentare commentaires comentarios kommentarer talkback""",
    "newsletter": "newsletter newsletters nl mailchimp signup mailinglist emailsignup nl-signup optin",
    "subscription": "paywall regwall subscription subscribe offers piano meter upsell barrier membership",
    "share-bar": """
        share rrss shares sharing sharebar sharebuttons social socials sharedaddy addthis addtoany teilen partage
        compartir         paylas paylaş shariff sns bookmark toolbar tools actions""",
    "ad-label": """
        ad ads advert adverts advertisement advertising adsbygoogle adslot adbox banner banners sponsor sponsored promo
        promotion promos dfp gpt anzeige reklam reklama werbung publicidad pub outbrain taboola mgid teads""",
    "related-headlines": """
        related relateds recommended recommendation recommendations recommend recirc recirculation onward morefrom
        readalso mostread mostviewed trending popular populares teaser teasers yarpp relatedposts similar also
        relacionadas relacionados verwandt ilgili top-stories latest onwards carousel next prevnext readnext topstories
        mostpopular mest-lest more-stories ranking""",
    "navigation": """
        nav navbar navigation menu menus breadcrumb breadcrumbs crumb crumbs pagination pager paging pages skip
        masthead sitenav topbar toc""",
    "tags": "tags taglist topics keywords tagcloud etiquetas schlagworte tag-list topic-list",
    "author-box": "bio authorbio authorbox author-box about-author author-bio author-info author-card aboutauthor",
    "photo-credit": "credit credits photocredit photographer copyright image-credit photo-credit quelle img-credit",
    "media-player": "audio listen player audioplayer tts readspeaker trinity video vid videoplayer jwplayer",
    "poll": "poll quiz survey umfrage",
    "pull-quote": "pullquote pull-quote pullquotes pull blockpull zitatbox",
    "footnotes": "footnotes footnote references reflist endnotes",
}  # fmt: skip
# Beginnings of such names, as long words of several languages share them.
STEMS: Mapping[str, str] = {
    "comment-form": "comment komment koment coment yorum disqus discuss diskus talkback hozzasz respond коммент",
    "newsletter": "newsletter nieuwsbrief nyhedsbrev nyhetsbrev uutiskirje infolettre boletin bulten rassylk rozsylk",
    "related-headlines": """
        related recommend recirc mostread mostpop mostview trending similar verwandt empfohl empfehl meistgelesen
        polecan powiazan podobn relacionad correlat gerelateerd ilgili benzer onerilen readmore readalso
        lireaussi weiterlesen""",
    "share-bar": "sharing sharebar sharebutton socialshar socialmedia partag compart condivid udostepn paylas podziel",
    "ad-label": "advert adslot adunit sponsor promobox werbe anzeige reklam publicidad publicit annons mainos hirdet",
    "cookie-notice": "cookie consent gdpr onetrust didomi",
    "subscription": "paywall regwall",
    "navigation": "breadcrumb paginat",
    "author-box": "authorbox authorbio aboutauthor aboutthe autorbox autoreninfo autorenbox",
}  # fmt: skip
# Names that stand beside stories and round boxes that belong to them.
WEAK_NAMES = frozenset({"aside", "sidebar", "widget", "rail", "box", "infobox", "complementary"})
TAGS: Mapping[str, str] = {
    "nav": "navigation",
    "menu": "navigation",
    "amp-sidebar": "navigation",
    "footer": "page-footer",
    "form": "form",
    "button": "button",
    "amp-ad": "ad-label",
    "amp-consent": "cookie-notice",
    "amp-social-share": "share-bar",
    "dialog": "dialog",
}
ROLES: Mapping[str, str] = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "page-footer",
    "search": "form",
    "form": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "button": "button",
}
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NAME_SIGN = re.compile(r"[^\w]+|_+")
ADVERTISEMENT = "ad-label"
# What outlets call rows of pictures, and the place above a story in which they stand.
ROWS_OF_PICTURES = ("carousel", "slider", "masthead")

_RULE_OF_STEM = {stem: rule for rule, stems in STEMS.items() for stem in stems.split()}
_STEM = re.compile("|".join(sorted(_RULE_OF_STEM, key=len, reverse=True)))
_RULE_OF_NAME = {name: rule for rule, names in NAMES.items() for name in names.split()}


def _rule_of_stem(word: str) -> str:
    found = _STEM.match(word)
    return _RULE_OF_STEM[found[0]] if found else ""


class PageParts:
    """Says for every element of a page which part beside the story it stands in.

    ``story`` gives, for elements that hold words of the story, how many code points of it; ``told`` the rules of
    elements that something other than their name tells; ``misnamed`` those whose name misleads. Names count only
    where ``trusts_names`` says so.
    """

    def __init__(
        self,
        root: HtmlElement,
        story: Mapping[HtmlElement, int],
        *,
        told: Mapping[HtmlElement, str],
        misnamed: Container[HtmlElement] = (),
        trusts_names: bool = True,
    ) -> None:
        self._rules: dict[HtmlElement, str] = {}
        self._weak: set[HtmlElement] = set()
        whole = max(story.values(), default=0)
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            parent = element.getparent()
            rule = self._rules.get(parent, "")
            if not rule and story.get(element, 0) <= SHARE_OF_STORY * whole:
                is_named = trusts_names and element not in misnamed
                rule = told.get(element, "") or (rule_of_element(element) if is_named else "")
            if rule:
                self._rules[element] = rule
            if parent in self._weak or is_weak_part(element):
                self._weak.add(element)

    def rule_of(self, element: HtmlElement) -> str:
        """The rule that removes lines of the element; ``""`` for elements of the story."""
        return self._rules.get(element, "")

    def is_aside(self, element: HtmlElement) -> bool:
        """Whether the element stands in a box that may or may not belong to the story."""
        return element in self._weak


class PartsOf:
    """The parts of one page for whatever is known of its story; ``repeated`` are those its repetitions tell."""

    def __init__(self, root: HtmlElement, repeated: Mapping[HtmlElement, str], *, trusts_names: bool) -> None:
        self._root, self._repeated, self._trusts_names = root, repeated, trusts_names

    def __call__(
        self,
        story: Mapping[HtmlElement, int],
        labelled: Mapping[HtmlElement, str] | None = None,
        *,
        misnamed: Container[HtmlElement] = (),
    ) -> PageParts:
        """The parts, where ``story`` gives the code points of the story in each element."""
        told = {**(labelled or {}), **self._repeated}
        return PageParts(self._root, story, told=told, misnamed=misnamed, trusts_names=self._trusts_names)


def rule_of_element(element: HtmlElement) -> str:
    """The rule that the element's own tag, role, class or identifier names."""
    if element.tag in ("html", "body", "main", "article", "h1"):
        return ""
    if element.tag in TAGS:
        return TAGS[element.tag]
    if element.get("role", "") in ROLES:
        return ROLES[element.get("role")]
    rule = _rule_of_names(_names(element))
    return "" if rule in ("related-headlines", "navigation") and _is_row_of_pictures(element) else rule


def _is_row_of_pictures(element: HtmlElement) -> bool:
    """Whether the element is called a row of something, and what it holds are pictures of the story with captions."""
    is_row = any(name in _names(element).lower() for name in ROWS_OF_PICTURES)
    return is_row and (element.tag == "figure" or next(element.iter("figcaption"), None) is not None)


def is_weak_part(element: HtmlElement) -> bool:
    """Whether the element is a box that may or may not belong to the story."""
    return element.tag == "aside" or not WEAK_NAMES.isdisjoint(_names(element).split())


def _names(element: HtmlElement) -> str:
    attributes = (element.get("class", ""), element.get("id", ""), element.get("data-component", ""))
    return " ".join(attribute[:LONGEST_NAME] for attribute in attributes if attribute)


def _rule_of_names(names: str) -> str:
    for name in CAMEL.sub("-", names).lower().split():
        words = [word for word in NAME_SIGN.split(name) if word]
        for word in (name, *words):
            rule = _RULE_OF_NAME.get(word) or _rule_of_stem(word)
            if rule:
                return rule
    return ""
