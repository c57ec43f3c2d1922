"""The rules of a desk."""

import pytest

from articles.fetching.addresses import read_address
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.rules import FetchingRules, RulesMalformed


def admits(address: str, **rules: object) -> bool:
    try:
        FetchingRules(contact="desk@paper.example", **rules).admit(read_address(address))  # type: ignore[arg-type]
    except FetchRefused as refused:
        return refused.code not in {Code.HOST_LIST, Code.PORT}
    return True


@pytest.mark.parametrize(
    ("host", "listed", "covered"),
    [
        ("paper.example", "paper.example", True),
        ("www.paper.example", "paper.example", True),
        ("a.b.paper.example", ".paper.example", True),
        ("www.paper.example", "*.paper.example", True),
        ("PAPER.example.", "Paper.Example.", True),
        ("münchen.example", "xn--mnchen-3ya.example", True),
        ("www.xn--mnchen-3ya.example", "münchen.example", True),
        ("93.184.216.34", "93.184.216.34", True),
        ("badpaper.example", "paper.example", False),
        ("paper.example.org", "paper.example", False),
        ("example.org", "paper.example", False),
        ("paper.example", "www.paper.example", False),
    ],
)
def test_a_listed_name_covers_itself_and_what_is_below_it(host: str, listed: str, covered: bool) -> None:
    assert admits(f"http://{host}/", allowed_hosts=(listed,)) is covered
    assert admits(f"http://{host}/", denied_hosts=(listed,)) is not covered


def test_a_host_on_both_lists_is_denied() -> None:
    lists = {"allowed_hosts": ("paper.example",), "denied_hosts": ("private.paper.example",)}

    assert admits("http://www.paper.example/", **lists)
    assert not admits("http://private.paper.example/", **lists)


@pytest.mark.parametrize(
    ("address", "admitted"),
    [
        ("http://paper.example/", True),
        ("https://paper.example/", True),
        ("http://paper.example:443/", True),
        ("http://paper.example:22/", False),
        ("https://paper.example:8443/", False),
    ],
)
def test_only_the_ports_of_the_web_are_asked(address: str, admitted: bool) -> None:
    assert admits(address) is admitted


def test_a_desk_may_allow_another_port() -> None:
    assert admits("https://paper.example:8443/", ports=frozenset({80, 443, 8443}))


@pytest.mark.parametrize(
    "rules",
    [
        {"contact": ""},
        {"contact": "desk@paper.example\r\nCookie: a=b"},
        {"contact": "schreibtisch@münchen.example"},
        {"allowed_hosts": ("http://paper.example/",)},
        {"denied_hosts": ("",)},
        {"pause": -1.0},
        {"ports": frozenset({0})},
    ],
)
def test_rules_that_cannot_be_obeyed_are_refused(rules: dict[str, object]) -> None:
    with pytest.raises(RulesMalformed):
        FetchingRules(**{"contact": "desk@paper.example", **rules})  # type: ignore[arg-type]
