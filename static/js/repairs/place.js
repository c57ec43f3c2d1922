// The proposed place of the current mark: drawn over the text, moved at its end or its beginning, chosen anew.

import { movedBorder, parts } from "../workbench/borders.js";
import { say } from "../workbench/saying.js";
import { blocks, wordsBetween } from "../workbench/text.js";
import { drawDifference } from "./difference.js";

const repair = () => document.getElementById("repair");
const form = () => document.querySelector("#repair [data-accept]");

/** Where the mark would stand, in code points of the stored text; null while no words are chosen. */
export function proposed() {
  const { start, end } = form()?.elements ?? {};
  return end?.value ? { start: Number(start.value), end: Number(end.value) } : null;
}

function draw({ start, end }) {
  for (const block of blocks()) {
    const [first, last] = [block.units(start), block.units(end)];
    const words = document.createElement("mark");
    words.textContent = block.text.slice(first, last);
    block.element.replaceChildren(block.text.slice(0, first), ...(first < last ? [words] : []), block.text.slice(last));
    block.renew();
  }
}

/** Propose other words. */
export function propose(place) {
  const exact = wordsBetween(place.start, place.end);
  draw(place);
  for (const [name, value] of Object.entries({ ...place, exact })) form().elements[name].value = value;
  form().querySelector("button").hidden = false;
  document.querySelector("#repair [data-changed]").hidden = false;
  drawDifference(document.querySelector("#repair [data-difference]"), repair().dataset.words, exact);
  document.querySelector("#repair mark")?.scrollIntoView({ block: "nearest" });
  say(exact);
}

/** Where a border of the place goes; beyond the end of a block it goes on in the next one. */
function moved(offset, by, how) {
  const all = blocks();
  const at = all.findIndex((each) => (how.isEnd ? offset <= each.end : offset < each.end));
  const block = all[at];
  if (!block) return offset;
  const next = block.points(movedBorder(block.text, block.units(offset), by, how));
  const beside = all[at + by];
  if (next !== offset || !beside) return next;
  return beside.points(movedBorder(beside.text, by > 0 ? -1 : beside.text.length + 1, by, how));
}

/** Let the place grow (1) or shrink (-1) by a word or a letter at its end or its beginning; without one, begin one. */
export function move(by, { atStart, byLetter }) {
  const place = proposed();
  if (!place) {
    begin();
    return;
  }
  const { start, end } = place;
  const changed = atStart
    ? { start: moved(start, by, { isEnd: false, byLetter }), end }
    : { start, end: moved(end, by, { isEnd: true, byLetter }) };
  if (changed.start < changed.end) propose(changed);
}

/** Lost words are looked for from where they stood about. */
function begin() {
  const near = blocks().find((each) => "near" in each.element.dataset) ?? blocks()[0];
  const [word] = near ? parts(near.text, "word") : [];
  if (word) propose({ start: near.points(word[0]), end: near.points(word[1]) });
}
