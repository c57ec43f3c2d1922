// Going through the text by keys: sentence by sentence, word by word and letter by letter inside it. The words chosen
// here are the browser's own selection, so that whatever marks a selection made with a pointer marks this one too.

import { movedBorder, parts } from "./borders.js";
import { drawBeforeSeen, here, rowOf, sentenceElements, standIn } from "./gutter.js";
import { say } from "./saying.js";
import { article, rangeInside } from "./text.js";

/** Put the focus on a sentence. It can only have it while it has it: where words inside something that can be focused
    are pressed, Chromium begins no selection at the first of them. */
export function focusOn(sentence) {
  sentence.tabIndex = -1;
  sentence.addEventListener("blur", () => sentence.removeAttribute("tabindex"), { once: true });
  sentence.focus({ preventScroll: true });
}

/** Go to the next (1) or previous (-1) sentence and put the focus on it. */
export function step(by) {
  const all = sentenceElements();
  const at = all.indexOf(here());
  const sentence = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!sentence) return;
  getSelection().removeAllRanges();
  standIn(sentence);
  focusOn(sentence);
  sentence.scrollIntoView({ block: "nearest" });
}

let chosen = null; // {sentence, start, end}: units of its text, half-open

const isChosen = () => chosen !== null && !getSelection().isCollapsed && chosen.sentence === here();

function choose(sentence, start, end) {
  const range = rangeInside(sentence, start, end);
  if (!range) return;
  chosen = { sentence, start, end };
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  say(range.toString());
}

/** Choose the next (1) or previous (-1) word of the sentence. */
export function chooseWord(by) {
  const sentence = here();
  if (!sentence) return;
  const words = parts(sentence.textContent, "word");
  if (words.length === 0) return;
  let word = by > 0 ? words[0] : words.at(-1);
  if (isChosen()) {
    word = by > 0 ? words.find(([start]) => start >= chosen.end) : words.findLast(([, end]) => end <= chosen.start);
  }
  if (word) choose(sentence, ...word);
}

/** Let the chosen words grow (1) or shrink (-1) at their end, or at their beginning. False when none were chosen. */
export function resize(by, { byLetter = false, atStart = false } = {}) {
  if (!isChosen()) {
    if (by < 0 || !here() || document.activeElement !== here()) return false;
    chooseWord(1);
    return true;
  }
  const { sentence, start, end } = chosen;
  const text = sentence.textContent;
  const first = atStart ? movedBorder(text, start, by, { isEnd: false, byLetter }) : start;
  const last = atStart ? end : movedBorder(text, end, by, { isEnd: true, byLetter });
  if (first < last) choose(sentence, first, last);
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
  drawBeforeSeen(sentence);
  const badge = rowOf(sentence)?.querySelector("a");
  badge?.focus();
  return Boolean(badge);
}

/** From a badge to the next (1) or previous (-1) one, through the whole text. */
export function stepBadge(badge, by) {
  const row = badge.closest("li");
  const inRow = [...row.querySelectorAll("a")];
  const beside = inRow[inRow.indexOf(badge) + by];
  if (beside) {
    beside.focus();
    return;
  }
  const all = sentenceElements();
  for (let at = all.indexOf(document.getElementById(row.dataset.for)) + by; all[at]; at += by) {
    drawBeforeSeen(all[at]);
    const badges = rowOf(all[at])?.querySelectorAll("a") ?? [];
    if (badges.length) {
      badges[by > 0 ? 0 : badges.length - 1].focus();
      return;
    }
  }
}
