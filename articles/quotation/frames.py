"""From a cue to what was said: each construction gives the content on one side of the cue or on both."""

from collections.abc import Iterator

from articles.quotation.candidates import Candidate
from articles.quotation.clauses import LONG_PHRASE, NOUN_PHRASE, has_main_verb, has_verb, is_clause, matches, over_adjuncts, over_time
from articles.quotation.cues import Occurrence, occurrences
from articles.quotation.endings import content_end, phrase_end
from articles.quotation.language import Language
from articles.quotation.marks import Marked
from articles.quotation.subjects import Subject, main_subject, subject_after, subject_before
from articles.quotation.tokens import Tokens

CLOSES_SPEECH = ",.!?…—–-"


class SentenceReader:
    """Finds the candidates of one sentence, from left to right."""

    def __init__(self, tokens: Tokens, passages: list[Marked], language: Language, sentence: int) -> None:
        self.tokens = tokens
        self.passages = passages
        self.language = language
        self.grammar = language.grammar
        self.lexicon = language.lexicon
        self.sentence = sentence
        self.first, self.ceiling = tokens.sentences[sentence]
        self.floor = self.first
        self.subject: Subject | None = None
        self.found: list[Candidate] = []

    def read(self) -> list[Candidate]:
        self._according_to()
        for cue in occurrences(self.tokens, self.first, self.ceiling, self.lexicon, self.grammar):
            if cue.first < self.floor or self._is_taken(cue.first):
                continue
            self._read_cue(cue)
        self._nominal()
        self._unlisted()
        return self.found

    def _unlisted(self) -> None:
        """“…,” she remembered: whatever the verb, words that end in a comma are followed by who said them."""
        for quote in range(self.first, self.ceiling - 2):
            if self._class(quote) != "Q" or not self._is_speech(quote) or self._is_taken(quote):
                continue
            following = quote + 1
            if self._class(following) == "V":
                subject = subject_after(self.tokens, following + 1, self.ceiling, self.language)
                verb = following
                if subject is None or subject.first != verb + 1:
                    continue
            else:
                subject = subject_after(self.tokens, following, self.ceiling, self.language)
                if subject is None:
                    continue
                verb = subject.whole_last + 1
                if subject.whole_last > subject.last and self._class(verb) == ",":
                    verb += 1
                while self._class(verb) == "R":
                    verb += 1
                if self._class(verb) != "V":
                    continue
            self.subject = subject
            cue = Occurrence(verb, verb, frozenset(), self.tokens.words[verb], "finite")
            self._add(quote, quote, "unlisted-verb", cue)

    # What stands where

    def _class(self, token: int) -> str:
        return self.tokens.classes[token] if self.first <= token < self.ceiling else "."

    def _is_taken(self, token: int) -> bool:
        offset = self.tokens.starts[token]
        return any(candidate.start <= offset < candidate.end for candidate in self.found)

    def _is_speech(self, token: int) -> bool:
        """Whether a quoted passage ends as speech does before its attribution."""
        if self._class(token) != "Q":
            return False
        passage = self.passages[self.tokens.quotes[token]]
        inner = self.tokens.text[passage.inner_start : passage.inner_end].rstrip(" '’‘\"")
        return inner[-1:] in CLOSES_SPEECH

    def _add(self, first: int, last: int, rule: str, cue: Occurrence, circumstance: str = "") -> None:
        """Tokens, both included."""
        while first <= last and self._class(first) in ",:-;.C" and not (self._class(first) == "C" and False):
            first += 1
        while last >= first and self._class(last) in ",:-;.":
            last -= 1
        if last < first:
            return
        self.found.append(
            Candidate(
                self.tokens.starts[first], self.tokens.ends[last], rule, cue.lemma, cue.first, cue.last, self.subject,
                circumstance, self.sentence,
            )
        )  # fmt: skip
        self.floor = max(self.floor, last + 1, cue.last + 1)

    # Constructions

    def _nominal(self) -> None:
        """Ann Lee's claim that …"""
        for token in range(self.first + 1, self.ceiling - 2):
            if self.tokens.words[token] not in self.lexicon.nouns or self._class(token + 1) != "T" or self._is_taken(token):
                continue
            before = token - 1
            while before > self.first and self._class(before) in "NRM" and self._class(before - 1) in "pDNRM":
                before -= 1
            possessor = self._class(before)
            cue = Occurrence(token, token, frozenset(), self.tokens.words[token], "noun")
            if possessor == "p":
                self.subject = subject_before(self.tokens, before, self.first, self.language)
            elif self.tokens.words[before] in ("his", "her", "their"):
                self.subject = Subject(before, before, before, before)
            else:
                continue
            self._finish(token + 2, "nominal", cue)

    def _according_to(self) -> None:
        words = self.tokens.words
        for token in range(self.first, self.ceiling):
            for phrase in self.lexicon.according:
                if words[token] == phrase[0] and tuple(words[token : token + len(phrase)]) == phrase:
                    self._read_according(token, token + len(phrase) - 1)
                    return

    def _read_according(self, first: int, last: int) -> None:
        subject = subject_after(self.tokens, last + 1, self.ceiling, self.language)
        if subject is None:
            return
        cue = Occurrence(first, last, frozenset(), self.tokens.words[first], "according")
        kept, self.subject = self.subject, subject
        after = subject.whole_last + 1
        if first <= self.first + 1:
            end = after
            while end < self.ceiling and self._class(end) not in ",-:Q":
                end += 1
            if end < self.ceiling:
                self._add(end, content_end(self.tokens, end + 1, self.ceiling, self.grammar, self.lexicon), "according-to", cue, "before")
        else:
            start = max(self.first, self.tokens.classes.rfind("(", self.first, first) + 1)
            if ")" in self.tokens.classes[start:first]:
                start = self.first
            if self._class(first - 1) == "," and self._class(first - 2) in "TCSWIO":
                return
            inserted = self._class(first - 1) == "," and self._class(after) == "," and is_clause(self.tokens, after + 1, self.ceiling)
            self._add(start, first - 1, "according-to", cue, "after")
            if self._class(first - 1) in ",-" and self._class(after) == "," and self._class(after + 1) not in "GW" and not has_verb(self.tokens, start, first):
                self._add(after, content_end(self.tokens, after + 1, self.ceiling, self.grammar, self.lexicon), "according-to", cue, "around")
        self.floor = self.first
        self.subject = kept

    def _read_cue(self, cue: Occurrence) -> None:
        before = cue.first - 1
        while before >= self.floor and self._class(before) in "RX":
            before -= 1
        opening = self._class(before) if before >= self.floor else "."
        if cue.form == "finite" and (self._class(before) == "Q" and before >= self.first or opening == ",") and self._inverted(cue, before):
            return
        subject = self._subject_of(cue, opening)
        if cue.lemma == "ask" and cue.form != "infinitive" and self._asked(cue, before):
            return
        self.subject = subject
        if self._as_said(cue, subject) or (subject is None and cue.form != "participle"):
            return
        if cue.frames & {"post", "quote"} and cue.form == "finite" and subject is not None and self._post_posed(cue, subject):
            return
        self._pre_posed(cue)

    def _as_said(self, cue: Occurrence, subject: Subject | None) -> bool:
        """As Ann Lee noted, …; as reported by the Courier, …"""
        if self.tokens.words[self.first] not in self.lexicon.as_words or not cue.frames & {"that", "person_that"}:
            return False
        opening = subject.first - 1 if subject is not None and cue.form == "finite" else cue.first - 1
        if opening != self.first:
            return False
        if self.tokens.words[cue.last + 1 : cue.last + 2] == ["by"]:
            self.subject = subject_after(self.tokens, cue.last + 2, self.ceiling, self.language)
        comma = self.tokens.classes.find(",", cue.last, self.ceiling)
        return comma > 0 and self._finish(comma + 1, "as-said", cue)

    def _subject_of(self, cue: Occurrence, opening: str) -> Subject | None:
        if cue.form == "participle":
            return self.subject or main_subject(self.tokens, self.first, cue.first, self.language)
        if cue.form == "infinitive":
            return self.subject or main_subject(self.tokens, self.first, cue.first, self.language)
        if opening == "C":
            return self.subject or main_subject(self.tokens, self.first, cue.first, self.language)
        floor = self.first if opening in ",Q" and self.found and self.found[-1].circumstance == "participle" else self.floor
        found = subject_before(self.tokens, cue.first, floor, self.language)
        if found is None and opening == ",":
            found = self.subject or main_subject(self.tokens, self.first, cue.first, self.language)
        return found

    def _asked(self, cue: Occurrence, before: int) -> bool:
        """Asked whether he would stay, …; when asked about it, …; she was asked why."""
        opening = self._class(before) if before >= self.first else "."
        passive = cue.form == "passive" or opening in ".SW" or (opening == "," and self._class(cue.first - 1) == ",")
        if not passive or self.tokens.words[cue.first] != "asked":
            return False
        start = over_adjuncts(self.tokens, cue.last + 1, self.ceiling, self.grammar) if self._class(cue.last + 1) != "I" else cue.last + 1
        if self.tokens.words[cue.last + 1 : cue.last + 2] == ["about"]:
            start = cue.last + 2
        elif start >= self.ceiling or not (self._class(start) == "W" or self.tokens.words[start] == "if"):
            return False
        end = start + 1
        while end < self.ceiling and not (self._class(end) == "," and is_clause(self.tokens, end + 1, self.ceiling)):
            end += 1
        self.subject = None
        self._add(start, end - 1, "asked", cue, cue.form)
        return True

    def _inverted(self, cue: Occurrence, before: int) -> bool:
        """“…,” said Ann Lee; …, said Ann Lee."""
        if self._class(before) == "," and "post" not in cue.frames:
            return False
        subject = subject_after(self.tokens, cue.last + 1, self.ceiling, self.language)
        if subject is None or subject.first != cue.last + 1:
            return False
        if self._class(before) == "Q" and not self._is_speech(before):
            return False
        if self._class(before) == ",":
            following = over_adjuncts(self.tokens, subject.whole_last + 1, self.ceiling, self.grammar)
            if following < self.ceiling and self._class(following) not in ".,-:":
                return False
            goes_on = self._class(following) == "," and self._class(following + 1) in "XV"
            if not goes_on and not has_main_verb(self.tokens, self._content_start(before), before):
                return False
        self.subject = subject
        self._add(self._content_start(before), before, "post-posed", cue, "inverted")
        self._go_on(cue, subject.whole_last + 1, quoted=self._class(before) == "Q")
        return True

    def _content_start(self, last: int) -> int:
        return self.floor if self.floor <= last else self.first

    def _post_posed(self, cue: Occurrence, subject: Subject) -> bool:
        """…, Ann Lee said; “…,” she said."""
        if self._class(subject.whole_last) == "W":
            return False
        before = subject.first - 1
        while before >= self.floor and self._class(before) in "RCS" and self._class(before - 1) in ",Q":
            before -= 1
        if before < self.first or before < self.floor:
            return False
        opening = self._class(before)
        if opening == "Q" and not (self._is_speech(before)):
            return False
        if opening not in ",Q-":
            return False
        after = cue.last + 1
        if "person_that" in cue.frames:
            after = matches(LONG_PHRASE, self.tokens.classes, after, self.ceiling)
        after = over_adjuncts(self.tokens, after, self.ceiling, self.grammar)
        closing = self._class(after)
        if after < self.ceiling and closing not in ".,-:;GQ)S" :
            if closing in "TX" or is_clause(self.tokens, after, self.ceiling):
                return False
            if opening != "Q" and (closing not in "OIWV" or after == cue.last + 1 or cue.lemma not in self.lexicon.plain):
                return False
            if after == cue.last + 1 and closing in "DPNZW":
                return False
        if opening != "Q":
            if "post" not in cue.frames or self._class(cue.last + 1) == "T":
                return False
            if closing in "Q:":
                return False
            start = self._content_start(before)
            if self._class(start) in "SIG" and closing != "." or self._class(start) == "S":
                comma = self.tokens.classes.find(",", start, before)
                if comma < 0 or not has_main_verb(self.tokens, comma + 1, before):
                    return False
            if not has_main_verb(self.tokens, start, before):
                if closing != "," or self._class(after + 1) == "Q" or self._class(start) in "IRSG":
                    return False
        start = self._content_start(before)
        self._add(start, before, "post-posed", cue)
        self._go_on(cue, after, quoted=opening == "Q")
        return True

    def _go_on(self, cue: Occurrence, after: int, *, quoted: bool) -> None:
        """The words that go on after an inserted attribution: “…,” she said, “…”."""
        after = over_adjuncts(self.tokens, after, self.ceiling, self.grammar)
        if self._class(after) not in ",:-;Q":
            return
        start = after if self._class(after) == "Q" else after + 1
        if self._class(start) == "Q" and self.tokens.words[after - 1] in self.grammar.works:
            return
        if quoted and self._class(start) not in "QT" and not (self._class(start) == "C" and self._class(start + 1) in "TQ"):
            return
        if self._class(start) == "Q" or self._class(start) == "T" or (self._class(start) == "C" and is_clause(self.tokens, start + 1, self.ceiling)) or (self._class(after) == "," and self._class(start) not in "GWIRSC" and (is_clause(self.tokens, start, self.ceiling) or self._class(start) in "XV")):
            last = content_end(self.tokens, start, self.ceiling, self.grammar, self.lexicon)
            self._add(start, last, "interrupted", cue)

    def _pre_posed(self, cue: Occurrence) -> None:
        start = cue.last + 1
        near = over_adjuncts(self.tokens, start, self.ceiling, self.grammar)
        for reading in (self._quoted, self._that, self._addressed, self._question, self._infinitive, self._bare, self._object):
            if reading(cue, start, near):
                return

    def _condition(self, cue: Occurrence) -> None:
        """If it rains, he said he would stay at home."""
        subject = self.subject
        if subject is None or cue.form != "finite":
            return
        comma = subject.first - 1
        if comma > self.first and self._class(comma) == "," and self.tokens.words[self.first] in ("if", "unless") and self.floor == self.first:
            floor = self.floor
            self._add(self.first, comma - 1, "condition", cue)
            self.floor = floor

    def _main_clause(self, first: int, cue: Occurrence) -> int:
        """Where the main clause begins after a clause like "When she said that …, he laughed" or "who said …, laughed"."""
        subject = self.subject
        if subject is None or cue.form not in ("finite", "passive"):
            return self.ceiling
        before = subject.whole_first - 1
        relative = self._class(subject.whole_last) == "W"
        subordinate = before >= self.first and (
            self._class(before) == "S" or self.tokens.words[before] in ("when", "even")
        )
        if not (relative or subordinate):
            return self.ceiling
        for comma in range(first + 2, self.ceiling - 1):
            if self._class(comma) != "," and not self._is_speech(comma):
                continue
            if relative and self._class(comma + 1) in "XV":
                return comma
            if subordinate and before <= self.first + 3 and self._class(comma + 1) in "DPNZ" and is_clause(self.tokens, comma + 1, self.ceiling):
                return comma if self._class(comma) == "," else comma + 1
        return self.ceiling

    def _finish(self, first: int, rule: str, cue: Occurrence, circumstance: str = "") -> bool:
        ceiling = self._main_clause(first, cue)
        last = content_end(self.tokens, first, ceiling, self.grammar, self.lexicon)
        if last < first:
            return False
        self._add(first, last, rule, cue, circumstance or cue.form)
        return True

    def _quoted(self, cue: Occurrence, start: int, near: int) -> bool:
        """Ann Lee said: “…”; Ann Lee said, “…”."""
        for token in (start, near):
            mark = self._class(token)
            quote = token + 1 if mark in ",:-" else token
            if self._class(quote) == "Q" and (mark in ",:-" or "quote" in cue.frames or "bare" in cue.frames):
                last = self._quoted_end(quote, set_off=mark in ",:-")
                self._add(quote, last, "introduced", cue, cue.form)
                return True
            if mark == ":" and token + 1 < self.ceiling and {"that", "quote", "post"} & cue.frames:
                return self._finish(quote, "introduced", cue, "colon")
        return False

    def _quoted_end(self, quote: int, *, set_off: bool) -> int:
        """Where words that begin with a quoted passage end: with it, or with the clause it is part of."""
        while self._class(quote + 1) == "C" and self._class(quote + 2) == "Q":
            quote += 2
        if self._is_speech(quote) or quote + 1 >= self.ceiling or self._class(quote + 1) in ",.:;-S":
            return quote
        end = content_end(self.tokens, quote, self.ceiling, self.grammar, self.lexicon)
        comma = self.tokens.classes.find(",", quote, end)
        return comma - 1 if comma > 0 else end

    def _that(self, cue: Occurrence, start: int, near: int) -> bool:
        if not {"that", "person_that"} & cue.frames:
            return False
        for token in (start, near):
            if self._class(token) == "," and self._class(token + 1) in "RI":
                close = self.tokens.classes.find(",", token + 1, min(self.ceiling, token + 8))
                token = close + 1 if close > 0 else token
            if token > start and self._class(token + 1) in "XV":
                continue
            if self._class(token) == "T" and token + 1 < self.ceiling and self.tokens.words[token + 1] != "same":
                return self._finish(token + 1, "that-clause", cue)
        return False

    def _addressed(self, cue: Occurrence, start: int, near: int) -> bool:
        if not {"person_that", "person_bare", "person_wh", "person_to"} & cue.frames:
            return False
        for pattern in (NOUN_PHRASE, LONG_PHRASE):
            end = matches(pattern, self.tokens.classes, start, self.ceiling)
            if end == start:
                continue
            after = over_adjuncts(self.tokens, end, self.ceiling, self.grammar) if self._class(end) != "O" else end
            for token in (end, after):
                found = self._class(token)
                if found == "T" and "person_that" in cue.frames:
                    return self._finish(token + 1, "addressed-that-clause", cue)
                if found == "W" and "person_wh" in cue.frames and self.tokens.words[token] not in ("who", "which", "whose"):
                    return self._finish(token, "addressed-question", cue)
                if found == "O" and "person_to" in cue.frames:
                    return self._finish(start, "addressed-infinitive", cue)
                if found in ",:" and self._class(token + 1) == "Q":
                    return self._finish(token + 1, "introduced", cue, "addressed")
                if "person_bare" in cue.frames and (found in "PQ" or (found in "DZS" and is_clause(self.tokens, token, self.ceiling))):
                    return self._finish(token, "addressed-bare-clause", cue)
        return False

    def _question(self, cue: Occurrence, start: int, near: int) -> bool:
        if not {"wh", "person_wh"} & cue.frames:
            return False
        for token in (start, near):
            if (self._class(token) == "W" and self.tokens.words[token] not in ("which", "who", "whose", "whom")) or (
                self.tokens.words[token] == "if" if token < self.ceiling else False
            ):
                return self._finish(token, "question-clause", cue)
        return False

    def _infinitive(self, cue: Occurrence, start: int, near: int) -> bool:
        if self._class(start) == "O" and "to" in cue.frames:
            return self._finish(start, "infinitive", cue)
        if self._class(start) == "X" and self.tokens.words[start] == "not":
            return False
        return False

    def _bare(self, cue: Occurrence, start: int, near: int) -> bool:
        if "bare" not in cue.frames:
            return False
        if cue.form == "finite" and self.subject is not None and self._class(start) in "XV":
            return self._finish(start, "relative", cue)
        for token in (start, near):
            if token < self.ceiling and self._class(token) in "DPNZMSRCIWGQX" and is_clause(self.tokens, token, self.ceiling):
                self._condition(cue)
                return self._finish(token, "bare-clause", cue)
            if self._class(token) == "," and is_clause(self.tokens, token + 1, self.ceiling):
                return self._finish(token + 1, "bare-clause", cue, "comma")
        if cue.lemma == "say" and near < self.ceiling and self._class(near) in "DPNZMSRIGQ":
            return self._finish(near, "bare-clause", cue, "loose")
        return False

    def _object(self, cue: Occurrence, start: int, near: int) -> bool:
        if start >= self.ceiling or self._class(start) not in "DPNZMQRGWX":
            return False
        if "gerund" in cue.frames and self._class(start) == "G":
            self._add(start, phrase_end(self.tokens, start, self.ceiling, self.grammar), "gerund", cue, cue.form)
            return True
        if {"noun", "object_predicate", "demand"} & cue.frames and cue.form != "passive":
            end = phrase_end(self.tokens, start, self.ceiling, self.grammar)
            if end < start:
                return False
            rule = "object-predicate" if "object_predicate" in cue.frames else "object"
            self._add(start, end, rule, cue, cue.form)
            return True
        return False
