// The marks of the article as the page knows them: read from the data the server sent, changed by what one does.

const SUGGESTED = 1;
const NEEDS_LOOK = 2;
const LAYERS = { Q: "quote", C: "claim", B: "bias" };
const NOBODY = { name: "", initials: "??", voice: 0 };
// A suggestion never hides what people marked.
const AFTER_PEOPLE = 10_000_000;

let words = {};
let sprite = "";
let marks = new Map(); // by label
let findings = new Map(); // what the reader says of sentences, by where they begin

/** What badges say, in the reader's language, and where their signs are. */
export const phrases = () => words;
export const spriteAddress = () => sprite;

/** All marks that have a place, in no order. */
export const allMarks = () => marks.values();
export const markNamed = (label) => marks.get(label) ?? null;

/** A mark out of what is known of it; `rank` decides which of a layer is drawn where several lie. */
export function makeMark(traits) {
  const mark = { isSuggested: false, needsLook: false, kind: "direct", speaker: NOBODY, tone: "open", severity: 1, ...traits };
  const length = mark.end - mark.start;
  mark.rank = (mark.isSuggested ? AFTER_PEOPLE : 0) + (mark.layer === "bias" ? -mark.severity : length);
  return mark;
}

function markOfRow([label, start, end, flags, a, b], lists) {
  const layer = LAYERS[label[0]];
  const traits = { label, layer, start, end, isSuggested: Boolean(flags & SUGGESTED), needsLook: Boolean(flags & NEEDS_LOOK) };
  if (layer === "claim") return makeMark({ ...traits, tone: lists.tones[a] });
  if (layer === "bias") return makeMark({ ...traits, severity: a, category: lists.categories[b] });
  return makeMark({ ...traits, kind: lists.kinds[a], speaker: lists.speakers[b] });
}

const isSame = (one, other) => one && other && Object.keys(one).every((name) => one[name] === other[name] ||
  (name === "speaker" && one.speaker.name === other.speaker.name && one.speaker.voice === other.speaker.voice));

/** A mark that is painted before the server has answered. */
const isAhead = (mark) => mark.label.startsWith("+");

/** Take over what the server sent in `root`, beside what is painted ahead of it. Returns the marks, old and new, in
 *  which something differs. */
export function readMarks(root = document) {
  const sent = JSON.parse(root.getElementById("bench-marks")?.textContent || '{"marks": []}');
  ({ words = {}, sprite = "" } = sent);
  const lists = { ...sent, speakers: (sent.speakers ?? []).map(([name, initials, voice]) => ({ name, initials, voice })) };
  const fresh = new Map(sent.marks.map((row) => [row[0], markOfRow(row, lists)]));
  for (const mark of marks.values()) if (isAhead(mark)) fresh.set(mark.label, mark);
  const changed = [...marks.values()].filter((mark) => !isSame(mark, fresh.get(mark.label)));
  for (const mark of fresh.values()) if (!isSame(mark, marks.get(mark.label))) changed.push(mark);
  marks = fresh;
  findings = new Map(sent.findings ?? []);
  return changed;
}

export function putMark(mark) {
  marks.set(mark.label, mark);
}

export const findingOf = (start) => findings.get(start) ?? "";

export function putFinding(start, finding) {
  findings.set(start, finding);
}

export function dropMark(label) {
  marks.delete(label);
}

const DEPTH = { bias: 0, claim: 1, quote: 2 };

/** In the order of the text, as the server sorts them: the longer first, then by layer and age. */
export function inTextOrder(some) {
  const age = (mark) => Number(mark.label.slice(1)) || Infinity;
  return [...some].sort((one, other) => one.start - other.start || other.end - one.end ||
    DEPTH[one.layer] - DEPTH[other.layer] || age(one) - age(other));
}
