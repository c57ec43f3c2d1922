"""The page that explains the API, also for those who do without JavaScript."""

import re

import pytest
from django.test import Client

from newsdesk.models import User


def page_for(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.get("/api/docs/").content.decode()


def test_without_javascript_the_page_leads_to_the_schema(alice: User) -> None:
    page = page_for(alice)

    [without] = re.findall(r"<noscript.*?</noscript>", page, re.DOTALL)
    assert 'href="/api/schema/?format=json"' in without
    assert 'href="/api/schema/"' in without
    assert "docs/reference/api.md" in without


def test_the_page_leads_back_to_the_desk(alice: User) -> None:
    assert '<a href="/">Back to the desk</a>' in page_for(alice)


def test_every_address_is_summed_up_in_a_line(alice: User) -> None:
    client = Client()
    client.force_login(alice)

    paths = client.get("/api/schema/?format=json").json()["paths"]

    summaries = {operation["summary"] for methods in paths.values() for operation in methods.values()}
    assert "Add somebody whose words are reported" in summaries
    assert all(summary and "\n" not in summary for summary in summaries)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_of_the_desk_holds_here_too(alice: User, theme: str) -> None:
    client = Client()
    client.force_login(alice)
    client.cookies["theme"] = theme

    assert f'data-theme="{theme}"' in client.get("/api/docs/").content.decode()


def test_the_page_holds_no_inline_script_or_style(alice: User) -> None:
    page = page_for(alice)

    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)


def test_both_links_of_the_page_are_answered(alice: User) -> None:
    client = Client()
    client.force_login(alice)

    assert client.get("/api/schema/?format=json").json()["openapi"] == "3.1.0"
    assert client.get("/api/schema/").content.startswith(b"openapi: 3.1.0")
