"""Texts as sequences of tokens that compare equal when only typography differs."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

from articles.anchoring.text import fold, sentences

# Scripts that put no spaces between words (kana, Han, Thai, Lao, Burmese, Khmer) count one token per
# character.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
TOKEN = re.compile(rf"[^\W{UNSPACED}]+|[{UNSPACED}]|\s+|[-‐‑‒–—―−]+|\.\.\.|[^\w\s]")

FIRST_CODE = 0x100
SURROGATES = range(0xD800, 0xE000)


class Vocabulary(dict[str, str]):
    """Gives every token one character, the same for tokens that differ in typography only.

    Texts written in these characters can be searched and aligned by fast routines made for strings. ``is_word``
    answers for every token that was given one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._code_of_fold: dict[str, str] = {}
        self.is_word: dict[str, bool] = {}

    def __missing__(self, token: str) -> str:
        folded = fold(token)
        code = self._code_of_fold.setdefault(folded, _character(len(self._code_of_fold)))
        self[token] = code
        self.is_word[token] = token[0].isalnum() or token[0] == "_"
        return code


def _character(number: int) -> str:
    code = FIRST_CODE + number
    return chr(code if code < SURROGATES.start else code + len(SURROGATES))


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into tokens.

    ``starts`` has one entry per token and the length of the text; ``code`` one vocabulary character per
    token; ``words_before`` counts the words before each token and, last, all; ``sentences`` are half-open
    token ranges.
    """

    text: str
    tokens: list[str]
    starts: list[int]
    code: str
    is_word: list[bool]
    words_before: list[int]
    sentences: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> "Document":
        """Cut the text into tokens."""
        tokens = TOKEN.findall(text)
        starts = list(accumulate(map(len, tokens), initial=0))
        code = "".join(map(vocabulary.__getitem__, tokens))
        is_word = list(map(vocabulary.is_word.__getitem__, tokens))
        return cls(
            text=text,
            tokens=tokens,
            starts=starts,
            code=code,
            is_word=is_word,
            words_before=list(accumulate(is_word, initial=0)),
            sentences=[(bisect_left(starts, start), bisect_left(starts, end)) for start, end in sentences(text)],
        )

    def __len__(self) -> int:
        return len(self.tokens)

    def words_in(self, first: int, end: int) -> int:
        """Count the words among the tokens ``[first, end)``."""
        return self.words_before[end] - self.words_before[first]

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of the tokens that the code points ``[start, end)`` touch."""
        return bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)

    def is_space(self, token: int) -> bool:
        """Say whether the token is white space."""
        return self.tokens[token].isspace()
