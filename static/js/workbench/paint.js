// Paints the layers as CSS highlights, block by block, over words that stay plain text. Where highlights would lose
// their lines (forced colours, print) the marks become elements instead; see runs.js.

import { drawn, pieces } from "./layout.js";
import { allMarks, markNamed } from "./marks.js";
import { drawRuns } from "./runs.js";
import { article, blocks, blocksUnder, rangesOf, wordsBetween } from "./text.js";

const forced = matchMedia("(forced-colors: active)");
let isPrinting = false;

const PRIORITY = { bias: 0, quote: 1, claim: 2 };
const painted = new Map(); // Highlight objects by their name
const ranges = new Map(); // by block: [name, range]
let current = "";

const canPaint = () => "highlights" in CSS && !forced.matches && !isPrinting;

function nameOf(mark) {
  if (mark.layer === "bias") return `bias-${mark.severity}${mark.isSuggested ? "-suggested" : ""}`;
  if (mark.layer === "claim") return mark.isSuggested ? "claim-suggested" : `claim-${mark.tone}`;
  const kind = mark.isSuggested ? "suggested" : mark.kind === "direct" ? "direct" : "indirect";
  return `quote-${mark.speaker.voice}-${kind}`;
}

function highlight(name, layer) {
  if (!painted.has(name)) painted.set(name, Object.assign(new Highlight(), { priority: PRIORITY[layer] }));
  return painted.get(name);
}

/** Stretches of a block in which one mark of a layer is drawn. */
function stretches(block, marks) {
  const found = [];
  const open = {};
  for (const piece of pieces(marks, block.start, block.end)) {
    for (const mark of drawn(piece)) {
      const last = open[mark.layer];
      if (last?.mark === mark && last.end === piece.start) last.end = piece.end;
      else found.push(open[mark.layer] = { mark, start: piece.start, end: piece.end });
    }
  }
  return found;
}

function paintBlock(block, marks) {
  for (const [name, range] of ranges.get(block) ?? []) painted.get(name).delete(range);
  const fresh = [];
  for (const { mark, start, end } of stretches(block, marks)) {
    const name = nameOf(mark);
    const range = name === "claim-none" ? null : block.range(start, end);
    if (!range) continue;
    highlight(name, mark.layer).add(range);
    fresh.push([name, range]);
  }
  ranges.set(block, fresh);
}

/** Which layers are put out on the rail. */
function isOut(name) {
  const [layer, tone] = name.split("-");
  const isOff = (selector) => document.querySelector(selector)?.checked === false;
  if (name.endsWith("suggested") && isOff("#layer-suggested")) return true;
  if (layer === "claim" && isOff(`[data-tone="${tone}"]`)) return true;
  return isOff(`[data-layer=${{ bias: "bias", quote: "quotes", claim: "claims" }[layer]}]`);
}

/** Where the words stand that a form is about to mark; the browser lets the selection go once a field has the focus. */
function chosenRanges() {
  const fields = document.querySelector("#inspector .mark-form[data-takes-words]")?.elements;
  if (!fields?.exact?.value) return [];
  const [start, end] = [Number(fields.start.value), Number(fields.end.value)];
  return wordsBetween(start, end) === fields.exact.value ? rangesOf(start, end) : [];
}

function rangesOfCurrent() {
  const mark = markNamed(current);
  return [...(mark ? rangesOf(mark.start, mark.end) : []), ...chosenRanges()];
}

/** Show what is painted, without the layers that are put out, and the mark and the words one is at. */
export function show() {
  if (!article() || !canPaint()) return;
  // What stays is left alone: to register a highlight anew paints all of its words anew.
  for (const [name, each] of painted) {
    const isShown = each.size > 0 && !isOut(name);
    if (isShown && CSS.highlights.get(name) !== each) CSS.highlights.set(name, each);
    else if (!isShown) CSS.highlights.delete(name);
  }
  const here = rangesOfCurrent();
  if (here.length) CSS.highlights.set("current", Object.assign(new Highlight(...here), { priority: 9 }));
  else CSS.highlights.delete("current");
  article().dataset.paint = "live";
}

function drawInstead() {
  CSS.highlights?.clear();
  delete article().dataset.paint;
}

/** Name the mark one is at. */
export function setCurrent(label) {
  current = label ?? "";
}

/** Paint the whole text anew. */
export function paint() {
  if (!article()) return;
  if (!canPaint()) {
    drawInstead();
    if (article().dataset.bare !== undefined || isPrinting) for (const block of blocks()) drawRuns(block, marksUnder(block), current);
    return;
  }
  CSS.highlights.clear();
  painted.clear();
  ranges.clear();
  const all = [...allMarks()].sort((one, other) => one.start - other.start);
  // Marks are sorted by their beginning, so those of a block are looked for from where the last block's began.
  const longest = all.reduce((most, mark) => Math.max(most, mark.end - mark.start), 0);
  let from = 0;
  for (const block of blocks()) {
    while (from < all.length && all[from].start + longest < block.start) from += 1;
    let to = from;
    while (to < all.length && all[to].start < block.end) to += 1;
    paintBlock(block, all.slice(from, to));
  }
  show();
}

const marksUnder = (block) => [...allMarks()].filter((mark) => mark.start < block.end && mark.end > block.start);

/** Paint anew what marks that changed touch. */
export function repaint(marks) {
  const touched = new Set(marks.flatMap((mark) => blocksUnder(mark.start, mark.end)));
  for (const block of touched) {
    if (article().dataset.bare === undefined || !canPaint()) drawRuns(block, marksUnder(block), current);
    if (canPaint()) paintBlock(block, marksUnder(block));
  }
  show();
}

forced.addEventListener("change", paint);
addEventListener("beforeprint", () => {
  isPrinting = true;
  paint();
});
addEventListener("afterprint", () => {
  isPrinting = false;
  paint();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-layer], [data-tone]")) show();
});
