"""The sample article, and edits of texts for properties."""

from pathlib import Path

from hypothesis import strategies as st

SAMPLE = Path(__file__).parents[2] / "data" / "istanbul-talks.txt"
ARTICLE = SAMPLE.read_text(encoding="utf-8")[:2502]

WORDS = [
    "the",
    "a",
    "said",
    "mayor",
    "Kiev",
    "12",
    "people",
    "died",
    "rain",
    "fell",
    "“quote”",
    "don't",
    "💩",
    "é",
    ".",
    ",",
    "\n\n",
    "—",
    "--",
    "\xa0",
    "not",
    "was",
    "我们",
    "ليس",
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text of few, much repeated words, and what up to four edits make of it."""
    old = new = draw(TEXTS)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(new)))
        end = draw(st.integers(start, min(len(new), start + 30)))
        new = new[:start] + draw(st.one_of(st.just(""), TEXTS)) + new[end:]
    return old, new


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> tuple[int, int]:
    """Any span of a text."""
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


def place_of(words: str, text: str = ARTICLE) -> tuple[int, int]:
    """Where words stand in the article; they must be there once."""
    assert text.count(words) == 1
    return text.index(words), text.index(words) + len(words)
