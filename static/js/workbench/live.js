// Who else has the article open, and their marks as they make them. The page asks every moment; it asks less often
// while nobody else is there, hardly at all while it is hidden, and not at all once it is over (signed out, or the
// article is no longer for this person).
//
// What changed goes out as the event newsdesk:marks-changed on the document, with {marks, comments, head}. Unless
// somebody calls preventDefault(), it is painted; where the inspector shows it, that is shown anew, or, while one is
// writing in it, offered to be.

import { currentLabel, openMark, refresh, save } from "./bench.js";
import { article } from "./text.js";

const TOGETHER = 1500; // milliseconds between two questions while somebody else is there
const ALONE = 3000;
const HIDDEN = 15_000; // of a tab in the background; whoever is not heard of for 30 s counts as gone
const LONGEST = 60_000; // after errors
const PATIENCE = 10_000; // for an answer

const place = () => document.getElementById("live");
const page = () => document.getElementById("bench-page");
const inspector = () => document.getElementById("inspector");
const notice = () => document.getElementById("live-notice");

const seen = new Map(); // the stamp of the last change that was told, by mark
let cursor = 0;
let head = 0;
let people = 0;
let others = 0;
let present = ""; // HTML of who is there, drawn by the desk
let failures = 0;
let isOver = false;
let isOutdated = false; // another text has been saved than the one on the page
let waiting = 0;

/** Begin to ask; called once for a page. */
export function watch() {
  if (!place() || !article()) return;
  head = Number(article().dataset.base);
  document.addEventListener("visibilitychange", askSoon);
  document.addEventListener("newsdesk:drawn", () => showPresent(present));
  addEventListener("online", askSoon);
  addEventListener("pageshow", (event) => event.persisted && askSoon());
  addEventListener("pagehide", () => {
    if (!isOver) navigator.sendBeacon(place().dataset.leave, new FormData(place()));
  });
  ask();
}

function askSoon() {
  clearTimeout(waiting);
  if (!isOver) waiting = setTimeout(ask, document.hidden ? HIDDEN : 0);
}

function pause() {
  if (document.hidden) return HIDDEN;
  const usual = others ? TOGETHER : ALONE;
  // A little less than said and never the same, so that pages opened together do not ask together.
  return Math.min(usual * 2 ** failures, LONGEST) * (0.9 + Math.random() / 10);
}

async function ask() {
  clearTimeout(waiting);
  // A bench that was drawn meanwhile says how far it has seen.
  cursor = Math.max(cursor, Number(article().dataset.cursor ?? 0));
  const asked = new URLSearchParams({ since: cursor, head, people });
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`${place().dataset.address}?${asked}`, { signal, cache: "no-store" });
    isOver = [401, 403, 404].includes(answer.status) || answer.redirected;
    failures = answer.ok ? 0 : failures + 1;
    if (answer.status === 200 && !isOver) hear(await answer.json());
  } catch {
    failures += 1;
  }
  if (!isOver) waiting = setTimeout(ask, pause());
  else showPresent("");
}

function hear(answer) {
  if (answer.is_over) {
    isOver = true;
    return;
  }
  cursor = answer.cursor;
  others = answer.others;
  if ("present" in answer) {
    people = answer.people;
    showPresent(answer.present);
  }
  if ("head" in answer) {
    head = answer.head;
    isOutdated = head !== Number(article().dataset.base);
    if (isOutdated) offer(answer.revised, place().dataset.open, () => location.reload());
  }
  if (!isOutdated) tell(answer);
}

function showPresent(html) {
  present = html;
  const shown = document.getElementById("present");
  if (shown) shown.innerHTML = html;
}

/** Let the page know of changes that it does not know of. Long transactions make the desk name some twice. */
function tell({ marks = [], comments = 0, told }) {
  const fresh = marks.filter((mark) => seen.get(mark.uid) !== mark.stamp);
  const isSaid = comments > 0 && seen.get("comments") !== comments;
  if (!fresh.length && !isSaid) return;
  for (const mark of fresh) seen.set(mark.uid, mark.stamp);
  if (isSaid) seen.set("comments", comments);
  const detail = { marks: fresh, comments: isSaid, head };
  const event = new CustomEvent("newsdesk:marks-changed", { detail, cancelable: true });
  if (!document.dispatchEvent(event)) return;
  const isHeld = isBusy();
  refresh();
  const shown = inspector().querySelector("[data-uid]")?.dataset.uid;
  if (!isSaid && !fresh.some((mark) => mark.uid === shown)) return;
  if (isHeld) offer(told, place().dataset.show, showAnew);
  else showAnew();
}

/** Show in the inspector what it shows, as it stands now; what is written there meanwhile is set beside it. */
function showAnew() {
  const form = inspector().querySelector("form[data-autosave]");
  if (form && hasWritten()) save(form);
  // Whoever began to write while it was asked for keeps what they have written.
  else if (currentLabel()) openMark(currentLabel(), { unless: hasWritten });
}

const hasWritten = () => [...inspector().querySelectorAll("form textarea, form input:not([type=hidden])")].some(
  (field) => field.type !== "checkbox" && field.type !== "radio" && field.value !== field.defaultValue,
);

/** Somebody writes in the inspector, has chosen words, or waits for an answer: nothing may move under their hands. */
function isBusy() {
  const isWriting = inspector().contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  const chosen = getSelection();
  const hasChosen = !chosen.isCollapsed && article().contains(chosen.anchorNode);
  return isWriting || hasWritten() || hasChosen || inspector().querySelector(".mark-form:not([data-autosave])") !== null ||
    document.querySelector("dialog[open]") !== null || page().getAttribute("aria-busy") === "true";
}

function offer(words, action, act) {
  const told = document.createElement("span");
  told.textContent = words;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = action;
  button.addEventListener("click", () => {
    notice().replaceChildren();
    act();
  });
  notice().replaceChildren(told, button);
}
