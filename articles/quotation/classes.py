"""The one-letter classes of words, guessed from closed lists, endings, capitals and neighbours."""

from articles.quotation.language import Grammar

# A quoted passage is a token without words.
CLASS_OF_MARK = {
    "": "Q", "'s": "s",
    ",": ",", ";": ";", ":": ":", "(": "(", "[": "(", ")": ")", "]": ")",
    "—": "-", "–": "-", "-": "-", "…": "-", "...": "-", ".": ".", "!": ".", "?": ".",
}  # fmt: skip
AMOUNTS = frozenset("$£€%")
# A sentence whose long words are mostly capitals, words of other classes among them, is a headline.
LOUD_SHARE, LONG_WORD, FEW = 0.6, 4, 2
SHORTEST_WITH_ENDING = 5
PARTICIPLE_ENDINGS = ("ed", "en")


def classes_of(words: list[str], capitals: list[bool], grammar: Grammar) -> list[str]:
    """The classes of the words of one sentence, given in lower case; an empty word is a quoted passage."""
    is_loud = _is_loud(words, capitals, grammar)
    fixed, class_of = CLASS_OF_MARK, grammar.class_of
    classes: list[str] = []
    opens = True
    for word, is_capital in zip(words, capitals, strict=True):
        if word in fixed:
            found = fixed[word]
        else:
            known = class_of.get(word)
            if is_capital and not (known and (opens or is_loud or known not in "VB")):
                found = _class_of_capitalised(word, opens or is_loud, grammar)
            else:
                found = known or _class_by_ending(word, grammar)
        opens = found in "Q:-(" or (opens and found in ",.")
        classes.append(found)
    return _settled(classes, words, grammar)


def _is_loud(words: list[str], capitals: list[bool], grammar: Grammar) -> bool:
    if sum(capitals) < FEW:  # of more than a few long words they would not be most
        return False
    long_words = [capital for word, capital in zip(words, capitals, strict=True) if len(word) >= LONG_WORD]
    if len(long_words) <= FEW or sum(long_words) <= LOUD_SHARE * len(long_words):
        return False
    odd = sum(
        capital and (word in grammar.class_of or word in grammar.cue_forms)
        for word, capital in zip(words[1:], capitals[1:], strict=True)
    )
    return odd >= FEW or all(long_words)


def _class_of_capitalised(word: str, opens: bool, grammar: Grammar) -> str:
    if opens and (word in grammar.cue_forms or word.endswith(("ing", "ly"))):
        guess = _class_by_ending(word, grammar)
        return guess if guess in "GRV" else "Z"
    return "Z"


def _class_by_ending(word: str, grammar: Grammar) -> str:
    if word[0].isdigit() or word in AMOUNTS:
        return "M"
    if word in grammar.cue_forms:
        return "G" if word.endswith("ing") else "V"
    length, ending = len(word), word[-1]
    if ending == "d":
        return "V" if length >= LONG_WORD and word.endswith("ed") else "N"
    if length >= SHORTEST_WITH_ENDING:
        if ending == "y" and word.endswith("ly"):
            return "R"
        if ending == "g" and word.endswith("ing"):
            return "G"
    return "N"


def _settled(classes: list[str], words: list[str], grammar: Grammar) -> list[str]:
    """Decide what depends on the neighbours: 's, base forms, verbs that are nouns here."""
    last = len(classes) - 1
    for here, found in enumerate(classes):
        if found not in "sVBGRP":
            continue
        before = classes[here - 1] if here else "."
        after = classes[here + 1] if here < last else "."
        word, word_before = words[here], words[here - 1] if here else ""
        if word in grammar.there:
            classes[here] = "P" if after in "XVBs" else found
        elif found == "s":
            after_participle = after == "V" and before != "Z" and words[here + 1].endswith(PARTICIPLE_ENDINGS)
            is_verb = before in "PWTS" or after in "DXRGITOP" or after_participle
            classes[here] = "X" if is_verb and word_before not in grammar.let else "p"
        elif found in "VB" and _is_noun(found, word, before, after, word_before, grammar):
            classes[here] = "N"
        elif found == "B":
            is_plural = before in "NR" and word_before.endswith("s")
            classes[here] = "V" if before in "PXWO" or is_plural else "N"
        elif found == "G" and before in "Dp" and after not in "NZGM":
            classes[here] = "N"
        elif found in "GR" and before in ".Q" and after == "V" and words[here + 1] in grammar.cue_forms:
            classes[here] = "Z"
    return classes


def _is_noun(found: str, word: str, before: str, after: str, word_before: str, grammar: Grammar) -> bool:
    if word in grammar.noun_forms and before == "N" and not (word.endswith(("ed", "s")) or word_before.endswith("s")):
        return True
    if word in grammar.noun_forms and after in "VX" and before in "ZDM":
        return True
    if before == "I":
        return after in "ID.,"
    return before == "p" or (before == "D" and (found == "B" or word_before not in grammar.pronominal))
