// Borders of words and letters in a text, in UTF-16 units: letters are what people count as one, never half of it.

import { article } from "./text.js";

/** Where the words or letters (`granularity` of Intl.Segmenter) of a text stand: pairs, half-open. */
export function parts(text, granularity) {
  const segments = [...new Intl.Segmenter(article().lang || undefined, { granularity }).segment(text)];
  const wanted = granularity === "word" ? segments.filter((each) => each.isWordLike) : segments;
  return wanted.map((each) => [each.index, each.index + each.segment.length]);
}

/** Where a border goes that moves by one word or letter, forward (1) or back (-1); where it is when it cannot move. */
export function movedBorder(text, border, by, { isEnd, byLetter }) {
  const steps = parts(text, byLetter ? "grapheme" : "word");
  const borders = steps.map(([start, end]) => (isEnd ? end : start));
  const next = by > 0 ? borders.find((each) => each > border) : borders.findLast((each) => each < border);
  return next ?? border;
}
