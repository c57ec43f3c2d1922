"""Taking in records of other desks: articles, marks and what they rest on, with their uids, people and moments.

What is here already, by its uid, stays as it is. A record that cannot be taken in is refused by itself with the reason
and the others go in; every law of the database holds for them as for what is written here. Verdicts come
with the checks and reviews they rest on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import AbstractUser
from django.db import DataError, IntegrityError, connection, models, transaction

from annotations.imports.record import Incoming, RecordRefused
from annotations.models import (
    Batch,
    BiasTag,
    Claim,
    Codebook,
    DeskVerdict,
    Evidence,
    FollowUp,
    FollowUpKind,
    Project,
    Reading,
)
from annotations.operations.desk.bulk import Result
from annotations.operations.desk.followups import FOLLOW_UP
from annotations.operations.exchange.importchecks import versions_of_checking, write_checking, write_verdicts
from annotations.operations.exchange.importmarks import write_evidence, write_marks, write_readings
from annotations.operations.exchange.importnouns import (
    write_articles,
    write_codebooks,
    write_people,
    write_projects,
    write_sources,
    write_speakers,
)
from annotations.operations.exchange.importrefs import Known
from articles.models import Article, Quote, Revision, Source, Speaker
from articles.operations.jobs import enqueue
from articles.operations.rows import state_that_no_law_is_lifted


@dataclass(frozen=True, slots=True)
class Kind:
    """How records of a type are stored: their model, by whose uid they are known, and what writes fresh ones.

    ``write`` gives a refusal, by the number of the line, for each record that it left out. ``versions`` says which are
    here, and in which version, where that is no matter of one model.
    """

    model: type[models.Model] | None
    write: Callable[[Sequence[Incoming], Known], Mapping[int, RecordRefused]]
    versions: Callable[[Sequence[str]], Mapping[str, int | None]] | None = None


# In the order in which they are written, whatever the order of the lines.
KINDS: Mapping[str, Kind] = {
    "person": Kind(None, write_people),
    "speaker": Kind(Speaker, write_speakers),
    "source": Kind(Source, write_sources),
    "codebook": Kind(Codebook, write_codebooks),
    "project": Kind(Project, write_projects),
    "article": Kind(Article, write_articles),
    "quote": Kind(Quote, write_marks),
    "claim": Kind(Claim, write_marks),
    "bias_tag": Kind(BiasTag, write_marks),
    "evidence": Kind(Evidence, write_evidence),
    "reading": Kind(Reading, write_readings),
    "checking": Kind(None, write_checking, versions_of_checking),
    "verdict": Kind(DeskVerdict, write_verdicts),
}


# Of one transaction.
RECORDS_OF_PART = 500
MOST_PREVIEWED = 5_000
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of a file, or of a part of it.

    :ivar types: how many records of each type would come in; ``known`` and ``refused`` how many would not.
    :ivar problems: of records that would be refused or of which something would be left out: the first ones.
    :ivar start: how many records stand before those that were counted.
    :ivar following: how many stand before the next part; None at the end of the file.
    """

    types: Mapping[str, int]
    known: int
    refused: int
    problems: Sequence[Result]
    start: int
    following: int | None

    @property
    def created(self) -> int:
        return sum(self.types.values())

    @property
    def is_whole(self) -> bool:
        """Whether all of the file was counted."""
        return self.start == 0 and self.following is None


def foresee(
    records: Iterator[Incoming], *, by: AbstractUser, at: datetime, start: int = 0, most: int = MOST_PREVIEWED
) -> Foreseen:
    """What would become of some records of a file. Takes them in, looks, and takes all of it back.

    :param start: how many are taken in before those that are counted, because these may name them.
    """
    types: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    problems: list[Result] = []
    with transaction.atomic():
        batch = Batch.objects.create(name="", created_by_id=by.pk, created_at=at)
        for part in records_in_parts(islice(records, start)):
            take_in(part, batch=batch, at=at)
        for part in records_in_parts(islice(records, most)):
            for each, result in zip(part, take_in(part, batch=batch, at=at), strict=True):
                statuses[result.status] += 1
                if result.status == "created" and each.record is not None:
                    types[each.record["type"]] += 1
                if result.errors and len(problems) < MOST_PROBLEMS:
                    problems.append(result)
        transaction.set_rollback(True)
    following = start + most if next(records, None) is not None else None
    return Foreseen(dict(types), statuses["known"], statuses["refused"], problems, start, following)


def records_in_parts(records: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    """Records put together as transactions take them."""
    coming = iter(records)
    while part := list(islice(coming, RECORDS_OF_PART)):
        yield part


def take_in(records: Sequence[Incoming], *, batch: Batch, at: datetime) -> list[Result]:
    """Take in records of one part of a file; call it in a transaction. Returns a result for each, in their order."""
    state_that_no_law_is_lifted()
    known = Known(by=batch.created_by, at=at)
    by_type: dict[str, list[Incoming]] = defaultdict(list)
    results = {each.line: Result(each.line, "refused", errors=each.errors) for each in records if each.record is None}
    for each in records:
        if each.record is not None:
            by_type[each.record["type"]].append(each)
            known.people_named.update(each.people)
            known.speakers_named.update(each.speakers)
    for name, kind in KINDS.items():
        results |= _take_in_kind(by_type.get(name, ()), kind, known)
    _follow_up(batch, [each.record["uid"] for each in by_type["article"] if results[each.line].status == "created"])  # type: ignore[index]
    return [results[each.line] for each in records]


def _take_in_kind(records: Sequence[Incoming], kind: Kind, known: Known) -> dict[int, Result]:
    if not records:
        return {}
    uids = [_uid(each) for each in records]
    here = kind.versions(uids) if kind.versions else known.versions(kind.model or known.person_model, uids)
    results: dict[int, Result] = {}
    fresh: dict[str, Incoming] = {}
    for each in records:
        uid = _uid(each)
        if uid in here:
            results[each.line] = Result(each.line, "known", uid, _left(each, here[uid]))
        elif uid in fresh:
            results[each.line] = _refused(each, RecordRefused(f"Line {fresh[uid].line} has this uid too.", field="uid"))
        else:
            fresh[uid] = each
    for each, error in _written(list(fresh.values()), kind, known):
        results[each.line] = _refused(each, error) if error else Result(each.line, "created", _uid(each), each.errors)
    return results


def _uid(each: Incoming) -> str:
    assert each.record is not None
    return str(each.record["uid"])


def _left(each: Incoming, version: int | None) -> tuple[tuple[str, str], ...]:
    """What is said of a record that is here already: another version of it changes nothing."""
    assert each.record is not None
    comes = each.record.get("version")
    if version is None or comes in {None, version}:
        return each.errors
    sentence = f"The desk has version {version} of it, the file version {comes}; what the desk has was left as it is."
    return (*each.errors, ("version", sentence))


def _refused(each: Incoming, error: RecordRefused) -> Result:
    return Result(each.line, "refused", _uid(each), ((error.field, str(error)),))


def _written(records: Sequence[Incoming], kind: Kind, known: Known) -> Iterator[tuple[Incoming, RecordRefused | None]]:
    """Write fresh records of a kind. Where they break a law, halves are tried, down to the one at fault."""
    if not records:
        return
    try:
        with transaction.atomic(), known.kept_if_written():
            refusals = kind.write(records, known)
            _hold_to_all_laws()
    except (DataError, IntegrityError) as error:
        if len(records) == 1:
            yield records[0], RecordRefused(f"It breaks a law of the desk: {_law(error)}.")
            return
        half = len(records) // 2
        yield from _written(records[:half], kind, known)
        yield from _written(records[half:], kind, known)
        return
    for each in records:
        yield each, refusals.get(each.line)


def _hold_to_all_laws() -> None:
    """Ask now what would be asked at the end of the transaction, so that only the record at fault is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _law(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    said = getattr(diagnosis, "message_primary", "") or "a value does not fit"
    return str(name).replace("_", " ") if name else str(said)


def _follow_up(batch: Batch, articles: Iterable[str]) -> None:
    """Have what came in made findable; nothing is suggested of it, because it comes with what people found."""
    keys = list(Revision.objects.filter(article__uid__in=list(articles)).values_list("pk", flat=True))
    if keys and batch.pk is not None:
        work = FollowUp.objects.create(
            batch=batch, kind=FollowUpKind.LIKES, articles=len(keys), first=min(keys), last=max(keys)
        )
        enqueue(FOLLOW_UP, key=work.pk)
