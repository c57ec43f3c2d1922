"""What leaves this desk so that another one can take it in: records of all types, as SELECTs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from annotations.exports.desk import KINDS
from annotations.exports.recordkind import RecordKind
from annotations.permissions import visible_fact_checks, visible_projects, visible_readings, visible_replies
from articles.permissions import SEES_ALL, Role, articles_with_text_for, roles_of, visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person

NOTHING = "SELECT NULL::bigint WHERE false"
# Parts of a statement, and what they are bound to.
Bound = tuple[str, list[Any]]


def statements(
    person: Person,
    *,
    kinds: Sequence[RecordKind] = KINDS,
    marks: Bound | None = None,
    articles: Bound | None = None,
    only: tuple[str, str, list[Any]] | None = None,
) -> Iterator[Bound]:
    """For each kind of record, a SELECT of its rows with its parameters.

    :param marks: a query that gives the uids of the marks to take out; None for all, the retracted ones among them.
    :param articles: a condition on articles; None for all.
    :param only: the rows whose alias in the SELECT has one of the uids that a query gives; None for all.
    """
    reach, values = _reach(person, marks=marks, articles=articles)
    for kind in kinds:
        select = _within(kind.select(), has_chosen=marks is not None)
        if only is None:
            yield f"{reach} {select}", values
        else:
            alias, uids, bound = only
            ordered = f" ORDER BY {kind.order}"
            assert select.endswith(ordered)
            yield f"{reach} {select.removesuffix(ordered)} AND {alias}.uid IN ({uids}){ordered}", [*values, *bound]


def _reach(person: Person, *, marks: Bound | None, articles: Bound | None) -> Bound:
    """What the person may know of, asked once at the head of a statement that asks for it in many places."""
    condition, bound = articles or ("true", [])
    visible, values = _sql(articles_with_text_for(person))
    head = [f"in_articles AS MATERIALIZED (SELECT id FROM articles_article WHERE id IN ({visible}) AND {condition})"]  # noqa: S608
    values += bound
    for name, query in (
        ("in_projects", _open_projects(person)),
        ("in_sources", visible_sources(person)),
        ("in_readings", visible_readings(person)),
        ("in_checks", visible_fact_checks(person)),
        ("in_replies", visible_replies(person)),
    ):
        sql, parameters = _sql(query)
        head.append(f"{name} (id) AS MATERIALIZED ({sql})")
        values += parameters
    if marks is not None:
        head.append(f"chosen AS MATERIALIZED ({marks[0]})")
        values += marks[1]
    return f"WITH {', '.join(head)}", values


def _open_projects(person: Person) -> QuerySet[Any]:
    """Marks of a blind study leave with those who lead it: what others found must not colour a reading."""
    projects = visible_projects(person)
    return projects if roles_of(person) & {*SEES_ALL, Role.RESEARCHER} else projects.filter(is_blind=False)


def _sql(query: QuerySet[Any]) -> Bound:
    try:
        sql, values = query.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # what Django knows to be nothing it does not write
        return NOTHING, []
    return sql, list(values)


def _within(select: str, *, has_chosen: bool) -> str:
    chosen = "m.uid IN (SELECT uid FROM chosen)" if has_chosen else "true"
    parts = {
        "articles": "SELECT id FROM in_articles",
        "projects": "SELECT id FROM in_projects",
        "sources": "SELECT id FROM in_sources",
        "quotes": chosen,
        "marks": f"(m.project_id IN (SELECT id FROM in_projects) AND {chosen})",  # noqa: S608
        "readings": "d.id IN (SELECT id FROM in_readings)",
        "checks": "c.id IN (SELECT id FROM in_checks)",
        "replies": "y.id IN (SELECT id FROM in_replies)",
    }
    for name, sql in parts.items():
        select = select.replace(f"{{{name}}}", sql)
    return select
