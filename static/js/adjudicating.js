// Adjudication by keys: letters take a label, the rest are acts. After a decision the next question has the focus.

import { onAct, onKey } from "./keys.js";

const find = (selector) => document.querySelector(selector);

onAct("take-all", () => find("[data-answer=take-all]")?.click());
onAct("take-none", () => find("[data-answer=take-none]")?.click());
onAct("merge-agreed", () => find("[data-merge]")?.click());
onAct("next-question", () => find("#question a[rel=next]")?.click());
onAct("previous-question", () => find("#question a[rel=prev]")?.click());
onAct("say-why", () => find("#reason")?.focus());
onAct("new-label", () => {
  const fold = find("[data-new-label]");
  if (!fold) return;
  fold.open = true;
  fold.querySelector("textarea").focus();
});
for (const button of document.querySelectorAll("[data-letter]")) {
  // Later letters have acts of their own.
  if (button.dataset.letter <= "h") onKey(button.dataset.letter, () => button.click());
}

// Whoever goes on by key hears which question it is now.
if (location.search) find("#question-title")?.focus({ preventScroll: true });
