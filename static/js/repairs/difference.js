// What changed from one stretch of words to another, word by word, as the server draws it
// (annotations/queries/differences.py).

const WORD = /[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}\s_]/gu;
// Beyond this many words on both sides they are shown as out and in, not word by word.
const LONGEST = 1500;

/** The lengths of the longest common rows of words, from each pair of places to the ends. */
function commonFrom(old, fresh) {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      table[i][j] = old[i] === fresh[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/** Pieces `[what, words]` in order, where what is "same", "del" or "ins". */
export function piecesOf(before, after) {
  const [old, fresh] = [before.match(WORD) ?? [], after.match(WORD) ?? []];
  if (old.length + fresh.length > LONGEST) return [["del", before], ["ins", after]];
  const common = commonFrom(old, fresh);
  const pieces = [];
  const add = (what, word) => {
    if (pieces.at(-1)?.[0] === what) pieces.at(-1)[1] += word;
    else pieces.push([what, word]);
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add("same", old[i]);
      i += 1;
      j += 1;
    } else if (j === fresh.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
      add("del", old[i]);
      i += 1;
    } else {
      add("ins", fresh[j]);
      j += 1;
    }
  }
  return pieces;
}

/** Draw the pieces into an element. */
export function drawDifference(element, before, after) {
  element.replaceChildren(...piecesOf(before, after).map(([what, words]) => {
    if (what === "same") return words;
    const drawn = document.createElement(what);
    drawn.textContent = words;
    return drawn;
  }));
}
