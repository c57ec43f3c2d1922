"""Which way a text runs; pure.

HTML's ``dir="auto"`` goes by the first letter, and a text may begin with a foreign name or a label. Here all letters of
a text are asked.
"""

from __future__ import annotations

import re
from typing import Literal

# Hebrew to Arabic Extended-A, their presentation forms, and the right-to-left blocks of the supplementary plane.
_LEFTWARDS = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LETTER = re.compile(r"[^\W\d_]")


def direction_of(text: str) -> Literal["ltr", "rtl"]:
    """``rtl`` where more than half of the letters run leftwards."""
    if text.isascii() or not _LEFTWARDS.search(text):
        return "ltr"
    letters = _LETTER.findall(text)
    leftwards = sum(1 for letter in letters if _LEFTWARDS.match(letter))
    return "rtl" if 2 * leftwards > len(letters) else "ltr"
