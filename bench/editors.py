"""What editors do to a text, by name: each act changes a draft and is a kind of edit in the figures.

An act that finds nothing to do in a draft leaves it as it is.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from articles.anchoring.cases import Span
from bench.drafts import Dice, Draft, paragraphs_of, sentences_of, words_of

QUOTE_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "'": "’"})
DASHES = re.compile(r"--|—|–")
VERB = re.compile(r"\b(is|was|will|are|were|can|has|have|had|did|does)\b")
SENTENCE_BREAK = re.compile(r"(?<=[.!?]) (?=[A-Z“\"])")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody with words and sentences of other articles at hand; ``set_phrase`` is one this article repeats."""

    dice: Dice
    sentences: tuple[str, ...]
    words: tuple[str, ...]
    set_phrase: str

    def word(self) -> str:
        return self.dice.one_of(self.words)

    def sentence(self) -> str:
        return self.dice.one_of(self.sentences)

    def times(self, most: int) -> range:
        return range(self.dice.between(1, most))

    def some_sentence(self, draft: Draft, fewest_words: int = 4) -> Span | None:
        found = sentences_of(draft.text, fewest_words)
        return self.dice.one_of(found) if len(found) > 1 else None

    def look_alike(self, sentence: str) -> str:
        """The sentence with one or two of its words exchanged."""
        for _ in self.times(2):
            if words := words_of(sentence):
                start, end = self.dice.one_of(words)
                sentence = sentence[:start] + self.word().capitalize() + sentence[end:]
        return sentence


Act = Callable[[Editor, Draft], None]


def typo(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(6):
        place = editor.dice.below(len(draft.text))
        if draft.text[place].isalpha():
            letter = editor.dice.one_of(LETTERS)
            wrong = editor.dice.one_of(["", letter, letter + draft.text[place]])
            draft.replace(place, place + 1, wrong)


def word(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(6):
        draft.replace(*editor.dice.one_of(words_of(draft.text)), editor.word())


def short_word(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(4):
        if names := list(re.finditer(r"\b(?:[A-Z][a-z]+|\d+)\b", draft.text)):
            found = editor.dice.one_of(names)
            draft.replace(*found.span(), editor.word().capitalize())


def number_negation(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(4):
        numbers, verbs = list(re.finditer(r"\d+", draft.text)), list(VERB.finditer(draft.text))
        if numbers and editor.dice.happens(0.5):
            draft.replace(*editor.dice.one_of(numbers).span(), str(editor.dice.between(2, 5000)))
        elif verbs:
            draft.insert(editor.dice.one_of(verbs).end(), " not")


def find_replace(editor: Editor, draft: Draft) -> None:
    text = draft.text
    counts = Counter(text[slice(*place)] for place in words_of(text))
    if often := [each for each, count in counts.items() if 2 <= count <= 25 and len(each) >= 4]:
        old, new = editor.dice.one_of(often), editor.word()
        for found in reversed(list(re.finditer(rf"\b{re.escape(old)}\b", text))):
            draft.replace(*found.span(), new)


def sentence_insert(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(4):
        if place := editor.some_sentence(draft):
            draft.insert(place[1], f" {editor.sentence()}")


def sentence_delete(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(4):
        if place := editor.some_sentence(draft):
            _cut(draft, place)


def sentence_move(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(2):
        one, other = editor.some_sentence(draft), editor.some_sentence(draft)
        if one and other:
            _move_before(draft, one, other)


def paragraph_move(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(2):
        paragraphs = paragraphs_of(draft.text)
        number, other = editor.dice.below(len(paragraphs) - 1), editor.dice.below(len(paragraphs))
        if other not in (number, number + 1):
            draft.move(paragraphs[number][0], paragraphs[number + 1][0], paragraphs[other][0])


def paragraph_delete(editor: Editor, draft: Draft) -> None:
    paragraphs = paragraphs_of(draft.text)
    if len(paragraphs) > 2:
        number = editor.dice.below(len(paragraphs) - 1)
        draft.delete(paragraphs[number][0], paragraphs[number + 1][0])


def paragraph_break(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(3):
        breaks = list(SENTENCE_BREAK.finditer(draft.text))
        joints = list(re.finditer(r"\n\n", draft.text))
        if breaks and editor.dice.happens(0.5):
            draft.replace(*editor.dice.one_of(breaks).span(), "\n\n")
        elif joints:
            draft.replace(*editor.dice.one_of(joints).span(), " ")


def typography(editor: Editor, draft: Draft) -> None:
    what = editor.dice.below(4)
    for place in range(len(draft.text) - 1, -1, -1):
        character = draft.text[place] if what == 0 else ""
        if what == 0 and character in "“”‘’'":
            draft.replace(place, place + 1, character.translate(QUOTE_MARKS))
    if what == 0:
        for found in reversed(list(DASHES.finditer(draft.text))):
            draft.replace(*found.span(), "--" if found.group() == "—" else "—")
        return
    for found in reversed(list(re.finditer(" ", draft.text))):
        if editor.dice.happens(0.12):
            draft.replace(*found.span(), ["", "  ", "\xa0", "\n"][what])


def reword(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(3):
        if place := editor.some_sentence(draft):
            share = 0.15 + 0.45 * editor.dice.below(100) / 100
            for start, end in reversed(words_of(draft.text, *place)):
                if editor.dice.happens(share):
                    draft.replace(
                        start, end, editor.dice.one_of([editor.word(), editor.word(), "", f"{editor.word()} a"])
                    )


def trim(editor: Editor, draft: Draft) -> None:
    for _ in editor.times(4):
        place = editor.some_sentence(draft, 8)
        words = words_of(draft.text, *place) if place else []
        if len(words) > 5:
            first = editor.dice.between(1, len(words) - 3)
            draft.delete(words[first][0], words[min(len(words) - 1, first + editor.dice.between(1, 5))][0])


def long_insert(editor: Editor, draft: Draft) -> None:
    """Several sentences in the middle of one."""
    place = editor.some_sentence(draft, 8)
    if place and (words := words_of(draft.text, *place)):
        middle = words[len(words) // 2][0]
        draft.insert(middle, "".join(f"{editor.sentence()} " for _ in range(editor.dice.between(2, 5))))


def decoy(editor: Editor, draft: Draft) -> None:
    """Takes a sentence out and puts one that looks like it somewhere else."""
    found = sentences_of(draft.text, 6)
    number, other = editor.dice.below(len(found)), editor.dice.below(len(found))
    if abs(number - other) >= 3:
        words = f" {editor.look_alike(draft.text[slice(*found[number])])}"
        if other > number:
            draft.insert(found[other][1], words)
            _cut(draft, found[number])
        else:
            _cut(draft, found[number])
            draft.insert(found[other][1], words)


def look_alike_insert(editor: Editor, draft: Draft) -> None:
    one, other = editor.some_sentence(draft, 6), editor.some_sentence(draft, 6)
    if one and other:
        draft.insert(other[1], f" {editor.look_alike(draft.text[slice(*one)])}")


def copy_insert(editor: Editor, draft: Draft) -> None:
    one, other = editor.some_sentence(draft), editor.some_sentence(draft)
    if one and other and one != other:
        draft.insert(other[1], f" {draft.text[slice(*one)]}")


def move_and_edit(editor: Editor, draft: Draft) -> None:
    one, other = editor.some_sentence(draft, 8), editor.some_sentence(draft)
    if not one or not other or not (words := words_of(draft.text, *one)):
        return
    if not one[0] <= other[0] <= one[1]:
        before = len(draft.text)
        draft.replace(*editor.dice.one_of(words), editor.word())
        growth = len(draft.text) - before
        shift = growth if other[0] > one[0] else 0
        _move_before(draft, (one[0], one[1] + growth), (other[0] + shift, other[1] + shift))


def set_phrase_insert(editor: Editor, draft: Draft) -> None:
    if place := editor.some_sentence(draft):
        draft.insert(place[1], f" {editor.set_phrase}")
    if editor.dice.happens(0.4):
        sentence_delete(editor, draft)


def set_phrase_delete(editor: Editor, draft: Draft) -> None:
    if found := list(re.finditer(re.escape(f" {editor.set_phrase}"), draft.text)):
        draft.delete(*editor.dice.one_of(found).span())
    if editor.dice.happens(0.4):
        sentence_insert(editor, draft)


def _cut(draft: Draft, place: Span) -> None:
    """Delete a sentence with the space after it."""
    draft.delete(place[0], place[1] + (draft.text[place[1] : place[1] + 1] == " "))


def _move_before(draft: Draft, one: Span, other: Span) -> None:
    if not one[0] <= other[0] <= one[1]:
        draft.move(one[0], one[1] + (draft.text[one[1] : one[1] + 1] == " "), other[0])


ACTS: tuple[Act, ...] = (
    typo, word, short_word, number_negation, find_replace, sentence_insert, sentence_delete, sentence_move,
    paragraph_move, paragraph_delete, paragraph_break, typography, reword, trim, long_insert, decoy,
    look_alike_insert, copy_insert, move_and_edit, set_phrase_insert, set_phrase_delete,
)  # fmt: skip
EDITS: dict[str, Act] = {act.__name__: act for act in ACTS}
