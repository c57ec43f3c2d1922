// The article on the page: where its words stand, as offsets of the stored text. Each block knows where it begins.

import { codePointsFromUtf16, utf16FromCodePoints } from "./offsets.js";

export const article = () => document.getElementById("text");

/** One block of the text. Offsets are code points of the stored text; the DOM counts in units of UTF-16. */
class Block {
  constructor(element) {
    this.element = element;
    this.start = Number(element.dataset.start);
    this.text = element.textContent;
    this.end = this.start + codePointsFromUtf16(this.text, this.text.length);
    this.isPlain = this.end - this.start === this.text.length;
    this.nodes = null;
  }

  /** The DOM below was drawn anew: the words are the same, their nodes are not. */
  renew() {
    this.nodes = null;
  }

  units(offset) {
    const points = Math.min(Math.max(offset, this.start), this.end) - this.start;
    return this.isPlain ? points : utf16FromCodePoints(this.text, points);
  }

  points(units) {
    return this.start + (this.isPlain ? units : codePointsFromUtf16(this.text, units));
  }

  /** The text node and the place in it where so many units have passed; `atEnd` prefers the end of a node. */
  #place(units, { atEnd }) {
    this.nodes ??= textNodes(this.element);
    let low = 0;
    let high = this.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.nodes[middle].from < units || (!atEnd && this.nodes[middle].from === units)) low = middle;
      else high = middle - 1;
    }
    const { node, from } = this.nodes[low];
    return [node, units - from];
  }

  /** A range over the part of `[start, end)` that lies in this block; null when none does. */
  range(start, end) {
    const first = this.units(start);
    const last = this.units(end);
    if (first >= last) return null;
    const [startContainer, startOffset] = this.#place(first, { atEnd: false });
    const [endContainer, endOffset] = this.#place(last, { atEnd: true });
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }
}

function textNodes(element) {
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let from = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.length) found.push({ node, from });
    from += node.length;
  }
  return found;
}

let indexed = { article: null, blocks: [], sentences: [] };

/** The blocks and sentences of the text, looked through once for each text that is put on the page. */
function index() {
  if (indexed.article !== article()) {
    const found = [...(article()?.querySelectorAll(".block") ?? [])].map((element) => new Block(element));
    indexed = { article: article(), blocks: found, sentences: found.flatMap(sentencesOf) };
  }
  return indexed;
}

function sentencesOf(block) {
  let units = 0;
  const found = [];
  for (const node of block.element.childNodes) {
    const length = node.textContent.length;
    if (node.nodeType === Node.ELEMENT_NODE && node.matches(".s")) {
      found.push({ element: node, start: block.points(units), end: block.points(units + length), block });
    }
    units += length;
  }
  return found;
}

/** All blocks, in order: `{element, start, end, text}`. */
export const blocks = () => index().blocks;

/** All sentences, in order: `{element, start, end, block}`. */
export const sentences = () => index().sentences;

/** The blocks that `[start, end)` touches. */
export const blocksUnder = (start, end) => blocks().filter((block) => block.start < end && block.end > start);

/** The sentence an offset lies in; between two, the one before. */
export function sentenceAt(offset) {
  const all = sentences();
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return all[low] ?? null;
}

/** Where a point of the DOM lies in the stored text; between two blocks, where the next or the previous one ends. */
function offsetOf(node, offset, { after }) {
  const point = document.createRange();
  point.setStart(node, offset);
  const inside = blocks().find((block) => block.element.contains(node));
  if (inside) {
    const before = document.createRange();
    before.setStart(inside.element, 0);
    before.setEnd(node, offset);
    return inside.points(before.toString().length);
  }
  if (after) return blocks().find((block) => point.comparePoint(block.element, 0) >= 0)?.start ?? null;
  return blocks().findLast((block) => point.comparePoint(block.element, block.element.childNodes.length) <= 0)?.end ?? null;
}

/** The offset under a point of the screen; null where no words are. */
export function offsetAtPoint(x, y) {
  const found = document.caretPositionFromPoint?.(x, y);
  if (!found || !article().contains(found.offsetNode)) return null;
  return offsetOf(found.offsetNode, found.offset, { after: false });
}

/** The selected words `{start, end, exact}` in code points of the stored text, without white space around; or null. */
export function selectedWords(selection = getSelection()) {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!article()?.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset, { after: true });
  const end = offsetOf(range.endContainer, range.endOffset, { after: false });
  return start === null || end === null || start >= end ? null : trimmed(start, end);
}

/** The words between two offsets, across blocks as the stored text joins them. */
export function wordsBetween(start, end) {
  const parts = [];
  for (const block of blocks()) {
    if (block.end < start || block.start > end) continue;
    parts.push(block.text.slice(block.units(start), block.units(end)));
  }
  return parts.join("\n\n");
}

function trimmed(start, end) {
  const points = [...wordsBetween(start, end)];
  let from = 0;
  let to = points.length;
  while (from < to && /\s/u.test(points[from])) from += 1;
  while (to > from && /\s/u.test(points[to - 1])) to -= 1;
  if (from === to) return null;
  return { start: start + from, end: start + to, exact: points.slice(from, to).join("") };
}

/** A DOM range over `[start, end)` of an element's text, counted in UTF-16 units. */
export function rangeInside(element, start, end) {
  const range = document.createRange();
  let hasStart = false;
  for (const { node, from } of textNodes(element)) {
    if (!hasStart && start < from + node.length) {
      range.setStart(node, start - from);
      hasStart = true;
    }
    if (hasStart && end <= from + node.length) {
      range.setEnd(node, end - from);
      return range;
    }
  }
  return null;
}

/** Ranges over `[start, end)`, one for each block it touches. */
export const rangesOf = (start, end) => blocksUnder(start, end).map((block) => block.range(start, end)).filter(Boolean);

/** Select words by their offsets. */
export function select(start, end) {
  const ranges = rangesOf(start, end);
  if (ranges.length === 0) return;
  const [first, last] = [ranges[0], ranges.at(-1)];
  getSelection().setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
}
