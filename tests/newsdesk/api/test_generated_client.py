"""A client that openapi-python-client makes out of the schema, driven against a running desk."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from newsdesk.models import User
from tests.factories import make_article
from tests.factories.callers import make_key, place

NAME = "newsdesk_client"
WORDS = "The council voted"
Module = Callable[[str], Any]


@pytest.fixture
def client_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Module]:
    """Imports modules of the client just made."""
    schema, settings = tmp_path / "schema.json", tmp_path / "settings.yml"
    call_command("spectacular", "--format", "openapi-json", "--file", str(schema))
    settings.write_text("post_hooks: []\n")
    options = ["--path", schema, "--output-path", tmp_path / NAME, "--meta", "none", "--config", settings]
    made = [sys.executable, "-m", "openapi_python_client", "generate", *map(str, options)]
    subprocess.run(made, check=True, capture_output=True, cwd=tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield lambda name: importlib.import_module(f"{NAME}.{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def test_a_generated_client_marks_changes_and_lists(
    alice: User, live_server: LiveServer, client_module: Module
) -> None:
    article: Article = make_article(by=alice)
    models = client_module("models")
    key = make_key(alice, ["read", "annotate"])
    client = client_module("client").AuthenticatedClient(base_url=live_server.url, token=key)

    body = models.ClaimBodyRequest.from_dict({**place(article, WORDS), "canonical": "The council voted on it."})
    with client:
        claim = client_module("api.claims.claims_create").sync(client=client, body=body)
        change = models.PatchedClaimChangeRequest.from_dict({"note": "Ask the treasurer.", "version": claim.version})
        changed = client_module("api.claims.claims_partial_update").sync(uid=claim.uid, client=client, body=change)
        page = client_module("api.claims.claims_list").sync(client=client, article=article.uid)
        refused = client_module("api.claims.claims_partial_update").sync(uid=claim.uid, client=client, body=change)

    assert changed.note == "Ask the treasurer."
    assert [each.uid for each in page.results] == [claim.uid]
    assert page.results[0].anchor.exact == WORDS
    assert isinstance(refused, models.Problem)
    assert refused.status == 409
