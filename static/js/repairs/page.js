// The repair queue with a script: keys, words chosen in the text, the next mark without loading the page anew.

import { isTyping, mayAct, onKey } from "../keys.js";
import { say } from "../workbench/saying.js";
import { article, selectedWords } from "../workbench/text.js";
import { move, proposed, propose } from "./place.js";

const page = document.getElementById("repairs");
const find = (selector) => page.querySelector(selector);
let isBusy = false;

/** Show what an answer of the desk draws: the next mark, or why nothing was done. */
async function show(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = fresh.getElementById("repairs");
  if (!drawn) {
    // Signed out, or refused: the page says so better than we could.
    location.reload();
    return;
  }
  page.replaceChildren(...drawn.childNodes);
  const said = fresh.getElementById("messages");
  document.getElementById("messages")?.replaceChildren(...said.childNodes);
  if (answer.ok) history.replaceState(null, "", answer.url);
  const title = find("#repair-title") ?? find(".empty p");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

async function ask(address, options = {}) {
  if (isBusy) return;
  isBusy = true;
  page.setAttribute("aria-busy", "true");
  try {
    await show(await fetch(address, options));
  } finally {
    isBusy = false;
    page.removeAttribute("aria-busy");
  }
}

function accept() {
  if (proposed()) find("[data-accept]").requestSubmit();
  else if (find("#repair")) say(find("#repair").dataset.choose);
}

onKey("o", () => find("[data-no-place]")?.requestSubmit());
onKey("j", () => find("a[rel=next]")?.click());
onKey("k", () => find("a[rel=prev]")?.click());

// Keys with Shift or Ctrl move borders here, and Enter presses what has the focus before it accepts.
document.addEventListener("keydown", (event) => {
  const isArrow = ["ArrowLeft", "ArrowRight"].includes(event.key);
  if (isArrow && !event.altKey && canMove(event)) {
    event.preventDefault();
    const forward = getComputedStyle(article()).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    move(event.key === forward ? 1 : -1, { atStart: event.shiftKey, byLetter: event.ctrlKey || event.metaKey });
  } else if (event.key === "Enter" && !event.shiftKey && !event.repeat && mayAct(event) && !isControl(event.target)) {
    event.preventDefault();
    accept();
  }
});

const isControl = (target) => target instanceof Element && target.closest("a, button, summary, input") !== null;

function canMove(event) {
  return Boolean(find("#repair")) && !event.defaultPrevented && !isTyping(event.target) && !event.isComposing &&
    !document.querySelector("dialog[open]") && document.documentElement.dataset.keys !== "off";
}

page.addEventListener("pointerup", (event) => {
  // The selection is complete only after the event.
  if (event.target.closest("#text")) setTimeout(takeSelected);
});

function takeSelected() {
  const words = selectedWords();
  if (!words) return;
  propose({ start: words.start, end: words.end });
  getSelection().removeAllRanges();
}

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#repair")) return;
  event.preventDefault();
  ask(form.action, { method: "POST", body: new FormData(form, event.submitter) });
});

page.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-step]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  ask(link.href);
});
