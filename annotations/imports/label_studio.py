"""Label Studio's JSON: tasks with annotations of the types ``labels`` and ``hypertextlabels`` over a text.

The subset that comes in: of each task its text, by which the article is found (or ``data.article``, its uid); of each
annotation who completed it and when; of each result its words and its labels. A label is a bias category by its slug,
or ``quote`` or ``claim``. Relations, choices, ratings, predictions and skipped annotations are left out, the last four
without a word, results of other types with one.

Label Studio counts the offsets of plain text in UTF-16 code units; they are turned into code points here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annotations.imports.foreign import Mark, incoming
from annotations.imports.record import Importer, Incoming, RecordRefused, document_of, refused

MEDIA_TYPES = ("application/json",)
OF_TEXT = frozenset({"labels", "hypertextlabels"})
LAYERS = frozenset({"quote", "claim"})


def read(file: BinaryIO) -> Iterator[Incoming]:
    """The results of a file, numbered through in its order."""
    try:
        document = document_of(file)
    except RecordRefused as error:
        yield refused(1, error)
        return
    for number, each in enumerate(_results(document), start=1):
        try:
            if isinstance(each, RecordRefused):
                raise each
            yield _incoming(*each, line=number)
        except RecordRefused as error:
            yield refused(number, error)


def _results(document: Any) -> Iterator[Any]:
    """Each result with its task and annotation; a refusal in the place of what has none."""
    for task in document if isinstance(document, list) else [document]:
        held = task.get("data") if isinstance(task, dict) else None
        if not isinstance(held, dict) or not isinstance(held.get("text"), str):
            yield RecordRefused("A task has its text in data.text.", field="data.text")
            continue
        annotations = task.get("annotations", [])
        for annotation in annotations if isinstance(annotations, list) else []:
            if isinstance(annotation, dict) and not annotation.get("was_cancelled"):
                results = annotation.get("result", [])
                yield from ((task, annotation, result) for result in results if isinstance(results, list))


def _incoming(task: Mapping[str, Any], annotation: Mapping[str, Any], result: Any, *, line: int) -> Incoming:
    if not isinstance(result, dict) or result.get("type") not in OF_TEXT:
        kind = result.get("type") if isinstance(result, dict) else result
        raise RecordRefused(f"Results of the type {str(kind)[:40]} are left out.", field="type")
    value = result.get("value")
    labels = value.get(result["type"], value.get("labels")) if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(labels, list) or not labels:
        raise RecordRefused("A result has a value with labels.", field="value")
    start, end = _code_points(task["data"]["text"], value.get("start"), value.get("end"))
    words = task["data"]["text"][start:end]
    if value.get("text") not in {None, words}:
        raise RecordRefused("Its text is not what stands at its offsets.", field="value.text")
    kind = labels[0] if labels[0] in LAYERS else "bias_tag"
    mark = Mark(
        name=f"label-studio {task.get('id')} {annotation.get('id')} {result.get('id')}",
        article=str(task["data"].get("article") or task["data"]["text"]),
        creator=_completed_by(annotation.get("completed_by")),
        created=annotation.get("created_at"),
        things=[str(label) for label in labels] if kind == "bias_tag" else [],
        start=start,
        end=end,
        exact=words,
    )
    return incoming(kind, mark, line=line)


def _completed_by(person: Any) -> Any:
    if isinstance(person, dict):
        return {"id": f"label-studio person {person.get('id', person.get('email'))}", "name": _name(person)}
    return {"id": f"label-studio person {person}", "name": f"Label Studio {person}"} if person is not None else None


def _name(person: Mapping[str, Any]) -> str:
    return f"{person.get('first_name') or ''} {person.get('last_name') or ''}".strip() or str(person.get("email") or "")


def _code_points(text: str, start: Any, end: Any) -> tuple[int, int]:
    """Offsets in UTF-16 code units as offsets in code points.

    :raises RecordRefused: when they do not lie in the text, or cut a character in two.
    """
    try:
        units = text.encode("utf-16-le")
        if not 0 <= int(start) < int(end) <= len(units) // 2:
            raise RecordRefused(f"[{start}, {end}) does not lie in the text.", field="value.start")
        before, words = units[: 2 * int(start)].decode("utf-16-le"), units[2 * int(start) : 2 * int(end)]
        return len(before), len(before) + len(words.decode("utf-16-le"))
    except (TypeError, UnicodeError) as error:
        raise RecordRefused(f"[{start}, {end}) are no offsets in the text.", field="value.start") from error


IMPORTER = Importer("label-studio", MEDIA_TYPES, read)
