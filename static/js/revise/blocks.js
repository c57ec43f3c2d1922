// Blocks as the desk stores them, and as the editor holds them. The desk counts code points and has no HTML.

const byPlace = (one, other) =>
  one.start - other.start || one.end - other.end || (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0);

const formatOf = ({ kind, href }) => (kind === "link" ? { type: kind, attrs: { href } } : { type: kind });

/** The nodes of one stretch of words under one set of formats; line breaks are nodes of their own. */
function nodesOf(words, formats) {
  const marks = formats.length ? { marks: formats.map(formatOf) } : {};
  return words.split("\n").flatMap((line, index) => [
    ...(index ? [{ type: "hard_break", ...marks }] : []),
    ...(line ? [{ type: "text", text: line, ...marks }] : []),
  ]);
}

function nodeOf({ kind, text, marks = [] }) {
  const points = [...text];
  const borders = [...new Set([0, points.length, ...marks.flatMap(({ start, end }) => [start, end])])];
  borders.sort((one, other) => one - other);
  const content = borders.slice(1).flatMap((end, index) => {
    const start = borders[index];
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
    return nodesOf(points.slice(start, end).join(""), over);
  });
  return content.length ? { type: kind, content } : { type: kind };
}

/** The document of the editor for some blocks; without any it begins with an empty paragraph. */
export function documentOf(blocks) {
  return { type: "doc", content: blocks.length ? blocks.map(nodeOf) : [{ type: "paragraph" }] };
}

/** Let a format go on to `end` when it touches the last one of its sort, else begin a new one. */
function extend(marks, { kind, href, start, end }) {
  const before = marks.findLast((mark) => mark.kind === kind && mark.href === href && mark.end === start);
  if (before) before.end = end;
  else marks.push({ kind, start, end, href });
}

function blockOf({ type, content = [] }) {
  let text = "";
  let at = 0;
  const marks = [];
  for (const node of content) {
    const words = node.type === "hard_break" ? "\n" : node.text;
    const end = at + [...words].length;
    for (const { type: kind, attrs } of node.marks ?? []) extend(marks, { kind, href: attrs?.href ?? "", start: at, end });
    text += words;
    at = end;
  }
  return { kind: type, text, marks: marks.sort(byPlace) };
}

/** The blocks of an editor's document (`editor.getJSON()`), the empty ones too. */
export function blocksOf({ content }) {
  return content.map(blockOf);
}
