"""All figures of a study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from annotations.agreement import answers, gamma, links, matches, unitizing
from annotations.agreement.bootstrap import SAMPLES, figures_of
from annotations.agreement.figures import Figure, Group
from annotations.agreement.ledger import Key, Ledger
from annotations.agreement.study import Study, TextRead

# How much of the time each part takes, for whoever waits.
COUNTING, ALIGNING = 0.15, 0.35


def measure(
    study: Study, *, samples: int = SAMPLES, seed: int = 1, progress: Callable[[float], None] = lambda share: None
) -> list[Figure]:
    """Every coefficient that the study's questions, marks and claims allow: of everybody and of each pair.

    The same study, samples and seed give the same figures.

    :param samples: how many times texts are drawn again for the intervals.
    :param progress: told the share from 0 to 1 that is done, often; may raise to stop.
    """
    rows = []
    for number, text in enumerate(study.texts, start=1):
        rows.append(_count(text, study))
        progress(COUNTING * number / len(study.texts))
    if study.has_marks:
        aligned = gamma.count_disorders(study, seed=seed, progress=lambda share: progress(COUNTING + ALIGNING * share))
        for row, disorders in zip(rows, aligned, strict=True):
            row.update(disorders)
    before, measured = COUNTING + ALIGNING, groups(study)
    return list(
        figures_of(
            Ledger(rows, (key for group in measured for key in group.keys)),
            measured,
            samples=samples,
            seed=seed,
            progress=lambda share: progress(before + (1 - before) * share),
        )
    )


def groups(study: Study) -> list[Group]:
    found = [group for question in study.questions for group in answers.groups_of(question, study)]
    if study.has_marks:
        found += [*unitizing.groups_of(study), *matches.groups_of(study), *gamma.groups_of(study)]
    if study.has_claims:
        found += links.groups_of(study)
    return found


def _count(text: TextRead, study: Study) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    for question in study.questions:
        counts.update(answers.count_answers(question, text.rows.get(question.name, ()), study))
    if study.has_marks:
        counts.update(unitizing.count_units(text, study))
        counts.update(matches.count_matches(text, study))
    if study.has_claims:
        counts.update(links.count_links(text, study))
    return counts
