// The border between two ways of counting: the desk counts code points, the DOM counts UTF-16 units.

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/** How many code points the first `units` UTF-16 units of `text` hold. A unit inside a pair counts as its end. */
export function codePointsFromUtf16(text, units) {
  let points = 0;
  for (let at = 0; at < units; at += 1, points += 1) {
    if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) at += 1;
  }
  return points;
}

/** How many UTF-16 units the first `points` code points of `text` take. */
export function utf16FromCodePoints(text, points) {
  let units = 0;
  for (let counted = 0; counted < points && units < text.length; counted += 1) {
    units += isHigh(text.charCodeAt(units)) && isLow(text.charCodeAt(units + 1)) ? 2 : 1;
  }
  return units;
}
