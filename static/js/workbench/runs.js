// Marks as elements, for forced colours and print: the same runs the server writes (annotations/highlighting.py).

import { drawn, pieces } from "./layout.js";

function classesOf(mark) {
  const suggested = mark.isSuggested ? " is-suggested" : "";
  if (mark.layer === "claim") return `c is-${mark.tone}${suggested}`;
  if (mark.layer === "bias") return `b sev-${mark.severity}${suggested}`;
  return `q voice-${mark.speaker.voice} is-${mark.kind === "direct" ? "direct" : "indirect"}${suggested}`;
}

function runOf(piece, words, current) {
  const run = document.createElement("mark");
  const labels = piece.marks.map((mark) => mark.label);
  run.className = labels.includes(current) ? "run is-current" : "run";
  run.dataset.marks = labels.join(" ");
  let inner = run;
  for (const mark of drawn(piece)) {
    inner = inner.appendChild(document.createElement("span"));
    inner.className = classesOf(mark);
  }
  inner.append(words);
  return run;
}

function plain(element) {
  for (const run of element.querySelectorAll("mark.run")) run.replaceWith(run.textContent);
  element.normalize();
}

/** Draw the marks of a block as runs, in place of those that stood there. */
export function drawRuns(block, marks, current) {
  plain(block.element);
  block.renew();
  const parts = pieces(marks, block.start, block.end).filter((piece) => piece.marks.length);
  const nodes = [];
  const walker = document.createTreeWalker(block.element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), from = 0; node; from += node.length, node = walker.nextNode()) nodes.push([node, from]);
  for (const [node, from] of nodes) {
    const cut = parts
      .map((piece) => [piece, block.units(piece.start) - from, block.units(piece.end) - from])
      .filter(([, first, last]) => first < node.length && last > 0);
    if (cut.length) node.replaceWith(...cutUp(node.data, cut, current));
  }
  block.renew();
}

function cutUp(text, cut, current) {
  const made = [];
  let at = 0;
  for (const [piece, first, last] of cut) {
    const [from, to] = [Math.max(first, 0), Math.min(last, text.length)];
    if (from > at) made.push(text.slice(at, from));
    made.push(runOf(piece, text.slice(from, to), current));
    at = to;
  }
  if (at < text.length) made.push(text.slice(at));
  return made;
}
