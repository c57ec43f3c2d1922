"""Records of our own NDJSON, as other programs would send them."""

from __future__ import annotations

import json
from typing import Any

HEADLINE = "Council votes to close the harbour bridge"
PARAGRAPH = "“We had no choice,” mayor Ines Duarte said. The repair will cost 12 million euros."


def record(headline: str = HEADLINE, *paragraphs: str, **values: Any) -> dict[str, Any]:
    """A record of an article with these paragraphs; ``values`` are further keys."""
    blocks = [{"kind": "paragraph", "text": text, "marks": []} for text in paragraphs or (PARAGRAPH,)]
    return {"headline": headline, "blocks": blocks, **values}


def annotated(*annotations: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A record whose annotations give their words as ``exact`` and get their offsets."""
    text = f"{HEADLINE}\n\n{PARAGRAPH}"
    placed = [
        {"start": text.index(each["exact"]), "end": text.index(each["exact"]) + len(each["exact"]), **each}
        for each in annotations
    ]
    return record(annotations=placed, **values)


def ndjson(*records: Any) -> bytes:
    """One line each."""
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in records)


QUOTE: dict[str, Any] = {
    "type": "quote",
    "exact": "“We had no choice,”",
    "kind": "direct",
    "speaker": "Ines Duarte",
    "cue": "said",
}
CLAIM: dict[str, Any] = {"type": "claim", "exact": "The repair will cost 12 million euros", "claimant": "author"}
TAG: dict[str, Any] = {"type": "bias_tag", "exact": "no choice", "category": "spin", "severity": 2}
