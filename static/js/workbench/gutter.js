// The margin: one row for each sentence, with the badges of the marks that begin in it. Where an article has too many
// marks to send badges for all of them, they are drawn here for the paragraphs in sight only.

import { badgesOf } from "./badges.js";
import { allMarks, findingOf, inTextOrder } from "./marks.js";
import { article, sentenceAt, sentences } from "./text.js";

const narrow = matchMedia("(max-width: 42rem)");
// Rows are drawn this far before they come into sight.
const AHEAD = "600px";

let stoodIn = null; // the element of the sentence one stands in
let current = ""; // the label of the mark one is at
let bySentence = null; // marks by the element of the sentence they begin in

function marksBySentence() {
  bySentence ??= Map.groupBy(allMarks(), (mark) => sentenceAt(mark.start)?.element);
  return bySentence;
}

/** The marks that begin in a sentence, in the order of the text. */
export const marksIn = (sentence) => inTextOrder(marksBySentence().get(sentence) ?? []);

/** The marks have changed: look anew where each begins. */
export function forgetMarks() {
  bySentence = null;
}

export const rowOf = (sentence) => article().querySelector(`.gutter li[data-for="${CSS.escape(sentence.id)}"]`);

/** The sentence one stands in, if any. */
export const here = () => (stoodIn?.isConnected ? stoodIn : null);

/** Stand in a sentence without moving the focus. */
export function standIn(sentence) {
  for (const row of article().querySelectorAll(".gutter li[aria-current]")) row.removeAttribute("aria-current");
  stoodIn = sentence;
  if (sentence) rowOf(sentence)?.setAttribute("aria-current", "true");
  const counter = document.getElementById("here");
  if (counter) counter.textContent = sentence ? sentence.id.slice(1) : "–";
}

/** Say which mark one is at; its badge shows it. */
export function showAt(label) {
  current = label ?? "";
  for (const link of document.querySelectorAll("#text a.badge, .whole a.badge, #lost a.badge")) showWhether(link);
}

function showWhether(link) {
  if (current && link.dataset.marks.split(" ").includes(current)) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

function drawRow(row) {
  const sentence = document.getElementById(row.dataset.for);
  const focused = row.contains(document.activeElement) ? document.activeElement.dataset.marks : null;
  row.replaceChildren(row.firstElementChild, ...badgesOf(marksIn(sentence), sentence.id));
  for (const link of row.querySelectorAll("a")) {
    showWhether(link);
    if (link.dataset.marks === focused) link.focus({ preventScroll: true });
  }
}

/** Draw in a row what the reader said of its sentence. */
export function showFinding(row, start) {
  row.classList.toggle("is-nothing", findingOf(start) === "nothing");
  row.classList.toggle("is-opinion", findingOf(start) === "opinion");
}

/** Draw in every row what the reader said of its sentence. */
export function showFindings() {
  for (const { element, start } of sentences()) {
    const row = rowOf(element);
    if (row) showFinding(row, start);
  }
}

/** Draw the rows of sentences anew in which something changed, where they are drawn at all. */
export function redrawRows(marks) {
  forgetMarks();
  const touched = new Set(marks.map((mark) => sentenceAt(mark.start)?.element).filter(Boolean));
  for (const sentence of touched) {
    const row = rowOf(sentence);
    if (row && isDrawn(row.parentElement)) drawRow(row);
  }
  place();
}

const isBare = () => article()?.dataset.bare !== undefined;
const isDrawn = (gutter) => !isBare() || gutter.classList.contains("is-drawn");

const inSight = new IntersectionObserver((entries) => {
  const placed = [];
  for (const { target, isIntersecting } of entries) {
    const gutter = target.querySelector(".gutter");
    if (!gutter || isIntersecting === gutter.classList.contains("is-drawn")) continue;
    gutter.classList.toggle("is-drawn", isIntersecting);
    for (const row of gutter.children) isIntersecting ? drawRow(row) : row.replaceChildren(row.firstElementChild);
    if (isIntersecting) placed.push(gutter);
  }
  placeRows(placed);
}, { rootMargin: AHEAD });

/** Draw the badges of a sentence that is not in sight yet. */
export function drawBeforeSeen(sentence) {
  const gutter = rowOf(sentence)?.parentElement;
  if (!gutter || isDrawn(gutter)) return;
  gutter.classList.add("is-drawn");
  for (const row of gutter.children) drawRow(row);
}

/** Put each row beside the line its sentence begins on; push down where two would meet. */
export function place() {
  if (article()) placeRows([...article().querySelectorAll(isBare() ? ".gutter.is-drawn" : ".gutter")]);
}

/** Measure first, then write, so that the page is laid out once. */
function placeRows(gutters) {
  for (const gutter of gutters) gutter.classList.toggle("is-placed", !narrow.matches);
  if (narrow.matches) return;
  const measured = gutters.map((gutter) => [gutter, rowsOf(gutter)]);
  for (const [gutter, rows] of measured) {
    let floor = 0;
    for (const { row, middle, height } of rows) {
      const top = Math.max(middle - height / 2, floor);
      row.style.setProperty("--y", `${top}px`);
      floor = top + height + 1;
    }
    gutter.style.setProperty("min-block-size", `${floor}px`);
  }
}

function rowsOf(gutter) {
  const top = gutter.getBoundingClientRect().top;
  return [...gutter.children].map((row) => {
    const line = document.getElementById(row.dataset.for)?.getClientRects()[0];
    return { row, height: row.offsetHeight, middle: line ? line.top + line.height / 2 - top : 0 };
  });
}

let width = 0;
const watcher = new ResizeObserver(([{ contentRect }]) => {
  // Rows that are drawn make the text longer, not wider.
  if (contentRect.width === width) return;
  width = contentRect.width;
  place();
});

/** Place the rows now and whenever the text changes its width; draw those in sight where none were sent. */
export function keepPlaced() {
  watcher.disconnect();
  inSight.disconnect();
  if (!article()) return;
  watcher.observe(article());
  if (isBare()) for (const paragraph of article().querySelectorAll(".para")) inSight.observe(paragraph);
}

/** The sentences in order, as elements. */
export const sentenceElements = () => sentences().map((sentence) => sentence.element);
