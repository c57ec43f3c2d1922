// The article on the page: where its words stand, as offsets of the stored text. Each block knows where it begins.

import { codePointsFromUtf16, utf16FromCodePoints } from "./offsets.js";

export const article = () => document.getElementById("text");

const blockOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest("#text .block") ?? null;

/** The text of a block before a boundary point, as the DOM counts. */
function unitsBefore(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function offsetAt(block, node, offset) {
  const text = block.textContent;
  return Number(block.dataset.start) + codePointsFromUtf16(text, unitsBefore(block, node, offset));
}

/** The nearest block at or after (or before) a boundary point that lies between blocks. */
function nearestBlock(node, offset, { after }) {
  const blocks = [...article().querySelectorAll(".block")];
  const point = document.createRange();
  point.setStart(node, offset);
  if (after) return blocks.find((block) => point.comparePoint(block, 0) >= 0);
  return blocks.findLast((block) => point.comparePoint(block, block.childNodes.length) <= 0);
}

/** The selected words `{start, end, exact}` in code points of the stored text, without white space around; or null. */
export function selectedWords(selection = getSelection()) {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!article()?.contains(range.commonAncestorContainer)) return null;
  const first = blockOf(range.startContainer) ?? nearestBlock(range.startContainer, range.startOffset, { after: true });
  const last = blockOf(range.endContainer) ?? nearestBlock(range.endContainer, range.endOffset, { after: false });
  if (!first || !last || first.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_PRECEDING) return null;
  const start = first.contains(range.startContainer)
    ? offsetAt(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
  const end = last.contains(range.endContainer)
    ? offsetAt(last, range.endContainer, range.endOffset)
    : Number(last.dataset.start) + [...last.textContent].length;
  return trimmed(start, end);
}

/** The words between two offsets, across blocks as the stored text joins them. */
function wordsBetween(start, end) {
  const parts = [];
  for (const block of article().querySelectorAll(".block")) {
    const points = [...block.textContent];
    const from = Number(block.dataset.start);
    if (from + points.length < start || from > end) continue;
    parts.push(points.slice(Math.max(0, start - from), Math.max(0, end - from)).join(""));
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
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let hasStart = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.length;
    if (!hasStart && start < passed + length) {
      range.setStart(node, start - passed);
      hasStart = true;
    }
    if (hasStart && end <= passed + length) {
      range.setEnd(node, end - passed);
      return range;
    }
    passed += length;
  }
  return null;
}

/** A DOM range over code points `[start, end)` of the stored text that lie in one block; null otherwise. */
export function rangeOf(start, end) {
  for (const block of article().querySelectorAll(".block")) {
    const text = block.textContent;
    const from = Number(block.dataset.start);
    const first = utf16FromCodePoints(text, start - from);
    const last = utf16FromCodePoints(text, end - from);
    if (start >= from && end <= from + [...text].length) return rangeInside(block, first, last);
  }
  return null;
}

/** DOM ranges over code points `[start, end)` of the stored text, one for each block they touch; none when other words
 *  than `exact` stand there. */
export function rangesOf(start, end, exact) {
  const ranges = [];
  if (wordsBetween(start, end) !== exact) return ranges;
  for (const block of article().querySelectorAll(".block")) {
    const text = block.textContent;
    const from = Number(block.dataset.start);
    const first = Math.max(start, from) - from;
    const last = Math.min(end, from + [...text].length) - from;
    if (first < last) {
      ranges.push(rangeInside(block, utf16FromCodePoints(text, first), utf16FromCodePoints(text, last)));
    }
  }
  return ranges;
}
