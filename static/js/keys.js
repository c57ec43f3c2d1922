// Single keys and "g, then a letter". They never fire while somebody types, while a dialog is open, or when the
// person switched them off (WCAG 2.1.4): then only keys with Ctrl or Alt are left.

const GO_MILLISECONDS = 1500; // how long "g" waits for its letter

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

/** Let a single key act; the last one to ask for a key has it. */
export function onKey(key, act) {
  acts.set(key, act);
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
  if (waited && goTo(event.key)) {
    event.preventDefault();
  } else if (event.key === "g") {
    waitingSince = event.timeStamp;
  } else if (acts.has(event.key)) {
    event.preventDefault();
    acts.get(event.key)(event);
  }
}

/** Begin to listen; called once for a page. */
export function listen() {
  document.addEventListener("keydown", press);
}
