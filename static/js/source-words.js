// Choosing words of a stored source by keys: sentence by sentence, then longer or shorter by words. What is chosen is the
// browser's own selection, so the form takes it as it takes one made with a pointer (claim.js).

import { isTyping, onAct } from "./keys.js";

const passages = [...document.querySelectorAll("[data-words-form] [data-start]")];
const language = document.querySelector("[data-words-form]")?.dataset.language;
let chosen = null; // {passage, start, end}: UTF-16 units of its text, half-open

function parts(text, granularity) {
  return [...new Intl.Segmenter(language, { granularity }).segment(text)];
}

/** Every sentence of the text, without the white space around it. */
function sentences() {
  return passages.flatMap((passage) => parts(passage.textContent, "sentence").map(({ segment, index }) => {
    const start = index + segment.length - segment.trimStart().length;
    return { passage, start, end: index + segment.trimEnd().length };
  })).filter(({ start, end }) => start < end);
}

function choose(next) {
  chosen = next;
  const words = next.passage.firstChild;
  getSelection().setBaseAndExtent(words, next.start, words, next.end);
  next.passage.scrollIntoView({ block: "nearest" });
}

/** The next (1) or previous (-1) sentence; the first one, or the last, where none was chosen. */
function step(by) {
  const all = sentences();
  const order = ({ passage, start }) => passages.indexOf(passage) * 1e9 + start;
  const here = chosen && order(chosen);
  const next = by > 0
    ? all.find((each) => here === null || order(each) > here)
    : all.findLast((each) => here === null || order(each) < here);
  if (next) choose(next);
}

/** Let what is chosen grow or shrink by a word, at its end or at its beginning. */
function resize(by, atStart) {
  const { passage, start, end } = chosen;
  const words = parts(passage.textContent, "word").filter((each) => each.isWordLike);
  const borders = words.map(({ segment, index }) => (atStart ? index : index + segment.length));
  const border = atStart ? start : end;
  const next = by > 0 ? borders.find((each) => each > border) : borders.findLast((each) => each < border);
  if (next === undefined) return;
  const moved = atStart ? { passage, start: next, end } : { passage, start, end: next };
  if (moved.start < moved.end) choose(moved);
}

onAct("next-source-sentence", () => step(1));
onAct("previous-source-sentence", () => step(-1));
document.addEventListener("keydown", (event) => {
  if (!event.shiftKey || event.ctrlKey || event.metaKey || chosen === null || isTyping(event.target)) return;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by || getSelection().isCollapsed) return;
  event.preventDefault();
  resize(getComputedStyle(chosen.passage).direction === "rtl" ? -by : by, event.altKey);
});
