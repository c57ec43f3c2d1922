"""One object of ninjs, whatever version: its names in small letters, its texts with role and kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from articles.ingest.wire_fields import Standing, last_part, one_line

PICTURES = frozenset({"picture", "graphic", "video", "audio"})
NOT_COPY = {"event": "an event", "planning": "a plan of coverage"}
MAIN_ROLES = ("", "main", "headline", "body", "full", "default")
STANDFIRST_ROLES = ("standfirst", "subheadline", "subhead", "subtitle", "deck", "summary", "abstract", "lead")
MARKED_UP = ("application/xhtml+xml", "text/html")
PLAIN = "text/plain"


@dataclass(frozen=True, slots=True)
class Text:
    """One of several headlines, descriptions or bodies."""

    role: str
    content_type: str
    value: str


@dataclass(slots=True)
class Item:
    """One object of ninjs, its names in small letters."""

    names: Mapping[str, object]
    errors: list[str] = field(default_factory=list)

    def text(self, *names: str) -> str:
        """The first of the names that holds something, on one line."""
        return next((said for name in names if (said := one_line(self.names.get(name)))), "")

    def texts(self, plural: str, *prefixes: str) -> list[Text]:
        """Texts of an array (versions 2 and 3), or under names that begin so (version 1: ``body_xhtml``)."""
        found = [_text_of(member) for member in _list(self.names.get(plural))]
        for name, value in self.names.items():
            if name.startswith(prefixes) and isinstance(value, str):
                found.append(Text("", _content_type(name.partition("_")[2]), value))
        return [text for text in found if text.value.strip()]

    def objects(self, name: str) -> list["Item"]:
        """Objects of an array, or (version 1) of an object that names each of them."""
        value = self.names.get(name)
        members = list(value.values()) if isinstance(value, dict) else _list(value)
        return [item_of(member) for member in members if isinstance(member, dict)]

    @property
    def kind(self) -> str:
        return self.text("type").lower()

    @property
    def guid(self) -> str:
        return self.text("uri")


def item_of(value: Mapping[object, object]) -> Item:
    return Item({str(name).lower().replace("-", "_"): member for name, member in value.items()})


def standing_of(item: Item) -> Standing:
    standing = Standing()
    standing.take_status(item.text("pubstatus"))
    for name in ("embargoed", "embargoeduntil", "embargo_of_composite"):
        if item.names.get(name) is not None:
            standing.take_embargo(item.text(name))
    return standing


def bodies_of(item: Item) -> list[Text]:
    return item.texts("bodies", "body_")


def by_role(texts: Sequence[Text], roles: Sequence[str]) -> list[Text]:
    """The texts with one of the roles first, in the order of the item; subheadlines and summaries never."""
    mains = [text for text in texts if role_of(text) in roles]
    others = [text for text in texts if role_of(text) not in (*roles, *STANDFIRST_ROLES)]
    return [*mains, *others]


def role_of(text: Text) -> str:
    return last_part(text.role).lower()


def _text_of(member: object) -> Text:
    if isinstance(member, str):
        return Text("", "", member)
    if not isinstance(member, dict):
        return Text("", "", "")
    item = item_of(member)
    value = item.names.get("value")
    stated = item.text("contenttype").partition(";")[0].strip().lower()
    return Text(item.text("role"), stated, value if isinstance(value, str) else "")


def _content_type(suffix: str) -> str:
    """What version 1 says at the end of a name: ``body_xhtml``, ``body_html``, ``body_text``."""
    return {"xhtml": MARKED_UP[0], "html": MARKED_UP[1], "html5": MARKED_UP[1], "text": PLAIN}.get(suffix, "")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
