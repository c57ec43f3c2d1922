// Overlapping marks as pieces that follow one another; the server does the same in annotations/highlighting.py.

/** Outermost first. */
export const LAYERS = ["quote", "claim", "bias"];

const isBefore = (one, other) => one.rank - other.rank || one.start - other.start || one.end - other.end ||
  (one.label < other.label ? -1 : 1);

/** Pieces `{start, end, marks}` of `[from, to)` under one unchanging set of marks, those without any included.
 *  Within a piece the marks are sorted: outermost layer first, within a layer the drawn one first. */
export function pieces(marks, from, to) {
  const here = marks.filter((mark) => mark.start < to && mark.end > from);
  const borders = new Set([from, to]);
  for (const mark of here) {
    if (mark.start > from) borders.add(mark.start);
    if (mark.end < to) borders.add(mark.end);
  }
  const sorted = [...borders].sort((one, other) => one - other);
  const ordered = here.sort((one, other) => LAYERS.indexOf(one.layer) - LAYERS.indexOf(other.layer) || isBefore(one, other));
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index];
    return { start, end, marks: ordered.filter((mark) => mark.start <= start && mark.end >= end) };
  });
}

/** The mark that is drawn for each layer of a piece, outermost layer first. */
export function drawn(piece) {
  return piece.marks.filter((mark, index) => index === 0 || piece.marks[index - 1].layer !== mark.layer);
}
