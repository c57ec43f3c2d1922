"""What the reference promises to list, it lists."""

import re
from pathlib import Path

import pytest

from annotations.exports.dictionary import MEANINGS, written_into
from annotations.exports.labelstudio import CONFIGURATION
from annotations.exports.record import COLUMNS
from annotations.forms.exports import ExportForm
from articles.ingest.readers import READERS

PROJECT = Path(__file__).resolve().parents[2]
SETTINGS = (PROJECT / "newsdesk" / "settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS))))
def test_every_setting_has_its_heading(name: str) -> None:
    reference = (PROJECT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert f"### {name}\n" in reference


def _runtime_packages() -> list[str]:
    lines = (PROJECT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return [re.split(r"[\[<>=]", line)[0] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("package", _runtime_packages())
def test_every_dependency_says_why_it_is_here(package: str) -> None:
    reference = (PROJECT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")

    assert package in reference


def test_readme_is_short() -> None:
    assert len((PROJECT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


def _documents() -> list[Path]:
    return [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")]


@pytest.mark.parametrize("document", _documents(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_exports_is_described(column: str) -> None:
    reference = (PROJECT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")

    assert f"`{column}`" in reference.partition("## Columns")[2]


@pytest.mark.parametrize("name", [reader.name for reader in READERS])
def test_every_reader_has_its_heading(name: str) -> None:
    reference = (PROJECT / "docs" / "reference" / "readers.md").read_text(encoding="utf-8")

    assert f"## {name}\n" in reference


@pytest.mark.parametrize("document", _documents(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_call_with_a_token_asks_the_api(document: Path) -> None:
    calls = re.findall(r"Bearer \$NEWSDESK_TOKEN\" +\"([^\"]+)\"", document.read_text(encoding="utf-8"))

    assert [address for address in calls if not address.startswith("$NEWSDESK_URL/api/v1/")] == []


def test_the_filters_of_exports_are_the_documented_ones() -> None:
    reference = (PROJECT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    table = reference.partition("## Filters")[2].partition("## Streams")[0]
    described = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))

    assert set(re.findall(r"`(\w+)`", described)) == set(ExportForm.base_fields)


def test_the_dictionary_of_exports_is_that_of_the_code() -> None:
    reference = (PROJECT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")

    assert written_into(reference) == reference
    assert set(MEANINGS) == set(COLUMNS)


def test_the_configuration_for_label_studio_is_that_of_the_code() -> None:
    reference = (PROJECT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")

    assert CONFIGURATION in reference.replace("\n  ", "\n")
