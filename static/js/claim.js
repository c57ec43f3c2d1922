// The page of a claim with a script: keys, ratings that fit the verdict, words of a source chosen by selecting them.
// Everything here can be done without it.

import { onAct, onKey } from "./keys.js";
import "./workbench/mentions.js";

const VERDICT_MILLISECONDS = 1500; // how long "v" waits for its digit

let verdictSince = -Infinity;

/** Offsets of a selection in code points of the stored text, half-open; null where it leaves the text. */
function chosenRange(selection) {
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end, exact: null };
}

/** The offset of a place of the page in the stored text. JavaScript counts UTF-16 units, the desk code points. */
function offsetOf(node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const passage = element.closest("[data-start]");
  if (passage === null) return null;
  const before = new Range();
  before.selectNodeContents(passage);
  before.setEnd(node, offset);
  return Number(passage.dataset.start) + [...before.toString()].length;
}

/** The words between two offsets, where both lie in one passage; null where they reach over a gap between two. */
function wordsBetween({ start, end }) {
  for (const passage of document.querySelectorAll("[data-start]")) {
    const first = Number(passage.dataset.start);
    const letters = [...passage.textContent];
    if (first <= start && end <= first + letters.length) return letters.slice(start - first, end - first).join("");
  }
  return null;
}

function takeSelection(form) {
  const range = chosenRange(document.getSelection());
  const words = range && wordsBetween(range);
  if (!words || words.trim() === "") return;
  form.elements.start.value = range.start;
  form.elements.end.value = range.end;
  form.elements.exact.value = words;
  const told = form.querySelector("[data-chosen]");
  told.textContent = told.dataset.words.replace("{start}", range.start).replace("{end}", range.end);
}

/** Words that are typed over are no longer those at the offsets. */
function forgetOffsets(form) {
  form.elements.start.value = "";
  form.elements.end.value = "";
  form.querySelector("[data-chosen]").textContent = "";
}

/** Only ratings that may stand for the chosen verdict can be chosen. */
function fitRatings(form) {
  const verdict = form.querySelector("[data-verdict]:checked")?.value;
  for (const option of form.querySelectorAll("option[data-verdicts]")) {
    const fits = !verdict || option.dataset.verdicts.split(" ").includes(verdict);
    option.disabled = !fits;
    if (!fits && option.selected) option.closest("select").value = "";
  }
}

/** Where no rating is chosen yet, the plainest that may stand for the verdict: the first for what is supported, the last
    for what is refuted. Whoever means another chooses it. */
function proposeRating(form) {
  const select = form.querySelector("option[data-verdicts]")?.closest("select");
  const fitting = [...form.querySelectorAll("option[data-verdicts]:not([disabled])")];
  const verdict = form.querySelector("[data-verdict]:checked")?.value;
  const plainest = { supported: fitting[0], refuted: fitting.at(-1) }[verdict] ?? (fitting.length === 1 ? fitting[0] : null);
  if (select && select.value === "" && plainest) select.value = plainest.value;
}

function markChosen(passage) {
  document.querySelector(".evidence.is-chosen")?.classList.remove("is-chosen");
  passage.classList.add("is-chosen");
}

function choosePassage(number) {
  const passage = document.querySelector(`[data-passage="${number}"]`);
  if (passage === null) return;
  markChosen(passage);
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "nearest" });
}

function pressDigit(event) {
  const waited = event.timeStamp - verdictSince < VERDICT_MILLISECONDS;
  verdictSince = -Infinity;
  const verdict = waited && document.querySelector(`[data-verdict="${event.key}"]`);
  if (!verdict) {
    choosePassage(event.key);
  } else {
    verdict.click();
    proposeRating(checkForm);
    checkForm.querySelector("textarea[name$=reason]")?.focus();
  }
}

function giveStance(stance) {
  const chosen = document.querySelector(".evidence.is-chosen") ?? document.querySelector("[data-words-form]");
  chosen?.querySelector(`[data-stance="${stance}"]`)?.click();
}

const checkForm = document.querySelector("[data-check-form]");
if (checkForm) {
  // Enter ends a line in the reason; with Ctrl it sends, as people know it from letters.
  checkForm.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) checkForm.querySelector("button[value=send]")?.click();
  });
  checkForm.addEventListener("change", () => fitRatings(checkForm));
  fitRatings(checkForm);
}

const wordsForm = document.querySelector("[data-words-form]");
if (wordsForm) {
  document.addEventListener("selectionchange", () => takeSelection(wordsForm));
  wordsForm.elements.exact.addEventListener("input", () => forgetOffsets(wordsForm));
}

function sayOfMatch(decision) {
  document.querySelector(`[data-match] [data-match-as="${decision}"]`)?.click();
}

onAct("same-claim", () => sayOfMatch("same"));
onAct("other-claim", () => sayOfMatch("different"));
onAct("search-evidence", () => document.querySelector("[data-evidence-query]")?.focus());
onAct("give-verdict", (event) => { verdictSince = event.timeStamp; });
onAct("it-supports", () => giveStance("supports"));
onAct("it-refutes", () => giveStance("refutes"));
onAct("it-gives-context", () => giveStance("context"));
for (const digit of "123456789") onKey(digit, pressDigit);
// Whatever stands in a passage and has the focus chooses it for s, r and n, as its digit does.
document.addEventListener("focusin", (event) => {
  const passage = event.target.closest("[data-passage]");
  if (passage) markChosen(passage);
});
