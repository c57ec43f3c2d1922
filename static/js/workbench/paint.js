// Paints the layers as CSS highlights from the runs the server sent, which then go plain. Where highlights would lose
// their lines (forced colours) or do not exist, the runs stay as they are; in print style sheets show them again.

import { article, rangesOf } from "./text.js";

const forced = matchMedia("(forced-colors: active)");
const printing = matchMedia("print");

const PRIORITY = { bias: 0, quote: 1, claim: 2, current: 9 };
const STATES = ["suggested", "supported", "refuted", "conflicting", "lacking", "open"];

function namesOf(node) {
  const classes = node.classList;
  if (classes.contains("b")) return ["bias", `bias-${node.className.match(/sev-(\d)/)[1]}`];
  if (classes.contains("q")) {
    const kind = ["suggested", "direct", "indirect"].find((name) => classes.contains(`is-${name}`));
    return ["quote", `quote-${node.className.match(/voice-(\d)/)[1]}-${kind}`];
  }
  const state = STATES.find((name) => classes.contains(`is-${name}`));
  return state ? ["claim", `claim-${state}`] : [];
}

function putOut() {
  const layers = new Set();
  for (const box of document.querySelectorAll("[data-layer]:not(:checked)")) layers.add(box.dataset.layer);
  for (const box of document.querySelectorAll("[data-tone]:not(:checked)")) layers.add(`claim-${box.dataset.tone}`);
  return layers;
}

const LAYER_BOX = { bias: "bias", quote: "quotes", claim: "claims" };

/** Where the words stand that a form is about to mark; the browser lets the selection go once a field has the focus. */
function chosenRanges() {
  const fields = document.querySelector("#inspector .mark-form")?.elements;
  if (!fields?.exact?.value) return [];
  return rangesOf(Number(fields.start.value), Number(fields.end.value), fields.exact.value);
}

/** Paint every layer that is switched on, the current mark, and the words that are being marked. */
export function paint() {
  const text = article();
  if (!text || !("highlights" in CSS)) return;
  CSS.highlights.clear();
  delete text.dataset.paint;
  if (forced.matches || printing.matches) return;
  const out = putOut();
  const painted = new Map();
  const addRange = (layer, name, range) => {
    if (!painted.has(name)) painted.set(name, Object.assign(new Highlight(), { priority: PRIORITY[layer] }));
    painted.get(name).add(range);
  };
  const add = (layer, name, node) => {
    const range = new Range();
    range.selectNodeContents(node);
    addRange(layer, name, range);
  };
  for (const node of text.querySelectorAll(".b, .c, .q")) {
    const [layer, name] = namesOf(node);
    if (!layer || out.has(LAYER_BOX[layer]) || out.has(name)) continue;
    if (node.classList.contains("is-suggested") && out.has("suggested")) continue;
    add(layer, name, node);
  }
  for (const run of text.querySelectorAll(".run.is-current")) add("current", "current", run);
  for (const range of chosenRanges()) addRange("current", "current", range);
  for (const [name, highlight] of painted) CSS.highlights.set(name, highlight);
  text.dataset.paint = "live";
}

forced.addEventListener("change", paint);
addEventListener("beforeprint", () => {
  CSS.highlights?.clear();
  delete article()?.dataset.paint;
});
addEventListener("afterprint", paint);
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-layer], [data-tone]")) paint();
});
