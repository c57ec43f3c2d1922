"""Whether a text can be an article at all, so that no pile of marks or stops keeps anybody waiting."""

# In characters: shorter texts are always read.
LONG = 50_000
# Of a long text: articles have a quotation mark in some hundred characters, and end a sentence or line in some sixty.
MOST_MARKS, MOST_STOPS = 1 / 12, 1 / 25
MARKS = "\"'“”‘’„‟«»‹›「」『』`´—–"
STOPS = ".!?\n。！？"


def is_prose(text: str) -> bool:
    if len(text) <= LONG:
        return True
    marks = sum(map(text.count, MARKS))
    stops = sum(map(text.count, STOPS))
    return marks <= MOST_MARKS * len(text) and stops <= MOST_STOPS * len(text)
