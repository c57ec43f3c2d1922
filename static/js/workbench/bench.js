// Selecting marks and saving them without loading the page anew: the same addresses and forms as without a script,
// answered with a part of the page.

import { keepPlaced, place } from "./gutter.js";
import { paint } from "./paint.js";
import { say } from "./saying.js";
import { focusOn, here, standIn } from "./sentences.js";
import { article, selectedWords } from "./text.js";

const page = () => document.getElementById("bench-page");
const inspector = () => document.getElementById("inspector");

async function ask(address, { target = "", ...options } = {}) {
  page().setAttribute("aria-busy", "true");
  try {
    const headers = { "HX-Request": "true", ...(target && { "HX-Target": target }) };
    const answer = await fetch(address, { headers, ...options });
    if (answer.redirected && !new URL(answer.url).pathname.startsWith("/articles/")) location.reload();
    return answer;
  } finally {
    page().removeAttribute("aria-busy");
  }
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

function showInspector(html) {
  const fresh = parsed(html).getElementById("inspector");
  inspector().replaceWith(fresh);
  return fresh.querySelector("section");
}

/** Draw the current mark anew in text, margin and claims. */
function showCurrent(label) {
  for (const run of article().querySelectorAll(".run")) {
    run.classList.toggle("is-current", Boolean(label) && run.dataset.marks.split(" ").includes(label));
  }
  for (const link of document.querySelectorAll("#text a.badge, .whole a.badge, #lost a.badge")) {
    if (label && link.dataset.marks.split(" ").includes(label)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const row of document.querySelectorAll("#ledger tbody tr")) {
    if (label && row.querySelector("a.badge")?.dataset.marks === label) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  const selected = document.getElementById("selected");
  if (selected) selected.textContent = label ?? "";
  const sentence = article().querySelector(".run.is-current")?.closest(".s");
  if (sentence) standIn(sentence);
  paint();
}

/** Open the inspector on what an address names: a mark, a form, or nothing. */
export async function open(address, { focus = "" } = {}) {
  const answer = await ask(address, { target: "inspector" });
  if (!answer.ok) {
    location.assign(address);
    return;
  }
  const section = showInspector(await answer.text());
  showCurrent(section.dataset.label ?? null);
  const uid = section.dataset.uid;
  history.replaceState(null, "", uid ? `?mark=${uid}` : location.pathname);
  if (focus) section.querySelector(focus)?.focus();
  say(section.querySelector("h2")?.textContent.trim() ?? "");
}

export const openMark = (uid, options) => open(`?mark=${encodeURIComponent(uid)}`, options);

/** Leave the mark or the form; words that are chosen are let go. */
export async function close() {
  getSelection().removeAllRanges();
  const sentence = here();
  await open("?");
  if (sentence) focusOn(sentence);
  else article().focus({ preventScroll: true });
}

/** Give a form the words that are selected. True when there are any. */
export function giveWords(form, words) {
  if (!words) return false;
  const values = { ...words, base: article().dataset.base, text_sha256: article().dataset.sha256, words: "" };
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  for (const shown of form.querySelectorAll("[data-chosen]")) {
    shown.textContent = words.exact;
    shown.hidden = false;
  }
  for (const typed of form.querySelectorAll("[data-typed]")) typed.hidden = true;
  paint();
  return true;
}

/** Show what a category means beside the list it is chosen from. */
export function showDefinition(value) {
  const meaning = inspector().querySelector(`[data-category="${CSS.escape(value)}"]`);
  const shown = document.getElementById("definition");
  if (shown) shown.textContent = meaning?.textContent ?? "";
}

/** Open the form for a new mark on the selected words. */
export async function openNew(layer, { level = "" } = {}) {
  const words = selectedWords();
  const asked = new URLSearchParams({ new: layer });
  if (level) asked.set("level", level);
  if (words) {
    asked.set("start", words.start);
    asked.set("end", words.end);
  }
  await open(`?${asked}`);
  const form = inspector().querySelector(".mark-form");
  if (!form) return;
  giveWords(form, words);
  if (form.elements.category) showDefinition(form.elements.category.value);
  const first = words || level ? "select, textarea:not([name=words]), input:not([type=hidden])" : "[name=words]";
  [...form.querySelectorAll(first)].find((field) => field.checkVisibility())?.focus();
}

/** Send a form of the bench and show what comes of it. */
export async function send(form, submitter) {
  const body = new FormData(form, submitter);
  const answer = await ask(form.action, { method: "POST", body });
  const html = await answer.text();
  if (answer.status >= 500 || answer.status === 403 || answer.status === 404) {
    say(answer.statusText);
    form.querySelector("[data-failed]")?.remove();
    form.insertAdjacentHTML("afterbegin", '<p class="field-error" role="alert" data-failed></p>');
    form.querySelector("[data-failed]").textContent = `${answer.status} ${answer.statusText}`;
    return;
  }
  const isSaved = answer.ok && answer.redirected;
  redraw(html, isSaved);
  if (isSaved) history.replaceState(null, "", new URL(answer.url).search || location.pathname);
}

/** Put the answer in the place of the bench, keeping what is switched on and where one had scrolled. */
function redraw(html, isSaved) {
  const fresh = parsed(`<div id="bench-page">${html}</div>`);
  const kept = [...document.querySelectorAll("#drawer input:not(:checked)")].map((box) => box.id);
  const isDrawerOpen = document.getElementById("drawer")?.open;
  const scrolled = [scrollX, scrollY];
  if (isSaved) getSelection().removeAllRanges();
  page().replaceChildren(...fresh.getElementById("bench-page").childNodes);
  for (const id of kept) {
    const box = document.getElementById(id);
    if (box) box.checked = false;
  }
  document.getElementById("drawer").open = isDrawerOpen;
  start();
  scrollTo(...scrolled);
  isSaved ? focusMark() : focusProblem();
}

function focusMark() {
  const label = article().dataset.current;
  const badge = label && article().querySelector(`.gutter a[aria-current]`);
  (badge || here() || inspector()).focus({ preventScroll: true });
  const told = page().querySelector("[data-message]") ?? document.getElementById("selected");
  say(told?.textContent.trim() || document.title);
}

function focusProblem() {
  const problem = document.querySelector(".bench-problem, .inspector [role=alert]");
  const field = inspector().querySelector("[aria-invalid=true]");
  problem?.setAttribute("tabindex", "-1");
  (field ?? problem ?? inspector()).focus();
}

/** Draw what scripts draw, on a bench that was just put there. */
export function start() {
  paint();
  keepPlaced();
  place();
  const current = article().querySelector(".gutter li[aria-current]");
  if (current) standIn(document.getElementById(current.dataset.for));
}
