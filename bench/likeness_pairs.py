"""Pairs of news texts of which it is known whether one was made from the other.

Written before the rule that ``articles/ingest/likeness.py`` follows. Sentences are put together from stock phrases, so
that pieces which have nothing to do with each other share as many turns of phrase as news does. Only ``Random.random``
is used, because it is the one method whose sequence Python promises to keep.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

Text = list[list[str]]
"""Paragraphs of sentences."""


def _choices(written: str) -> list[str]:
    return written.replace("\n", "|").split("|")


WHO = _choices("""the ministry of health|the city council|police in the northern district|the opposition|firefighters
a spokesman for the airline|the central bank|residents of the valley|the port authority|researchers at the university
the prosecutor's office|the teachers' union|two members of parliament|the regional hospital|the football association""")
DID = _choices("""said on Tuesday|announced late on Monday|told reporters|confirmed in a statement|warned|denied
told this newspaper|said at a news conference|wrote in a letter seen by this newspaper|said on condition of anonymity
insisted""")
THAT = _choices("""that the number of {thing} had risen by {number} per cent since {year}
that {number} {thing} would be closed by the end of the year
that there was no reason to worry about the {thing} in {place}
that work on the {thing} near {place} would begin in {month}
that it had not been told about the {thing} until {month}
that the cost of {number} million for the {thing} was in line with the forecast
that {number} people had been affected by the {thing} in {place}
that a decision on the {thing} was expected before {month}
that it would appeal against the ruling on the {thing} of {place}""")
END = _choices(""".|, according to figures released on Wednesday.|, the first time since {year}.
, despite protests in {place}.|, a person familiar with the matter said.|, as it has done every year since {year}.
, but gave no further details.|, more than in the whole of {year}.|, officials said.|, and called for a debate.""")
MARKS = _choices("new|local|former|public|old|small|disputed|planned|damaged|unpaid|empty|costly")
THINGS = _choices("""bridges|schools|flights|ferries|turbines|vaccines|fishing licences|parking fees|water pipes
court files|night trains|hospital beds|oyster beds|loans|pensions|tram lines|greenhouses|bee hives|archives|dams""")
MONTHS = _choices("January|February|March|April|May|June|July|August|September|October|November|December")
ONSETS, VOWELS, ENDS = _choices("b|br|d|f|g|h|k|l|m|p|r|s|st|t|v|w"), _choices("a|e|i|o|u|ea"), _choices("n|r|s|ld|ck")
SYNONYMS = _choices("reported|repeated|added|earlier|later|near|about|some|many|early|recent|fresh|further")
OWN_PARAGRAPHS = 7


@dataclass(frozen=True)
class Pair:
    """Two texts; ``alike`` says whether one was made from the other, ``kind`` how the pair was made."""

    kind: str
    alike: bool
    one: str
    other: str


class Writer:
    """Writes stories, and makes other texts from them."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def below(self, end: int) -> int:
        return int(self._random.random() * end)

    def one_of(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]

    def place(self) -> str:
        parts = (self.one_of(ONSETS) + self.one_of(VOWELS) + self.one_of(ENDS) for _ in range(2))
        return "".join(parts).capitalize()

    def sentence(self) -> str:
        words = f"{self.one_of(WHO)} {self.one_of(DID)} {self.one_of(THAT)}{self.one_of(END)}"
        thing = f"{self.one_of(MARKS)} {self.one_of(THINGS)}"
        numbers = {"number": str(2 + self.below(97)), "year": str(1980 + self.below(45))}
        sentence = words.format(thing=thing, place=self.place(), month=self.one_of(MONTHS), **numbers)
        return sentence[0].upper() + sentence[1:]

    def story(self, paragraphs: int = 10) -> Text:
        return [[self.sentence() for _ in range(2 + self.below(2))] for _ in range(paragraphs)]

    def retouched(self, text: Text, share: float) -> Text:
        """Replace, add or drop a share of the words."""
        return [[self._retouched_sentence(sentence, share) for sentence in paragraph] for paragraph in text]

    def _retouched_sentence(self, sentence: str, share: float) -> str:
        words: list[str] = []
        for word in sentence.split(" "):
            if not self.chance(share):
                words.append(word)
            elif self.chance(0.8):
                words.append(self.one_of(SYNONYMS))
        return " ".join(words)

    def lightly_edited(self, text: Text) -> Text:
        """A desk's own edit: typography, some words, a sentence less, a line of its own at the end."""
        edited = self.retouched(text, 0.01 + 0.04 * self._random.random())
        del edited[self.below(len(edited))][-1]
        edited[0] = [sentence.replace("'", "’").replace(" that ", " – that ", 1) for sentence in edited[0]]
        return [*edited, [self.sentence()]]

    def cut_to_half(self, text: Text) -> Text:
        """Agency copy as papers print it: from the end, and a little changed."""
        return self.retouched(text[: 4 + self.below(3)], 0.02)

    def rewritten(self, text: Text) -> Text:
        """The order turned round, half of the sentences in other words."""
        moved = [*text[len(text) // 2 :], *text[: len(text) // 2]]
        return [
            [self._retouched_sentence(one, 0.5) if self.chance(0.5) else one for one in paragraph]
            for paragraph in moved
        ]

    def sharing_background(self) -> tuple[Text, Text]:
        """Two stories of their own, each ending in the same paragraphs of background or of small print."""
        shared = self.story(1 + self.below(4))
        return [*self.story(OWN_PARAGRAPHS), *shared], [*self.story(OWN_PARAGRAPHS), *shared]

    def quoting_the_same(self) -> tuple[Text, Text]:
        """Two reports of one event by different hands: the same three statements stand in both."""
        statements = [self.sentence() for _ in range(3)]
        one, other = self.story(), self.story()
        for number, statement in enumerate(statements):
            one[number].append(statement)
            other[2 * number].append(statement)
        return one, other


def pairs(seed: int, each: int) -> Iterator[Pair]:
    """Make so many pairs of each kind."""
    writer = Writer(seed)
    made: dict[str, Callable[[Text], Text]] = {
        "lightly edited": writer.lightly_edited,
        "cut to half": writer.cut_to_half,
        "half rewritten": writer.rewritten,
    }
    for _ in range(each):
        for kind, make in made.items():
            story = writer.story()
            yield Pair(kind, True, written(story), written(make(story)))
        yield Pair("shared background", False, *map(written, writer.sharing_background()))
        yield Pair("same statements", False, *map(written, writer.quoting_the_same()))
        yield Pair("unrelated", False, written(writer.story()), written(writer.story()))


def written(text: Text) -> str:
    """Put a text on paper."""
    return "\n\n".join(" ".join(paragraph) for paragraph in text)
