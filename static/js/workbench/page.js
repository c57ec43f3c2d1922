// The workbench with a script: keys, clicks on marked words, forms. The page stands without it.

import { isTyping, latinLetter, mayAct, onAct, onKey } from "../keys.js";
import {
  canMark, close, currentLabel, currentMark, giveWords, markAtOnce, open, openMark, openNew, resizeMark, save, send,
  showDefinition, showProblem, start, wordsToMark,
} from "./bench.js";
import { movedBorder } from "./borders.js";
import { sayOfSentence } from "./findings.js";
import { here, place, standIn } from "./gutter.js";
import { drawn, pieces } from "./layout.js";
import { watch } from "./live.js";
import { allMarks, inTextOrder } from "./marks.js";
import { chooseWord, focusOn, resize, step, stepBadge, toMarks } from "./sentences.js";
import { article, blocksUnder, offsetAtPoint, selectedWords, sentences } from "./text.js";

const bench = document.getElementById("bench-page");
// Before the keys of the site, of which some are letters of categories.
document.addEventListener("keydown", (event) => {
  if (chooseByKey(event)) event.preventDefault();
}, { capture: true });
const inInspector = (selector) => bench.querySelector(`#inspector ${selector}`);

function mark(layer) {
  if (!canMark()) return;
  const words = wordsToMark();
  if (words) markAtOnce(layer, words);
  else openNew(layer);
}

async function chooseBias() {
  if (!canMark()) return;
  const words = selectedWords() ?? wordsToMark();
  if ((await openNew("bias")) && words) giveWords(inInspector(".mark-form"), words);
}

function decide(decision) {
  inInspector(`[data-decide=${decision}]`)?.click();
}

/** Leave a field of the inspector for the text; what was changed in it is saved as it is left. */
function backToText() {
  if (here()) focusOn(here());
  else article().focus({ preventScroll: true });
}

/** How severe the tag is that one is at: one key, saved at once. */
function setSeverity(severity) {
  const field = inInspector("form[data-autosave] select[name=severity]");
  if (!field) return;
  field.value = severity;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function change() {
  const field = inInspector("form[data-autosave] :is(select, textarea, input:not([type=hidden]))");
  if (field) field.focus();
  else inInspector("[data-change]")?.click();
}

/** From the mark one is at to the next (1) or previous (-1) in the order of the text. */
function stepMark(by) {
  const all = inTextOrder(allMarks());
  const at = all.findIndex((each) => each.label === currentLabel());
  const offset = sentences().find((each) => each.element === here())?.start ?? 0;
  const next = at >= 0 ? all[at + by] : by > 0 ? all.find((each) => each.start >= offset) : all.findLast((each) => each.start < offset);
  if (next) openMark(next.label);
}

onAct("next-sentence", () => step(1));
onAct("previous-sentence", () => step(-1));
onAct("next-word", () => chooseWord(1));
onAct("previous-word", () => chooseWord(-1));
onAct("mark-quote", () => mark("quote"));
onAct("mark-claim", () => mark("claim"));
onAct("mark-bias", chooseBias);
onAct("say-nothing-found", () => sayOfSentence("nothing", showProblem));
onAct("say-opinion", () => sayOfSentence("opinion", showProblem));
onAct("accept", () => decide("accept"));
onAct("reject", () => decide("reject"));
for (const severity of "123") onKey(severity, () => setSeverity(severity));
onAct("open-evidence", () => inInspector("[data-evidence]")?.click());
onAct("change-mark", change);
onAct("take-example", () => inInspector("form[action$='/example/']")?.requestSubmit());
onAct("next-mark", () => stepMark(1));
onAct("previous-mark", () => stepMark(-1));
onAct("next-text", () => document.querySelector("[data-next-text]")?.click());

/** Shift and an arrow: the words that are chosen, or else the mark one is at, get longer or shorter. */
function resizeByKey(by, event) {
  const how = { byLetter: event.ctrlKey || event.metaKey, atStart: event.altKey };
  if (selectedWords() || !currentMark()) return resize(by, how);
  const mark = currentMark();
  const block = blocksUnder(mark.start, mark.end).at(how.atStart ? 0 : -1);
  if (!block || !inInspector("form[action*='/place/']")) return false;
  const border = block.units(how.atStart ? mark.start : mark.end);
  const next = block.points(movedBorder(block.text, border, by, { isEnd: !how.atStart, byLetter: how.byLetter }));
  resizeMark(mark, how.atStart ? next : mark.start, how.atStart ? mark.end : next);
  return true;
}

const chooser = () => inInspector("[data-chooser]");

/** The words that the form of a new tag is about. */
function wordsToTag() {
  const { start: first, end: last, exact } = inInspector(".mark-form").elements;
  return selectedWords() ?? (exact.value ? { start: Number(first.value), end: Number(last.value), exact: exact.value } : null);
}

/** Tag the words with a category; a tag that needs more than a category goes on in the form. */
function choose(slug) {
  const form = inInspector(".mark-form");
  const words = wordsToTag();
  if (words && form.dataset.level !== "article") {
    markAtOnce("bias", words, { category: slug });
    return;
  }
  form.elements.category.value = slug;
  showDefinition(slug);
  form.querySelector("details").open = true;
  form.elements.category.focus();
}

/** While categories are offered their letters choose them, and arrows go through them. True when a key did. */
function chooseByKey(event) {
  if (!chooser() || !mayAct(event)) return false;
  const buttons = [...chooser().querySelectorAll("[data-choose]")];
  const at = buttons.indexOf(document.activeElement);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lettered = buttons.find((button) => button.dataset.letter === latinLetter(event));
  if (by && at >= 0) buttons[(at + by + buttons.length) % buttons.length].focus();
  else if (lettered) choose(lettered.dataset.choose);
  return Boolean((by && at >= 0) || lettered);
}

// Arrows and Tab mean something else only while a sentence or a badge has the focus.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]") && !event.isComposing) {
    if (isTyping(event.target) && event.target.closest("form[data-autosave]")) backToText();
    else if (inInspector(":is([data-label], form)") || !getSelection().isCollapsed) close();
    return;
  }
  const forward = getComputedStyle(article()).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const isArrow = ["ArrowLeft", "ArrowRight"].includes(event.key);
  if (event.shiftKey && isArrow && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
    if (document.documentElement.dataset.keys !== "off" && resizeByKey(event.key === forward ? 1 : -1, event)) event.preventDefault();
    return;
  }
  if (!mayAct(event) || isTyping(event.target)) return;
  const focused = event.target instanceof Element ? event.target : null;
  const isSentence = focused?.matches("#text .s");
  const isBadge = focused?.matches("#text .gutter a");
  if (event.key === "Tab" && isSentence && !event.shiftKey) {
    if (toMarks(focused)) event.preventDefault();
  } else if ((isSentence || isBadge) && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    if (isBadge) standIn(document.getElementById(focused.closest("li").dataset.for));
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (isBadge && isArrow) {
    event.preventDefault();
    stepBadge(focused, event.key === forward ? 1 : -1);
  }
});

const nameBehind = (link) => new URL(link.href).searchParams.get("mark");

/** A badge may stand for several marks: pressed again, it goes on to the next of them. */
async function follow(link) {
  const labels = link.dataset.marks?.trim().split(" ") ?? [];
  const next = labels[labels.indexOf(currentLabel()) + 1];
  const isInGutter = link.closest("#text") !== null;
  if (isInGutter && labels.includes(currentLabel()) && next) await openMark(next);
  else await openMark(nameBehind(link), { focus: isInGutter ? "" : link.rel ? `a[rel=${link.rel}]` : "h2" });
}

bench.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-choose]");
  if (chosen) {
    choose(chosen.dataset.choose);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a");
  if (link?.matches("[data-new]")) {
    event.preventDefault();
    if (link.dataset.new === "bias" || !selectedWords()) openNew(link.dataset.new, { level: link.dataset.level ?? "" });
    else mark(link.dataset.new);
  } else if (link?.matches("[data-panel-link], [data-close]")) {
    event.preventDefault();
    open(new URL(link.href).search || "?", { focus: "textarea, select, h2" });
  } else if (link?.matches("[data-marks]") && nameBehind(link)) {
    event.preventDefault();
    follow(link);
  } else if (!link) {
    chooseByPointer(event);
  }
});

function chooseByPointer(event) {
  const sentence = event.target.closest("#text .s");
  if (!sentence) return;
  standIn(sentence);
  if (!getSelection().isCollapsed) return;
  const offset = offsetAtPoint(event.clientX, event.clientY);
  if (offset === null) return;
  const [piece] = pieces([...allMarks()].filter((each) => each.start <= offset && each.end > offset), offset, offset + 1);
  const under = drawn(piece);
  if (under.length) openMark(under[0].label);
}

bench.addEventListener("submit", (event) => {
  const form = event.target;
  // What changes the text itself loads the page anew; so does leaving it.
  if (event.defaultPrevented || !(form.action.includes("/marks/") || form.matches("[data-in-place]"))) return;
  event.preventDefault();
  if (form.matches("[data-autosave]") && !form.querySelector("[name=resolution]")) save(form);
  else send(form, event.submitter);
});

document.addEventListener("selectionchange", () => {
  const words = selectedWords();
  const shown = document.getElementById("chosen-words");
  if (shown) shown.textContent = words ? words.exact : "";
  if (!words) return;
  const form = inInspector("form[data-takes-words]");
  if (form) giveWords(form, words);
});

// The toolbar must not take the selection away before it is read.
bench.addEventListener("mousedown", (event) => {
  if (event.target.closest(".tools-row a")) event.preventDefault();
});

bench.addEventListener("change", (event) => {
  if (event.target.name === "category") showDefinition(event.target.value);
  const form = event.target.closest("form[data-autosave]");
  if (form) save(form);
});

document.fonts.ready.then(place);
start();
// A mark that an address names may stand far down.
if (currentMark() && !location.hash) here()?.scrollIntoView({ block: "nearest" });
watch();
