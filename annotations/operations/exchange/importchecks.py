"""How claims were checked on another desk, taken in: each step is made anew in its order, so that every law is asked.

A check begins before its draft, was in review in the version that each second person saw, is approved by them, and is
published with the verdict that rests on it. What the record does not show of the way is filled in with the moves that
the rules allow; where none leads there, the record is refused. Persons and moments are those of the other desk. The
history notes the steps as what they are here: changes by whoever takes the file in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from annotations.imports.record import Incoming, RecordRefused
from annotations.models import CheckState, Claim, DeskVerdict, FactCheck, Rating, Reply, RestingOn, Review
from annotations.models.factcheck import OVER, Decision
from annotations.operations.checking.checklaws import MOVES
from annotations.operations.checking.factchecks import approvals_needed
from annotations.operations.exchange.importnouns import Record, Refusals, each_fit, made
from annotations.operations.exchange.importrefs import Known, named, refuse_unfit
from articles.models import Anchor

# The one that is taken where several would do comes first.
BEGINNINGS = (CheckState.GATHERING, CheckState.ASSIGNED, CheckState.PROPOSED)
# Where a way may go through several, it goes through the draft.
_STATES = sorted(MOVES, key=lambda state: state != CheckState.DRAFTED)
_OF_CHECK = (
    *("uid", "verdict", "qualifiers", "reason", "note", "one_source_reason", "claim_version_seen", "written_at"),
    "due_at",
)
_OF_REPLY = (
    *("uid", "name", "asked_at", "channel", "question", "deadline", "answer", "answered_at", "not_asked_reason"),
    *("retracted_at", "version"),
)
_OF_VERDICT = ("uid", "number", "verdict", "qualifiers", "reason", "dissent", "correction_note")


def write_checking(records: Sequence[Incoming], known: Known) -> Refusals:
    """Take in how claims were checked, one claim after the other."""
    found = [each.record for each in records if each.record is not None]
    people = known.people(_people(found))
    claims = Claim.objects.in_bulk([record["uid"] for record in found], field_name="uid")
    by_uid = {str(uid): claim for uid, claim in claims.items()}

    def checking(record: Record) -> None:
        if record["uid"] not in by_uid:
            raise RecordRefused(f"The claim {record['uid']} is not here. Bring it in first.", field="uid")
        claim = by_uid[record["uid"]]
        with transaction.atomic():
            _write_replies(claim, record["replies"], known, people)
            _Checking(claim, record, known, people).write()

    _written, refusals = each_fit(records, checking)
    return refusals


def versions_of_checking(uids: Sequence[str]) -> dict[str, int]:
    """Of those claims that somebody checks here: how often anything of it was written, as the export counts it."""
    counts: dict[str, int] = {}
    for model in (FactCheck, Reply):
        for uid, version in model._default_manager.filter(claim__uid__in=uids).values_list("claim__uid", "version"):
            counts[str(uid)] = counts.get(str(uid), 0) + version
    for uid in DeskVerdict.objects.filter(claim__uid__in=uids).values_list("claim__uid", flat=True):
        counts[str(uid)] = counts.get(str(uid), 0) + 1
    return counts


def write_verdicts(records: Sequence[Incoming], known: Known) -> Refusals:
    """Verdicts by themselves, as other formats have them. Those that are not here already are refused."""
    reason = "A verdict comes with the checks and reviews it rests on: in a file for another Newsdesk."
    return {each.line: RecordRefused(reason, field="motivation") for each in records}


def _people(records: Iterable[Record]) -> set[str]:
    named_people: set[str | None] = set()
    for record in records:
        for reply in record["replies"]:
            named_people |= {reply[name] for name in ("created_by", "approached_by", "retracted_by")}
        for check in record["checks"]:
            named_people |= {check["created_by"], check["checker"], *check["authors"]}
            named_people |= {each["by"] for each in check["search_log"]}
            named_people |= {review["created_by"] for review in check["reviews"]}
        named_people |= {verdict["created_by"] for verdict in record["verdicts"]}
    return {uid for uid in named_people if uid is not None}


def _write_replies(claim: Claim, replies: Sequence[Record], known: Known, people: Mapping[str, int]) -> None:
    speakers = known.speakers(reply["speaker"] for reply in replies)
    for reply in replies:
        refuse_unfit(Reply, {name: reply[name] for name in ("name", "channel")})
        speaker = reply["speaker"]
        Reply.objects.create(
            claim=claim,
            speaker_id=named(speakers, speaker, "speaker") if speaker else None,
            approached_by_id=people.get(reply["approached_by"]),
            retracted_by_id=people.get(reply["retracted_by"]),
            **{name: reply[name] for name in _OF_REPLY},
            **made(reply, people),
        )


class _Checking:
    """The checks of one claim on their way from draft to verdict."""

    def __init__(self, claim: Claim, record: Record, known: Known, people: Mapping[str, int]) -> None:
        self._claim, self._people = claim, people
        self._drafts = {draft["uid"]: draft for draft in record["checks"]}
        self._verdicts = sorted(record["verdicts"], key=lambda verdict: int(verdict["number"]))
        self._ratings = _ratings([*record["checks"], *record["verdicts"]])
        self._anchors = known.look_up(Anchor, [draft["anchor_seen"] for draft in record["checks"]])
        self._matched = known.look_up(DeskVerdict, [draft["matched_seen"] for draft in record["checks"]])
        self._rests = {
            rest["check"]: int(rest["version_seen"]) for verdict in self._verdicts for rest in verdict["rests_on"]
        }
        self._under_way: dict[str, tuple[FactCheck, dict[int, str]]] = {}

    def write(self) -> None:
        """Verdicts in their order with the checks they rest on; then what came to nothing, then what is still open."""
        said: DeskVerdict | None = None
        for verdict in self._verdicts:
            said = self._publish(verdict, after=said)
        for is_over in (True, False):
            for uid, draft in self._drafts.items():
                if (draft["state"] in OVER) == is_over:
                    self._advance(uid, int(draft["version"]))

    def _publish(self, verdict: Record, *, after: DeskVerdict | None) -> DeskVerdict:
        for rest in verdict["rests_on"]:
            if rest["check"] not in self._drafts:
                raise RecordRefused(
                    f"The verdict rests on {rest['check']}, which is not in the record.", field="checks"
                )
            self._advance(rest["check"], int(rest["version_seen"]))
        said = DeskVerdict.objects.create(
            claim=self._claim,
            rating_id=self._rating(verdict["rating"]),
            correction_of=after,
            **{name: verdict[name] for name in _OF_VERDICT},
            **made(verdict, self._people),
        )
        for rest in verdict["rests_on"]:
            check, _path = self._under_way[rest["check"]]
            RestingOn.objects.create(desk_verdict=said, fact_check=check, version_seen=rest["version_seen"])
            self._advance(rest["check"], int(rest["version_seen"]) + 1)
        return said

    def _advance(self, uid: str, version: int) -> None:
        """Take a check on to a version, with the reviews on the way there."""
        draft = self._drafts[uid]
        if uid not in self._under_way:
            path = path_of(draft, rests=self._rests.get(uid), needed=approvals_needed(self._claim))
            self._under_way[uid] = self._begin(draft, path), path
        check, path = self._under_way[uid]
        while check.version < version:
            check.change(seen=check.version, state=path[check.version + 1])
            self._review(check, draft)

    def _begin(self, draft: Record, path: Mapping[int, str]) -> FactCheck:
        refuse_unfit(FactCheck, {name: draft[name] for name in ("verdict", "one_source_reason")})
        first = min(path)
        anchor, matched = draft["anchor_seen"], draft["matched_seen"]
        return FactCheck.objects.create(
            claim=self._claim,
            checker_id=self._people.get(draft["checker"]),
            state=path[first],
            version=first,
            rating_id=self._rating(draft["rating"]) if draft["rating"] else None,
            search_log=[{**each, "by": self._people.get(each["by"])} for each in draft["search_log"]],
            authors=sorted(self._people[author] for author in draft["authors"]),
            anchor_seen_id=named(self._anchors, anchor, "anchor_seen") if anchor else None,
            matched_seen_id=named(self._matched, matched, "matched_seen") if matched else None,
            **{name: draft[name] for name in _OF_CHECK},
            **made(draft, self._people),
        )

    def _review(self, check: FactCheck, draft: Record) -> None:
        for review in draft["reviews"]:
            if review["version_seen"] == check.version:
                refuse_unfit(Review, {"decision": review["decision"]})
                Review.objects.create(
                    fact_check=check,
                    authors=check.authors,
                    **{name: review[name] for name in ("uid", "decision", "reason", "version_seen")},
                    **made(review, self._people),
                )

    def _rating(self, rating: Record) -> int:
        key = _key_of(rating)
        if key not in self._ratings:
            raise RecordRefused(f"The desk has no rating “{rating['name']}” in “{rating['scale']}”.", field="rating")
        return self._ratings[key]


def path_of(draft: Record, *, rests: int | None, needed: int) -> dict[int, str]:
    """The states of a check by its versions: as short a way as the rules allow from a beginning to where it is.

    It was in review in each version that somebody decided on, approved in the one that a verdict rests on, and
    approved only after ``needed`` second persons had agreed.

    :raises RecordRefused: when no way leads there.
    """
    approvals: dict[int, set[str]] = {}
    fixed: dict[int, str] = {int(draft["version"]): draft["state"]}
    for review in draft["reviews"]:
        fixed[int(review["version_seen"])] = CheckState.IN_REVIEW
        if review["decision"] == Decision.APPROVE:
            approvals.setdefault(int(review["version_seen"]), set()).add(review["created_by"])
    if rests is not None:
        fixed |= {rests: CheckState.APPROVED, rests + 1: CheckState.PUBLISHED}
        fixed[int(draft["version"])] = draft["state"]
    last, first_fixed = int(draft["version"]), min(fixed)
    if draft["state"] not in MOVES or max(fixed) > last:
        raise RecordRefused("Its state and its versions do not fit each other.", field="checks.state")

    def leads(was: str, now: str, version: int) -> bool:
        """Whether a check moves from ``was`` in this version to ``now`` in the next."""
        if was == now:
            return True
        if now == CheckState.APPROVED and len(approvals.get(version, ())) < needed:
            return False
        if now == CheckState.PUBLISHED and rests != version:
            return False
        return now in MOVES[was]

    # From the end: for each version the states from which the end can be reached, each with the state after it.
    ways: dict[int, dict[str, str]] = {last: {draft["state"]: ""}}
    version = last
    while version > 1 and not (version <= first_fixed and ways[version].keys() & {*BEGINNINGS}):
        version -= 1
        wanted = [fixed[version]] if version in fixed else _STATES
        after = ways[version + 1]
        steps = {was: next((now for now in after if leads(was, now, version)), "") for was in wanted}
        ways[version] = {was: now for was, now in steps.items() if now}
    begins = [state for state in BEGINNINGS if state in ways[version]]
    if not begins:
        raise RecordRefused("No way by the rules of checking leads to where it is.", field="checks.state")
    path = {version: str(begins[0])}
    while version < last:
        path[version + 1] = ways[version][path[version]]
        version += 1
    return path


def _key_of(rating: Record) -> tuple[str, str, str]:
    return str(rating["scale"]), str(rating["slug"]), str(rating["name"])


def _ratings(records: Iterable[Record]) -> dict[tuple[str, str, str], int]:
    """The keys of ratings by scale, slug and words; those in use before those that were given up."""
    wanted = {_key_of(record["rating"]) for record in records if record["rating"]}
    rows = Rating.objects.filter(slug__in=[slug for _scale, slug, _name in wanted])
    found: dict[tuple[str, str, str], int] = {}
    for scale, slug, name, key, _retired in sorted(
        rows.values_list("scale__slug", "slug", "name", "pk", "retired_at"), key=lambda row: (row[4] is None, row[3])
    ):
        found[scale, slug, name] = key
    return found
