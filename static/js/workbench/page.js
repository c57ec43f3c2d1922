// The workbench with a script: keys, clicks on marked words, forms. The page stands without it.

import { isTyping, mayAct, onKey } from "../keys.js";
import { close, giveWords, open, openMark, openNew, send, showDefinition, start } from "./bench.js";
import { place } from "./gutter.js";
import { watch } from "./live.js";
import { chooseSentence, chooseWord, resize, step, standIn, stepBadge, toMarks } from "./sentences.js";
import { article, selectedWords } from "./text.js";

const bench = document.getElementById("bench-page");
const canMark = () => document.querySelector("[data-new]") !== null;

function mark(layer) {
  if (!canMark()) return;
  if (!selectedWords()) chooseSentence();
  openNew(layer);
}

function decide(decision) {
  bench.querySelector(`#inspector [data-decide=${decision}]`)?.click();
}

onKey("j", () => step(1));
onKey("k", () => step(-1));
onKey("w", () => chooseWord(1));
onKey("W", () => chooseWord(-1));
onKey("q", () => mark("quote"));
onKey("c", () => mark("claim"));
onKey("b", () => mark("bias"));
onKey("a", () => decide("accept"));
onKey("x", () => decide("reject"));
onKey("m", () => bench.querySelector("#inspector [data-change]")?.click());
onKey("n", () => bench.querySelector("#inspector a[rel=next]")?.click());
onKey("p", () => bench.querySelector("#inspector a[rel=prev]")?.click());

// Arrows and Tab mean something else only while a sentence or a badge has the focus.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]") && !event.isComposing) {
    if (bench.querySelector("#inspector [data-label], #inspector form") || !getSelection().isCollapsed) close();
    return;
  }
  if (!mayAct(event) || isTyping(event.target)) return;
  const focused = event.target instanceof Element ? event.target : null;
  const isSentence = focused?.matches("#text .s");
  const isBadge = focused?.matches("#text .gutter a");
  const forward = getComputedStyle(article()).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.shiftKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    if (resize(event.key === forward ? 1 : -1)) event.preventDefault();
  } else if (event.key === "Tab" && isSentence && !event.shiftKey) {
    if (toMarks(focused)) event.preventDefault();
  } else if ((isSentence || isBadge) && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    if (isBadge) standIn(document.getElementById(focused.closest("li").dataset.for));
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (isBadge && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    event.preventDefault();
    stepBadge(focused, event.key === forward ? 1 : -1);
  }
});

/** A badge may stand for several marks: pressed again, it goes on to the next of them. */
function uidBehind(link) {
  return new URL(link.href).searchParams.get("mark");
}

async function follow(link) {
  const labels = link.dataset.marks?.trim().split(" ") ?? [];
  const shown = bench.querySelector("#inspector [data-label]")?.dataset.label;
  const next = labels[labels.indexOf(shown) + 1];
  const isInGutter = link.closest("#text") !== null;
  if (isInGutter && labels.includes(shown) && next) await openMark(next);
  else await openMark(uidBehind(link), { focus: isInGutter ? "" : link.rel ? `a[rel=${link.rel}]` : "h2" });
}

bench.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a");
  if (link?.matches("[data-new]")) {
    event.preventDefault();
    openNew(link.dataset.new, { level: link.dataset.level ?? "" });
  } else if (link?.matches("[data-panel-link], [data-close]")) {
    event.preventDefault();
    open(new URL(link.href).search || "?", { focus: "textarea, select, h2" });
  } else if (link?.matches("[data-marks]") && uidBehind(link)) {
    event.preventDefault();
    follow(link);
  } else if (!link) {
    chooseByPointer(event);
  }
});

function chooseByPointer(event) {
  const sentence = event.target.closest("#text .s");
  if (sentence) standIn(sentence);
  const run = event.target.closest("#text .run");
  if (run && getSelection().isCollapsed) openMark(run.dataset.marks.split(" ")[0]);
}

bench.addEventListener("submit", (event) => {
  const form = event.target;
  // What changes the text itself loads the page anew; so does leaving it.
  if (!form.action.includes("/marks/")) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("selectionchange", () => {
  const words = selectedWords();
  const shown = document.getElementById("chosen-words");
  if (shown) shown.textContent = words ? words.exact : "";
  if (!words) return;
  const form = bench.querySelector("#inspector form[data-takes-words]");
  if (form) giveWords(form, words);
});

// The toolbar must not take the selection away before it is read.
bench.addEventListener("mousedown", (event) => {
  if (event.target.closest(".tools-row a")) event.preventDefault();
});

bench.addEventListener("change", (event) => {
  if (event.target.name === "category") showDefinition(event.target.value);
});

document.fonts.ready.then(place);
start();
watch();
