// Going through the text by keys: sentence by sentence, and word by word inside a sentence. The words chosen here are
// the browser's own selection, so that whatever marks a selection made with a pointer marks this one too.

import { say } from "./saying.js";
import { article, rangeInside } from "./text.js";

const sentences = () => [...article().querySelectorAll(".s")];
const rowOf = (sentence) => article().querySelector(`.gutter li[data-for="${CSS.escape(sentence.id)}"]`);

/** The sentence one stands in, if any. */
export function here() {
  const row = article()?.querySelector(".gutter li[aria-current]");
  return row ? document.getElementById(row.dataset.for) : null;
}

/** Stand in a sentence without moving the focus. */
export function standIn(sentence) {
  for (const row of article().querySelectorAll(".gutter li[aria-current]")) row.removeAttribute("aria-current");
  if (sentence) rowOf(sentence)?.setAttribute("aria-current", "true");
  const counter = document.getElementById("here");
  if (counter) counter.textContent = sentence ? sentence.id.slice(1) : "–";
}

/** Put the focus on a sentence. It can only have it while it has it: where words inside something that can be focused
    are pressed, Chromium begins no selection at the first of them. */
export function focusOn(sentence) {
  sentence.tabIndex = -1;
  sentence.addEventListener("blur", () => sentence.removeAttribute("tabindex"), { once: true });
  sentence.focus({ preventScroll: true });
}

/** Go to the next (1) or previous (-1) sentence and put the focus on it. */
export function step(by) {
  const all = sentences();
  const at = all.indexOf(here());
  const sentence = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!sentence) return;
  getSelection().removeAllRanges();
  standIn(sentence);
  focusOn(sentence);
  sentence.scrollIntoView({ block: "nearest" });
}

function wordsOf(sentence) {
  const text = sentence.textContent;
  const language = article().lang || undefined;
  if (!("Segmenter" in Intl)) return [...text.matchAll(/[\p{L}\p{N}’'-]+/gu)].map((at) => [at.index, at.index + at[0].length]);
  const segments = new Intl.Segmenter(language, { granularity: "word" }).segment(text);
  return [...segments].filter((each) => each.isWordLike).map((each) => [each.index, each.index + each.segment.length]);
}

let chosen = null; // {sentence, first, last}: indices of words, both included

const isChosen = () => chosen !== null && !getSelection().isCollapsed && chosen.sentence === here();

function choose(sentence, first, last) {
  const words = wordsOf(sentence);
  if (words.length === 0) return;
  const from = Math.min(Math.max(first, 0), words.length - 1);
  const to = Math.min(Math.max(last, from), words.length - 1);
  const range = rangeInside(sentence, words[from][0], words[to][1]);
  chosen = { sentence, first: from, last: to };
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  say(range.toString());
}

/** Choose the next (1) or previous (-1) word of the sentence. */
export function chooseWord(by) {
  const sentence = here();
  if (!sentence) return;
  if (!isChosen()) {
    const last = wordsOf(sentence).length - 1;
    choose(sentence, by > 0 ? 0 : last, by > 0 ? 0 : last);
  } else {
    const at = by > 0 ? chosen.last + 1 : chosen.first - 1;
    choose(sentence, at, at);
  }
}

/** Let the chosen words grow (1) or shrink (-1) by one at their end. False when no words were chosen by keys. */
export function resize(by) {
  if (!isChosen()) {
    if (by < 0 || !here() || document.activeElement !== here()) return false;
    chooseWord(1);
    return true;
  }
  choose(chosen.sentence, chosen.first, Math.max(chosen.last + by, chosen.first));
  return true;
}

/** Choose the whole of the sentence one stands in; false when one stands in none. */
export function chooseSentence() {
  const sentence = here();
  if (!sentence) return false;
  getSelection().selectAllChildren(sentence);
  return true;
}

/** Put the focus on the first badge of the sentence that has the focus; false when there is none. */
export function toMarks(sentence) {
  const badge = rowOf(sentence)?.querySelector("a");
  badge?.focus();
  return Boolean(badge);
}

/** From a badge to the next (1) or previous (-1) one, through the whole text. */
export function stepBadge(badge, by) {
  const all = [...article().querySelectorAll(".gutter a")];
  all[all.indexOf(badge) + by]?.focus();
}
