"""Questions and answers, and transcripts: paragraphs that begin with the name of who speaks and a colon."""

import re
from collections import Counter
from dataclasses import dataclass

LINE = re.compile(
    r"^(?P<label>[^\W\d_a-z][\w.'’()-]{0,30}(?: [\w.'’()-]{1,30}){0,5}):[ \t\u00a0]+(?P<words>\S[^\n]*)$", re.MULTILINE
)
WORDY = re.compile(r"[^\W\d_]{2,}")
# So many turns, and one speaker with more than one of them, make a transcript.
FEWEST = 3
# In paragraphs: turns further apart than this belong to different transcripts.
FARTHEST = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """Offsets of the label and of the words spoken.

    ``asks`` tells whether who speaks here mostly asks: what an outlet asks in an interview is no quotation.
    """

    label_start: int
    label_end: int
    start: int
    end: int
    asks: bool


def turns(text: str) -> list[Turn]:
    """What each speaker of a transcript says, one entry per paragraph; none where a text is no transcript."""
    found: list[Turn] = []
    group: list[re.Match[str]] = []
    for line in LINE.finditer(text):
        if group and text.count("\n\n", group[-1].end(), line.start()) > FARTHEST:
            found += _turns_of(group)
            group = []
        group.append(line)
    return found + _turns_of(group)


def _turns_of(lines: list[re.Match[str]]) -> list[Turn]:
    labels = Counter(line["label"] for line in lines)
    if len(lines) < FEWEST or max(labels.values()) < 2:
        return []
    questions = Counter(line["label"] for line in lines if line["words"].rstrip().endswith("?"))
    return [
        Turn(
            line.start("label"),
            line.end("label"),
            line.start("words"),
            line.start("words") + len(line["words"].rstrip()),
            asks=2 * questions[line["label"]] >= labels[line["label"]],
        )
        for line in lines
        if (labels[line["label"]] > 1 or line["label"].isupper()) and WORDY.search(line["words"])
    ]
