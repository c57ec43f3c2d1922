// Selecting marks, making them and changing them without loading the page anew. The text is never replaced: what
// changed is painted from the marks' data, and what stands around the text is asked for a moment later.

import { forgetMarks, here, keepPlaced, place, redrawRows, showAt, showFindings, standIn } from "./gutter.js";
import { dropMark, makeMark, markNamed, phrases, putMark, readMarks } from "./marks.js";
import { paint, repaint, setCurrent, show } from "./paint.js";
import { say } from "./saying.js";
import { focusOn } from "./sentences.js";
import { article, blocksUnder, select, selectedWords, sentenceAt, wordsBetween } from "./text.js";

// What stands around the text is asked for once things have been quiet for this long, in milliseconds.
const QUIET = 250;

const page = () => document.getElementById("bench-page");
const inspector = () => document.getElementById("inspector");
export const currentLabel = () => inspector()?.querySelector("[data-label]")?.dataset.label ?? "";
export const currentMark = () => markNamed(currentLabel());
export const canMark = () => document.querySelector("[data-new]") !== null;

let asking = 0;

async function ask(address, { target = "", ...options } = {}) {
  asking += 1;
  page().setAttribute("aria-busy", "true");
  try {
    const headers = { "HX-Request": "true", ...(target && { "HX-Target": target }) };
    const answer = await fetch(address, { headers, ...options });
    if (answer.redirected && !/^\/(articles|research)\//.test(new URL(answer.url).pathname)) location.reload();
    return answer;
  } finally {
    asking -= 1;
    if (!asking) page().removeAttribute("aria-busy");
  }
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

/** Show a sentence that says why nothing was done, until something is. */
export function showProblem(sentence) {
  for (const old of document.querySelectorAll("[data-problem]")) old.remove();
  const box = document.createElement("p");
  box.className = "field-error";
  box.setAttribute("role", "alert");
  box.dataset.problem = "";
  box.textContent = sentence;
  inspector().prepend(box);
}

function showInspector(html) {
  const fresh = parsed(html).getElementById("inspector");
  inspector().replaceWith(fresh);
  return fresh.querySelector("section");
}

/** Draw the current mark anew in text, margin and claims; one stands in its sentence then, unless one `stays`. */
function showCurrent(label, { stays = false } = {}) {
  setCurrent(label);
  showAt(label);
  for (const row of document.querySelectorAll("#ledger tbody tr")) {
    if (label && row.querySelector("a.badge")?.dataset.marks === label) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  const selected = document.getElementById("selected");
  if (selected) selected.textContent = label ? selected.dataset.words.replace("%s", label) : "";
  const mark = markNamed(label);
  for (const run of article().querySelectorAll(".run")) {
    run.classList.toggle("is-current", Boolean(label) && run.dataset.marks.split(" ").includes(label));
  }
  if (mark && !stays) standIn(sentenceAt(mark.start)?.element ?? null);
  show();
}

let opened = 0;

/**
 * Open the inspector on what an address names: a mark, a form, or nothing; not if `unless` then says otherwise, nor when
 * something else was asked for meanwhile. True when it is open.
 */
export async function open(address, { focus = "", unless = () => false } = {}) {
  const turn = (opened += 1);
  const from = here();
  const answer = await ask(address, { target: "inspector" });
  if (turn !== opened) return false;
  if (!answer.ok) {
    location.assign(address);
    return false;
  }
  const html = await answer.text();
  if (turn !== opened || unless()) return false;
  // Whoever went on to another sentence meanwhile stays there.
  showAnswer(html, { focus, stays: here() !== from });
  return true;
}

function showAnswer(html, { focus = "", stays = false } = {}) {
  const section = showInspector(html);
  showCurrent(section.dataset.label ?? null, { stays });
  const uid = section.dataset.uid;
  history.replaceState(null, "", uid ? `?mark=${uid}` : location.pathname);
  if (focus) section.querySelector(focus)?.focus();
  say(section.querySelector("h2")?.textContent.trim() ?? "");
}

export const openMark = (name, options) => open(`?mark=${encodeURIComponent(name)}`, options);

/** Leave the mark or the form; words that are chosen are let go. At once, so that keys go on from the sentence. */
export async function close() {
  getSelection().removeAllRanges();
  showCurrent(null);
  const sentence = here();
  if (sentence) focusOn(sentence);
  else article().focus({ preventScroll: true });
  await open("?");
}

const counted = (words) => ({ ...words, base: article().dataset.base, text_sha256: article().dataset.sha256 });

/** Give a form the words that are selected. True when there are any. */
export function giveWords(form, words) {
  if (!words) return false;
  for (const [name, value] of Object.entries({ ...counted(words), words: "" })) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  for (const shown of form.querySelectorAll("[data-chosen]")) {
    shown.textContent = words.exact;
    shown.hidden = false;
  }
  for (const typed of form.querySelectorAll("[data-typed]")) typed.hidden = true;
  show();
  return true;
}

/** Show what a category means beside the list it is chosen from. */
export function showDefinition(value) {
  const meaning = inspector().querySelector(`[data-category="${CSS.escape(value)}"]`);
  const shown = document.getElementById("definition");
  if (shown) shown.textContent = meaning?.textContent ?? "";
}

/** Open the form for a new mark on the selected words. True when it is open. */
export async function openNew(layer, { level = "" } = {}) {
  const words = selectedWords();
  const asked = new URLSearchParams({ new: layer });
  if (level) asked.set("level", level);
  if (words) {
    asked.set("start", words.start);
    asked.set("end", words.end);
  }
  if (!(await open(`?${asked}`))) return false;
  const form = inspector().querySelector(".mark-form");
  if (!form) return false;
  giveWords(form, words);
  if (form.elements.category) showDefinition(form.elements.category.value);
  const chooser = level ? null : form.querySelector("[data-choose]");
  if (chooser?.checkVisibility()) {
    chooser.focus();
    return true;
  }
  const first = words || level ? "select, textarea:not([name=words]), input:not([type=hidden])" : "[name=words]";
  [...form.querySelectorAll(first)].find((field) => field.checkVisibility())?.focus();
  return true;
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

/** Send fields to an address below that of the article, with the revision they were counted in. */
export function post(path, fields) {
  const body = new FormData();
  const sent = { ...counted(fields), csrfmiddlewaretoken: token() };
  for (const [name, value] of Object.entries(sent)) body.append(name, value);
  return reach(new URL(path, location.origin + location.pathname), { method: "POST", body });
}

/** Ask, and take a desk that does not answer for an answer too: what was painted ahead is then taken back. */
const reach = (address, options) => ask(address, options).catch(() => Response.error());

export async function problemIn(answer) {
  if (answer.type === "error") return phrases().offline;
  if (answer.headers.get("Content-Type")?.includes("json")) return (await answer.json()).problem;
  return `${answer.status} ${answer.statusText}`;
}

/** What one would mark: the selected words, those of the current mark, or those of another sentence one went on to. */
export function wordsToMark() {
  const words = selectedWords();
  if (words) return words;
  const mark = currentMark();
  const stoodIn = here();
  if (mark && (!stoodIn || stoodIn === sentenceAt(mark.start)?.element)) {
    return { start: mark.start, end: mark.end, exact: wordsBetween(mark.start, mark.end) };
  }
  const sentence = stoodIn && document.getElementById(stoodIn.id);
  if (!sentence) return null;
  getSelection().selectAllChildren(sentence);
  return selectedWords();
}

let made = 0;
// Counts what was changed here, so that an answer from before a change is not taken for the newest.
let changes = 0;

/** Mark words at once: painted before anybody is asked, taken back with the reason if the server refuses. */
export async function markAtOnce(layer, words, fields = {}) {
  made += 1;
  const pending = makeMark({ label: `+${made}`, layer, start: words.start, end: words.end });
  putMark(pending);
  repaint([pending]);
  getSelection().removeAllRanges();
  const answer = await post(`marks/${layer}/at-once/`, { ...words, ...fields });
  dropMark(pending.label);
  if (!answer.ok) {
    repaint([pending]);
    select(words.start, words.end);
    showProblem(await problemIn(answer));
    return;
  }
  const { uid, label } = await answer.json();
  const mark = makeMark({ ...pending, label });
  changes += 1;
  putMark(mark);
  repaint([mark]);
  redrawRows([mark]);
  refreshSoon();
  await openMark(uid);
}

/** Make the current mark longer or shorter; what hangs on it stays. */
export async function resizeMark(mark, start, end) {
  const uid = inspector().querySelector("[data-uid]")?.dataset.uid;
  if (!uid || start >= end || blocksUnder(start, end).length === 0) return;
  const changed = makeMark({ ...mark, start, end });
  changes += 1;
  putMark(changed);
  repaint([mark, changed]);
  redrawRows([mark, changed]);
  const fields = { start, end, exact: wordsBetween(start, end) };
  const answer = await post(`marks/${mark.layer}/${uid}/resize/`, fields);
  if (!answer.ok) {
    putMark(mark);
    repaint([mark, changed]);
    redrawRows([mark, changed]);
    showProblem(await problemIn(answer));
    return;
  }
  changes += 1;
  say(fields.exact);
  refreshSoon({ withInspector: true });
}

/** Send a form of the inspector and show what comes of it. */
export async function send(form, submitter) {
  const answer = await ask(form.action, { method: "POST", body: new FormData(form, submitter), target: "inspector" });
  if (answer.status >= 500 || answer.status === 403 || answer.status === 404) {
    showProblem(`${answer.status} ${answer.statusText}`);
    return;
  }
  const isSaved = answer.ok && answer.redirected;
  const html = await answer.text();
  if (isSaved) getSelection().removeAllRanges();
  showAnswer(html);
  if (isSaved) {
    await refresh();
    focusMark();
  } else {
    focusProblem();
  }
}

let saving = Promise.resolve();

/** Save what was changed in the inspector, without taking the field away that one is in: one change after the other,
 *  because each carries the version that the one before it made. */
export function save(form) {
  saving = saving.then(() => saveNow(form));
  return saving;
}

async function saveNow(form) {
  const state = form.querySelector("[data-saving]");
  const body = new FormData(form);
  body.append("autosave", "1");
  const answer = await reach(form.action, { method: "POST", body, target: "inspector" });
  if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) {
    const { version } = await answer.json();
    for (const field of document.querySelectorAll("#inspector [name=version]")) field.value = version;
    for (const field of form.querySelectorAll("input, textarea")) field.defaultValue = field.value;
    if (state) state.textContent = state.dataset.saved;
    refreshSoon();
  } else if (answer.type === "error" || answer.status >= 500 || answer.status === 403 || answer.status === 404) {
    showProblem(await problemIn(answer));
  } else {
    showAnswer(await answer.text());
    focusProblem();
  }
}

let waiting = 0;
let wantsInspector = false;

/** Ask for what stands around the text, once things are quiet. */
export function refreshSoon({ withInspector = false } = {}) {
  wantsInspector ||= withInspector;
  clearTimeout(waiting);
  waiting = setTimeout(refresh, QUIET);
}

/** Take over what the desk knows now: marks are painted where they changed, what stands around the text is replaced. */
export async function refresh() {
  clearTimeout(waiting);
  const label = currentLabel();
  const known = changes;
  const answer = await ask(label ? `?mark=${encodeURIComponent(label)}` : "?", { target: "around" });
  if (!answer.ok) return;
  const fresh = parsed(await answer.text());
  const base = fresh.getElementById("text")?.dataset.base;
  if (base !== article().dataset.base) {
    document.dispatchEvent(new CustomEvent("newsdesk:newer-text", { detail: { revision: base } }));
    return;
  }
  if (known !== changes) {
    refreshSoon();
    return;
  }
  takeOver(fresh);
  if (wantsInspector && label) await openMark(label);
  wantsInspector = false;
}

function takeOver(fresh) {
  const changed = readMarks(fresh);
  const put = [...document.querySelectorAll("#drawer input:not(:checked)")].map((box) => box.id);
  for (const part of document.querySelectorAll("[data-part]")) {
    const sent = fresh.querySelector(`[data-part=${part.dataset.part}]`);
    if (sent && part.innerHTML !== sent.innerHTML && !part.contains(document.activeElement)) {
      part.replaceChildren(...sent.childNodes);
    }
  }
  for (const id of put) {
    const box = document.getElementById(id);
    if (box) box.checked = false;
  }
  if (changed.length) {
    repaint(changed);
    redrawRows(changed);
  }
  article().dataset.cursor = fresh.getElementById("text").dataset.cursor;
  showCurrent(currentLabel() || null, { stays: true });
  standIn(here());
  document.dispatchEvent(new CustomEvent("newsdesk:drawn"));
}

function focusMark() {
  const label = currentLabel();
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
  readMarks();
  forgetMarks();
  setCurrent(currentLabel());
  showAt(currentLabel());
  paint();
  showFindings();
  keepPlaced();
  place();
  const row = article().querySelector(".gutter li[aria-current]");
  const sentence = row ? document.getElementById(row.dataset.for) : sentenceAt(currentMark()?.start ?? -1)?.element;
  if (row || currentMark()) standIn(sentence);
}
