"""Names in a text: runs of capitalised words, with the titles before them."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.quotation.language import Language
from articles.quotation.tokens import Tokens

# In tokens.
LONGEST_RUN = 12


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised tokens in a row; the name begins at ``name_first``, after titles and honorifics."""

    first: int
    name_first: int
    last: int
    honorific: str

    @property
    def length(self) -> int:
        return self.last - self.name_first + 1


def runs(tokens: Tokens, first: int, ceiling: int, language: Language) -> Iterator[Run]:
    """The runs of capitalised words between two tokens, from left to right."""
    grammar = language.grammar
    token = tokens.classes.find("Z", first, ceiling)
    while token >= 0:
        if not _is_name_word(tokens, token, language):
            token = tokens.classes.find("Z", token + 1, ceiling)
            continue
        last = token
        while last + 1 < ceiling and last - token < LONGEST_RUN:
            if _is_name_word(tokens, last + 1, language):
                last += 1
            elif tokens.words[last] in language.naming.organisation_words and (
                further := _within_organisation(tokens, last + 1, ceiling, language)
            ):
                last = further
            elif (
                tokens.words[last + 1] in grammar.name_particles
                and last + 2 < ceiling
                and _is_name_word(tokens, last + 2, language)
            ):
                last += 2
            else:
                break
        yield run_of(tokens, token, last, language)
        token = tokens.classes.find("Z", last + 1, ceiling)


def _is_name_word(tokens: Tokens, token: int, language: Language) -> bool:
    return tokens.classes[token] == "Z" and tokens.words[token] not in language.grammar.time_nouns


def _within_organisation(tokens: Tokens, token: int, ceiling: int, language: Language) -> int:
    """The next capitalised token after "of", "for the" and the like; 0 where none follows."""
    start = token
    while token < ceiling and token - start < 2 and tokens.words[token] in language.grammar.within_names:
        token += 1
    return token if start < token < ceiling and _is_name_word(tokens, token, language) else 0


def run_of(tokens: Tokens, first: int, last: int, language: Language) -> Run:
    """Leave the titles before a name and the letters after it out of it."""
    name_first, honorific = first, ""
    for token in range(first, last + 1):
        word = tokens.words[token]
        if word in language.naming.honorifics:
            honorific, name_first = word, token + 1
        elif word in language.naming.titles and token < last + (word not in language.naming.first_names):
            name_first = token + 1
    while last > name_first and tokens.words[last] in language.naming.postnominals:
        last -= 1
    while name_first < last and tokens.words[name_first] in language.naming.nationalities and last - name_first > 1:
        name_first += 1
    return Run(first, name_first, last, honorific)
