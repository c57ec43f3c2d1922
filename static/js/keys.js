// Single keys and "g, then a letter". They never fire while somebody types, while a dialog is open, or when the
// person switched them off (WCAG 2.1.4): then only keys with Ctrl or Alt are left. What a key does is an act with a
// slug; people may give acts keys of their own, which the page carries where they differ.

import { DEFAULT_KEYS } from "./keymap.js";

const GO_MILLISECONDS = 1500; // how long "g" waits for its letter

const ownKeys = JSON.parse(document.body.dataset.keymap ?? "{}");
const acts = new Map();
let waitingSince = -Infinity;

/** True while the keyboard belongs to a field. */
export function isTyping(target) {
  return target instanceof Element && target.closest(
    "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]",
  ) !== null;
}

/** True when keys without Ctrl or Alt may act on this event. */
export function mayAct(event) {
  return !(
    event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
    document.documentElement.dataset.keys === "off" || isTyping(event.target) || document.querySelector("dialog[open]")
  );
}

/** Let a single key act that is the same for everybody; the last one to ask for a key has it. */
export function onKey(key, act) {
  acts.set(key, act);
}

/** Let the act with this slug have its key: the person's own, or else the one that everybody has. */
export function onAct(slug, act) {
  onKey(ownKeys[slug] ?? DEFAULT_KEYS[slug], act);
}

/** The Latin letter on the key that was pressed, where the keyboard writes another script; else what the key writes. */
export function latinLetter(event) {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (!letter || !/^\p{L}\p{M}*$/u.test(event.key) || /\p{Script=Latin}/u.test(event.key)) return event.key;
  return event.shiftKey ? letter : letter.toLowerCase();
}

function goTo(letter) {
  const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  link?.click();
  return link !== null;
}

function press(event) {
  if (!mayAct(event)) return;
  const waited = event.timeStamp - waitingSince < GO_MILLISECONDS;
  waitingSince = -Infinity;
  const key = acts.has(event.key) ? event.key : latinLetter(event);
  if (waited && goTo(latinLetter(event))) {
    event.preventDefault();
  } else if (key === "g") {
    waitingSince = event.timeStamp;
  } else if (acts.has(key)) {
    event.preventDefault();
    acts.get(key)(event);
  }
}

/** Begin to listen; called once for a page. */
export function listen() {
  document.addEventListener("keydown", press);
}
